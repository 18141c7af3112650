/** What changed between two revisions of a recall, in words that a reader of the page understands. Pure. */
import { formatMoney } from '../outreach/index.ts'
import { printedCodes, type Recall } from '../recalls/index.ts'

/**
 * One thing that changed. `prose` is text that was rewritten, too long to print in a line; of a `list` only what came and went is named.
 * Values are for people; an empty one means that the agency did not say.
 */
export type Change =
  | { kind: 'value' | 'prose'; what: string; before: string; after: string }
  | { kind: 'list'; what: string; added: string[]; removed: string[] }

type Field =
  | { kind: 'value' | 'prose'; what: string; of: (recall: Recall) => string }
  | { kind: 'list'; what: string; of: (recall: Recall) => readonly string[] }

const KINDS: Record<Recall['kind'], string> = { recall: 'recall', safety_alert: 'safety alert', market_withdrawal: 'withdrawal' }

/** Everything that a recall says, in the order in which it matters to somebody who has the product. */
const FIELDS: readonly Field[] = [
  { kind: 'value', what: 'Kind of notice', of: (recall) => KINDS[recall.kind] },
  { kind: 'value', what: 'Title', of: (recall) => recall.title },
  { kind: 'list', what: 'Dangers', of: (recall) => recall.hazards.map(words) },
  { kind: 'value', what: 'Level of danger', of: (recall) => [recall.riskLevel ?? '', recall.severity ?? ''].filter(Boolean).join(', ') },
  { kind: 'list', what: 'Remedies', of: (recall) => recall.remedies.map(words) },
  { kind: 'value', what: 'Proof that it was destroyed', of: (recall) => (recall.proofOfDestruction ? 'asked for' : '') },
  { kind: 'list', what: 'Products', of: (recall) => recall.products.map((each) => [each.name, each.model, each.unitsText].filter(Boolean).join(', ')) }, // prettier-ignore
  { kind: 'list', what: 'Brands', of: (recall) => recall.scope.brands },
  { kind: 'list', what: 'Kinds of product', of: (recall) => recall.scope.productNouns },
  { kind: 'list', what: 'Models', of: (recall) => recall.scope.models },
  { kind: 'list', what: 'Bar codes', of: (recall) => recall.scope.gtins },
  { kind: 'list', what: 'Lot numbers', of: (recall) => printedCodes(recall.scope.lots) },
  { kind: 'list', what: 'Serial numbers', of: (recall) => printedCodes(recall.scope.serials) },
  { kind: 'list', what: 'Listings named by the agency', of: (recall) => (recall.scope.marketplaceIds ?? []).map((each) => `${each.marketplace} ${each.id}`) }, // prettier-ignore
  { kind: 'value', what: 'Made from', of: (recall) => recall.scope.manufacturedFrom ?? '' },
  { kind: 'value', what: 'Made until', of: (recall) => recall.scope.manufacturedTo ?? '' },
  { kind: 'value', what: 'Sold from', of: (recall) => recall.scope.soldFrom ?? '' },
  { kind: 'value', what: 'Sold until', of: (recall) => recall.scope.soldTo ?? '' },
  { kind: 'value', what: 'Number of units', of: (recall) => number(recall.scope.units) },
  { kind: 'list', what: 'Units in other countries', of: (recall) => Object.entries(recall.scope.unitsElsewhere).map(([country, units]) => `${country} ${number(units)}`) }, // prettier-ignore
  { kind: 'value', what: 'Lowest price', of: ({ scope }) => money(scope.priceMinMinor, scope.currency) },
  { kind: 'value', what: 'Highest price', of: ({ scope }) => money(scope.priceMaxMinor, scope.currency) },
  { kind: 'value', what: 'Currency', of: (recall) => recall.scope.currency },
  { kind: 'list', what: 'Sold at', of: (recall) => recall.scope.soldAt },
  { kind: 'value', what: 'Sold online only', of: (recall) => yesOrNo(recall.scope.onlineOnly) },
  { kind: 'value', what: 'Incidents', of: (recall) => number(recall.incidents) },
  { kind: 'value', what: 'Injuries', of: (recall) => number(recall.injuries) },
  { kind: 'value', what: 'Deaths', of: (recall) => number(recall.deaths) },
  { kind: 'value', what: 'For children', of: (recall) => yesOrNo(recall.childrensProduct) },
  { kind: 'prose', what: 'The description', of: (recall) => recall.description },
  { kind: 'prose', what: 'The text on the danger', of: (recall) => recall.hazardText },
  { kind: 'prose', what: 'The text on what to do', of: (recall) => recall.remedyText },
  { kind: 'prose', what: 'The text on incidents', of: (recall) => recall.incidentText },
  { kind: 'prose', what: 'The text on where it was sold', of: (recall) => recall.soldText },
  { kind: 'prose', what: 'Whom to contact', of: (recall) => recall.contactText ?? '' },
  { kind: 'list', what: 'Companies', of: (recall) => recall.firms.map((firm) => `${firm.name} (${firm.role})`) },
  { kind: 'list', what: 'Made in', of: (recall) => recall.countriesOfOrigin },
  {
    kind: 'list',
    what: 'Photographs',
    of: (recall) => recall.images.map((image) => [image.caption, image.url].filter(Boolean).join(': ')),
  },
  { kind: 'list', what: 'Expands', of: (recall) => recall.expands },
  { kind: 'list', what: 'Also published by', of: (recall) => (recall.jointWith ?? []).map((link) => [link.agency, link.number, link.url, link.how].filter(Boolean).join(' ')) }, // prettier-ignore
  { kind: 'value', what: 'Published on', of: (recall) => recall.publishedOn },
  { kind: 'value', what: 'Address of the notice', of: (recall) => recall.url ?? '' },
  { kind: 'value', what: 'Issued by', of: (recall) => recall.authority ?? '' },
  { kind: 'value', what: 'The agency’s oversight', of: (recall) => recall.oversight ?? '' },
  { kind: 'value', what: 'Number of the event', of: (recall) => recall.event ?? '' },
  { kind: 'value', what: 'Language', of: (recall) => recall.language ?? '' },
]

/** The changes from one revision to the next, what matters most first; empty where both say the same. */
export function recallChanges(before: Recall, after: Recall): Change[] {
  return FIELDS.flatMap((field): Change[] => {
    if (field.kind === 'list') {
      const [was, is] = [field.of(before), field.of(after)]
      const [added, removed] = [without(is, was), without(was, is)]
      return added.length + removed.length === 0 ? [] : [{ kind: 'list', what: field.what, added, removed }]
    }
    const [was, is] = [field.of(before), field.of(after)]
    return was === is ? [] : [{ kind: field.kind, what: field.what, before: was, after: is }]
  })
}

/** Each once, those that the other list does not have. */
function without(items: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others)
  return [...new Set(items)].filter((item) => !known.has(item))
}

function words(name: string): string {
  return name.replaceAll('_', ' ')
}

function number(value: number | null): string {
  return value === null ? '' : value.toLocaleString('en-US')
}

function money(amountMinor: number | null, currency: string): string {
  return amountMinor === null ? '' : formatMoney({ amountMinor, currency })
}

function yesOrNo(value: boolean | null): string {
  return value === null ? '' : value ? 'yes' : 'no'
}
