/**
 * The number in the window of a letter, by which it is known when the post brings it back: print job, place in it, and two digits that catch a
 * typing error (ISO 7064, MOD 97-10, as in an IBAN). Whoever sees the envelope learns nothing from it. Pure.
 */

export type LetterNumber = { printNo: number; sequence: number }

/** `12-000345-38`. */
export function letterNumber({ printNo, sequence }: LetterNumber): string {
  const place = String(sequence).padStart(6, '0')
  return `${printNo}-${place}-${checkDigits(`${printNo}${place}`)}`
}

/** The letter of a number as people type it, with spaces for dashes; null where a digit is wrong. */
export function readLetterNumber(text: string): LetterNumber | null {
  const match = /^(\d{1,9})[-\s](\d{6})[-\s](\d\d)$/.exec(text.trim())
  if (match === null) return null
  const [, printNo, place, check] = match as unknown as [string, string, string, string]
  if (checkDigits(`${Number(printNo)}${place}`) !== check) return null
  return Number(printNo) > 0 && Number(place) > 0 ? { printNo: Number(printNo), sequence: Number(place) } : null
}

function checkDigits(digits: string): string {
  return String(98n - ((BigInt(digits) * 100n) % 97n)).padStart(2, '0')
}
