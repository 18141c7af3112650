import { test } from 'node:test'
import assert from 'node:assert/strict'
import { duration, outcomesOf, placeOf } from './reach.ts'

test('a duration is said in its two largest units, and none is below zero', () => {
  const cases: [number, string][] = [
    [-5, '0 s'],
    [0.4, '0 s'],
    [48, '48 s'],
    [320, '5 min 20 s'],
    [3_600, '1 h'],
    [11_100, '3 h 5 min'],
    [86_400 + 30, '1 day'],
    [2 * 86_400 + 4 * 3_600 + 59, '2 days 4 h'],
  ]
  for (const [seconds, words] of cases) assert.equal(duration(seconds), words)
})

test('a place says what is not stated', () => {
  assert.equal(placeOf({ country: 'CA', region: 'Québec' }), 'CA, Québec')
  assert.equal(placeOf({ country: 'CA', region: '-' }), 'CA, no region stated')
  assert.equal(placeOf({ country: '-', region: '-' }), 'Not stated')
  assert.equal(placeOf({ country: '-', region: 'Ohio' }), 'Ohio')
})

test('a table has a column for an outcome only where some row has it', () => {
  const none = {
    attempts: 1,
    buyers: 1,
    accepted: 0,
    refused: 0,
    refused_for_now: 0,
    failed: 0,
    no_contact: 0,
    seen: 0,
    not_seen: 0,
    in_flight: 0,
    came_back: 0,
  }
  assert.deepEqual(outcomesOf([none]), [])
  assert.deepEqual(
    outcomesOf([
      { ...none, in_flight: 1 },
      { ...none, accepted: 1 },
    ]),
    ['accepted', 'in_flight'],
  )
})
