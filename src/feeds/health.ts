/** How each agency's feed is doing, and what a person must be woken for. The rules are pure; `feedHealth` gives them the rows. */
import type { Db } from '../platform/db.ts'
import { AGENCIES, type Agency } from '../recalls/index.ts'
import { dueAt } from './due.ts'
import { newestPublished, sourceStates, type SourceState } from './queries-health.ts'
import { silenceOf } from './silence.ts'
import { RHYTHMS, SOURCES, type Source } from './sources.ts'

/**
 * `not_heard`: we could not ask, or were not answered, for too long. `failing`: the last pulls failed, though not yet for long. `held`: a dump
 * of unusual size waits for a person. `silent`: we hear the agency, and it has published nothing for longer than it usually does.
 */
export type Alarm = { kind: 'not_heard' | 'failing' | 'held' | 'silent'; source: string | null; said: string }

export type SourceHealth = SourceState & {
  /** Minutes since it was last heard; null where it never was. */
  lagMinutes: number | null
  nextPullAt: Date
}

export type AgencyHealth = {
  agency: Agency
  /** When all of its sources had been heard: the oldest of their last successes; null where one never was. */
  lastSuccessAt: Date | null
  lagMinutes: number | null
  /** Of its newest recall, `YYYY-MM-DD`. */
  newestPublishedOn: string | null
  sources: SourceHealth[]
  /** Empty where all is well. */
  alarms: Alarm[]
}

/** A source counts as not heard when this many of its pulls in a row could have been missed, and not before this many minutes. */
const MISSED_PULLS = 3
const NOT_HEARD_MINUTES_MIN = 6 * 60
const FAILURES_MIN = 2
const MINUTE_MS = 60_000

/** The health of one agency, from the states of its sources. Pure. */
export function agencyHealth(
  agency: Agency,
  sources: readonly Source[],
  states: readonly SourceState[],
  newestPublishedOn: string | null,
  at: Date,
): AgencyHealth {
  const healths: SourceHealth[] = []
  const alarms: Alarm[] = []
  for (const source of sources) {
    const state = states.find((each) => each.source === source.name)
    if (state === undefined) continue
    const lagMinutes = state.lastSuccessAt === null ? null : minutesBetween(state.lastSuccessAt, at)
    healths.push({ ...state, lagMinutes, nextPullAt: dueAt(source, state) })
    alarms.push(...alarmsOf(source, state, lagMinutes))
  }
  const { silent, missed } = silenceOf(RHYTHMS[agency], newestPublishedOn, at.toISOString().slice(0, 10))
  // Where we do not hear it, its silence says nothing.
  const heard = healths.some((each) => each.lastSuccessAt !== null) && !alarms.some((alarm) => alarm.kind === 'not_heard')
  if (silent && heard) {
    const newest = newestPublishedOn === null ? 'Nothing it published was ever taken in' : `Its newest recall is of ${newestPublishedOn}`
    const said =
      missed.length === 0
        ? `${newest}.`
        : `${newest}; on ${missed.length} days since (the last is ${missed.at(-1)}) something was expected.`
    alarms.push({ kind: 'silent', source: null, said })
  }
  const successes = healths.map((each) => each.lastSuccessAt)
  const oldest = successes.includes(null) || successes.length === 0 ? null : new Date(Math.min(...successes.map((each) => each!.getTime())))
  const lagMinutes = oldest === null ? null : minutesBetween(oldest, at)
  return { agency, lastSuccessAt: oldest, lagMinutes, newestPublishedOn, sources: healths, alarms }
}

function alarmsOf(source: Source, state: SourceState, lagMinutes: number | null): Alarm[] {
  const alarms: Alarm[] = []
  const limit = Math.max(MISSED_PULLS * source.everyMinutes, NOT_HEARD_MINUTES_MIN)
  // What was said when it was held asks for a decision that has been made since.
  const decided = state.lastOutcome === 'held' && state.hold === null
  const lastTry = decided ? 'it brought a dump of unusual size, on which a person has decided since' : state.lastSaid
  const why = lastTry === '' ? '' : ` The last try: ${lastTry}.`
  if (lagMinutes === null && state.failuresSince >= FAILURES_MIN) {
    alarms.push({ kind: 'not_heard', source: source.name, said: `It was never heard, in ${state.failuresSince} tries.${why}` })
  } else if (lagMinutes !== null && lagMinutes > limit && state.hold === null) {
    alarms.push({ kind: 'not_heard', source: source.name, said: `It was last heard ${Math.round(lagMinutes / 60)} hours ago.${why}` })
  } else if (state.failuresSince >= FAILURES_MIN) {
    alarms.push({ kind: 'failing', source: source.name, said: `The last ${state.failuresSince} tries failed.${why}` })
  }
  if (state.hold !== null) {
    const said = `A dump waits for a person since ${state.hold.heldAt.toISOString().slice(0, 10)}: ${state.hold.reason}.`
    alarms.push({ kind: 'held', source: source.name, said })
  }
  return alarms
}

function minutesBetween(from: Date, to: Date): number {
  return Math.max(0, Math.round((to.getTime() - from.getTime()) / MINUTE_MS))
}

/** Every agency of which a source was ever pulled. */
export async function feedHealth(db: Db, at: Date, sources: readonly Source[] = SOURCES): Promise<AgencyHealth[]> {
  const states = await sourceStates(db)
  if (states.length === 0) return []
  const newest = await newestPublished(db)
  return AGENCIES.filter((agency) => states.some((state) => state.agency === agency)).map((agency) =>
    agencyHealth(
      agency,
      sources.filter((source) => source.agency === agency),
      states.filter((state) => state.agency === agency),
      newest.get(agency) ?? null,
      at,
    ),
  )
}
