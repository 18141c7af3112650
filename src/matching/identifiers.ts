/**
 * Identifiers as listings and agencies write them, in one comparable form. Pure.
 *
 * A GTIN is compared as GTIN-14, an ASIN in capitals, a model number ("code") as its letters and digits in lower case:
 * `PC70-THD`, `PC70 THD` and `pc70thd` are one code.
 */
import { isGtin } from '../platform/gtin.ts'

/**
 * A GTIN-8, -12, -13 or -14 as 14 digits, or null where the text is none: wrong length, wrong check digit, other characters than
 * digits, blanks and hyphens, or nothing but zeros.
 */
export function normaliseGtin(text: string): string | null {
  if (text.length > 32) return null
  const digits = text.replace(/[\s-]/g, '')
  return isGtin(digits) ? digits.padStart(14, '0') : null
}

/** An Amazon standard identification number in capitals: `B` and nine letters or digits. Null where the text is none. */
export function normaliseAsin(text: string): string | null {
  const asin = text.trim().toUpperCase()
  return /^B[0-9A-Z]{9}$/.test(asin) ? asin : null
}

/** Longest code kept: real model numbers are shorter, and a bound keeps hostile input cheap. */
export const CODE_LENGTH_MAX = 32

/**
 * A model, style, item or part number reduced to its letters and digits in lower case; null where nothing, or too much, is left.
 */
export function normaliseCode(text: string): string | null {
  if (text.length > CODE_LENGTH_MAX * 4) return null
  const code = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{Nd}]/gu, '')
  return code.length === 0 || code.length > CODE_LENGTH_MAX ? null : code
}

/** GTINs printed in a text, as GTIN-14: also with blanks or hyphens between the groups, as agencies print them. In linear time. */
export function gtinsIn(text: string): string[] {
  const found = new Set<string>()
  for (const run of text.matchAll(/\d[\d -]{6,24}\d/g)) {
    const whole = normaliseGtin(run[0])
    if (whole !== null) {
      found.add(whole)
      continue
    }
    for (const part of run[0].split(/\s+/)) {
      const gtin = part.length >= 12 ? normaliseGtin(part) : null
      if (gtin !== null) found.add(gtin)
    }
  }
  return [...found]
}
