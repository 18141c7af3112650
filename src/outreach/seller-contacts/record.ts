/** A seller says which buyers they have told, or are about to tell. What it does to waves is in `queries-covered.ts`; no notice changes by it. */
import { audit } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { newId } from '../../platform/ids.ts'
import { fail, ok, type Result } from '../../platform/result.ts'
import { severityOf } from '../../recalls/index.ts'
import type { LineProblem } from '../../catalog/index.ts'
import { outdateBlocks } from '../queries-wave.ts'
import { lockFanOut, selectBriefs } from '../queries.ts'
import {
  endPlans,
  endUnreached,
  insertList,
  isConcerned,
  ordersOfSeller,
  saidKey,
  standsOf,
  type Fulfilled,
  type KnownStand,
  type NamedOrder,
  type NewContact,
} from './queries-record.ts'
import { readListRows, readListText, type ListCells, type ListKind, type PlanRow, type ReadList, type ToldRow } from './read-list.ts'
import { coverageOfTold, hoursOf, planLimit, planRefusal, worstOf, type OrderStand } from './rules.ts'

/** `until` is when a plan ends; the longest that is allowed where it is left out. */
export type SellerList = {
  campaignId: string
  sellerId: string
  kind: ListKind
  until: Date | null
  list: { csv: string } | { rows: readonly ListCells[] }
  /** `seller:<seller id>`, or the officer who hands it in for them. */
  actor: string
  at: Date
}

/**
 * rows = taken + known + refused. `known` was said before. `covering` are orders whose buyer no wave tells for now, if their other lines are covered too.
 * `listId` is null where nothing was new.
 */
export type RecordedList = {
  listId: string | null
  until: Date | null
  rows: number
  taken: number
  known: number
  covering: number
  refused: number
  problems: LineProblem[]
}

const NOT_YOURS = 'is not one of your orders in this recall; look it up in the list of your orders'

/**
 * Takes a list in. Rows that are refused are named and cost nothing of the rest; the same list twice changes nothing. An order of somebody else
 * and one that does not exist are the same to whoever asks.
 */
export async function recordSellerList(tx: Tx, order: SellerList): Promise<Result<RecordedList>> {
  const { campaignId, sellerId, kind, actor, at } = order
  const { db } = tx
  const read = 'csv' in order.list ? readListText(kind, order.list.csv, at) : readListRows(kind, order.list.rows, at)
  if (!read.ok) return read
  if (!(await isConcerned(db, campaignId, sellerId))) return fail('not_found', NO_CAMPAIGN)
  const hours = await hoursFor(db, campaignId)
  const until = kind === 'plan' ? (order.until ?? planLimit(at, hours.planHours)) : null
  const wrong = until === null ? null : planProblem(until, at, hours.planHours)
  if (wrong !== null) return fail('invalid', wrong, 'until')

  await lockFanOut(db, campaignId)
  const named = [...read.value.told, ...read.value.plan]
  const orders = await ordersOfSeller(db, { campaignId, sellerId, orderIds: [...new Set(named.map((row) => row.orderId))] })
  await outdateBlocks(db, campaignId, orders.map((each) => each.bucket)) // prettier-ignore
  const stands = await standsOf(db, campaignId, sellerId, orders, at)
  const judged = judge(read.value, standing(orders, stands), { until, restHours: hours.restHours, now: at })

  const listId = judged.contacts.length === 0 ? null : newId(at)
  if (listId !== null) {
    const list = { listId, campaignId, sellerId, kind, until, at, actor }
    await insertList(db, list, judged.contacts)
    if (kind === 'told') {
      await endPlans(db, list, fulfilled(judged.contacts))
      await endUnreached(db, list, judged.contacts.filter((each) => each.outcome === 'not_reached')) // prettier-ignore
    }
    const detail = { list_id: listId, kind, seller_id: sellerId, orders: judged.contacts.length, until: until?.toISOString() ?? null }
    await audit(db, { actor, action: 'outreach.seller_list_recorded', subject: `campaign:${campaignId}`, detail, at })
  }
  const problems = [...read.value.problems, ...judged.problems].toSorted((a, b) => a.line - b.line)
  const { taken, known, covering } = judged
  return ok({ listId, until, rows: read.value.rows, taken, known, covering, refused: problems.length, problems })
}

export const NO_CAMPAIGN = 'None of your orders is in a recall campaign with this number.'

