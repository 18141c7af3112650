/** Which languages notices are written in, and which of them a buyer reads. Pure. */
import { jurisdictionOfCountry, type Jurisdiction } from '../../recalls/index.ts'

export const LANGUAGES = ['en', 'fr', 'de', 'es', 'it', 'nl', 'pl', 'pt', 'sv', 'zh'] as const
export type Language = (typeof LANGUAGES)[number]

/** What the marketplace knows of a buyer that tells their language. `locale` is BCP 47, `country` ISO 3166-1 alpha-2, `region` as it was imported. */
export type Reader = { locale: string | null; country: string | null; region: string | null }

export function isLanguage(text: string): text is Language {
  return (LANGUAGES as readonly string[]).includes(text)
}

/**
 * The language of a buyer: that of their locale where we write it, else that of where they live, else English. A country whose own language we
 * do not write is told in English; README.md names those of the European Union.
 */
export function languageOf({ locale, country, region }: Reader): Language {
  const own = (locale ?? '').trim().toLowerCase().split(/[-_]/)[0]!
  if (isLanguage(own)) return own
  const where = (country ?? '').trim().toUpperCase()
  const parts = BY_REGION[where]
  const spoken = region === null || parts === undefined ? undefined : parts.find(({ regions }) => regions.test(region.trim()))?.language
  return spoken ?? OF_COUNTRY.get(where) ?? 'en'
}

/**
 * Whose law says what a buyer's notice contains: that of where they live, whichever agency's recall they are told of; where none of ours speaks for
 * their country, that of the brief.
 */
export function lawOf({ country }: Reader, ofBrief: Jurisdiction): Jurisdiction {
  return jurisdictionOfCountry(country) ?? ofBrief
}

/** Countries that speak several of our languages: those regions that do not speak the country's most spoken one. By code (ISO 3166-2) or name. */
const BY_REGION: Record<string, readonly { regions: RegExp; language: Language }[]> = {
  CA: [{ regions: /^(?:CA-)?(?:QC|PQ)$|^qu[eé]bec/i, language: 'fr' }],
  BE: [
    {
      regions:
        /^(?:BE-)?(?:WAL|WBR|WHT|WLG|WLX|WNA|BRU)$|wallon|brussel|bruxelles|hainaut|li[eè]ge|luxembourg|namur|brabant wallon|walloon/i,
      language: 'fr',
    },
  ],
  CH: [
    { regions: /^(?:CH-)?(?:GE|VD|NE|JU|FR)$|gen[eèf]|vaud|neuch[aâ]tel|jura|fribourg/i, language: 'fr' },
    { regions: /^(?:CH-)?TI$|ticino|tessin/i, language: 'it' },
  ],
  IT: [{ regions: /^(?:IT-)?BZ$|bolzano|bozen|südtirol/i, language: 'de' }],
}

const COUNTRIES: Record<Exclude<Language, 'en'>, readonly string[]> = {
  fr: ['FR', 'LU', 'MC', 'GP', 'MQ', 'GF', 'RE', 'YT', 'PM', 'BL', 'MF', 'NC', 'PF', 'WF'],
  de: ['DE', 'AT', 'CH', 'LI'],
  es: ['ES', 'MX', 'AR', 'BO', 'CL', 'CO', 'CR', 'CU', 'DO', 'EC', 'GT', 'HN', 'NI', 'PA', 'PE', 'PY', 'SV', 'UY', 'VE', 'AD', 'PR'],
  it: ['IT', 'SM', 'VA'],
  nl: ['NL', 'BE', 'SR', 'AW', 'CW', 'SX', 'BQ'],
  pl: ['PL'],
  pt: ['PT', 'BR', 'AO', 'MZ', 'CV'],
  sv: ['SE', 'AX'],
  zh: ['CN', 'TW', 'HK', 'MO'],
}

const OF_COUNTRY = new Map(
  Object.entries(COUNTRIES).flatMap(([language, countries]) => countries.map((country) => [country, language as Language])),
)

/** BCP 47 as the jurisdiction writes dates and sums: "7/20/2023" is another day in London than in Chicago. */
export function localeOf(language: Language, jurisdiction: Jurisdiction): string {
  return LOCALES[language][jurisdiction] ?? LOCALES[language].EU
}

const LOCALES: Record<Language, Partial<Record<Jurisdiction, string>> & { EU: string }> = {
  en: { US: 'en-US', CA: 'en-CA', GB: 'en-GB', AU: 'en-AU', EU: 'en-IE' },
  fr: { CA: 'fr-CA', EU: 'fr-FR' },
  de: { EU: 'de-DE' },
  es: { US: 'es-US', EU: 'es-ES' },
  it: { EU: 'it-IT' },
  nl: { EU: 'nl-NL' },
  pl: { EU: 'pl-PL' },
  pt: { EU: 'pt-PT' },
  sv: { EU: 'sv-SE' },
  zh: { EU: 'zh-CN' },
}
