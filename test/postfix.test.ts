import { test } from 'node:test'
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { openBounceListener, outreachInvariants, reachOf, sendWave } from '../src/outreach/index.ts'
import { systemClock } from '../src/platform/clock.ts'
import { openLog } from '../src/platform/log.ts'
import { openMailTransport } from '../src/platform/mail.ts'
import { testDatabase } from './database.ts'
import { addCrowdWithCups, openOutreach, sendDeps } from './first-wave.ts'
import { postfixMissing, startPostfix } from './postfix.ts'
import { startScriptedRelay } from './scripted-relay.ts'
import { CUPKIN_ID, LINK_KEY, SENDER } from './world.ts'

const missing = postfixMissing()
const database = await testDatabase()
const BUYERS = 200
const GONE = 17
const UNKNOWN_HOST = 8

test('a real Postfix takes a wave, and what it returns is in the books', { skip: missing ?? false }, async () => {
  await addCrowdWithCups(database, BUYERS)
  // The first have no mailbox any more, the next a domain that nobody serves.
  await database.pool.query(
    `update catalog.buyers b set email = case when place <= $1::int then 'gone.' else 'nowhere.' end || email
       from (select buyer_id, row_number() over (order by buyer_id) as place from catalog.buyers) placed
      where placed.buyer_id = b.buyer_id and place <= $1::int + $2::int`,
    [GONE, UNKNOWN_HOST],
  )
  await openOutreach(database)
  const listener = await openBounceListener({ database, clock: systemClock, log: openLog('silent'), linkKey: LINK_KEY }, { port: 0, host: '127.0.0.1' }) // prettier-ignore
  const receiving = await startScriptedRelay({
    rcpt: (to) => (to.startsWith('gone.') ? `550 5.1.1 <${to}>: no such user here` : `554 5.4.4 <${to}>: nobody serves this domain`),
    data: () => '503 no recipient',
  })
  const postfix = await startPostfix({
    sender: SENDER.address,
    returnsTo: listener.port,
    transports: [`/^(gone|nowhere)\\./ smtp:[127.0.0.1]:${receiving.port}`],
  })
  try {
    const mail = openMailTransport(postfix.url, { connections: 4 })
    const sent = await sendWave(sendDeps(database, mail), { campaignId: CUPKIN_ID, wave: 1 })
    mail.close()
    assert.equal(sent.accepted, BUYERS, 'the relay takes all of them, and only then finds out')
    const returned = await returnsReach(GONE + UNKNOWN_HOST, postfix.log)
    assert.deepEqual(returned, { '5.1.1 hard': GONE, '5.4.4 hard': UNKNOWN_HOST })
    const { rows } = await database.pool.query('select count(*)::int as unmatched from outreach.unmatched_returns')
    assert.deepEqual(rows, [{ unmatched: 0 }])
    const reach = await reachOf(database.db, CUPKIN_ID)
    assert.equal(reach.delivered, BUYERS - GONE - UNKNOWN_HOST)
    assert.equal(reach.delivered + reach.pending + reach.unreachable, BUYERS)
    for (const invariant of outreachInvariants) assert.deepEqual(await invariant.check(database.db), [], invariant.name)
  } finally {
    await postfix.stop()
    await receiving.close()
    await listener.close()
  }
})

const PATIENCE_MS = 60_000

/** Waits until so many came back; returns them by status and kind. */
async function returnsReach(count: number, log: () => string): Promise<Record<string, number>> {
  const until = performance.now() + PATIENCE_MS
  for (;;) {
    const { rows } = await database.pool.query<{ what: string; returns: number }>(
      `select status || ' ' || kind as what, count(*)::int as returns from outreach.returns group by 1 order by 1`,
    )
    if (rows.reduce((sum, row) => sum + row.returns, 0) >= count) return Object.fromEntries(rows.map((row) => [row.what, row.returns]))
    if (performance.now() > until) assert.fail(`Only ${JSON.stringify(rows)} came back. Postfix says: ${log().slice(-3_000)}`)
    await sleep(100)
  }
}
