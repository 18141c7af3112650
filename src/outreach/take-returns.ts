/** Takes what came back into the ledger: messages that mail servers returned, and what providers say of a delivery. Safe to say twice. */
import { createHash } from 'node:crypto'
import { transaction, type Database } from '../platform/db.ts'
import { withoutAddresses } from '../platform/smtp/answers.ts'
import { returnAccountMessage } from './accounts/queries-accounts.ts'
import { readBounce } from './bounces/index.ts'
import { header, partsOf, readEntity } from './bounces/entity.ts'
import { originalHeaders } from './bounces/report.ts'
import { readMessageKey, type Message } from './message-id.ts'
import { selectPlaybook } from './queries-playbook.ts'
import { insertReturns, insertUnmatched, lockReturns, matchByMessage, matchByRecipient, undoDelivered, type MatchedReturn, type NewReturn, type Way } from './queries-returns.ts' // prettier-ignore
import { endsChannel, whyPending, type ReturnKind } from './return-effect.ts'

/** One return, read. The address is used to find the delivery and kept nowhere. */
export type Return = {
  /** Tells it from others; the same one read twice has the same. */
  returnKey: string
  kind: ReturnKind
  status: string
  diagnostic: string
  message: Message | null
  recipient: string
}

/**
 * What became of a batch. `taken`: written now; `again`: had been before; `undone`: notices pending again by it; `unmatched`: about no
 * delivery known here; `ignored`: no return at all; `early`: the send is not recorded yet, so the return must be brought again later.
 */
export type TakenCounts = { taken: number; again: number; undone: number; unmatched: number; ignored: number; early: number }

export const NOTHING_TAKEN: TakenCounts = { taken: 0, again: 0, undone: 0, unmatched: 0, ignored: 0, early: 0 }

/** `earlyKeys`: which returns were put off. */
export type Taken = { counts: TakenCounts; earlyKeys: string[] }

/** How many are written in one transaction. */
const BATCH_MAX = 500

/** Reads a message as it came. What names one of our messages is looked for where servers repeat it, first in the head of the original. */
export function readReturn(linkKey: string, raw: Buffer): Return {
  const { recipient, status, kind, diagnostic } = readBounce(raw)
  const entity = readEntity(raw)
  const parts = [...partsOf(entity)]
  const places = [
    ...(originalHeaders(parts).get('message-id') ?? []),
    ...['in-reply-to', 'references'].flatMap((name) => entity.headers.get(name) ?? []),
    ...parts.map((part) => part.text),
  ]
  // A server that sends a report again gives it the same Message-ID, but other bytes on the way.
  const own = header(entity, 'message-id')
  const identity = own === '' ? raw : `${own}\0${recipient}\0${kind}`
  return {
    returnKey: createHash('sha256').update(identity).digest('base64url'),
    kind,
    status,
    diagnostic,
    message: readMessageKey(linkKey, places.join('\n')),
    recipient,
  }
}

/** Takes returns in, batch by batch, each in a transaction of its own. */
export async function takeReturns(database: Database, returns: readonly Return[], by: { way: Way; at: Date }): Promise<Taken> {
  const total = { ...NOTHING_TAKEN }
  const early: string[] = []
  for (let from = 0; from < returns.length; from += BATCH_MAX) {
    const { counts, earlyKeys } = await transaction(database, (tx) => takeBatch(tx.db, returns.slice(from, from + BATCH_MAX), by))
    for (const [name, count] of Object.entries(counts)) total[name as keyof TakenCounts] += count
    early.push(...earlyKeys)
  }
  return { counts: total, earlyKeys: early }
}

