import { it } from 'node:test'
import assert from 'node:assert/strict'
import { testDatabase } from '../test/database.ts'
import { openDatabase } from '../src/platform/db.ts'
import { run } from './import.ts'

const database = await testDatabase()

it('both ways leave the same rows, and the figures belong to each other', async () => {
  const result = await run({ size: 2_000, args: [], freshDatabase: async () => openDatabase(database.url) })
  assert.equal(result.detail['same_rows'], true)
  assert.equal(result.detail['lines'], 2_000)
  assert.ok(result.ours > 0 && result.floor !== null && Math.abs(result.ratio['floor']! - result.ours / result.floor) < 1e-9)
})
