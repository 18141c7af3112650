/** Whose notice concerns whom: the jurisdiction of an agency, and that of a buyer by their country. Pure. */
import type { Agency } from './recall.ts'

/** EU stands for the Union with the EEA, whose members take part in Safety Gate. */
export const JURISDICTIONS = ['US', 'CA', 'EU', 'GB', 'AU'] as const
export type Jurisdiction = (typeof JURISDICTIONS)[number]

const OF_AGENCY: Record<Agency, Jurisdiction> = {
  CPSC: 'US',
  FDA: 'US',
  FSIS: 'US',
  NHTSA: 'US',
  HC: 'CA',
  EUSG: 'EU',
  OPSS: 'GB',
  ACCC: 'AU',
}

export function jurisdictionOfAgency(agency: Agency): Jurisdiction {
  return OF_AGENCY[agency]
}

/**
 * The countries of each jurisdiction, ISO 3166-1 alpha-2. The CPSC's law reaches the territories of the United States too (15 USC 2052(a)(17):
 * Puerto Rico, Guam, the Virgin Islands, American Samoa, the Northern Marianas). Northern Ireland's codes are those of GB.
 */
export const COUNTRIES_OF: Record<Jurisdiction, readonly string[]> = {
  US: ['US', 'PR', 'GU', 'VI', 'AS', 'MP'],
  CA: ['CA'],
  EU: [
    'AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IT', 'LT', 'LU', 'LV', 'MT', 'NL', 'PL', 'PT',
    'RO', 'SE', 'SI', 'SK', 'IS', 'LI', 'NO',
  ], // prettier-ignore
  GB: ['GB'],
  AU: ['AU'],
}

const OF_COUNTRY = new Map(JURISDICTIONS.flatMap((jurisdiction) => COUNTRIES_OF[jurisdiction].map((country) => [country, jurisdiction])))

/** The jurisdiction of a country, in capitals or not; null for one that none of our agencies speaks for, and where the country is not known. */
export function jurisdictionOfCountry(country: string | null): Jurisdiction | null {
  return country === null ? null : (OF_COUNTRY.get(country.trim().toUpperCase()) ?? null)
}
