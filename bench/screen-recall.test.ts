import { it } from 'node:test'
import assert from 'node:assert/strict'
import { testDatabase } from '../test/database.ts'
import { openDatabase } from '../src/platform/db.ts'
import { run } from './screen-recall.ts'

const database = await testDatabase()

it('asking by words finds what reading the whole catalogue finds, and the figures belong to each other', async () => {
  const { detail, ours, peers, ratio } = await run({ size: 1_500, freshDatabase: async () => openDatabase(database.url) })
  assert.equal(detail['pairsFound'], detail['pairs'])
  assert.equal(detail['listings'], 1_500)
  assert.ok(ours > 0 && Math.abs(ratio['whole_catalogue']! - ours / peers['whole_catalogue']!) < 1e-9)
})
