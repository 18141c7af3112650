import { test } from 'node:test'
import assert from 'node:assert/strict'
import { signWebhook, TOLERANCE_SECONDS, verifyWebhook, webhookKey } from './standard-webhooks.ts'

const KEY = webhookKey(`whsec_${Buffer.alloc(32, 7).toString('base64')}`)!
const AT = new Date('2026-03-02T09:00:00Z')
const BODY = '{"type":"message.bounced"}'

function verify(headers: Record<string, string>, body = BODY, now = AT, key = KEY) {
  return verifyWebhook(key, { header: (name) => headers[name], body, now })
}

test('the specification’s own example is signed as it says', () => {
  const key = webhookKey('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')!
  const signed = signWebhook(key, { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', at: new Date(1_614_265_330_000), body: '{"test": 2432232314}' })
  assert.equal(signed['webhook-signature'], 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
})

test('secrets of another form or length are none', () => {
  for (const wrong of ['', 'abc', 'whsec_', 'whsec_c2hvcnQ=', `whsec_${Buffer.alloc(80).toString('base64')}`, `whsec_${'!'.repeat(40)}`])
    assert.equal(webhookKey(wrong), null, wrong)
})

test('another body, id, time or key is refused, and what is too old or ahead of time', () => {
  const signed: Record<string, string> = signWebhook(KEY, { id: 'm1', at: AT, body: BODY })
  assert.equal(verify(signed).ok, true)
  assert.equal(verify(signed, `${BODY} `).ok, false)
  assert.equal(verify({ ...signed, 'webhook-id': 'm2' }).ok, false)
  assert.equal(verify({ ...signed, 'webhook-timestamp': String(Number(signed['webhook-timestamp']) + 1) }).ok, false)
  assert.equal(verify(signed, BODY, AT, Buffer.alloc(32, 8)).ok, false)
  for (const seconds of [-TOLERANCE_SECONDS - 1, TOLERANCE_SECONDS + 1])
    assert.equal(verify(signed, BODY, new Date(AT.getTime() + seconds * 1_000)).ok, false)
  assert.equal(verify({}).ok, false)
})

test('while a key is changed, any of several signatures is enough', () => {
  const signed = signWebhook(KEY, { id: 'm1', at: AT, body: BODY })
  const both = { ...signed, 'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')} v2,x ${signed['webhook-signature']}` }
  assert.equal(verify(both).ok, true)
})
