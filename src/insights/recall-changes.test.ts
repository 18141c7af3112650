import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { exampleRecall } from '../../test/example-recall.ts'
import type { Recall } from '../recalls/index.ts'
import { recallChanges } from './recall-changes.ts'

test('what says the same has not changed, in whichever order it says it', () => {
  const recall = exampleRecall()
  assert.deepEqual(recallChanges(recall, exampleRecall()), [])
  assert.deepEqual(recallChanges(recall, { ...recall, scope: { ...recall.scope, models: recall.scope.models.toReversed() } }), [])
})

test('only what came and went of a list is named', () => {
  const before = exampleRecall()
  const after = { ...before, scope: { ...before.scope, models: ['CK-8', 'CK-16'], lots: [] } }
  assert.deepEqual(recallChanges(before, after), [
    { kind: 'list', what: 'Models', added: ['CK-16'], removed: ['CK-12'] },
    { kind: 'list', what: 'Lot numbers', added: [], removed: ['R15563P3S…'] },
  ])
})

test('an end of the sale that is no longer stated is said to be so', () => {
  const before = exampleRecall()
  assert.deepEqual(recallChanges(before, { ...before, scope: { ...before.scope, soldTo: null } }), [
    { kind: 'value', what: 'Sold until', before: '2023-03', after: '' },
  ])
})

/** Every single place of a recall's content, as the way to it. */
function placesOf(value: unknown, way: readonly (string | number)[] = []): (string | number)[][] {
  if (value === null || typeof value !== 'object') return [[...way]]
  return Object.entries(value).flatMap(([key, each]) => placesOf(each, [...way, Array.isArray(value) ? Number(key) : key]))
}

function changedAt(recall: Recall, way: readonly (string | number)[]): Recall {
  const copy = structuredClone(recall) as unknown as Record<string | number, unknown>
  let holder = copy
  for (const key of way.slice(0, -1)) holder = holder[key] as Record<string | number, unknown>
  const last = way.at(-1)!
  const was = holder[last]
  holder[last] = typeof was === 'number' ? was + 1 : typeof was === 'boolean' ? !was : last === 'currency' ? 'CAD' : `${String(was)}x`
  return copy as unknown as Recall
}

test('whatever changes in a recall, a change is shown', () => {
  const recall = exampleRecall()
  // Which agency and number it is makes it this recall; those never change.
  const places = placesOf(recall).filter((way) => way[0] !== 'agency' && way[0] !== 'recallNumber')
  assert.ok(places.length > 50)
  fc.assert(
    fc.property(fc.subarray(places, { minLength: 1, maxLength: 6 }), (ways) => {
      const after = ways.reduce(changedAt, recall)
      assert.notEqual(recallChanges(recall, after).length, 0)
      assert.equal(recallChanges(recall, after).length, recallChanges(after, recall).length)
    }),
  )
  for (const way of places) assert.notEqual(recallChanges(recall, changedAt(recall, way)).length, 0, way.join('.'))
})
