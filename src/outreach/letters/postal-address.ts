/** Where a letter goes: the lines that stand in the window, in the order of the country of destination, and on which paper. Pure. */
import { needsPostalCode, postalCodeProblem } from '../../catalog/index.ts'

/** As the marketplace has it. Nothing of it is kept in a row of ours. */
export type PostalContact = {
  name: string | null
  street: string | null
  postalCode: string | null
  city: string | null
  region: string | null
  country: string | null
}

export type Paper = 'a4' | 'letter'

/** `lines` end with the country where the letter leaves that of its sender. */
export type Destination = { country: string; paper: Paper; lines: string[] }
export type Destined = { ok: true; destination: Destination } | { ok: false; why: string }

/** Name, one or two lines of street, city line, region or code, country: more would not fit into the window. */
const LINES_MAX = 6
const LINE_MAX = 60

/** City, region and code as the posts of these countries write them (Universal Postal Union, addressing systems). */
const REGION_AND_CODE = new Set(['US', 'CA', 'AU', 'PR'])
const CODE_BELOW = new Set(['GB', 'IE'])
const CODE_LAST = new Set(['IN', 'NZ', 'SG', 'TW', 'TH', 'ZA'])
const US_PAPER = new Set(['US', 'CA', 'PR'])

/** What is missing is said by name and never quoted. `printable`: whether our fonts have all characters of a text. */
export function destinationOf(contact: PostalContact, senderCountry: string, printable: (text: string) => boolean): Destined {
  const name = lineOf(contact.name)
  const street = (contact.street ?? '').split('\n').map(lineOf).filter((line) => line !== '') // prettier-ignore
  const [code, city, region] = [contact.postalCode, contact.city, contact.region].map(lineOf) as [string, string, string]
  const country = lineOf(contact.country).toUpperCase()
  if (street.length === 0 && code === '' && city === '') return refuse('no postal address on file')
  const missing = [
    ...(name === '' ? ['a name'] : []),
    ...(street.length === 0 ? ['a street'] : []),
    ...(city === '' ? ['a city'] : []),
    ...(/^[A-Z]{2}$/.test(country) ? [] : ['a country']),
    ...(code === '' && needsPostalCode(country) ? ['a postal code'] : []),
  ]
  if (missing.length > 0) return refuse(`the postal address on file lacks ${missing.join(', ')}`)
  if (postalCodeProblem(country, code) !== null) return refuse(`the postal code on file is none of ${country}`)
  const abroad = country === senderCountry ? [] : [countryName(country)]
  const lines = [name, ...street, ...placeLines({ country, code, city, region }), ...abroad]
  if (lines.length > LINES_MAX || lines.some((line) => line.length > LINE_MAX))
    return refuse('the postal address on file does not fit into a window')
  if (!printable(lines.join(''))) return refuse('the postal address on file has characters that our fonts do not have')
  return { ok: true, destination: { country, paper: US_PAPER.has(country) ? 'letter' : 'a4', lines } }
}

function refuse(why: string): Destined {
  return { ok: false, why }
}

function lineOf(text: string | null | undefined): string {
  return (text ?? '').replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()
}

function placeLines({ country, code, city, region }: { country: string; code: string; city: string; region: string }): string[] {
  const state = region.replace(new RegExp(`^${country}-`, 'i'), '')
  if (REGION_AND_CODE.has(country)) return [[city, state, code].filter((part) => part !== '').join(' ')]
  if (CODE_BELOW.has(country)) return [city, code].filter((part) => part !== '')
  if (CODE_LAST.has(country)) return [`${city} ${code}`.trim()]
  return [`${code} ${city}`.trim()]
}

const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' })

/** In capitals and in a language that every post reads, as the Universal Postal Union asks. */
function countryName(country: string): string {
  return names.of(country)!.toUpperCase()
}
