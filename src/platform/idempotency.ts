/**
 * Writes that are asked for once and may be sent twice: a client names its request by an Idempotency-Key, and the same key with the same
 * request gets the stored answer (draft-ietf-httpapi-idempotency-key-header). The key is taken in the transaction that does the work, so
 * that of two requests at once one does it and the other waits for the answer.
 */
import { sql } from 'kysely'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { canonicalJson } from './audit.ts'
import { transaction, type Database, type Tx } from './db.ts'
import { problem, type AppContext } from './http.ts'
import { sha256 } from './ids.ts'
import { fail, ok, type Problem, type Result } from './result.ts'

export type Answer = { status: ContentfulStatusCode; body: unknown }

/** A write as asked: by whom (an actor string), where (`POST /v1/campaigns`), under which key, with which content. */
export type KeyedRequest = { principal: string; route: string; key: string | null; content: unknown; at: Date }

export type OnceAnswer = { status: ContentfulStatusCode; text: string; replayed: boolean }

const KEY_CHARACTERS_MAX = 255

/**
 * Does `act` in a transaction and keeps its answer under the request's key. What `act` refuses is rolled back whole and not kept: the key
 * can be used again for the request put right. Without a key, nothing is kept.
 */
export async function once(
  database: Database,
  request: KeyedRequest,
  act: (tx: Tx) => Promise<Result<Answer>>,
): Promise<Result<OnceAnswer>> {
  const { key } = request
  if (key !== null && (key === '' || key.length > KEY_CHARACTERS_MAX)) {
    return fail('invalid', `An Idempotency-Key has 1 to ${KEY_CHARACTERS_MAX} characters.`, 'Idempotency-Key')
  }
  try {
    return await transaction(database, async (tx) => {
      const earlier = key === null ? null : await takeKey(tx, { ...request, key })
      if (earlier !== null) return earlier
      const done = await act(tx)
      if (!done.ok) throw new Refused(done.problem)
      const text = JSON.stringify(done.value.body)
      if (key !== null) await keepAnswer(tx, { ...request, key }, done.value.status, text)
      return ok({ status: done.value.status, text, replayed: false })
    })
  } catch (error) {
    if (error instanceof Refused) return { ok: false, problem: error.problem }
    throw error
  }
}

/** Carries an expected failure out of a transaction, so that it rolls back. */
class Refused extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.message)
    this.problem = problem
  }
}

/** Null where the key is now ours; else what an earlier request with it came to. Waits for one that is still at work. */
async function takeKey(tx: Tx, request: KeyedRequest & { key: string }): Promise<Result<OnceAnswer> | null> {
  const hash = sha256(canonicalJson(request.content))
  const taken = await sql`
    insert into platform.idempotency_keys (principal, route, key, request_hash, at)
    values (${request.principal}, ${request.route}, ${request.key}, ${hash}, ${request.at})
    on conflict do nothing`.execute(tx.db)
  if (taken.numAffectedRows === 1n) return null
  // The primary key (principal, route, key) serves it. A row that can be seen is committed, with its answer.
  const { rows } = await sql<{ request_hash: Buffer; status: ContentfulStatusCode; body: string }>`
    select request_hash, status, body from platform.idempotency_keys
     where principal = ${request.principal} and route = ${request.route} and key = ${request.key}`.execute(tx.db)
  const earlier = rows[0]!
  if (!earlier.request_hash.equals(hash)) {
    return fail('invalid', 'This Idempotency-Key was used for another request. Use a new key for a new request.', 'Idempotency-Key')
  }
  return ok({ status: earlier.status, text: earlier.body, replayed: true })
}

async function keepAnswer(tx: Tx, request: KeyedRequest & { key: string }, status: number, text: string): Promise<void> {
  await sql`
    update platform.idempotency_keys set status = ${status}, body = ${text}
     where principal = ${request.principal} and route = ${request.route} and key = ${request.key}`.execute(tx.db)
}

/** `once` for a request over HTTP, with its header and its path; the answer as JSON. */
export async function answerOnce(
  c: AppContext,
  database: Database,
  request: Pick<KeyedRequest, 'principal' | 'content' | 'at'>,
  act: (tx: Tx) => Promise<Result<Answer>>,
): Promise<Response> {
  const key = c.req.header('idempotency-key') ?? null
  const done = await once(database, { ...request, route: `${c.req.method} ${c.req.path}`, key }, act)
  if (!done.ok) return problem(c, done.problem)
  if (done.value.replayed) c.header('idempotency-replayed', 'true')
  return c.body(done.value.text, done.value.status, { 'content-type': 'application/json' })
}
