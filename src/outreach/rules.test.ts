import { test } from 'node:test'
import assert from 'node:assert/strict'
import { contactOf } from './contact.ts'
import { noticeCode } from './code.ts'
import { stateAfter } from './notice-state.ts'

test('what cannot be written to is told from what can', () => {
  for (const junk of [
    null,
    '',
    ' ',
    'ann',
    '@x.example',
    'ann@',
    'a@b@c',
    'a b@x.example',
    'a@x.example,b@y.example',
    'a@x.example\nBcc: b@y.example',
    '<a@x.example>',
    `${'a'.repeat(250)}@x.example`,
  ]) {
    assert.equal(contactOf(junk).ok, false, String(junk))
  }
  assert.deepEqual(contactOf(' Ann.O’Neil+cups@Mail.Example '), {
    ok: true,
    address: 'Ann.O’Neil+cups@Mail.Example',
    domain: 'mail.example',
  })
})

test('a code is the same each time, different for each notice and each installation, and easy to copy', () => {
  const code = noticeCode('key', '00000000-0000-0000-0000-000000000001')
  assert.equal(noticeCode('key', '00000000-0000-0000-0000-000000000001'), code)
  assert.match(code, /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
  assert.notEqual(noticeCode('key', '00000000-0000-0000-0000-000000000002'), code)
  assert.notEqual(noticeCode('another', '00000000-0000-0000-0000-000000000001'), code)
})

test('only what was taken is delivered, and nobody becomes unreachable by e-mail alone', () => {
  for (const outcome of ['accepted', 'refused', 'refused_for_now', 'failed', 'no_contact'] as const) {
    for (const attempt of [1, 4])
      assert.equal(stateAfter('email', outcome, attempt, 4).state, outcome === 'accepted' ? 'delivered' : 'pending')
  }
  assert.notEqual(stateAfter('email', 'failed', 1, 4).reason, stateAfter('email', 'failed', 4, 4).reason)
})
