/**
 * Tells the administrators of business accounts, once per campaign: one e-mail that says how many of their buyers have how many units. Their buyers
 * are told by their own notices; nothing here moves the account of those.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { transaction } from '../../platform/db.ts'
import { recallId } from '../../recalls/index.ts'
import type { KeptBrief } from '../brief.ts'
import { noticeCode } from '../code.ts'
import { contactOf } from '../contact.ts'
import { messageKey } from '../message-id.ts'
import { isTriedAgain, type AttemptOutcome } from '../notice-state.ts'
import type { BlockBuyer } from '../queries-wave.ts'
import { selectBriefs } from '../queries.ts'
import type { SendDeps } from '../send-block.ts'
import { forAdministrator } from '../wording/account-notice.ts'
import { languageOf, lawOf } from '../wording/language.ts'
import { mailOf, type NoticeMail } from '../wording/mail.ts'
import { writeNotice } from '../wording/write-notice.ts'
import { beginAccountBlock, endAccountBlock, keepAccounts, leaseAccounts, openAccountNotices, releaseAccounts, selectAccountBlock, type AccountEnd, type AccountNotice } from './queries-accounts.ts' // prettier-ignore

/** Few at once and in short blocks: a crash doubles one block at most, and a lease outlives the slowest one. */
const BLOCK = 40
const AT_ONCE = 8
const LEASE_SECONDS = 300
const SEND_SECONDS_MAX = 50
/** As for buyers: greylisting servers ask for minutes. */
const PAUSES_SECONDS = [60, 300, 1_800]

export type ToldAdministrators = { told: number; ended: number; again: number }

/** Whom the campaign concerns by now is told. Nothing where another worker is at it. Throws what the database throws; calling again goes on. */
export async function tellAdministrators(deps: SendDeps, order: { campaignId: string; signal?: AbortSignal }): Promise<ToldAdministrators> {
  const { db } = deps.database
  const { campaignId } = order
  const done: ToldAdministrators = { told: 0, ended: 0, again: 0 }
  await openAccountNotices(db, campaignId, deps.clock())
  const leased = await leaseAccounts(db, campaignId, LEASE_SECONDS)
  if (leased === null) return done
  const lease = { campaignId, fence: leased.fence, seconds: LEASE_SECONDS }
  try {
    const briefs = await selectBriefs(db, campaignId)
    while (order.signal?.aborted !== true) {
      const block = await selectAccountBlock(db, campaignId, deps.clock(), BLOCK)
      if (block.length === 0) break
      const ends = await tellBlock(deps, lease, briefs, block)
      if (ends === null) return done
      for (const { state } of ends) done[state === 'pending' ? 'again' : state]++
    }
  } finally {
    await releaseAccounts(db, lease).catch(() => {})
  }
  return done
}

type Lease = { campaignId: string; fence: number; seconds: number }

/** Null where another worker has taken over. */
async function tellBlock(
  deps: SendDeps,
  lease: Lease,
  briefs: readonly KeptBrief[],
  notices: readonly AccountNotice[],
): Promise<AccountEnd[] | null> {
  const senderDomain = deps.sender.address.slice(deps.sender.address.lastIndexOf('@') + 1)
  const block = (await withContacts(deps, notices)).map((notice) => {
    const contact = contactOf(notice.email)
    const key = messageKey(deps.linkKey, { noticeId: notice.accountNoticeId, channel: 'email', wave: notice.telling })
    return { ...notice, contact, domain: contact.ok ? contact.domain : null, messageId: `<${key}@${senderDomain}>` }
  })
  const begun = await transaction(deps.database, async (tx) => {
    if (!(await keepAccounts(tx.db, lease))) return false
    await beginAccountBlock(tx.db, lease.campaignId, block, deps.clock())
    return true
  })
  if (!begun) return null
  const ends: AccountEnd[] = []
  let next = 0
  async function runner(): Promise<void> {
    while (next < block.length) {
      const notice = block[next++]!
      const { contact } = notice
      const came = contact.ok
        ? await attempt(deps, notice.messageId, { ...notice, address: contact.address }, mailFor(deps, lease.campaignId, briefs, notice))
        : { outcome: 'no_contact' as const, answer: contact.why }
      ends.push({ ...notice, outcome: came.outcome, answerText: came.answer, ...standing(came.outcome, notice.attempt, deps.clock()) })
    }
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, block.length) }, runner))
  return transaction(deps.database, async (tx) => {
    if (!(await keepAccounts(tx.db, lease))) return null
    await endAccountBlock(tx.db, lease.campaignId, ends, deps.clock())
    return ends
  })
}

