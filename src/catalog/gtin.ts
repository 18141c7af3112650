/** What to say of a trade item number that is none. */
import { gtinCheckDigit } from '../platform/gtin.ts'

const LENGTHS = new Set([8, 12, 13, 14])

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
