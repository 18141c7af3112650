import { test } from 'node:test'
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { documentOf, dump } from '../test/feed-world.ts'
import { testDatabase } from '../test/database.ts'
import { followUpOwed, importFeedFile } from './feeds/index.ts'
import { followUp } from './follow-up.ts'

const database = await testDatabase()
const AT = new Date('2026-11-23T08:00:00Z')

test('recalls that came in are owed a screening until it is done, also when the process that took them in died', async () => {
  await database.pool.query(`
    insert into catalog.sellers (seller_id, name, email, country) values ('S-1', 'Lamps & Co', 'ops@lamps.example', 'US');
    insert into catalog.listings (listing_id, seller_id, title, brand, attributes, price_minor, currency, pack_units, content_sha256, updated_at)
    values ('L-1', 'S-1', 'Acme lamp', 'Acme', '{}', 1999, 'USD', 1, sha256('L-1'), '2026-11-01Z')`)
  assert.equal(await followUpOwed(database.db), false)
  const folder = await mkdtemp(path.join(tmpdir(), 'tocsin-follow-up-'))
  try {
    const file = path.join(folder, 'cpsc.json')
    await writeFile(file, dump(documentOf('70001')))
    await importFeedFile(database, 'CPSC', file, { at: AT })
    assert.equal(await followUpOwed(database.db), true)
    const { screened } = await followUp({ database, enqueue: async () => {} }, { at: AT, actor: 'test' })
    assert.deepEqual([screened.listings, screened.recalls], [1, 1])
    assert.equal(await followUpOwed(database.db), false)
    // The same file again brings nothing, and nothing is owed for it.
    await importFeedFile(database, 'CPSC', file, { at: AT })
    assert.equal(await followUpOwed(database.db), false)
  } finally {
    await rm(folder, { recursive: true })
  }
})
