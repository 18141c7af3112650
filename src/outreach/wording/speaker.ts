/** How a notice speaks: a language's catalogue with its dates, sums and lists as its jurisdiction writes them. Pure. */
import type { Jurisdiction } from '../../recalls/index.ts'
import type { Money } from '../brief.ts'
import type { Catalogue, Plural } from './catalogue.ts'
import { CATALOGUES } from './catalogues/index.ts'
import { localeOf, type Language } from './language.ts'
import { remembered } from '../../platform/remembered.ts'

/** How a text speaks of the product: "these cups … them"; `plural` is "cups", null where it says "this product". */
export type Noun = { these: string; them: string; plural: string | null }

export type Speaker = {
  language: Language
  /** BCP 47. */
  locale: string
  words: Catalogue
  noun: Noun
  /** An entry with its placeholders filled in; those of the product are known. */
  say: (entry: string, values?: Record<string, string>) => string
  /** The form of an entry for a number. */
  count: (entry: Plural, count: number) => string
  /** "a, b and c". */
  list: (items: readonly string[]) => string
  /** "a, b or c". */
  either: (items: readonly string[]) => string
  /** "20 July 2023", the day in UTC. */
  day: (date: Date) => string
  /** "July 2023" of `2023-07`. */
  month: (month: string) => string
  money: (sum: Money) => string
  /** "2 cups", "1 unit". */
  units: (units: number) => string
}

const DAY_MS = 86_400_000
/** A speaker; without a `noun` it says "this product". */
export function speaker(language: Language, jurisdiction: Jurisdiction, noun?: Noun): Speaker {
  const words = CATALOGUES[language]
  const locale = localeOf(language, jurisdiction)
  const known = noun ?? { these: words.these, them: words.them, plural: null }
  const { all, any, dates, months, numbers, plurals } = formatsOf(locale)
  function say(entry: string, values: Record<string, string> = {}): string {
    const { before, filled } = partsOf(entry)
    let said = before
    for (const { name, after } of filled)
      said += (values[name] ?? (name === 'these' ? known.these : name === 'them' ? known.them : '')) + after
    return said
  }
  const count = (entry: Plural, number: number): string =>
    say(entry[plurals.select(number)] ?? entry.other, { count: numbers.format(number) })
  return {
    language,
    locale,
    words,
    noun: known,
    say,
    count,
    list: (items) => (items.length === 1 ? items[0]! : all.format(items)),
    either: (items) => any.format(items),
    day: remembered(
      (date: Date) => Math.floor(date.getTime() / DAY_MS),
      (date) => dates.format(date),
    ),
    month: (month) => months.format(new Date(`${month}-01T00:00:00Z`)),
    money: remembered(
      (sum: Money) => `${sum.amountMinor} ${sum.currency}`,
      (sum) => moneyText(locale, sum),
    ),
    units: remembered(
      (units: number) => units,
      (units) => (known.plural !== null && units !== 1 ? `${numbers.format(units)} ${known.plural}` : count(words.units, units)),
    ),
  }
}

/** An entry cut at its placeholders, each with the text after it. */
const partsOf = remembered((entry: string) => entry, cut)

function cut(entry: string): { before: string; filled: { name: string; after: string }[] } {
  const [before, ...rest] = entry.split(/\{(\w+)\}/)
  const filled = rest.flatMap((name, at) => (at % 2 === 0 ? [{ name, after: rest[at + 1]! }] : []))
  return { before: before!, filled }
}

type Formats = {
  all: Intl.ListFormat
  any: Intl.ListFormat
  dates: Intl.DateTimeFormat
  months: Intl.DateTimeFormat
  numbers: Intl.NumberFormat
  plurals: Intl.PluralRules
}

// Making a format costs more than a mail; there are two dozen locales at most.
const formats = new Map<string, Formats>()

function formatsOf(locale: string): Formats {
  const known = formats.get(locale)
  if (known !== undefined) return known
  const made: Formats = {
    // Unlike en-US's own, without a comma before "and".
    all: new Intl.ListFormat(locale === 'en-US' ? 'en-GB' : locale, { type: 'conjunction' }),
    any: new Intl.ListFormat(locale === 'en-US' ? 'en-GB' : locale, { type: 'disjunction' }),
    dates: new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }),
    months: new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }),
    numbers: new Intl.NumberFormat(locale),
    plurals: new Intl.PluralRules(locale),
  }
  formats.set(locale, made)
  return made
}

const moneyFormats = new Map<string, { format: Intl.NumberFormat; decimals: number }>()

/** "$19.99", "19,99 €", "¥1,200": minor units with the decimals of their currency (ISO 4217). */
export function moneyText(locale: string, { amountMinor, currency }: Money): string {
  const key = `${locale} ${currency}`
  let known = moneyFormats.get(key)
  if (known === undefined) {
    const format = new Intl.NumberFormat(locale, { style: 'currency', currency })
    known = { format, decimals: format.resolvedOptions().maximumFractionDigits ?? 2 }
    moneyFormats.set(key, known)
  }
  return known.format.format(amountMinor / 10 ** known.decimals)
}
