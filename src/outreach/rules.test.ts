import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { contactOf } from './contact.ts'
import { isNoticeCode, noticeCode } from './code.ts'
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
  const notice = { campaignId: 'CPSC-1', noticeId: '00000000-0000-0000-0000-000000000001' }
  const code = noticeCode('key', notice)
  assert.equal(noticeCode('key', notice), code)
  assert.match(code, /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
  assert.notEqual(noticeCode('key', { ...notice, noticeId: '00000000-0000-0000-0000-000000000002' }), code)
  assert.notEqual(noticeCode('key', { ...notice, campaignId: 'CPSC-2' }), code)
  assert.notEqual(noticeCode('another', notice), code)
})

test('a code holds for its campaign and installation only, however it is typed, and no other holds', () => {
  const anyNotice = fc.uuid().map((noticeId) => ({ campaignId: 'CPSC-1', noticeId }))
  fc.assert(
    fc.property(anyNotice, fc.nat(7), fc.integer({ min: 1, max: 31 }), (notice, place, shift) => {
      const code = noticeCode('key', notice)
      assert.ok(isNoticeCode('key', 'CPSC-1', code))
      assert.ok(isNoticeCode('key', 'CPSC-1', ` ${code.toLowerCase().replace('-', ' – ').replaceAll('0', 'o').replaceAll('1', 'l')}`))
      assert.ok(!isNoticeCode('key', 'CPSC-1', `${code}0`))
      // One wrong character in the second half can never hold; in the first, or for another campaign or secret, once in a million.
      const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
      const at = 5 + (place % 4)
      const other = alphabet[(alphabet.indexOf(code[at]!) + shift) % 32]!
      assert.ok(!isNoticeCode('key', 'CPSC-1', code.slice(0, at) + other + code.slice(at + 1)))
    }),
  )
  const code = noticeCode('key', { campaignId: 'CPSC-1', noticeId: '00000000-0000-0000-0000-000000000001' })
  assert.ok(!isNoticeCode('key', 'CPSC-2', code))
  assert.ok(!isNoticeCode('another', 'CPSC-1', code))
  for (const typed of ['', '----', '🐦🐦🐦🐦🐦🐦🐦🐦', 'A'.repeat(8), '\0'.repeat(8)])
    assert.ok(!isNoticeCode('key', 'CPSC-1', typed), typed)
})

test('only what was taken is delivered, and nobody becomes unreachable by e-mail alone', () => {
  for (const outcome of ['accepted', 'refused', 'refused_for_now', 'failed', 'no_contact'] as const) {
    for (const attempt of [1, 4])
      assert.equal(stateAfter('email', outcome, attempt, 4).state, outcome === 'accepted' ? 'delivered' : 'pending')
  }
  assert.notEqual(stateAfter('email', 'failed', 1, 4).reason, stateAfter('email', 'failed', 4, 4).reason)
})
