/**
 * The statement of reasons that a seller reads when a listing is stopped: the elements of DSA Article 17(3) in plain words. Pure.
 * Its field names are those of the stored row and of every answer that carries it.
 */
import { AGENCY_NAMES, printedNumber, type Agency, type Recall } from '../recalls/index.ts'

/** One thing that spoke for (or against) the match. `weight` is in bits of evidence; 0 where a person said it. */
export type StatementReason = { field: string; text: string; weight: number }

export type StatementOfReasons = {
  /** (a) The kind of restriction. */
  restriction: 'stop'
  /** (a) What it means for the listing. */
  what: string
  /** (a) Where it holds. */
  scope_territory: string
  /** (a) How long it holds. */
  until: string
  /** (b) What happened, and who found that it concerns this listing. */
  facts: string
  /** (b) Our own rule, a person of ours, or a notice by someone else (whose name is never given here). */
  found_by: 'rule' | 'person' | 'notice'
  /** (c) Software alone found that the listing is affected; no person looked at the listing before the stop. */
  automated: boolean
  /** (d) or (e) The law or the contract, and why it applies. */
  ground: string
  /** The authority's own page, where it has one. */
  grounds_url: string | null
  /** Field by field, why the listing is taken for the recalled product. At least one. */
  reasons: StatementReason[]
  /** (f) How to have the decision changed. */
  redress: string
}

/** What a statement is made from: the recall, the listing, and who found the one in the other. */
export type StopCase = {
  recall: Pick<Recall, 'agency' | 'recallNumber' | 'kind' | 'title' | 'publishedOn' | 'url' | 'hazardText'>
  listing: { listingId: string; title: string }
  /** The match's reasons, as screening gave them. */
  reasons: readonly StatementReason[]
  /** The ruling on the match with the reason given for it, by a person or by a rule of ours; `null` where screening answered alone. */
  ruling: { reason: string; byPerson: boolean } | null
}

/** What happened, as the beginning of a sentence. */
export const NEWS: Record<Recall['kind'], (agency: Agency) => string> = {
  recall: (agency) => `${agency} announced a recall of this product`,
  safety_alert: (agency) => `${agency} warns people not to use this product`,
  market_withdrawal: (agency) => `${agency} announced that this product is taken off the market`,
}

/** The statement for stopping one listing under one recall. */
export function stopStatement({ recall, listing, reasons, ruling }: StopCase): StatementOfReasons {
  const byPerson = ruling?.byPerson === true
  return {
    restriction: 'stop',
    what:
      `${NEWS[recall.kind](recall.agency)} (${printedNumber(recall.recallNumber)}). So nobody can buy “${listing.title}” (listing ${listing.listingId}) here at present. ` +
      'Its stock stays in our centres, and we take back orders that have not shipped. ' +
      'This is about the product, not about you.',
    scope_territory: 'This marketplace, in every country it sells to.',
    until:
      'There is no fixed end. The stop ends when evidence shows that your units are not part of the recall. ' +
      'It also ends when the recall has been carried out and we release the listing. We tell you at once.',
    facts: `${whatHappened(recall)} ${whoFound(byPerson)}`,
    found_by: byPerson ? 'person' : 'rule',
    automated: !byPerson,
    ground: GROUNDS[recall.kind],
    grounds_url: recall.url,
    reasons: [...(ruling === null ? [] : [{ field: 'ruling', text: ruling.reason, weight: 0 }]), ...reasons],
    redress:
      'If you think that we are wrong, tell our safety team within six months. It costs nothing, and a person decides, not software. ' +
      'Send what shows the difference: a photo of the label, the model or lot number, an invoice, a test report. ' +
      'You can also go to an out-of-court dispute body or to a court.',
  }
}

/** What the authority published, and the danger it describes. */
export function whatHappened(recall: StopCase['recall']): string {
  const notice = { recall: 'recall', safety_alert: 'safety warning', market_withdrawal: 'market withdrawal' }[recall.kind]
  const hazard = recall.hazardText.trim()
  return (
    `On ${longDate(recall.publishedOn)}, the ${AGENCY_NAMES[recall.agency]} published ${notice} ${printedNumber(recall.recallNumber)}: “${recall.title.trim()}”.` +
    (hazard === '' ? '' : ` It describes the danger so: “${hazard}”`)
  )
}

function whoFound(byPerson: boolean): string {
  if (!byPerson) {
    return (
      'Our software compared your listing with the recall and found strong evidence that it is the same product. ' +
      'A safety officer then opened the recall campaign. No person looked at your listing by itself before the stop.'
    )
  }
  return 'Our software compared your listing with the recall. A safety officer looked at it and decided that it is part of the recall.'
}

/** Why such a product may not be sold: CPSA §19(a)(2)(B) for recalls; for warnings and withdrawals the marketplace's own rule. */
export const GROUNDS: Record<Recall['kind'], string> = {
  recall:
    'Law: the Consumer Product Safety Act, section 19(a)(2), 15 U.S.C. § 2068(a)(2). ' +
    'Nobody may sell a product that its maker recalls together with CPSC. Your listing offers that product.',
  safety_alert:
    'Our terms for sellers: nobody may sell a product here that a safety authority warns people not to use. Your listing offers that product.',
  market_withdrawal:
    'Our terms for sellers: nobody may sell a product here that its maker has taken off the market. Your listing offers that product.',
}

const LONG_DATE = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' })

/** `2023-07-13` as "July 13, 2023". */
function longDate(day: string): string {
  return LONG_DATE.format(new Date(`${day}T00:00:00Z`))
}

/** The elements that must be said in words. */
export const STATEMENT_TEXTS = ['what', 'scope_territory', 'until', 'facts', 'ground', 'redress'] as const

/** The elements that a stored statement lacks; empty when it is whole. */
export function missingElements(statement: StatementOfReasons): string[] {
  const missing: string[] = STATEMENT_TEXTS.filter((element) => statement[element].trim() === '')
  if (statement.reasons.length === 0) missing.push('reasons')
  return missing
}
