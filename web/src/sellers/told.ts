/** Who has told a seller's buyers: what the API says of it, and what the forms send. */

export const ORDER_STATES = ['waiting', 'left_to_you', 'told_by_you', 'told', 'answered', 'not_reached'] as const
export type OrderState = (typeof ORDER_STATES)[number]

export type SellerCampaign = {
  campaign_id: string
  recall: { recall_id: string; recall_number: string; agency: string; title: string; url: string | null }
  opened_at: string
  orders: number
  states: Record<OrderState, number>
  /** How long a seller may have who announces it, and how long after a telling nobody is told again. */
  plan_hours: number
  rest_hours: number
}

export type SellerOrder = {
  order_id: string
  ordered_at: string
  units: number
  state: OrderState
  told_at: string | null
  your_channel: string | null
  your_told_at: string | null
  your_outcome: string | null
  left_to_you_until: string | null
}

export type ContactList = {
  list_id: string
  kind: 'told' | 'plan'
  until: string | null
  recorded_at: string
  by: string
  orders: number
  standing: number
  covering: number
  ended_as: string | null
  ended_at: string | null
  ended_why: string | null
}

export type RowProblem = { line: number; field: string; problem: string }
export type Recorded = {
  list_id: string | null
  until: string | null
  rows: number
  taken: number
  known: number
  covering: number
  refused: number
  problems: RowProblem[]
}

export const CHANNELS = ['email', 'phone', 'message', 'sms', 'letter', 'in_person'] as const
export const OUTCOMES = ['told', 'answered', 'not_reached'] as const

/** What a form sends, or which of its fields is missing. */
export type Sending = { ok: true; body: object } | { ok: false; field: string; message: string }

/** One order, as the form names it; the time is that of the reader's own clock. */
export function oneOrder(form: { order: string; channel: string; at: string; outcome: string }): Sending {
  const order = form.order.trim()
  if (order === '') return { ok: false, field: 'order', message: 'Write the number of the order.' }
  const at = new Date(form.at)
  if (form.at === '' || Number.isNaN(at.getTime())) return { ok: false, field: 'at', message: 'Say when you told the buyer.' }
  const row = { order_id: order, channel: form.channel, told_at: at.toISOString(), outcome: form.outcome }
  return { ok: true, body: { kind: 'told', orders: [row] } }
}

/** Order numbers as people paste them: one per line, or with commas, semicolons or tabs between. */
export function announced(form: { orders: string; hours: string }, now: Date): Sending {
  const orders = [...new Set(form.orders.split(/[\n,;\t]+/).map((each) => each.trim()).filter((each) => each !== ''))] // prettier-ignore
  if (orders.length === 0) return { ok: false, field: 'orders', message: 'Write the numbers of the orders, one per line.' }
  const until = new Date(now.getTime() + Number(form.hours) * 3_600_000)
  return { ok: true, body: { kind: 'plan', until: until.toISOString(), orders: orders.map((order_id) => ({ order_id })) } }
}

/** The choices of hours up to the longest that is allowed, without its last second: the server's clock is its own. */
export function hoursToChoose(longest: number): number[] {
  return [2, 4, 8, 12, 24, 48].filter((hours) => hours < longest).concat(longest)
}

/** `3 orders taken, 1 said before, 2 refused`. */
export function recordedText({ taken, known, refused }: Recorded): string {
  const parts = [
    `${taken} ${taken === 1 ? 'order' : 'orders'} taken`,
    ...(known === 0 ? [] : [`${known} said before`]),
    ...(refused === 0 ? [] : [`${refused} refused`]),
  ]
  return parts.join(', ')
}

/** A `datetime-local` value for this moment, by the reader's own clock. */
export function localTime(now: Date): string {
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
