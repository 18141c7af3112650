/** The promises of this room that `tocsin doctor` checks. */
import { sql } from 'kysely'
import type { Invariant } from '../platform/invariants.ts'
import type { Db } from '../platform/db.ts'
import { contentHash } from './content.ts'
import { sameValue, valueOf } from './correction-fields.ts'
import { standingCorrections } from './queries-corrections.ts'
import type { CorrectionField, Recall } from './recall.ts'
import { underCorrections, type StandingCorrection } from './under-corrections.ts'

const SHOWN_MAX = 100
/** Recalls looked at in one statement: some megabytes of content. */
const PAGE_RECALLS = 500

export const recallInvariants: Invariant[] = [
  {
    name: 'recalls.revisions',
    promise: 'The revisions of a recall are numbered from 1 without gaps.',
    async check(db) {
      // The primary key alone; no content is read.
      const { rows } = await sql<{ recall_id: string }>`
        select recall_id from recalls.recalls left join recalls.revisions using (recall_id)
         group by recall_id having count(revision) = 0 or max(revision) <> count(revision) order by recall_id limit ${SHOWN_MAX}`.execute(
        db,
      )
      return rows.map((row) => `The revisions of ${row.recall_id} have a gap.`)
    },
  },
  {
    name: 'recalls.corrections',
    promise: 'A correction stands in its recall until somebody withdraws it, and gives back what is read.',
    async check(db) {
      const violations: string[] = []
      for await (const corrected of correctedRecalls(db)) {
        violations.push(...violationsOf(corrected))
        if (violations.length >= SHOWN_MAX) break
      }
      return violations.slice(0, SHOWN_MAX)
    },
  },
]

type CorrectedRecall = { recallId: string; recall: Recall; contentSha256: Buffer; standing: StandingCorrection[] }

/** Every recall that was ever corrected, as it stands, in pages. */
async function* correctedRecalls(db: Db): AsyncGenerator<CorrectedRecall, void, undefined> {
  let after = ''
  while (true) {
    // The primary key of corrections gives the order, that of revisions the newest.
    const { rows } = await sql<{ recall_id: string; content: Recall; content_sha256: Buffer }>`
      select p.recall_id, v.content, v.content_sha256
        from (select distinct recall_id from recalls.corrections where recall_id > ${after} order by recall_id limit ${PAGE_RECALLS}) p
       cross join lateral (select n.content, n.content_sha256 from recalls.revisions n
                            where n.recall_id = p.recall_id order by n.revision desc limit 1) v
       order by p.recall_id`.execute(db)
    const standing = await standingCorrections(db, rows.map((row) => row.recall_id)) // prettier-ignore
    for (const { recall_id: recallId, content: recall, content_sha256: contentSha256 } of rows) {
      yield { recallId, recall, contentSha256, standing: standing.get(recallId) ?? [] }
    }
    if (rows.length < PAGE_RECALLS) return
    after = rows.at(-1)!.recall_id
  }
}

function violationsOf({ recallId, recall, contentSha256, standing }: CorrectedRecall): string[] {
  const fields = standing.map((each) => each.field)
  const twice = fields.filter((field, index) => fields.indexOf(field) !== index)
  const missing = standing.filter(
    ({ correctionNo, field, value }) =>
      recall.corrected?.[field]?.correctionNo !== correctionNo || !sameValue(valueOf(recall, field), value),
  )
  const stray = (Object.keys(recall.corrected ?? {}) as CorrectionField[]).filter((field) => !fields.includes(field))
  const said = [
    ...twice.map((field) => `Two corrections of ${field} stand at ${recallId}.`),
    ...missing.map(
      ({ correctionNo, field }) => `Correction ${correctionNo} of ${recallId}, of ${field}, stands and is not in its newest revision.`,
    ),
    ...stray.map((field) => `The newest revision of ${recallId} has ${field} corrected, and no correction of it stands.`),
  ]
  if (said.length === 0 && !contentHash(underCorrections(recall, standing)).equals(contentSha256)) {
    said.push(`The newest revision of ${recallId} is not what its hash says.`)
  }
  return said
}
