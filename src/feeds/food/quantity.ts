/** How many units a quantity is: "144 units (bottles)" says it, "13,872 cases" and "148,000 pounds" do not. Pure. */
import { prose } from '../formats/prose.ts'

const UNIT =
  '(?:individual |total |retail |consumer )?(?:units?|bottles?|bars?|bags?|jars?|cans?|containers?|packages?|packs?|packets?|pouches|pieces?|tubs?|cups?|tubes?|vials?|syringes?|kits?|devices?|systems?|cartridges?|trays?|blisters?|sachets?|eaches|each|ea)\\b'
const COUNTED = new RegExp(`(\\d[\\d,]*)\\s*(?:TOTAL\\s+)?${UNIT}(?! ?(?:per|/|each case|in each))`, 'gi')
const WEIGHED =
  /\b(?:cases?|cs|cartons?|pallets?|lots?|lbs?|pounds?|kgs?|kilograms?|tons?|gallons?|gal|liters?|boxes|bins|drums?|totes?|shippers?|cartons)\b/i

/** The units, or null where the text counts in cases, weight or anything else that does not tell them. */
export function readQuantity(text: string): number | null {
  const plain = prose(text)
    .slice(0, 2_000)
    .replace(/\([^)]*\)/g, ' ')
  const counts = [...plain.matchAll(COUNTED)].map((match) => Number(match[1]!.replaceAll(',', '')))
  const rest = plain.replace(COUNTED, ' ')
  if (counts.length === 0 || WEIGHED.test(rest)) return null
  const total = counts.reduce((sum, each) => sum + each, 0)
  return Number.isSafeInteger(total) ? total : null
}
