/**
 * Order lines from January 2018 to the day before recall 23774, in the order of time. Two streams are merged: the recalled cups, whose
 * shipped pairs inside the recall's window add up exactly, and everything else, which fills up to the number of lines asked for.
 */
import type { OrderLine, OrderLineState } from '../../src/catalog/index.ts'
import { CUPKIN_LISTINGS, listingId, prices } from './listings.ts'
import { buyerId, CENTRES } from './people.ts'
import { draws, padded, type Draw } from './random.ts'
import type { Size } from './scales.ts'

const OPENING = Date.UTC(2018, 0, 1)
/** "From January 2018 through March 2023", half-open. */
const WINDOW_END = Date.UTC(2023, 3, 1)
const RECENT = Date.UTC(2023, 6, 15)
const RECALL_DATE = Date.UTC(2023, 6, 20)
const DAY_MS = 86_400_000

export async function* orderLines(seed: number, size: Size): AsyncGenerator<OrderLine> {
  const priceOf = await prices(seed, size)
  const parts = cupkinParts(seed, size.pairsInWindow)
  const cups = cupkinLines(seed, size, parts, priceOf)
  const others = otherLines(seed, size, priceOf, size.lines - parts.reduce((sum, part) => sum + part.count, 0))
  let [cup, other] = [cups.next(), others.next()]
  while (!cup.done || !other.done) {
    if (!cup.done && (other.done || cup.value.orderedAt <= other.value.orderedAt)) {
      yield cup.value
      cup = cups.next()
    } else if (!other.done) {
      yield other.value
      other = others.next()
    }
  }
}

/** A run of order lines of the recalled cups, evenly spread over `[from, to)`. */
type Part = {
  name: string
  count: number
  from: number
  to: number
  state: OrderLineState
  /** Pairs that the part's lines add up to; `null` where nobody counts. */
  pairs: number | null
}

/**
 * Only the first part is affected: shipped inside the window. Cancelled lines reached nobody, what was ordered after March 2023 is outside
 * the recall, and the open ones of July can still be stopped on their way.
 */
function cupkinParts(seed: number, pairs: number): Part[] {
  const affected: Part = { name: 'cups in the window', count: 0, from: OPENING, to: WINDOW_END, state: 'shipped', pairs }
  const draw = draws(seed, affected.name)
  for (let sum = 0; sum < pairs; affected.count++) sum += quantity(draw, affected.count)
  const share = (part: number): number => Math.max(6, Math.round(affected.count * part))
  return [
    affected,
    { name: 'cups cancelled', count: share(0.04), from: OPENING, to: WINDOW_END, state: 'cancelled', pairs: null },
    { name: 'cups after the window', count: share(0.06), from: WINDOW_END, to: RECENT, state: 'shipped', pairs: null },
    { name: 'cups on their way', count: share(0.012), from: RECENT, to: RECALL_DATE, state: 'open', pairs: null },
  ]
}

function quantity(draw: Draw, index: number): number {
  const share = draw.share(index, 0)
  return share < 0.76 ? 1 : share < 0.94 ? 2 : 3
}

function* cupkinLines(seed: number, size: Size, parts: readonly Part[], priceOf: Int32Array): Generator<OrderLine> {
  const runs = parts.map((part) => ({ part, at: 0, draw: draws(seed, part.name), left: part.pairs ?? Infinity }))
  let order = 0
  for (;;) {
    let next: (typeof runs)[number] | null = null
    for (const run of runs) {
      if (run.at < run.part.count && (next === null || timeOf(run.part, run.at) < timeOf(next.part, next.at))) next = run
    }
    if (next === null) return
    const { part, at, draw } = next
    // The last affected line takes what is left, so that the sum is exact.
    const pairs = Math.min(quantity(draw, at), next.left)
    next.left -= pairs
    next.at++
    const listing = draw.below(CUPKIN_LISTINGS, at, 1)
    yield {
      buyerId: buyerId(cupBuyer(draw, size.buyers, at)),
      orderId: `C-${padded(++order, 8)}`,
      lineNo: 1,
      listingId: listingId(listing, size),
      orderedAt: new Date(timeOf(part, at)).toISOString(),
      quantity: pairs,
      unitPriceMinor: priceOf[listing]!,
      currency: 'USD',
      state: part.state,
      centreId: draw.pick(CENTRES, at, 2).centreId,
      lot: null,
      serial: null,
    }
  }
}

/** The first line of a part is at its first instant and the last at its last second: the window's edges are always tried. */
function timeOf(part: Part, at: number): number {
  const last = part.to - 1_000
  return part.count === 1 ? part.from : part.from + Math.round(((last - part.from) * at) / (part.count - 1))
}

/** Every eighth line or so is of a buyer who bought cups before: whoever made some earlier line's draw. */
function cupBuyer(draw: Draw, buyers: number, at: number): number {
  const again = at > 0 && draw.share(at, 3) < 0.12
  return draw.below(buyers, again ? draw.below(at, at, 4) : at, 5)
}

function* otherLines(seed: number, size: Size, priceOf: Int32Array, count: number): Generator<OrderLine> {
  const draw = draws(seed, 'orders')
  const others = size.listings - CUPKIN_LISTINGS
  for (let order = 0, made = 0; made < count; order++) {
    // Trade grows over the years: half of the orders come in the last two and a quarter.
    const time = OPENING + Math.floor((RECALL_DATE - 1_000 - OPENING) * (made / count) ** 0.75)
    const orderedAt = new Date(time).toISOString()
    const buyer = buyerId(draw.below(size.buyers, order, 0))
    const lines = Math.min(1 + Math.floor(draw.share(order, 1) ** 3 * 4), count - made)
    for (let lineNo = 1; lineNo <= lines; lineNo++, made++) {
      const salt = 10 * lineNo
      // A few listings sell most: the square of an even draw.
      const listing = CUPKIN_LISTINGS + Math.floor(draw.share(order, salt) ** 2 * others)
      yield {
        buyerId: buyer,
        orderId: `O-${padded(order + 1, 8)}`,
        lineNo,
        listingId: listingId(listing, size),
        orderedAt,
        quantity: 1 + Math.floor(draw.share(order, salt + 1) ** 4 * 3),
        unitPriceMinor: priceOf[listing]!,
        currency: 'USD',
        state: stateOf(draw, order, time),
        centreId: draw.pick(CENTRES, order, 2).centreId,
        lot: null,
        serial: null,
      }
    }
  }
}

/** An order ships whole, most within two days; a few are cancelled. */
function stateOf(draw: Draw, order: number, time: number): OrderLineState {
  const share = draw.share(order, 3)
  if (share < 0.03) return 'cancelled'
  const days = (RECALL_DATE - time) / DAY_MS
  return days < 5 && share < 1 - days / 5 ? 'open' : 'shipped'
}
