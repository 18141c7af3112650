import { test } from 'node:test'
import assert from 'node:assert/strict'
import { openThrottle } from './throttle.ts'

const minute = (n: number): Date => new Date(Date.UTC(2026, 0, 1, 0, n))

test('after too many failures a key waits, others do not, and time heals', () => {
  const throttle = openThrottle({ failuresMax: 3, windowMinutes: 15 })
  for (const n of [0, 1, 2]) {
    assert.equal(throttle.waitMinutes('dana', minute(n)), 0)
    throttle.failed('dana', minute(n))
  }
  assert.equal(throttle.waitMinutes('dana', minute(3)), 12)
  assert.equal(throttle.waitMinutes('ben', minute(3)), 0)
  assert.equal(throttle.waitMinutes('dana', minute(15)), 0)
})

test('a success forgets the failures before it', () => {
  const throttle = openThrottle({ failuresMax: 2, windowMinutes: 15 })
  throttle.failed('dana', minute(0))
  throttle.succeeded('dana')
  throttle.failed('dana', minute(1))
  assert.equal(throttle.waitMinutes('dana', minute(2)), 0)
})
