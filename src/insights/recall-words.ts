/** A recall in plain words for everyone: what to do, which units, whose text it is. Says only what the recall says. Pure. */
import { briefWords, formatDate, formatMoney, type BriefWords } from '../outreach/index.ts'
import {
  AGENCIES,
  AGENCY_NAMES,
  printedCodes,
  printedNumber,
  type LinkedRecall,
  type Month,
  type Recall,
  type RemedyOption,
  type Scope,
} from '../recalls/index.ts'

/** `list` holds codes and names one by one; `text` is one sentence or figure. */
export type RecallFact = { term: string; text: string } | { term: string; list: string[] }

export type RecallWords = {
  said: BriefWords
  /** The box on top: how urgent it looks (`stop` for injury or death), and what to do this minute. */
  urgency: 'stop' | 'check' | 'caution'
  signal: string
  /** "a refund", "a free repair". */
  remedies: string[]
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
  const said = briefWords({ jurisdiction: 'US', recall, remedies: recall.remedies, proof: 'none' })
  return {
    said,
    ...urgencyOf(recall, said.noun.these),
    remedies: recall.remedies.map((remedy) => REMEDIES[remedy]),
    facts: factsOf(recall),
    source: `${recall.agency} ${KIND_NAMES[recall.kind]} ${printedNumber(recall.recallNumber)} of ${day(recall.publishedOn)}`,
  }
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
  const all: RecallFact[] = [
    { term: 'Product', list: recall.products.map(({ name, unitsText }) => [name, unitsText].filter(Boolean).join(' – ')) },
    { term: 'Brand', list: scope.brands },
    { term: 'Models', list: [...scope.models, ...recall.products.flatMap(({ model }) => model ?? [])] },
    { term: 'Lot numbers', list: printedCodes(scope.lots) },
    { term: 'Serial numbers', list: printedCodes(scope.serials) },
    { term: 'Bar codes (GTIN)', list: scope.gtins },
    { term: 'Made', text: monthSpan(scope.manufacturedFrom, scope.manufacturedTo) },
    { term: 'Sold', text: monthSpan(scope.soldFrom, scope.soldTo) },
    { term: 'Sold at', list: scope.soldAt },
    { term: 'Kind of shop', text: scope.onlineOnly === true ? 'online only' : '' },
    { term: 'Price', text: priceText(scope) },
    { term: 'Number of units', text: unitsText(scope) },
    { term: 'Incidents', text: incidentsText(recall) },
    { term: 'Level of danger', text: recall.riskLevel ?? '' },
    { term: 'Companies', list: recall.firms.map(({ name, role }) => `${name} (${role})`) },
    { term: 'Made in', list: recall.countriesOfOrigin },
  ]
  return all.flatMap((fact): RecallFact[] => {
    if ('text' in fact) return fact.text === '' ? [] : [fact]
    const list = [...new Set(fact.list.map((each) => each.trim()).filter((each) => each !== ''))]
    return list.length === 0 ? [] : [{ term: fact.term, list }]
  })
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
  const elsewhere = Object.entries(unitsElsewhere).map(([country, count]) => `${count.toLocaleString('en-US')} in ${countryName(country)}`)
  return [units === null ? '' : units.toLocaleString('en-US'), ...elsewhere].filter(Boolean).join(', and ')
}

function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (COUNTRIES.of(code) ?? code) : code
}

function incidentsText({ incidents, injuries, deaths }: Recall): string {
  const counted: [number | null, string, string][] = [[incidents, 'report', 'reports'], [injuries, 'injury', 'injuries'], [deaths, 'death', 'deaths']] // prettier-ignore
  return counted
    .flatMap(([count, one, many]) => (count === null ? [] : [`${count.toLocaleString('en-US')} ${count === 1 ? one : many}`]))
    .join(', ')
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
