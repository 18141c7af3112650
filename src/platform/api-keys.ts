/**
 * Keys of the marketplace's own machines, sent as `Authorization: Bearer tocsin_<id>_<secret>`. The secret is 256 random bits, shown once and
 * kept as its hash: nothing in the database opens anything. A key says what it may do by its scopes, and can be revoked.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import { audit } from './audit.ts'
import type { Db } from './db.ts'
import type { Machine } from './http.ts'
import { sha256 } from './ids.ts'
import { fail, ok, type Result } from './result.ts'

export const SCOPES = ['listings:write'] as const
export type Scope = (typeof SCOPES)[number]

const NAME_CHARACTERS_MAX = 100
const KEY = /^tocsin_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/

/** Makes a key. `key` is the only time that it is seen. */
export async function createApiKey(
  db: Db,
  wanted: { name: string; scopes: readonly string[]; actor: string; at: Date },
): Promise<Result<{ keyId: string; key: string }>> {
  const name = wanted.name.trim()
  if (name === '' || name.length > NAME_CHARACTERS_MAX) return fail('invalid', 'Name the machine that will use the key.', 'name')
  const unknown = wanted.scopes.find((scope) => !SCOPES.includes(scope as Scope))
  if (unknown !== undefined) return fail('invalid', `There is no scope ${unknown}. There is: ${SCOPES.join(', ')}.`, 'scope')
  if (wanted.scopes.length === 0) return fail('invalid', 'Say what the key may do.', 'scope')
  const keyId = randomBytes(6).toString('hex')
  const secret = randomBytes(32).toString('base64url')
  await sql`
    insert into platform.api_keys (key_id, name, secret_sha256, scopes, created_at, created_by)
    values (${keyId}, ${name}, ${sha256(secret)}, ${[...wanted.scopes]}::text[], ${wanted.at}, ${wanted.actor})`.execute(db)
  const detail = { name, scopes: [...wanted.scopes] }
  await audit(db, { actor: wanted.actor, action: 'platform.api_key_created', subject: `api-key:${keyId}`, detail, at: wanted.at })
  return ok({ keyId, key: `tocsin_${keyId}_${secret}` })
}

/** From now on the key opens nothing. Revoking it again changes nothing. */
export async function revokeApiKey(db: Db, order: { keyId: string; actor: string; at: Date; reason: string }): Promise<Result<null>> {
  const reason = order.reason.trim()
  if (reason === '') return fail('invalid', 'Say why the key is revoked.', 'reason')
  const { rows } = await sql`select from platform.api_keys where key_id = ${order.keyId}`.execute(db)
  if (rows.length === 0) return fail('not_found', `There is no key ${order.keyId}.`, 'key')
  const revoked = await sql`
    insert into platform.api_key_revocations (key_id, revoked_at, revoked_by, reason)
    values (${order.keyId}, ${order.at}, ${order.actor}, ${reason})
    on conflict do nothing`.execute(db)
  if (revoked.numAffectedRows === 1n) {
    const subject = `api-key:${order.keyId}`
    await audit(db, { actor: order.actor, action: 'platform.api_key_revoked', subject, detail: { reason }, at: order.at })
  }
  return ok(null)
}

export type ApiKey = { keyId: string; name: string; scopes: string[]; createdAt: Date; revokedAt: Date | null }

export async function apiKeys(db: Db): Promise<ApiKey[]> {
  const { rows } = await sql<ApiKey>`
    select k.key_id as "keyId", k.name, k.scopes, k.created_at as "createdAt", r.revoked_at as "revokedAt"
      from platform.api_keys k
      left join platform.api_key_revocations r using (key_id)
     order by k.created_at, k.key_id`.execute(db)
  return rows
}

/** The machine that a request's `Authorization` speaks for; null where there is no key, a wrong one, or one that was revoked. */
export async function machineOf(db: Db, authorization: string | undefined): Promise<Machine | null> {
  const [, keyId = '', secret = ''] = KEY.exec((authorization ?? '').replace(/^Bearer +/i, '')) ?? []
  if (keyId === '') return null
  const { rows } = await sql<{ secret_sha256: Buffer; name: string; scopes: string[] }>`
    select secret_sha256, name, scopes
      from platform.api_keys k
     where key_id = ${keyId} and not exists (select from platform.api_key_revocations r where r.key_id = k.key_id)`.execute(db)
  const found = rows[0]
  if (found === undefined || !timingSafeEqual(found.secret_sha256, sha256(secret))) return null
  return { kind: 'marketplace', keyId, name: found.name, scopes: found.scopes }
}
