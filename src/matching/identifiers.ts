/**
 * Identifiers as listings and agencies write them, in one comparable form. Pure.
 *
 * A GTIN is compared as GTIN-14, an ASIN in capitals, a model number ("code") as its letters and digits in lower case:
 * `PC70-THD`, `PC70 THD` and `pc70thd` are one code.
 */

/** Check digit of the GTIN digits before it (GS1 General Specifications §7.9: weights 3 and 1 from the right). */
export function gtinCheckDigit(body: string): number {
  let sum = 0
  for (let i = 0; i < body.length; i++) {
    const digit = body.charCodeAt(body.length - 1 - i) - 48
    sum += i % 2 === 0 ? digit * 3 : digit
  }
  return (10 - (sum % 10)) % 10
}

/**
 * A GTIN-8, -12, -13 or -14 as 14 digits, or null where the text is none: wrong length, wrong check digit, other characters than
 * digits, blanks and hyphens, or nothing but zeros.
 */
export function normaliseGtin(text: string): string | null {
  if (text.length > 32) return null
  const digits = text.replace(/[\s-]/g, '')
  if (!/^(?:\d{8}|\d{12,14})$/.test(digits) || /^0+$/.test(digits)) return null
  if (gtinCheckDigit(digits.slice(0, -1)) !== digits.charCodeAt(digits.length - 1) - 48) return null
  return digits.padStart(14, '0')
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
