/** A recall in plain words for everyone: what to do, which units, whose text it is. Says only what the recall says. Pure. */
import type { EvidenceField } from '../feeds/index.ts'
import { briefWords, formatDate, formatMoney, HAZARD_NAMES, type BriefWords } from '../outreach/index.ts'
import {
  AGENCIES,
  AGENCY_NAMES,
  jurisdictionOfAgency,
  printedCodes,
  printedNumber,
  type LinkedRecall,
  type Month,
  type Recall,
  type RemedyOption,
  type Scope,
} from '../recalls/index.ts'

/** A word or figure of a fact that stands for a value read from the agency's text, so that a page can lead to where it was read. */
export type FactValue = { text: string; field: EvidenceField; value: string | number | boolean }

/**
 * `list` holds codes and names one by one; `text` is one sentence or figure. `values` are what of it was read, in its order. `corrected` where a
 * person corrected what was read.
 */
export type RecallFact = { term: string; values: FactValue[]; corrected: boolean } & ({ text: string } | { list: string[] })

export type RecallWords = {
  said: BriefWords
  /** The box on top: how urgent it looks (`stop` for injury or death), and what to do this minute. */
  urgency: 'stop' | 'check' | 'caution'
  signal: string
  /** "a refund", "a free repair". */
  remedies: FactValue[]
  facts: RecallFact[]
  /** "CPSC recall 23-774 of July 20, 2023". */
  source: string
}

const REMEDIES: Record<RemedyOption, string> = {
  refund: 'a refund',
  replace: 'a free replacement',
  repair: 'a free repair',
  dispose: 'dispose of it safely',
  new_instructions: 'new instructions',
  label: 'a new warning label',
  none: 'there is no remedy',
}

export function recallWords(recall: Recall): RecallWords {
  const said = briefWords({ jurisdiction: jurisdictionOfAgency(recall.agency), recall, remedies: recall.remedies, proof: 'none' })
  return {
    said,
    ...urgencyOf(recall, said.noun.these),
    remedies: recall.remedies.map((remedy) => ({ text: REMEDIES[remedy], field: 'remedies', value: remedy })),
    facts: factsOf(recall),
    source: `${recall.agency} ${KIND_NAMES[recall.kind]} ${printedNumber(recall.recallNumber)} of ${day(recall.publishedOn)}`,
  }
}

/** "a refund", "a free repair". */
export function remedyWords(remedy: RemedyOption): string {
  return REMEDIES[remedy]
}

const KIND_NAMES: Record<Recall['kind'], string> = { recall: 'recall', safety_alert: 'safety alert', market_withdrawal: 'withdrawal' }
const MEDICAL = /\b(?:doctor|physician|pharmacist|health ?care (?:provider|professional)|consult)/i

/**
 * What to do this minute. To stop using is the answer for things; food is not to be eaten, a vehicle is checked and put right, and nobody is
 * told to stop taking a medicine or using a device without asking a doctor.
 */
function urgencyOf(recall: Recall, these: string): Pick<RecallWords, 'urgency' | 'signal'> {
  const urgency = recall.severity === 'medium' ? 'check' : recall.severity === 'low' ? 'caution' : 'stop'
  if (recall.kind === 'market_withdrawal') return { urgency: 'caution', signal: 'This product was taken off the market. Check whether you have it.' } // prettier-ignore
  if (isFood(recall)) return { urgency, signal: 'Do not eat or drink this product.' }
  if (isMedical(recall)) {
    return { urgency, signal: 'Check whether you have this product. Ask a doctor or pharmacist before you stop using it.' }
  }
  if (recall.agency === 'NHTSA' || recall.authority === 'Transport Canada') {
    return { urgency, signal: 'Check whether yours is recalled, and have it put right.' }
  }
  return { urgency, signal: `Stop using ${these} now.` }
}

function isFood(recall: Recall): boolean {
  return recall.agency === 'FSIS' || recall.authority === 'CFIA' || (recall.agency === 'FDA' && recall.recallNumber.startsWith('F-'))
}

/** FDA numbers drugs with D and devices with Z; of the rest, what the agency itself sends to a doctor is treated alike. */
function isMedical(recall: Recall): boolean {
  return (recall.agency === 'FDA' && /^[DZ]-/.test(recall.recallNumber)) || (['FDA', 'HC'].includes(recall.agency) && MEDICAL.test(recall.remedyText)) // prettier-ignore
}

