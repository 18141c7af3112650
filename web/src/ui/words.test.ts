import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { actorName, inSentence, word } from './words.ts'

describe('a word', () => {
  it("is the glossary's", () => assert.equal(word('with_consumers'), 'With consumers'))
  it('that is new here is shown as it is, readable', () => assert.equal(word('sent_by_pigeon'), 'Sent by pigeon'))
  it('stands small inside a sentence', () => assert.equal(inSentence('photo_of_destruction'), 'photo of the destroyed product'))
  it('of a step does not mix with the word of a state', () => {
    assert.equal(word('step:opened'), 'Campaign opened')
    assert.equal(word('opened'), 'Opened')
    assert.equal(word('step:stock_counted'), 'Stock counted')
  })
})

describe('an actor', () => {
  it('is named by what they are, never by a bare id', () => {
    assert.equal(actorName('officer:8f2c'), 'a safety officer')
    assert.equal(actorName('rule:send-wave'), 'the rule “send wave”')
    assert.equal(actorName('buyer:B-1'), 'the buyer')
    assert.equal(actorName('payments'), 'the payment side')
  })
})
