/** SQL of the gate: what `matching` says may not be sold, and the statements that tell it to the sellers. */
import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../platform/db.ts'
import type { Recall } from '../recalls/index.ts'
import type { StatementOfReasons, StatementReason } from './statement.ts'

export type GateKind = 'not_screened_yet' | 'recalled' | 'under_review'

export type GateRow = { listing_id: string; recall_id: string | null; gate: GateKind; since: Date; reason: string | null }

/** The gates of these listings, with the first sentence of what the seller is told where it was told already. */
export async function selectGates(db: Db, listingIds: readonly string[]): Promise<GateRow[]> {
  // Primary keys: of listings and screened_listings, of matches and decisions, of gates.
  const { rows } = await sql<GateRow>`
    select g.listing_id, g.recall_id, g.gate, g.since, t.statement ->> 'what' as reason
      from matching.gates_view g
      left join supply.gates_view t on t.listing_id = g.listing_id and t.recall_id = g.recall_id and t.gate = g.gate and t.ended_at is null
     where g.listing_id = any(${listingIds}::text[])
     order by g.listing_id, g.recall_id nulls first`.execute(db)
  return rows
}

/** A gate that its seller was not told of, with what the statement is made from. */
export type UntoldGate = {
  listingId: string
  recallId: string
  gate: 'recalled' | 'under_review'
  title: string
  recall: Recall
  reasons: StatementReason[]
  ruling: string | null
  decidedBy: string | null
  decisionReason: string | null
}

export type GateKey = { listingId: string; recallId: string }

/** Of these listings, or of all. Written into the statement, not handed to it, so that few listings are looked up and not all are read. */
function chosen(column: string, listingIds: readonly string[] | null): RawBuilder<unknown> {
  return listingIds === null ? sql`true` : sql`${sql.ref(column)} = any(${listingIds}::text[])`
}

/**
 * Gates without a statement, of these listings or of all; some fifty bytes each. A listing that a campaign of the recall has stopped was told
 * by the stop.
 */
export async function untoldGates(db: Db, listingIds: readonly string[] | null): Promise<GateKey[]> {
  const { rows } = await sql<GateKey>`
    select g.listing_id as "listingId", g.recall_id as "recallId"
      from matching.gates_view g
     where g.recall_id is not null and ${chosen('g.listing_id', listingIds)}
       and not exists (select from supply.gates_view t
                        where t.listing_id = g.listing_id and t.recall_id = g.recall_id and t.gate = g.gate and t.ended_at is null)
       and not ${STOPPED}
     order by g.listing_id, g.recall_id`.execute(db)
  return rows
}

/** What the statements of these gates are made from; one that holds no more is left out. Primary keys serve it. */
export async function gateCases(db: Db, keys: readonly GateKey[]): Promise<UntoldGate[]> {
  const listingIds = [...new Set(keys.map((key) => key.listingId))]
  const recallIds = [...new Set(keys.map((key) => key.recallId))]
  const { rows } = await sql<UntoldGate>`
    select g.listing_id as "listingId", g.recall_id as "recallId", g.gate, l.title, r.content as recall, m.reasons, g.ruling,
           g.decided_by as "decidedBy", m.decision_reason as "decisionReason"
      from (select listing_id, recall_id, gate, ruling, decided_by
              from matching.gates_view
             where listing_id = any(${listingIds}::text[])) g
      join unnest(${keys.map((key) => key.listingId)}::text[], ${keys.map((key) => key.recallId)}::text[]) as k (listing_id, recall_id)
        on k.listing_id = g.listing_id and k.recall_id = g.recall_id
      join catalog.listings_view l on l.listing_id = g.listing_id
      join (select * from matching.matches_view where listing_id = any(${listingIds}::text[])) m on m.listing_id = g.listing_id and m.recall_id = g.recall_id
      join (select recall_id, content from recalls.current_recalls_view where recall_id = any(${recallIds}::text[])) r on r.recall_id = g.recall_id`.execute(
    db,
  )
  return rows
}

