/** What a seller's word is worth to a wave: for how long, how often, and when it is worth nothing (decisions/025). Pure. */
import type { Severity } from '../../recalls/index.ts'

export const CONTACT_CHANNELS = ['email', 'sms', 'phone', 'letter', 'message', 'in_person'] as const
export type ContactChannel = (typeof CONTACT_CHANNELS)[number]

/** `told`: handed over to the buyer. `answered`: the buyer said something back. `not_reached`: it came back, or nobody was there. */
export const CONTACT_OUTCOMES = ['told', 'answered', 'not_reached'] as const
export type ContactOutcome = (typeof CONTACT_OUTCOMES)[number]

const HOUR_MS = 3_600_000

/**
 * `planHours`: how long at most a seller who announces it may have for telling buyers. `restHours`: how long after the telling no wave tells them
 * the same again. Both short, and shorter where what the buyer has can kill: two channels that wait for each other must not cost a day.
 */
export function hoursOf(severity: Severity): { planHours: number; restHours: number } {
  return severity === 'serious' ? { planHours: 12, restHours: 24 } : { planHours: 48, restHours: 72 }
}

/** The worst of several. */
export function worstOf(severities: readonly Severity[]): Severity {
  return (['serious', 'high', 'medium', 'low'] as const).find((each) => severities.includes(each)) ?? 'serious'
}

/** How one order of the seller stands when something is said of it. */
export type OrderStand = {
  /** The buyer has confirmed the notice or opened a case. */
  answered: boolean
  /** A message of ours may be on its way to the buyer at this moment. */
  inFlight: boolean
  /** A plan, and a telling, was said of this order since the buyer was last told by us, or became someone to tell. */
  plannedSince: boolean
  toldSince: boolean
  /** A plan for it is in force. */
  planned: boolean
}

export type CoversNot = 'not_reached' | 'past' | 'again' | 'in_flight'
export type Coverage = { until: Date; not: null } | { until: null; not: CoversNot }

/**
 * For how long a telling leaves the buyer out of waves. Once: a seller who says so again and again stands in for one message of ours, and not for
 * the next one. A telling that lies back longer than that rest leaves them out of nothing.
 */
export function coverageOfTold(
  told: { toldAt: Date; outcome: ContactOutcome },
  stand: OrderStand,
  given: { restHours: number; now: Date },
): Coverage {
  if (told.outcome === 'not_reached') return { until: null, not: 'not_reached' }
  if (stand.inFlight) return { until: null, not: 'in_flight' }
  if (stand.toldSince) return { until: null, not: 'again' }
  const until = new Date(told.toldAt.getTime() + given.restHours * HOUR_MS)
  return until <= given.now ? { until: null, not: 'past' } : { until, not: null }
}

/** Why an order cannot be announced, with what happens instead; null where it can. */
export function planRefusal(stand: OrderStand): string | null {
  if (stand.answered) return 'this buyer has answered already: nobody needs to tell them again'
  if (stand.inFlight) return 'we are telling this buyer at this moment: look again in a few minutes'
  if (stand.plannedSince) return 'you announced this order before, and each order can be announced once: we tell this buyer'
  return null
}

/** The last moment that a plan may be announced for now. */
export function planLimit(now: Date, planHours: number): Date {
  return new Date(now.getTime() + planHours * HOUR_MS)
}
