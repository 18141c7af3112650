import { test } from 'node:test'
import assert from 'node:assert/strict'
import { testDatabase } from '../database.ts'
import { DRILLS, isHeld } from './drills.ts'
import { openDatabase } from '../../src/platform/db.ts'
import pg from 'pg'

const database = await testDatabase()

// The restart of the database would end every other test's connections; `npm run faults` does it on a server of its own.
for (const drill of DRILLS.filter((each) => each.name !== 'database restarted')) {
  test(`drill: ${drill.name}`, async () => {
    const url = new URL(database.url)
    const name = `drill_${process.pid}_${DRILLS.indexOf(drill)}`
    await administered(`create database ${name} template tocsin_template`)
    url.pathname = `/${name}`
    const own = openDatabase(url.toString())
    try {
      const result = await drill.run({ database: own, notices: 200, seed: 7 })
      assert.ok(isHeld(result), JSON.stringify(result))
      assert.equal(result.delivered + result.refused + result.waiting, 200)
      assert.equal(Object.keys(result.invariants).length > 0, true)
    } finally {
      await own.close()
      await administered(`drop database ${name} with (force)`)
    }
  })
}

async function administered(statement: string): Promise<void> {
  const url = new URL(database.url)
  url.pathname = '/postgres'
  const client = new pg.Client({ connectionString: url.toString() })
  await client.connect()
  await client.query(statement)
  await client.end()
}
