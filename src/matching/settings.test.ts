import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { testDatabase } from '../../test/database.ts'
import { transaction } from '../platform/db.ts'
import { sha256 } from '../platform/ids.ts'
import { contentHash, recordRevisions } from '../recalls/index.ts'
import { agreementOf } from './agreement.ts'
import { decide } from './decide.ts'
import { fieldCounts, ruledMatches, rulingCounts } from './queries-agreement.ts'
import { screenListing } from './screen.ts'
import { matchingSettings, setThresholds } from './settings.ts'
import { SEVERITY_THRESHOLDS, changedThresholds } from './thresholds.ts'
import { CUPS } from './samples.ts'

const database = await testDatabase()
const { db } = database
const MAY = new Date('2026-05-01T10:00:00Z')

function set(change: unknown, reason = 'A rehearsal'): ReturnType<typeof setThresholds> {
  return transaction(database, (tx) => setThresholds(tx, { change, actor: 'officer:ada', at: MAY, reason }))
}

describe('the lines between the answers', () => {
  it('are not changed by what is wrong, and the wrong is named', async () => {
    for (const [change, field] of [
      [[], 'thresholds'],
      [{ deadly: {} }, 'thresholds'],
      [{ serious: 3 }, 'thresholds.serious'],
      [{ serious: { automatic: 3 } }, 'thresholds.serious.automatic'],
      [{ serious: { auto: '3' } }, 'thresholds.serious.auto'],
      [{ serious: { auto: Number.NaN } }, 'thresholds.serious.auto'],
      [{ low: { auto: -9 } }, 'thresholds.low'],
    ] as const) {
      const read = changedThresholds(SEVERITY_THRESHOLDS, change)
      assert.ok(!read.ok && read.problem.field === field, JSON.stringify(change))
    }
    assert.equal((await set({ low: { auto: 9 } }, ' ')).ok, false)
    assert.deepEqual(await matchingSettings(db), { settingNo: 0, thresholds: SEVERITY_THRESHOLDS, latest: null })
  })

  it('reach what kills earlier than what can hardly hurt', () => {
    const { serious, high, medium, low } = SEVERITY_THRESHOLDS
    for (const line of ['possibly', 'affected', 'auto', 'unstated', 'unit'] as const)
      assert.ok(serious[line] <= high[line] && high[line] <= medium[line] && medium[line] <= low[line], line)
  })

  it('decide from the next look on, and every change keeps who, when and why', async () => {
    await transaction(database, (tx) =>
      recordRevisions(tx.db, [{ recall: CUPS, documentSha256: sha256('CUPS'), contentSha256: contentHash(CUPS) }], MAY),
    )
    await sql`insert into catalog.sellers (seller_id, name) values ('S1', 'Blue Door')`.execute(db)
    await sql`
      insert into catalog.listings (listing_id, seller_id, title, brand, attributes, currency, pack_units, content_sha256, updated_at)
      values ('L1', 'S1', 'CUPKIN Stainless Steel Kids Cups 8 oz', 'CUPKIN', '{}', 'USD', 1, '\\x00', ${MAY})`.execute(db)
    const before = await screenListing(database, 'L1', { at: MAY })
    assert.equal(before.ok && before.value[0]?.tier, 'auto')
    const raised = await set({ serious: { auto: 50 }, high: { auto: 50 } }, 'Nothing is stopped without a person this week')
    assert.equal(raised.ok && raised.value.settingNo, 1)
    const after = await screenListing(database, 'L1', { at: MAY })
    assert.equal(after.ok && after.value[0]?.tier, 'review')
    assert.deepEqual(before.ok && after.ok && after.value[0]?.weight, before.ok && before.value[0]?.weight)
    assert.equal((await set({ serious: { auto: 50 } })).ok, true)
    const { latest } = await matchingSettings(db)
    assert.deepEqual(
      [latest?.settingNo, latest?.setBy, latest?.reason],
      [1, 'officer:ada', 'Nothing is stopped without a person this week'],
    )
  })

  it('and the rulings beside the answers are counted once, by people', async () => {
    for (const [actor, ruling] of [
      ['rule:demo', 'no'],
      ['officer:ada', 'no'],
      ['officer:ben', 'affected'],
    ] as const)
      assert.ok(
        (
          await transaction(database, (tx) =>
            decide(tx, { listingId: 'L1', recallId: 'CPSC-23774', ruling, actor, at: MAY, reason: 'Seen' }),
          )
        ).ok,
      )
    const agreement = agreementOf(await rulingCounts(db), await fieldCounts(db))
    assert.deepEqual([agreement.matches, agreement.agreed, agreement.tiers.review.matches], [1, 1, 1])
    assert.equal(agreement.fields.find(({ field }) => field === 'brand_same')?.agreed, 1)
    const [ruled] = await ruledMatches(db, null, 10)
    assert.deepEqual([ruled?.listingId, ruled?.ruling], ['L1', 'affected'])
    assert.deepEqual(await ruledMatches(db, { listingId: 'L1', recallId: 'CPSC-23774' }, 10), [])
  })
})
