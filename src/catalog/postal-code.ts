/** Postal codes of countries whose form is known, from the postal services' own descriptions (Universal Postal Union, addressing systems). Pure. */

const FOUR = /^\d{4}$/
const FIVE = /^\d{5}$/
const SIX = /^\d{6}$/

/** What a code looks like without spaces and dashes, and one as an example. A country that is not here takes any code, or none. */
const FORMS: Record<string, { form: RegExp; example: string }> = {
  AT: { form: FOUR, example: '1010' },
  AU: { form: FOUR, example: '3000' },
  BE: { form: FOUR, example: '1000' },
  BG: { form: FOUR, example: '1000' },
  CA: { form: /^[A-Z]\d[A-Z]\d[A-Z]\d$/, example: 'K1A 0B1' },
  CH: { form: FOUR, example: '8001' },
  CN: { form: SIX, example: '100000' },
  CY: { form: FOUR, example: '1010' },
  CZ: { form: FIVE, example: '110 00' },
  DE: { form: FIVE, example: '20457' },
  DK: { form: FOUR, example: '1050' },
  EE: { form: FIVE, example: '10111' },
  ES: { form: FIVE, example: '28013' },
  FI: { form: FIVE, example: '00100' },
  FR: { form: FIVE, example: '75001' },
  GB: { form: /^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$/, example: 'SW1A 1AA' },
  GR: { form: FIVE, example: '104 31' },
  HR: { form: FIVE, example: '10000' },
  HU: { form: FOUR, example: '1051' },
  IT: { form: FIVE, example: '00184' },
  LU: { form: FOUR, example: '1009' },
  NL: { form: /^\d{4}[A-Z]{2}$/, example: '1012 JS' },
  NO: { form: FOUR, example: '0150' },
  PL: { form: FIVE, example: '00-001' },
  PT: { form: /^\d{7}$/, example: '1100-148' },
  RO: { form: SIX, example: '010011' },
  SE: { form: FIVE, example: '111 52' },
  SI: { form: FOUR, example: '1000' },
  SK: { form: FIVE, example: '811 01' },
  US: { form: /^\d{5}(\d{4})?$/, example: '94103' },
}

/** An example of the country's codes where `code` does not look like one of them; null where it does, or where nobody here knows. */
export function postalCodeProblem(country: string, code: string): string | null {
  const known = FORMS[country]
  const bare = code.toUpperCase().replaceAll(/[\s-]/g, '')
  return known === undefined || known.form.test(bare) ? null : known.example
}

/** Whether post to a country needs a code. */
export function needsPostalCode(country: string): boolean {
  return FORMS[country] !== undefined
}