/** One batch, in the caller's transaction. */
export async function takeBatch(db: Database['db'], batch: readonly Return[], { way, at }: { way: Way; at: Date }): Promise<Taken> {
  await lockReturns(db)
  const returns = [...new Map(batch.map((each) => [each.returnKey, each])).values()]
  const repeated = batch.length - returns.length
  const named = returns.flatMap(({ returnKey, message }) => (message === null ? [] : [{ returnKey, ...message }]))
  const byMessage = await matchByMessage(db, named)
  const ofAdministrators = await takeOfAdministrators(db, returns, byMessage, at)
  const known = new Set([...byMessage.found.map((each) => each.returnKey), ...byMessage.early, ...ofAdministrators])
  const written = returns.filter((each) => !known.has(each.returnKey) && each.recipient !== '' && each.kind !== 'none')
  const matched = new Map<string, MatchedReturn>(
    [...byMessage.found, ...(await matchByRecipient(db, written.map(({ returnKey, recipient }) => ({ returnKey, address: recipient }))))].map((each) => [each.returnKey, each]), // prettier-ignore
  )
  const fresh = await judged(db, returns, matched)
  await insertReturns(db, fresh, { way, at })
  const undone = await undoDelivered(db, fresh, at)
  const rest = returns.filter(
    (each) => !matched.has(each.returnKey) && !byMessage.early.includes(each.returnKey) && !ofAdministrators.has(each.returnKey),
  )
  const unmatched = rest.filter((each) => each.kind !== 'none' && each.kind !== 'delivered')
  await insertUnmatched(db, unmatched.map(({ recipient, ...each }) => ({ ...each, diagnostic: withoutAddresses(each.diagnostic), domain: domainOf(recipient) })), { way, at }) // prettier-ignore
  const counts: TakenCounts = {
    taken: fresh.length + ofAdministrators.size,
    again: repeated + [...matched.values()].filter((each) => each.again).length,
    undone,
    unmatched: unmatched.length,
    ignored: rest.length - unmatched.length,
    early: byMessage.early.length,
  }
  return { counts, earlyKeys: byMessage.early }
}

/** Messages to administrators of business accounts are no notices: what came back of them stands beside them. Returns whose they were. */
async function takeOfAdministrators(
  db: Database['db'],
  returns: readonly Return[],
  byMessage: { found: readonly MatchedReturn[]; early: readonly string[] },
  at: Date,
): Promise<Set<string>> {
  const notices = new Set([...byMessage.found.map((each) => each.returnKey), ...byMessage.early])
  const theirs = new Set<string>()
  for (const { returnKey, message, kind, diagnostic } of returns) {
    if (message === null || message.channel !== 'email' || notices.has(returnKey) || kind === 'none' || kind === 'delivered') continue
    const final = kind === 'hard' || kind === 'complaint'
    const came = { accountNoticeId: message.noticeId, telling: message.wave, text: withoutAddresses(diagnostic), final, at }
    if (await returnAccountMessage(db, came)) theirs.add(returnKey)
  }
  return theirs
}

/** What follows from each return that is new, in the order they came: of several that may pass, each counts those before it. */
async function judged(db: Database['db'], returns: readonly Return[], matched: ReadonlyMap<string, MatchedReturn>): Promise<NewReturn[]> {
  const softMax = new Map<string, number>()
  const softSeen = new Map<string, number>()
  const fresh: NewReturn[] = []
  for (const { returnKey, kind, status, diagnostic } of returns) {
    const match = matched.get(returnKey)
    if (match === undefined || match.again) continue
    const { campaignId, buyerId, channel } = match
    if (!softMax.has(campaignId)) softMax.set(campaignId, (await selectPlaybook(db, campaignId)).softReturnsMax)
    const group = JSON.stringify([campaignId, buyerId, channel])
    const softBefore = match.softBefore + (softSeen.get(group) ?? 0)
    if (kind === 'soft') softSeen.set(group, (softSeen.get(group) ?? 0) + 1)
    const undoes = endsChannel(kind, softBefore, softMax.get(campaignId)!)
    const reason = kind === 'hard' || kind === 'soft' || kind === 'complaint' ? whyPending(kind, channel) : ''
    fresh.push({ ...match, kind, status, diagnostic: withoutAddresses(diagnostic), undoes, reason })
  }
  return fresh
}

function domainOf(address: string): string | null {
  const at = address.lastIndexOf('@')
  return at === -1 ? null : address.slice(at + 1).toLowerCase()
}
