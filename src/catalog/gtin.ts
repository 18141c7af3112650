/** Trade item numbers: GTIN-8, -12 (UPC), -13 (EAN) and -14. GS1 General Specifications, section 7.9. */

const LENGTHS = new Set([8, 12, 13, 14])

/** The check digit of the digits before it: weights 3 and 1 from the right, completed to the next multiple of ten. */
export function gtinCheckDigit(digits: string): number {
  let sum = 0
  for (let i = 0; i < digits.length; i++) sum += (digits.charCodeAt(digits.length - 1 - i) - 48) * (i % 2 === 0 ? 3 : 1)
  return (10 - (sum % 10)) % 10
}

/**
 * What is wrong with a GTIN, or `null` where nothing is. Expects digits only. All zeros, which shops write where they have none,
 * passes the check digit and is refused by name.
 */
export function gtinProblem(digits: string): string | null {
  if (!/^\d+$/.test(digits)) return `${JSON.stringify(digits)} is not a GTIN, which has digits only`
  if (!LENGTHS.has(digits.length)) return `${digits} has ${digits.length} digits; a GTIN has 8, 12, 13 or 14`
  if (/^0+$/.test(digits)) return `${digits} is a placeholder, not a GTIN`
  const expected = gtinCheckDigit(digits.slice(0, -1))
  if (Number(digits.at(-1)) !== expected) return `${digits} has the check digit ${digits.at(-1)}, it should be ${expected}`
  return null
}
