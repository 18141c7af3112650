/** What a product cost. Pure. */
import { sentences } from './text.ts'

/** Lowest and highest price in cents. */
export type PriceRange = { minMinor: number | null; maxMinor: number | null }

const DOLLARS = /\$\s?(\d[\d,]*(?:\.\d{1,2})?)(?!\d)(?:\s*(thousand|million))?/g
// "between $10 and 20", "$8 to 10": the second amount without its sign.
const BARE_SECOND = /\$\s?\d[\d,]*(?:\.\d{2})?\s*(?:to|and|-)\s*(\d[\d,]*(?:\.\d{2})?)(?=[\s.,;]*(?:$|\.|,|;|each|per|depending|for|and))/g
const CENTS = /\b(\d{1,2})\s*(?:cents|¢)/g
const NOT_PRICE = /\b(?:refund|gift card|coupon|voucher|rebate|penalt|property damage|fine|credit of|sales tax|shipping|damages?)\b/i
const PRICED =
  /\b(?:sold|sell|sells|cost|costs|price|priced|retail|retails|retailed|for about|for approximately|for between|for \$|each)\b/i

/** All prices in the agency's sentence on where and for how much it was sold. */
export function readPrice(soldText: string): PriceRange {
  const amounts = [...soldText.matchAll(DOLLARS)].filter((match) => match[2] === undefined).map((match) => cents(match[1]!))
  for (const match of soldText.matchAll(BARE_SECOND)) amounts.push(cents(match[1]!))
  for (const match of soldText.matchAll(CENTS)) amounts.push(Number(match[1]))
  const prices = amounts.filter((amount) => amount > 0)
  return prices.length === 0 ? { minMinor: null, maxMinor: null } : { minMinor: Math.min(...prices), maxMinor: Math.max(...prices) }
}

/** The same from a whole press release: the sentences that speak of a sale or a price, not of refunds or damage. */
export function readPriceFromProse(text: string): PriceRange {
  return readPrice(
    sentences(text)
      .filter((sentence) => PRICED.test(sentence) && !NOT_PRICE.test(sentence))
      .join(' '),
  )
}

function cents(amount: string): number {
  return Math.round(Number(amount.replaceAll(',', '')) * 100)
}
