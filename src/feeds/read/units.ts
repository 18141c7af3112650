/** How many units a recall covers, in the agency's own country and elsewhere. Pure. */
import { NUMBER, readNumber } from './numbers.ts'
import { sentences } from './text.ts'

/** `elsewhere` by ISO 3166-1 alpha-2 code. */
export type Units = { units: number | null; elsewhere: Record<string, number> }

const COUNTRIES: readonly (readonly [RegExp, string])[] = [
  [/\bCanad(?:a|ian)\b/i, 'CA'],
  [/\bMexic(?:o|an)\b/i, 'MX'],
]
const HERE = /\b(?:U\.?S\.?A?\b|United States|nationwide|domestic)/i
const ABROAD =
  /\b(?:worldwide|globally|internationally|other countries|outside|abroad|overseas|Europe|Australia|Puerto Rico|China|Japan|Korea)\b/i
const EARLIER =
  /\b(?:previous(?:ly)?|earlier|first|originally|already|prior) (?:recall|announced)|\brecalled in\b|\bwere recalled\b|\bper year\b|\beach year\b/i
// What may stand before a number that counts units, and what may follow one that measures or names something else.
const BEFORE =
  /(?:^|[,;:(+&]|\b(?:about|approximately|approx\.?|and|or|over|than|nearly|almost|roughly|to|least|additional|another|plus|of|recall(?:s|ed|ing)?|some|estimated|totall?(?:ing|s)?|including|around|addition|the|only|fewer|these|,))\s*$/i
const AFTER =
  /^\s*(?:-|"|'|%|percent|inch|ounce|oz\b|pound|lbs?\b|feet|ft\b|gallon|quart|volt|watt|amp|year|month|day|hour|minute|percent|degree|piece sets?\b|(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)/i
const PACKED = /\b(?:of|packs?|packages?|sets?|boxes|cases) (?:of )?$/i

type Count = { value: number; place: string; depth: number; total: boolean }

/**
 * Units from the agency's own field ("About 6,000 (in addition, 13 were sold in Canada)"). Several products are added up, a total beside
 * its parts is not; what an earlier recall covered is left out; "over 250,000" is 250,000.
 */
export function readUnits(unitsTexts: readonly string[]): Units {
  const texts = [...new Set(unitsTexts.filter((text) => text !== ''))]
  const all = texts.map(readOne)
  const stated = all.flatMap((each) => (each.units === null ? [] : [each.units]))
  const elsewhere: Record<string, number> = {}
  for (const [country, count] of all.flatMap((each) => Object.entries(each.elsewhere)))
    elsewhere[country] = (elsewhere[country] ?? 0) + count
  return { units: stated.length === 0 ? null : stated.reduce((sum, each) => sum + each, 0), elsewhere }
}

function readOne(text: string): Units {
  const counts = countsIn(text)
  const elsewhere: Record<string, number> = {}
  for (const count of counts)
    if (/^[A-Z]{2}$/.test(count.place) && count.place !== 'US') elsewhere[count.place] = (elsewhere[count.place] ?? 0) + count.value
  const here = counts.filter((count) => count.place === 'US' || count.place === '')
  const outer = here.filter((count) => count.depth === 0)
  const totals = here.filter((count) => count.total)
  const worldwide = counts.some((count) => count.depth === 0 && count.place === 'abroad')
  const chosen =
    totals.length > 0 ? totals.slice(0, 1) : outer.length > 0 ? outer : worldwide ? here.filter((count) => count.place === 'US') : []
  return { units: chosen.length === 0 ? null : chosen.reduce((sum, each) => sum + each.value, 0), elsewhere }
}

/** Every number that counts units, with the place it speaks of ('' where none is named) and how deep in brackets it stands. */
function countsIn(text: string): Count[] {
  const numbers = [...text.matchAll(new RegExp(NUMBER, 'gi'))].filter((match) => {
    const before = text.slice(0, match.index)
    const after = text.slice(match.index + match[0].length)
    return BEFORE.test(before) && !AFTER.test(after) && !PACKED.test(before)
  })
  return numbers.flatMap((match, index) => {
    const end = match.index + match[0].length
    const clauseEnd = numbers[index + 1]?.index ?? text.length
    const clause = text.slice(end, clauseEnd)
    const before = text.slice(0, match.index)
    const depth = before.split('(').length - before.split(')').length
    const own = depth > 0 ? clause.split(')')[0]! : clause.split('(')[0]!
    if (EARLIER.test(own) || EARLIER.test(sentenceStart(before))) return []
    const total = depth > 0 && /^\s*(?:individual|total|in total|units total)\b/i.test(own)
    const totalHere =
      /\btotal(?:ing|s)?(?: of)?(?: about| approximately)?\s*$/i.test(before) || /^\s*(?:units? )?(?:in )?total\b/i.test(own)
    return [{ value: readNumber(match[0]), place: placeOf(own), depth, total: total || totalHere }]
  })
}

function sentenceStart(before: string): string {
  return before.slice(Math.max(before.lastIndexOf('('), before.lastIndexOf('. ')) + 1)
}

function placeOf(clause: string): string {
  const country = COUNTRIES.find(([pattern]) => pattern.test(clause))
  if (country !== undefined && !HERE.test(clause)) return country[1]
  if (HERE.test(clause)) return 'US'
  return ABROAD.test(clause) ? 'abroad' : ''
}

const ANNOUNCED = new RegExp(
  `\\b(?:about|approximately|over|more than|nearly|almost|some|up to|an estimated|estimated|recall(?:s|ed|ing)?(?: of)?|distributed|produced|manufactured|total(?:ing|s)?(?: of)?)\\s+(${NUMBER})(\\s+[^.;]{3,120})`,
  'gi',
)
const NO_UNITS =
  /^\s*(?:-|percent|%|years?|months?|weeks?|days?|hours?|minutes?|seconds?|inch|feet|foot|yards?|miles?|pounds?|ounces?|gallons?|degrees?|volts?|watts?|amps?|dollars?|cents|reports?|injur|deaths?|incidents?|complaints?|fires?|(?:\w+ )?registered owners|known owners|children(?!'s)|child(?!'s|ren's)|people|persons?|consumers|customers|homes|families|households|stores?|retail|dealers|states|cities|countries|locations|owners|claims|accidents?|cases of|lawsuits|burn|hospital|emergency|(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)/i

/** Units from a whole press release: the first number that is recalled, sold or made, and measures nothing else. */
export function readUnitsFromProse(text: string): number | null {
  for (const sentence of sentences(text)) {
    if (
      !/\b(?:recall|sold|distributed|manufactured|produced|made|imported|shipped|involv|alert|warning|affect|units|replac|repair|refund)/i.test(
        sentence,
      )
    )
      continue
    for (const match of sentence.matchAll(ANNOUNCED)) {
      if (NO_UNITS.test(match[2]!) || /\$\s*$/.test(sentence.slice(0, match.index))) continue
      const value = readNumber(match[1]!)
      if (value >= 5) return value
    }
  }
  return null
}
