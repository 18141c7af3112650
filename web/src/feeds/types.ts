/** What the API says about the feeds, as JSON. */
import type { AlarmKind } from './health.ts'

export type FeedStatus = {
  agency: string
  /** Null where nothing of it was ever taken in. */
  last_import_at: string | null
  source: string | null
  /** This and the next three are of the last import. */
  items: number
  new_recalls: number
  new_revisions: number
  refused: number
  /** Kept of this agency, from all imports. */
  documents: number
  /** The first problems of the last import. */
  problems: FeedProblem[]
  /** When all of its sources had been heard. */
  last_success_at: string | null
  lag_minutes: number | null
  newest_published_on: string | null
  alarms: Alarm[]
  /** Those that were ever asked. */
  sources: FeedSource[]
}

export type FeedProblem = { line: number; field: string; problem: string; excerpt: string }

/** `source` is null where the alarm is of the whole agency. */
export type Alarm = { kind: AlarmKind; source: string | null; said: string }

export type FeedSource = {
  source: string
  last_pull_at: string
  /** Null while a pull is under way. */
  last_outcome: string | null
  last_said: string
  last_success_at: string | null
  lag_minutes: number | null
  /** Pulls that failed since it was last heard. */
  failures: number
  next_pull_at: string
  hold: Hold | null
}

/** A dump of unusual size that waits for a person. */
export type Hold = { held_at: string; reason: string; items: number; usual_items: number }

export type HoldRuling = 'release' | 'refuse'

/** What a decision on the holds of an agency did. `taken_in` is null where it was refused. */
export type HoldDecision = {
  agency: string
  ruling: HoldRuling
  decided: {
    source: string
    items: number
    usual_items: number
    taken_in: { new_recalls: number; new_revisions: number; unchanged: number; refused: number } | null
  }[]
}
