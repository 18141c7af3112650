/** What a printed code looks like. Pure. */

/** As printed. Ranges are one string; "begins with" is a star at the end (see `recalls/codes.ts`). */
export type Codes = { models: string[]; lots: string[]; serials: string[] }

export type Kind = keyof Codes

// One code: letters and digits in groups, at least one digit; one to three capitals may stand before it ("FD 8801", "ST 324").
const GROUPS = String.raw`(?=[A-Za-z./#_-]{0,20}\d)[A-Za-z0-9]+(?:(?:[-/#_]|\.(?![A-Z][a-z]))[A-Za-z0-9]+)*`
export const CODE = String.raw`(?<![A-Za-z0-9])(?:(?<!-)(?<![A-Z]{3} )(?!(?:UPC|SKU|LOT|NO|PO|MID) )[A-Z]{1,3} (?=[A-Z]{0,2}\d{2,4}[A-Z]{0,3}\b(?![-./]\w))(?!(?:19|20)\d\d\b|\d+/))?${GROUPS}`
export const RANGE = String.raw`${CODE}(?:\s*(?:-|\bto\b|\bthrough\b|\bthru\b)\s*${CODE})?`

// What looks like a code and is a size, a date or a quantity.
export const NOT_CODE =
  /^(?:\d{1,4}(?:\.\d+)?-?(?:inch(?:es)?|in|oz|ounces?|ml|mL|lbs?|ft|cm|mm|pc|pcs|pack|piece|qt|gal|volts?|V|W|watts?|mAh|Ah|BTUs?|K|mg|g|kg|mil|months?|M|T|year|years|way|in-1|drawer|speed|wheel|wick|person|day|cc|CC|hp|HP|x\d+)|\d{1,3}(?:,\d{3})+|\d{1,2}(?:st|nd|rd|th)|[1-9]|\d{1,3}\.\d{1,2}|(?:1-)?8\d\d-\d{3}-\d{4}|(?:19|20)\d\d-(?:19|20)\d\d|\d{1,3}%|\d{1,4}-[a-z]{3,})$/i
/** A vehicle's own number. */
export const VIN = /^(?=(?:\D*\d){5})[A-HJ-NPR-Z0-9]{17}$/
export const YEAR = /^(?:19[5-9]\d|20[0-3]\d)$/
