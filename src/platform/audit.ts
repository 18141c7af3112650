/** The audit log: who did what to what, append-only, each entry chained to the one before it by SHA-256. */
import { sql } from 'kysely'
import { sha256 } from './ids.ts'
import type { Db } from './db.ts'

export type AuditEntry = {
  /** `officer:<user id>`, `seller:<seller id>`, `buyer:<buyer id>`, `rule:<name>` or `cli`. */
  actor: string
  /** A verb in the past tense with its room: `campaigns.opened`. */
  action: string
  /** What it was done to: `campaign:CPSC-23774`. */
  subject: string
  detail: Record<string, unknown>
  at: Date
}

// Entries are written one after the other: the lock is held to the end of the caller's transaction.
const AUDIT_LOCK = 7_620_001

/** Appends one entry in the caller's transaction. */
export async function audit(db: Db, entry: AuditEntry): Promise<void> {
  await sql`select pg_advisory_xact_lock(${AUDIT_LOCK})`.execute(db)
  const last = await sql<{ seq: number; hash: Buffer }>`select seq, hash from platform.audit_log order by seq desc limit 1`.execute(db)
  const seq = (last.rows[0]?.seq ?? 0) + 1
  const prevHash = last.rows[0]?.hash ?? Buffer.alloc(32)
  const hash = entryHash(prevHash, { ...entry, seq })
  await sql`insert into platform.audit_log (seq, at, actor, action, subject, detail, prev_hash, hash)
            values (${seq}, ${entry.at}, ${entry.actor}, ${entry.action}, ${entry.subject}, ${JSON.stringify(entry.detail)}, ${prevHash}, ${hash})`.execute(
    db,
  )
}

/** The first entry whose hash does not follow from the one before, or `null` when the chain is whole. */
export async function brokenAuditEntry(db: Db): Promise<{ seq: number; problem: string } | null> {
  const rows = await sql<{
    seq: number
    at: Date
    actor: string
    action: string
    subject: string
    detail: Record<string, unknown>
    prev_hash: Buffer
    hash: Buffer
  }>`
    select seq, at, actor, action, subject, detail, prev_hash, hash from platform.audit_log order by seq`.execute(db)
  let previous: Buffer = Buffer.alloc(32)
  let expectedSeq = 1
  for (const row of rows.rows) {
    if (row.seq !== expectedSeq) return { seq: expectedSeq, problem: 'this entry is missing' }
    if (!row.prev_hash.equals(previous)) return { seq: row.seq, problem: 'it does not follow the entry before it' }
    if (!entryHash(previous, row).equals(row.hash)) return { seq: row.seq, problem: 'it was changed after it was written' }
    previous = row.hash
    expectedSeq++
  }
  return null
}

function entryHash(prevHash: Buffer, entry: AuditEntry & { seq: number }): Buffer {
  const body = canonicalJson([entry.seq, entry.at.toISOString(), entry.actor, entry.action, entry.subject, entry.detail])
  return sha256(Buffer.concat([prevHash, Buffer.from(body)]))
}

/** JSON with the keys of every object sorted, as jsonb does not keep their order (compare RFC 8785). */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (value !== null && typeof value === 'object' && !(value instanceof Date)) {
    const entries = Object.entries(value).filter(([, field]) => field !== undefined)
    const fields = entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`)
    return `{${fields.join(',')}}`
  }
  return JSON.stringify(value) ?? 'null'
}
