import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { eventText, photoHash } from './case-events.ts'

const HASH = 'ab'.repeat(32)

describe('an event of a case', () => {
  it('of a kind or a detail that is unknown says nothing more than its name', () => {
    assert.equal(eventText({ kind: 'sung_about', detail: { verse: 3 } }), '')
    assert.equal(eventText({ kind: 'refunded', detail: {} }), '')
    assert.equal(eventText({ kind: 'refund_asked', detail: { refunds: 'all' } }), '')
  })

  it('says the sums and why', () => {
    assert.equal(eventText({ kind: 'opened', detail: { remedy: 'refund', lines: 1, units: 2 } }), 'refund for 2 units')
    assert.equal(eventText({ kind: 'refund_asked', detail: { refunds: [{ amount_minor: 1999, currency: 'USD' }, { amount_minor: 500, currency: 'EUR' }] } }), '$19.99 + €5.00') // prettier-ignore
    assert.equal(eventText({ kind: 'refunded', detail: { amount_minor: 1999, currency: 'USD', payment_reference: 'demo-7' } }), '$19.99, reference demo-7') // prettier-ignore
    assert.equal(eventText({ kind: 'refund_refused', detail: { amount_minor: 1999, currency: 'USD', reason: 'card closed' } }), '$19.99: card closed') // prettier-ignore
    assert.equal(eventText({ kind: 'proof_refused', detail: { file_sha256: HASH, reasons: ['It is too dark.'] } }), 'It is too dark.')
  })

  it('shows the photograph where it arrived, and only a whole hash', () => {
    assert.equal(photoHash({ kind: 'proof_received', detail: { file_sha256: HASH } }), HASH)
    assert.equal(photoHash({ kind: 'proof_accepted', detail: { file_sha256: HASH } }), null)
    assert.equal(photoHash({ kind: 'proof_received', detail: { file_sha256: '../etc' } }), null)
  })
})
