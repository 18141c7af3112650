/** The lot, serial number or date of make that a listing itself states, against those of the recall. Pure. */
import { answerByRule, lineRule, type LineRule } from '../recalls/index.ts'
import type { ListingFeatures } from './listing-features.ts'
import type { RecallFeatures } from './recall-features.ts'

/**
 * `inside`: among those recalled. `outside`: plainly not among them. `unclear`: stated, and the recall goes by it in words that were not read
 * whole. `unknown`: nothing stated, or the recall does not go by it.
 */
export type UnitMembership = 'inside' | 'outside' | 'unclear' | 'unknown'

export type StatedUnit = {
  /** As written behind `serial`, `lot`, `batch`, `date code`. */
  codes: { isSerial: boolean; code: string }[]
  /** Months of make, `YYYY-MM`. */
  months: string[]
}

/** Characters read for a statement, and statements kept. */
const TEXT_LENGTH_MAX = 2500
const STATED_MAX = 6
/** Codes from which a list without ranges is taken as whole. */
const CODES_LISTED = 3

const CODE = /\b(serial|s\/n|lot|batch|date\s?code)s?\s*(?:numbers?|nos?\.?|codes?|#)?\s*[:#]?\s*([a-z0-9][a-z0-9-]{2,24})/gi
const MADE =
  /\b(?:manufactured|made|mfd|mfg|dom|produced|production date)\s*(?:date|on|in)?\s*[:.]?\s*(?:(\d{4})[/-](\d{1,2})\b|(\d{1,2})[/-](\d{4})\b|([a-z]{3})[a-z]*\.?\s+(\d{4})\b)/gi
const MONTHS = 'janfebmaraprmayjunjulaugsepoctnovdec'

const rules = new WeakMap<RecallFeatures, LineRule>()

/** What the listing states, read once. */
export function unitStated(listing: ListingFeatures): StatedUnit {
  if (listing.stated === null) {
    const { title, description, attributes } = listing.listing
    const text = [title, ...Object.entries(attributes).map(([name, value]) => `${name}: ${value}`), description ?? '']
      .map((part) => part.slice(0, TEXT_LENGTH_MAX))
      .join('\n')
    listing.stated = readStated(text.slice(0, 2 * TEXT_LENGTH_MAX))
  }
  return listing.stated
}

/** Whether the listing states anything of the kind. */
export function statesUnit(listing: ListingFeatures): boolean {
  const { codes, months } = unitStated(listing)
  return codes.length + months.length > 0
}

export function readStated(text: string): StatedUnit {
  const stated: StatedUnit = { codes: [], months: [] }
  for (const [, cue, code] of text.matchAll(CODE))
    if (/\d/.test(code!) && stated.codes.length < STATED_MAX) stated.codes.push({ isSerial: /^s/i.test(cue!), code: code! })
  for (const [, y1, m1, m2, y2, name, y3] of text.matchAll(MADE)) {
    const month = Number(m1 ?? m2 ?? Math.floor(MONTHS.indexOf((name ?? '').toLowerCase()) / 3) + 1)
    if (month >= 1 && month <= 12 && stated.months.length < STATED_MAX)
      stated.months.push(`${y1 ?? y2 ?? y3}-${String(month).padStart(2, '0')}`)
  }
  return stated
}

/** Outside only where everything that can be compared is outside. */
export function unitMembership(recall: RecallFeatures, listing: ListingFeatures): UnitMembership {
  const { codes, months } = unitStated(listing)
  if (codes.length === 0 && months.length === 0) return 'unknown'
  const answers: UnitMembership[] = codes.map((each) => codeMembership(recall, each))
  for (const month of months) answers.push(monthMembership(recall, month))
  if (answers.includes('inside')) return 'inside'
  return answers.find((answer) => answer === 'outside') ?? answers.find((answer) => answer === 'unclear') ?? 'unknown'
}

function codeMembership(recall: RecallFeatures, { isSerial, code }: StatedUnit['codes'][number]): UnitMembership {
  let rule = rules.get(recall)
  if (rule === undefined) {
    rule = lineRule({ soldFrom: null, soldTo: null, lots: recall.recall.scope.lots, serials: recall.recall.scope.serials })
    rules.set(recall, rule)
  }
  // A date code is a lot to one agency and a serial number to another: the list that there is decides.
  const list = isSerial ? (rule.serials ?? rule.lots) : (rule.lots ?? rule.serials)
  if (list === null) return 'unknown'
  // A single code is rarely all that was recalled: more likely it is the end of a range that was not read.
  const isThin = list.prefixes.length + list.ranges.length === 0 && list.exact.size < CODES_LISTED
  const answer = answerByRule({ window: rule.window, lots: list, serials: null }, 'affected', {
    orderedAt: new Date(0),
    lot: code,
    serial: null,
  })
  return answer === 'affected' ? 'inside' : answer === 'no' && !isThin ? 'outside' : 'unclear'
}

function monthMembership(recall: RecallFeatures, month: string): UnitMembership {
  const { manufacturedFrom, manufacturedTo } = recall.recall.scope
  if (manufacturedFrom === null && manufacturedTo === null) return 'unknown'
  const isOutside = (manufacturedFrom !== null && month < manufacturedFrom) || (manufacturedTo !== null && month > manufacturedTo)
  return isOutside ? 'outside' : manufacturedFrom !== null && manufacturedTo !== null ? 'inside' : 'unknown'
}
