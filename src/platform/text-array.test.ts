import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { testDatabase } from '../../test/database.ts'
import { textArray } from './text-array.ts'

const database = await testDatabase()

test('whatever stands in it, the server reads the array that was meant', async () => {
  // No NUL: a text of PostgreSQL holds none.
  const text = fc.string({ unit: 'binary', maxLength: 20 }).map((value) => value.toWellFormed().replaceAll('\0', ''))
  const values = fc.array(fc.oneof(fc.constantFrom(null, '', 'NULL', '{}', ',', '"', '\\', 'a"b\\"c', ' '), text), { maxLength: 10 })
  await fc.assert(
    fc.asyncProperty(values, async (array) => {
      const { rows } = await database.pool.query<{ read: (string | null)[] }>('select $1::text[] as read', [textArray(array)])
      assert.deepEqual(rows[0]!.read, array)
    }),
    { numRuns: 200 },
  )
})