/** Whether a campaign's stop that stands names the recall of the gate `g`: its statement says who published it under which address. */
const STOPPED = sql`exists (select from supply.stops_view s
                             where s.listing_id = g.listing_id and s.released_at is null and s.campaign_id = g.recall_id)`

export type NewGate = { listingId: string; recallId: string; gate: 'recalled' | 'under_review'; statement: StatementOfReasons }

/**
 * Tells gates; of two who tell the same at once one does. Nobody waits for more than the row at hand: a follow-up over all listings must not keep
 * one that comes in from its answer.
 */
export async function insertGates(db: Db, gates: readonly NewGate[], actor: string, at: Date): Promise<void> {
  if (gates.length === 0) return
  await sql`
    insert into supply.gates (listing_id, recall_id, gate_no, gate, placed_at, placed_by, statement)
    select i.listing_id, i.recall_id,
           (select coalesce(max(gate_no), 0) + 1 from supply.gates t where t.listing_id = i.listing_id and t.recall_id = i.recall_id),
           i.gate, ${at}::timestamptz, ${actor}, i.statement::jsonb
      from unnest(${gates.map((gate) => gate.listingId)}::text[], ${gates.map((gate) => gate.recallId)}::text[],
                  ${gates.map((gate) => gate.gate)}::text[], ${gates.map((gate) => JSON.stringify(gate.statement))}::text[])
             as i (listing_id, recall_id, gate, statement)
     where not exists (select from supply.gates_view t
                        where t.listing_id = i.listing_id and t.recall_id = i.recall_id and t.gate = i.gate and t.ended_at is null)
    on conflict do nothing`.execute(db)
}

/** Ends what was told and holds no more, of these listings or of all, and returns how many. */
export async function endGates(db: Db, listingIds: readonly string[] | null, actor: string, at: Date): Promise<number> {
  const done = await sql`
    insert into supply.gate_ends (listing_id, recall_id, gate_no, ended_at, ended_by, reason)
    select t.listing_id, t.recall_id, t.gate_no, greatest(${at}::timestamptz, t.placed_at), ${actor},
           case when ${STOPPED_TOLD} then 'A campaign has stopped the listing; its statement tells more.'
                when g.gate is not null then 'Somebody looked at it, or it was compared again; the new statement tells more.'
                when m.ruling is not null then 'A person ruled that the listing is not affected: ' || m.decision_reason
                else 'Compared again, the listing is not taken for the recalled product any more.' end
      from supply.gates_view t
      left join (select listing_id, recall_id, gate from matching.gates_view g where ${chosen('g.listing_id', listingIds)}) g
        on g.listing_id = t.listing_id and g.recall_id = t.recall_id
      left join (select listing_id, recall_id, ruling, decision_reason from matching.matches_view m
                  where m.answer = 'no' and ${chosen('m.listing_id', listingIds)}) m
        on m.listing_id = t.listing_id and m.recall_id = t.recall_id
     where t.ended_at is null and (g.gate is distinct from t.gate or ${STOPPED_TOLD})
       and ${chosen('t.listing_id', listingIds)}
    on conflict do nothing`.execute(db)
  return Number(done.numAffectedRows ?? 0)
}

const STOPPED_TOLD = sql`exists (select from supply.stops_view s
                                  where s.listing_id = t.listing_id and s.released_at is null and s.campaign_id = t.recall_id)`

/** Gates that stand without a statement an hour after screening or ruling, at most a hundred. */
export async function gatesNotTold(db: Db): Promise<{ listing_id: string; recall_id: string }[]> {
  const { rows } = await sql<{ listing_id: string; recall_id: string }>`
    select g.listing_id, g.recall_id
      from matching.gates_view g
     where g.recall_id is not null and g.since < now() - interval '1 hour'
       and not exists (select from supply.gates_view t where t.listing_id = g.listing_id and t.recall_id = g.recall_id and t.ended_at is null)
       and not ${STOPPED}
     limit 100`.execute(db)
  return rows
}