async function attempt(
  deps: SendDeps,
  messageId: string,
  to: { name: string | null; address: string },
  mail: NoticeMail,
): Promise<{ outcome: AttemptOutcome; answer: string }> {
  const headers = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'OOF, AutoReply' }
  const late = new AbortController()
  try {
    return await Promise.race([
      deps.mail.send({ messageId, from: deps.sender, to: { name: to.name, address: to.address }, ...mail, headers }),
      sleep(SEND_SECONDS_MAX * 1_000, { outcome: 'failed' as const, answer: `no answer within ${SEND_SECONDS_MAX} s` }, { signal: late.signal, ref: false }), // prettier-ignore
    ])
  } catch (error) {
    deps.log.error({ error: (error as Error).name }, 'a message to an administrator could not be sent')
    return { outcome: 'failed', answer: 'this message could not be written or handed over' }
  } finally {
    late.abort()
  }
}

function standing(outcome: AttemptOutcome, attempts: number, at: Date): Pick<AccountEnd, 'state' | 'reason' | 'notBefore'> {
  if (outcome === 'accepted') return { state: 'told', reason: 'their mail server took the e-mail', notBefore: null }
  const pause = PAUSES_SECONDS[attempts - 1]
  if (isTriedAgain(outcome) && pause !== undefined)
    return { state: 'pending', reason: 'e-mail not taken yet, to be tried again', notBefore: new Date(at.getTime() + pause * 1_000) }
  const reason = { no_contact: 'no e-mail address', refused: 'e-mail refused for good' }[outcome as string]
  return { state: 'ended', reason: reason ?? `e-mail not taken in ${attempts} attempts`, notBefore: null }
}

/** The marketplace's contact port knows administrators by the same ids as buyers. */
async function withContacts(deps: SendDeps, notices: readonly AccountNotice[]): Promise<AccountNotice[]> {
  if (!deps.contacts) return [...notices]
  const rest = { jurisdiction: 'US', briefNo: 1, phone: null, street: null, postalCode: null, city: null, lines: [], lineCount: 0, refund: [] } satisfies Partial<BlockBuyer> // prettier-ignore
  const asked = notices.map((notice) => ({ ...notice, ...rest, buyerId: notice.administratorId, noticeId: notice.accountNoticeId }))
  return deps.contacts('email', asked)
}

/** By the law of where the administrator lives: the brief of that jurisdiction, where the campaign has one, else its own; the last of it. */
function mailFor(deps: SendDeps, campaignId: string, briefs: readonly KeptBrief[], notice: AccountNotice): NoticeMail {
  const own = briefs.findLast((kept) => kept.own)
  if (own === undefined) throw new Error(`Campaign ${campaignId} has no brief of its own: its administrators cannot be told.`)
  const { brief } = briefs.findLast((kept) => kept.jurisdiction === lawOf(notice, own.jurisdiction)) ?? own
  const wanted = { language: languageOf(notice), answer: notice.answer, baseUrl: deps.baseUrl }
  const written = forAdministrator(writeNotice({ ...brief, jurisdiction: lawOf(notice, brief.jurisdiction) }, wanted), notice)
  return mailOf(
    written,
    deps.sender,
  )({
    notice: { noticeId: notice.accountNoticeId, answer: notice.answer, units: notice.units, lines: [], lineCount: 0, refund: [] },
    reader: notice,
    link: `${deps.baseUrl}/recalls/${encodeURIComponent(recallId(brief.recall))}`,
    code: noticeCode(deps.linkKey, { campaignId, noticeId: notice.accountNoticeId }),
  })
}
