/** The arithmetic behind a campaign's pictures. Pure. */
import { counted } from '../ui/format.ts'
import type { ResponseDay, TimelineStep, WaterfallStep } from './types.ts'

/** One bar of a waterfall: it starts where the one before it ended. `start` and `end` are units from zero. */
export type Bar = { key: string; units: number; start: number; end: number }

/** Bars that stand on each other's ends and add up to the whole. */
export function stacked(steps: readonly { key: string; units: number }[]): Bar[] {
  let start = 0
  return steps.map(({ key, units }) => {
    const bar = { key, units, start, end: start + units }
    start = bar.end
    return bar
  })
}

/** The accounts that hold units, and those a reader looks for even when they hold none. */
export function accountsShown(steps: readonly WaterfallStep[]): WaterfallStep[] {
  const always = new Set(['sellable', 'held', 'in_transit', 'with_consumers'])
  return steps.filter((step) => step.units !== 0 || always.has(step.account))
}

/** The running totals of a response counted day by day: one point per calendar day (UTC) from the opening on, quiet days included. */
export function running(days: readonly ResponseDay[], openedAt: string): ResponseDay[] {
  const last = days.reduce((latest, entry) => (entry.day > latest ? entry.day : latest), openedAt).slice(0, 10)
  const byDay = new Map(days.map((entry) => [entry.day.slice(0, 10), entry]))
  const total = { acknowledged: 0, cases: 0, refunded: 0 }
  const points: ResponseDay[] = []
  for (let at = Date.parse(openedAt.slice(0, 10)); at <= Date.parse(last); at += 86_400_000) {
    const day = new Date(at).toISOString().slice(0, 10)
    const entry = byDay.get(day)
    total.acknowledged += entry?.acknowledged ?? 0
    total.cases += entry?.cases ?? 0
    total.refunded += entry?.refunded ?? 0
    points.push({ day, ...total })
  }
  return points
}

/** Moves labels apart so that none is closer than `gap` to the one above it, and none leaves the range. Keeps their order. */
export function spread(wanted: readonly number[], gap: number, top: number, bottom: number): number[] {
  const order = wanted.map((_, index) => index).toSorted((a, b) => wanted[a]! - wanted[b]!)
  const placed = wanted.map(() => 0)
  let free = top
  for (const index of order) {
    placed[index] = Math.max(wanted[index]!, free)
    free = placed[index] + gap
  }
  let limit = bottom
  for (const index of order.toReversed()) {
    placed[index] = Math.min(placed[index]!, limit)
    limit = placed[index] - gap
  }
  return placed
}

/** A wave was started and its end is not recorded yet. */
export function isSending(timeline: readonly TimelineStep[]): boolean {
  const started = timeline.filter((step) => step.step === 'wave_started').length
  const sent = timeline.filter((step) => step.step === 'wave_sent').length
  return started > sent
}

/** The order in which a step says its counts; what is not here follows. Leases of a wave are our own affair. */
const COUNT_ORDER = ['revision', 'wave', 'listings', 'centres', 'lines', 'units', 'affected_units', 'possible_units', 'buyers', 'notices']
const COUNT_HIDDEN = new Set(['buckets'])

/** The counts of a step in words: `24 listings, 3 centres, 4,722 units`. `revision` and `wave` are numbers of things, not counts. */
export function countsText(counts: Readonly<Record<string, unknown>>): string {
  const rank = (name: string) => (COUNT_ORDER.includes(name) ? COUNT_ORDER.indexOf(name) : COUNT_ORDER.length)
  return Object.entries(counts)
    .filter((entry): entry is [string, number] => typeof entry[1] === 'number' && !COUNT_HIDDEN.has(entry[0]))
    .filter(([name, value]) => value !== 0 || (name !== 'possible_units' && name !== 'passed_on'))
    .toSorted(([a], [b]) => rank(a) - rank(b))
    .map(([name, value]) => {
      const words = name.replaceAll('_', ' ')
      return ['revision', 'wave', 'reminder'].includes(name) ? `${words} ${value}` : counted(value, words.replace(/s$/, ''), words)
    })
    .join(', ')
}