function factsOf(recall: Recall): RecallFact[] {
  const { scope } = recall
  const all: (Said | Listed)[] = [
    { term: 'Danger', list: listed('hazards', recall.hazards, recall.hazards.map((hazard) => HAZARD_NAMES[hazard])) },
    { term: 'Brand', list: listed('brands', scope.brands) },
    { term: 'Models', list: [...listed('models', scope.models), ...recall.products.flatMap(({ model }) => (model === null ? [] : listed('models', [model])))] },
    { term: 'Lot numbers', list: listed('lots', scope.lots, printedCodes(scope.lots)) },
    { term: 'Serial numbers', list: listed('serials', scope.serials, printedCodes(scope.serials)) },
    { term: 'Bar codes (GTIN)', list: listed('gtins', scope.gtins) },
    { term: 'Made', text: monthSpan(scope.manufacturedFrom, scope.manufacturedTo), values: months('manufactured', scope.manufacturedFrom, scope.manufacturedTo) },
    { term: 'Sold', text: monthSpan(scope.soldFrom, scope.soldTo), values: months('sold', scope.soldFrom, scope.soldTo) },
    { term: 'Sold at', list: listed('sold_at', scope.soldAt) },
    ...(scope.onlineOnly === null ? [] : [said('Kind of shop', 'online_only', scope.onlineOnly, scope.onlineOnly ? 'online only' : 'not only online')]),
    { term: 'Price', text: priceText(scope), values: prices(scope) },
    { term: 'Number of units', text: unitsText(scope), values: unitValues(scope) },
    { term: 'Incidents', text: incidentsText(recall), values: counted(recall) },
    ...(recall.childrensProduct === true ? [said('For children', 'childrens_product', true, 'yes')] : []),
    ...(recall.proofOfDestruction ? [said('Proof asked for', 'proof_of_destruction', true, 'a photograph or other proof that it was destroyed')] : []),
    { term: 'Goes on from recall', list: listed('expands', recall.expands, recall.expands.map(printedNumber)) },
    { term: 'Level of danger', text: recall.riskLevel ?? '', values: [] },
    { term: 'Companies', list: recall.firms.map(({ name, role }) => ({ text: `${name} (${role})` })) },
    { term: 'Made in', list: recall.countriesOfOrigin.map((text) => ({ text })) },
  ] // prettier-ignore
  return all.flatMap((fact): RecallFact[] => {
    const values = 'text' in fact ? fact.values : fact.list.flatMap((item) => ('field' in item ? [item] : []))
    const corrected = values.some(({ field }) => recall.corrected?.[field] !== undefined)
    if ('text' in fact) return fact.text === '' ? [] : [{ ...fact, corrected }]
    const list = [...new Set(fact.list.map(({ text }) => text.trim()).filter((text) => text !== ''))]
    return list.length === 0 ? [] : [{ term: fact.term, list, values: onceShown(values), corrected }]
  })
}

/** One value for each text: where two are shown by the same words, these are read from the place of the first. */
function onceShown(values: readonly FactValue[]): FactValue[] {
  const first = new Map<string, FactValue>()
  for (const value of values) {
    const text = value.text.trim()
    if (text !== '' && !first.has(text)) first.set(text, { ...value, text })
  }
  return [...first.values()]
}

type Said = { term: string; text: string; values: FactValue[] }
type Listed = { term: string; list: (FactValue | { text: string })[] }

function said(term: string, field: EvidenceField, value: boolean, text: string): Said {
  return { term, text, values: [{ text, field, value }] }
}

/** Values of a list, each in the words in which it is shown. */
function listed(field: EvidenceField, values: readonly string[], texts: readonly string[] = values): FactValue[] {
  return values.map((value, index) => ({ text: texts[index]!, field, value }))
}

function months(what: 'sold' | 'manufactured', from: Month | null, to: Month | null): FactValue[] {
  const both: FactValue[] = [
    ...(from === null ? [] : [{ text: monthName(from), field: `${what}_from` as const, value: from }]),
    ...(to === null || to === from ? [] : [{ text: monthName(to), field: `${what}_to` as const, value: to }]),
  ]
  return both
}

function prices({ priceMinMinor: min, priceMaxMinor: max, currency }: Scope): FactValue[] {
  const price = (amountMinor: number) => formatMoney({ amountMinor, currency })
  return [
    ...(min === null ? [] : [{ text: price(min), field: 'price_min' as const, value: min }]),
    ...(max === null || max === min ? [] : [{ text: price(max), field: 'price_max' as const, value: max }]),
  ]
}

function unitValues({ units, unitsElsewhere }: Scope): FactValue[] {
  return [
    ...(units === null ? [] : [{ text: units.toLocaleString('en-US'), field: 'units' as const, value: units }]),
    ...Object.entries(unitsElsewhere).map(([country, count]) => ({
      text: elsewhereText(country, count),
      field: 'units_elsewhere' as const,
      value: `${country} ${count}`,
    })),
  ]
}

