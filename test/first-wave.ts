/** The first wave about the cups: its brief, lines and notices, what sending it needs, and a crowd to send it to. */
import { systemClock } from '../src/platform/clock.ts'
import { transaction, type Database } from '../src/platform/db.ts'
import { openLog } from '../src/platform/log.ts'
import type { MailTransport } from '../src/platform/mail.ts'
import { findAffectedLines, makeNotices, startWave, writeBrief, type NoticeBrief, type Pace, type SendDeps } from '../src/outreach/index.ts'
import { addCrowd, BASE_URL, BLUE_PAIR, CUPKIN, CUPKIN_ID, LINK_KEY, openMarketplace, SENDER } from './world.ts'

export const CUPKIN_BRIEF: NoticeBrief = { jurisdiction: 'US', recall: CUPKIN, remedies: ['refund'], proof: 'photo_of_destruction' }

/** Everyone of a crowd has one pair of cups. */
export async function addCrowdWithCups(database: Database, count: number): Promise<void> {
  await openMarketplace(database.db)
  await addCrowd(database.db, count)
  await database.pool.query(
    `insert into catalog.order_lines (buyer_id, order_id, line_no, listing_id, ordered_at, quantity, unit_price_minor, currency, state)
     select buyer_id, 'O-' || buyer_id, 1, $1, '2021-05-04', 1, 1999, 'USD', 'shipped' from catalog.buyers`,
    [BLUE_PAIR],
  )
}

/** What opening a campaign does in this room: brief, lines, notices, the first wave. */
export async function openOutreach(database: Database, at: Date = new Date()) {
  const campaignId = CUPKIN_ID
  return transaction(database, async (tx) => {
    await writeBrief(tx, { campaignId, recallId: CUPKIN_ID, brief: CUPKIN_BRIEF, at })
    const found = await findAffectedLines(tx, {
      campaignId,
      scope: CUPKIN.scope,
      listings: [{ listingId: BLUE_PAIR, answer: 'affected' }],
      at,
    })
    const made = await makeNotices(tx, { campaignId, at })
    const started = await startWave(tx, { campaignId, channel: 'email', actor: 'cli', at })
    return { ...found, ...made, ...started }
  })
}

export function sendDeps(database: Database, mail: MailTransport): SendDeps {
  return { database, mail, clock: systemClock, linkKey: LINK_KEY, baseUrl: BASE_URL, sender: SENDER, log: openLog('silent') }
}

/** Small blocks and short leases, so that tests see many of both. */
export const QUICK: Partial<Pace> = { blockSize: 5, leaseSeconds: 5, pausesSeconds: [0, 0], sendSecondsMax: 30 }
