/** The quick HMAC against Node's own. */
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { hmacSha256 } from './hmac.ts'

test('the code is what Node’s own Hmac makes, for any key and any text, in any order', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 3_000 }), fc.uint8Array({ maxLength: 3_000 }))
  const key = fc.string({ unit: 'grapheme', maxLength: 200 })
  fc.assert(
    fc.property(fc.array(fc.tuple(key, text), { minLength: 1, maxLength: 5 }), (each) => {
      for (const [secret, said] of [...each, ...each])
        assert.deepEqual(hmacSha256(secret, said), createHmac('sha256', secret).update(said).digest())
    }),
  )
})

test('keys at the edges of a block, and more of them than are kept', () => {
  for (let length = 0; length < 130; length++)
    assert.deepEqual(hmacSha256('k'.repeat(length), 'a'), createHmac('sha256', 'k'.repeat(length)).update('a').digest())
})

test('a code that was handed out is not changed by the next one', () => {
  const first = hmacSha256('key', 'first')
  const copy = Buffer.from(first)
  hmacSha256('key', 'second')
  assert.deepEqual(first, copy)
})