/** What holds for a campaign, by the worst of the dangers that its briefs tell of. */
export async function hoursFor(db: Tx['db'], campaignId: string): Promise<{ planHours: number; restHours: number }> {
  const briefs = await selectBriefs(db, campaignId)
  return hoursOf(worstOf(briefs.map(({ brief }) => severityOf(brief.recall))))
}

function planProblem(until: Date, now: Date, planHours: number): string | null {
  if (Number.isNaN(until.getTime())) return 'Write until when you will have told them, like 2026-07-19T10:30:00Z.'
  if (until <= now) return 'The time by which you will have told them is past.'
  if (until > planLimit(now, planHours)) return `With a danger like this one, buyers wait at most ${planHours} hours for their seller.`
  return null
}

type Standing = NamedOrder & OrderStand & { said: Set<string>; lastNo: number }

function standing(orders: readonly NamedOrder[], stands: readonly KnownStand[]): Map<string, Standing[]> {
  const byOrder = new Map<string, Standing[]>()
  for (const [place, order] of orders.entries()) {
    const stand = { ...order, ...stands[place]!, said: new Set(stands[place]!.said) }
    byOrder.set(order.orderId, [...(byOrder.get(order.orderId) ?? []), stand])
  }
  return byOrder
}

type Judged = { contacts: NewContact[]; taken: number; known: number; covering: number; problems: LineProblem[] }

function judge(list: ReadList, orders: Map<string, Standing[]>, given: { until: Date | null; restHours: number; now: Date }): Judged {
  const judged: Judged = { contacts: [], taken: 0, known: 0, covering: 0, problems: [] }
  function refuse(line: number, field: string, problem: string): void {
    judged.problems.push({ line, field, problem, refused: 'row' })
  }
  function take(contacts: NewContact[]): void {
    judged.contacts.push(...contacts)
    judged.taken++
    if (contacts.some((each) => each.coversUntil !== null)) judged.covering++
  }
  // The latest telling of an order is the one that counts for waves, wherever in the list it stands.
  for (const row of list.told.toSorted((a, b) => b.toldAt.getTime() - a.toldAt.getTime())) {
    const stands = orders.get(row.orderId)
    if (stands === undefined) refuse(row.line, 'order_id', NOT_YOURS)
    else if (stands.some((stand) => row.toldAt < stand.orderedAt)) refuse(row.line, 'told_at', 'lies before the order was placed')
    else if (stands.every((stand) => stand.said.has(saidKey(row)))) judged.known++
    else take(stands.filter((stand) => !stand.said.has(saidKey(row))).map((stand) => toldContact(row, stand, given)))
  }
  const planned = new Set<string>()
  for (const row of list.plan) {
    const stands = orders.get(row.orderId)
    const refusal = stands?.map(planRefusal).find((each) => each !== null)
    if (stands === undefined) refuse(row.line, 'order_id', NOT_YOURS)
    else if (planned.has(row.orderId) || stands.every((stand) => stand.planned)) judged.known++
    else if (refusal !== undefined) refuse(row.line, 'order_id', refusal)
    else take(stands.map((stand) => planContact(row, stand, given.until!)))
    planned.add(row.orderId)
  }
  return judged
}

function toldContact(row: ToldRow, stand: Standing, given: { restHours: number; now: Date }): NewContact {
  const coverage = coverageOfTold(row, stand, given)
  stand.said.add(saidKey(row))
  if (coverage.until !== null) stand.toldSince = true
  const { channel, toldAt, outcome, orderId } = row
  return {
    buyerId: stand.buyerId,
    orderId,
    contactNo: ++stand.lastNo,
    channel,
    toldAt,
    outcome,
    coversUntil: coverage.until,
    coversNot: coverage.not,
  }
}

function planContact({ orderId }: PlanRow, stand: Standing, until: Date): NewContact {
  return {
    buyerId: stand.buyerId,
    orderId,
    contactNo: ++stand.lastNo,
    channel: null,
    toldAt: null,
    outcome: null,
    coversUntil: until,
    coversNot: null,
  }
}

/** One end per order: told, if one of the tellings reached the buyer. */
function fulfilled(contacts: readonly NewContact[]): Fulfilled[] {
  const ends = new Map<string, Fulfilled>()
  for (const { buyerId, orderId, outcome } of contacts) {
    const key = `${buyerId}\0${orderId}`
    if (ends.get(key)?.as !== 'told') ends.set(key, { buyerId, orderId, as: outcome === 'not_reached' ? 'not_reached' : 'told' })
  }
  return [...ends.values()]
}