/** "from January 2018 to March 2023"; empty where neither end is stated. */
export function monthSpan(from: Month | null, to: Month | null): string {
  if (from !== null && from === to) return `in ${monthName(from)}`
  return [from === null ? '' : `from ${monthName(from)}`, to === null ? '' : `to ${monthName(to)}`].filter(Boolean).join(' ')
}

const MONTH = new Intl.DateTimeFormat('en-US', { month: 'long', year: 'numeric', timeZone: 'UTC' })

/** A month as agencies print it; one that is no month is shown as it stands. */
function monthName(month: Month): string {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? MONTH.format(new Date(`${month}-01T00:00:00Z`)) : month
}

/** "July 20, 2023" for `2023-07-20`. */
export function day(isoDay: string): string {
  return formatDate(new Date(`${isoDay}T00:00:00Z`))
}

/** "about $20", "between $15 and $40". */
function priceText({ priceMinMinor: min, priceMaxMinor: max, currency }: Scope): string {
  if (min === null && max === null) return ''
  if (min === null) return `up to ${formatMoney({ amountMinor: max!, currency })}`
  if (max === null) return `from ${formatMoney({ amountMinor: min, currency })}`
  if (min === max) return `about ${formatMoney({ amountMinor: min, currency })}`
  return `between ${formatMoney({ amountMinor: min, currency })} and ${formatMoney({ amountMinor: max, currency })}`
}

const COUNTRIES = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' })

function unitsText({ units, unitsElsewhere }: Scope): string {
  const elsewhere = Object.entries(unitsElsewhere).map(([country, count]) => elsewhereText(country, count))
  return [units === null ? '' : units.toLocaleString('en-US'), ...elsewhere].filter(Boolean).join(', and ')
}

function elsewhereText(country: string, count: number): string {
  return `${count.toLocaleString('en-US')} in ${countryName(country)}`
}

function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (COUNTRIES.of(code) ?? code) : code
}

function incidentsText(recall: Recall): string {
  return counted(recall)
    .map(({ text }) => text)
    .join(', ')
}

function counted({ incidents, injuries, deaths }: Recall): FactValue[] {
  const all = [
    ['incidents', incidents, 'report', 'reports'], ['injuries', injuries, 'injury', 'injuries'], ['deaths', deaths, 'death', 'deaths'],
  ] as const // prettier-ignore
  return all.flatMap(([field, count, one, many]) =>
    count === null ? [] : [{ text: `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`, field, value: count }],
  )
}

/** What the licence of an agency's data asks us to say, with the licence's address. Works of the United States' government ask for nothing. */
export function attribution(recall: Pick<Recall, 'agency'>): { text: string; url: string } | null {
  switch (recall.agency) {
    case 'HC':
      return {
        text: 'Contains information licensed under the Open Government Licence – Canada.',
        url: 'https://open.canada.ca/en/open-government-licence-canada',
      }
    case 'OPSS':
      return {
        text: 'Contains public sector information licensed under the Open Government Licence v3.0.',
        url: 'https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/',
      }
    case 'EUSG':
      return {
        text: 'Source: Safety Gate, © European Union. Rearranged by us; reuse is allowed where the source is named (Commission Decision 2011/833/EU).',
        url: 'https://eur-lex.europa.eu/eli/dec/2011/833/oj',
      }
    default:
      return null
  }
}

/** The agency as people know it: the authority where one feed carries several. */
export function agencyName(recall: Pick<Recall, 'agency' | 'authority'>): string {
  if (recall.agency === 'EUSG' && recall.authority !== undefined)
    return `${AGENCY_NAMES.EUSG}, notified by ${countryName(recall.authority)}`
  return recall.agency === 'HC' && recall.authority !== undefined ? recall.authority : AGENCY_NAMES[recall.agency]
}

/** Other agencies' notices of the same recall, each once: what is known to be where makes the agency's bare name superfluous. */
export function publishedElsewhere(links: readonly LinkedRecall[]): { name: string; href: string | null }[] {
  const placed = links.flatMap((link) => {
    const href = link.recallId === null ? webAddress(link.url) : `/recalls/${encodeURIComponent(link.recallId)}`
    return href === null ? [] : [{ agency: link.agency, href }]
  })
  const bare = [...new Set(links.map((link) => link.agency))].filter((agency) => !placed.some((each) => each.agency === agency))
  const once = [...new Map(placed.map((each) => [each.href, each])).values()]
  return [...once, ...bare.map((agency) => ({ agency, href: null }))].map(({ agency, href }) => ({ name: nameOf(agency), href }))
}

/** One of ours by its full name; an authority that is not heard here by the name it is given. */
function nameOf(agency: string): string {
  const ours = AGENCIES.find((each) => each === agency)
  return ours === undefined ? agency : AGENCY_NAMES[ours]
}

function webAddress(url: string | null): string | null {
  return url !== null && /^https?:\/\//i.test(url) ? url : null
}
