/** The promises of this room, as checks on a database. */
import { sql } from 'kysely'
import type { Invariant } from '../platform/invariants.ts'

const SHOWN_MAX = 100

export const feedInvariants: Invariant[] = [
  {
    name: 'feeds.cursors',
    promise: 'A source counts as heard only up to what is in the database.',
    async check(db) {
      // A cursor stands where a pull ended well, or where a person released what it brought. Cursors are few.
      const { rows } = await sql<{ source: string; outcome: string | null }>`
        select c.source, p.outcome
          from feeds.cursors c join feeds.pulls p using (pull_id)
         where coalesce(p.outcome, '') not in ('done', 'unchanged')
           and not exists (select from feeds.holds h join feeds.hold_decisions d using (hold_id)
                            where h.pull_id = c.pull_id and d.decision = 'released')
         limit ${SHOWN_MAX}`.execute(db)
      return rows.map((row) => `${row.source} stands at a pull that ended as ${row.outcome ?? 'nothing'}.`)
    },
  },
  {
    name: 'feeds.holds',
    promise: 'Nothing of a dump that waits for a person, or was refused, was taken in by its pull.',
    async check(db) {
      // Holds are rare; the primary keys serve the rest.
      const { rows } = await sql<{ source: string; heldOn: string }>`
        select h.source, h.held_at::date as "heldOn"
          from feeds.holds h join feeds.pulls p using (pull_id)
         where not exists (select from feeds.hold_decisions d where d.hold_id = h.hold_id and d.decision = 'released')
           and (p.import_id is not null
                or exists (select from feeds.pull_bodies b where b.pull_id = h.pull_id and b.committed_at is not null))
         limit ${SHOWN_MAX}`.execute(db)
      return rows.map((row) => `Of the dump of ${row.source} that was held on ${row.heldOn}, something was taken in.`)
    },
  },
]
