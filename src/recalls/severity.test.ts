import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { sql } from 'kysely'
import { testDatabase } from '../../test/database.ts'
import { CUPKIN } from '../../test/world.ts'
import { HAZARDS, RECALL_KINDS, SEVERITIES, type Recall } from './recall.ts'
import { severityOf } from './severity.ts'

const database = await testDatabase()

const recalls = fc
  .record({
    severity: fc.option(fc.constantFrom(...SEVERITIES), { nil: undefined }),
    deaths: fc.option(fc.nat({ max: 2 })),
    injuries: fc.option(fc.nat({ max: 2 })),
    kind: fc.constantFrom(...RECALL_KINDS),
    hazards: fc.uniqueArray(fc.constantFrom(...HAZARDS), { maxLength: 3 }),
  })
  .map(({ severity, ...rest }): Recall => ({ ...CUPKIN, ...rest, ...(severity === undefined ? {} : { severity }) }))

test('the rule and the SQL that the queue is ordered by say the same of every recall', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(recalls, { minLength: 1, maxLength: 50 }), async (some) => {
      const { rows } = await sql<{ severity: string }>`
        select recalls.severity_of(content::jsonb) as severity
          from unnest(${some.map((recall) => JSON.stringify(recall))}::text[]) with ordinality as c (content, position)
         order by position`.execute(database.db)
      assert.deepEqual(
        rows.map((row) => row.severity),
        some.map(severityOf),
      )
    }),
    { numRuns: 40 },
  )
})

test('what nobody classified is not harmless, and what the agency states holds', () => {
  const bare = { ...CUPKIN, hazards: [], deaths: null, injuries: null }
  assert.equal(severityOf(bare), 'high')
  assert.equal(severityOf({ ...bare, hazards: ['other'] }), 'high')
  assert.equal(severityOf({ ...bare, hazards: ['pinch'] }), 'medium')
  assert.equal(severityOf({ ...bare, hazards: ['pinch'], injuries: 3 }), 'high')
  assert.equal(severityOf({ ...bare, hazards: ['pinch'], deaths: 1 }), 'serious')
  assert.equal(severityOf({ ...bare, kind: 'market_withdrawal' }), 'low')
  assert.equal(severityOf({ ...bare, hazards: ['fire'], severity: 'low' }), 'low')
  assert.equal(severityOf(CUPKIN), 'serious')
})
