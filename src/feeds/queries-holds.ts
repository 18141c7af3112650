/** SQL of dumps that wait for a person, and of what became of them. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import type { Agency } from '../recalls/index.ts'

export type Hold = {
  holdId: string
  source: string
  agency: Agency
  pullId: string
  heldAt: Date
  reason: string
  items: number
  usualItems: number
  unpackedSha256: Buffer
}

export async function insertHold(db: Db, hold: Hold): Promise<void> {
  await db
    .insertInto('feeds.holds')
    .values({
      hold_id: hold.holdId,
      source: hold.source,
      agency: hold.agency,
      pull_id: hold.pullId,
      held_at: hold.heldAt,
      reason: hold.reason,
      items: hold.items,
      usual_items: hold.usualItems,
      unpacked_sha256: hold.unpackedSha256,
    })
    .execute()
}

/** Holds of these sources that nobody has decided on, oldest first. */
export async function openHolds(db: Db, sources: readonly string[]): Promise<Hold[]> {
  // Holds are rare: holds_source and the primary key of the decisions serve it.
  const { rows } = await sql<Hold>`
    select hold_id as "holdId", source, agency, pull_id as "pullId", held_at as "heldAt", reason, items, usual_items as "usualItems",
           unpacked_sha256 as "unpackedSha256"
      from feeds.holds h
     where source = any(${[...sources]}::text[]) and not exists (select from feeds.hold_decisions d where d.hold_id = h.hold_id)
     order by held_at`.execute(db)
  return rows
}

/** The hold in which a person refused exactly this content, if one did. */
export async function refusalOfContent(db: Db, source: string, unpackedSha256: Buffer): Promise<{ actor: string; decidedAt: Date } | null> {
  const { rows } = await sql<{ actor: string; decidedAt: Date }>`
    select d.actor, d.decided_at as "decidedAt"
      from feeds.holds h join feeds.hold_decisions d using (hold_id)
     where h.source = ${source} and h.unpacked_sha256 = ${unpackedSha256} and d.decision = 'refused'
     limit 1`.execute(db)
  return rows[0] ?? null
}

export type HoldDecision = { decision: 'released' | 'refused' | 'superseded'; actor: string; reason: string; at: Date }

/** Decides on a hold; false where someone has already. */
export async function decideHold(db: Db, holdId: string, decision: HoldDecision): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('feeds.hold_decisions')
    .values({ hold_id: holdId, decision: decision.decision, actor: decision.actor, decided_at: decision.at, reason: decision.reason })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}
