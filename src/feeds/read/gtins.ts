/** Trade item numbers printed in prose. Pure. */
import { gtinCheckDigit, isGtin } from '../../platform/gtin.ts'
import { distinct } from './text.ts'

const CUE = /\bUPCs?\b|\bEANs?\b|\bGTINs?\b|\bbar ?codes?\b/i
// Digits, also in the groups in which they stand under a bar: "0-70257-52226-6", "18100 72866".
const DIGITS = /(?<![\w.])\d(?:[ -]?\d){6,16}(?!\w)/g

/**
 * The GTINs of a text that speaks of UPCs, digits only. Numbers whose check digit is wrong are other codes and are left out. Eleven digits
 * are a UPC printed without its leading zero or, where that does not fit, without its check digit.
 */
export function readGtins(text: string): string[] {
  if (!CUE.test(text)) return []
  const found: string[] = []
  for (const match of text.matchAll(DIGITS)) {
    const digits = match[0].replace(/\D/g, '')
    const whole = gtinOf(digits)
    if (whole !== null) found.push(whole)
    else for (const part of match[0].split(' ')) found.push(...[gtinOf(part.replace(/\D/g, ''))].filter((gtin) => gtin !== null))
  }
  return distinct(found)
}

/** A field that holds a UPC by its name. */
export function gtinOf(digits: string): string | null {
  if (digits.length === 11) return isGtin(`0${digits}`) ? `0${digits}` : `${digits}${gtinCheckDigit(digits)}`
  return digits.length >= 12 && isGtin(digits) ? digits : null
}
