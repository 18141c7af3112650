/** Trade item numbers: GTIN-8, -12 (UPC), -13 (EAN) and -14, by their check digit (GS1 General Specifications, section 7.9). Pure. */

/** Whether the text is a GTIN: digits only, of a length that exists, with the right check digit, and not all zeros. */
export function isGtin(digits: string): boolean {
  return /^(?:\d{8}|\d{12,14})$/.test(digits) && !/^0+$/.test(digits) && gtinCheckDigit(digits.slice(0, -1)) === Number(digits.at(-1))
}

/** The check digit of the digits before it: weights 3 and 1 from the right, completed to the next multiple of ten. */
export function gtinCheckDigit(digits: string): number {
  let sum = 0
  for (let at = 0; at < digits.length; at++) sum += (digits.charCodeAt(digits.length - 1 - at) - 48) * (at % 2 === 0 ? 3 : 1)
  return (10 - (sum % 10)) % 10
}
