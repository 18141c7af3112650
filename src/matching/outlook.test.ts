import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { buildEngine } from './engine.ts'
import { readListing } from './listing-features.ts'
import { mayComeToAQuestion } from './outlook.ts'
import { CUPS, POWER_BANKS, RANGES, STEAMERS, sampleListing } from './samples.ts'
import { judge } from './score.ts'
import { HASH_START, hashOn, intern, mayKnow, recallVocabulary } from './vocabulary.ts'
import { UNKNOWN } from './word-cards.ts'

describe('the look between the words and the rest', () => {
  const engine = buildEngine([CUPS, POWER_BANKS, RANGES, STEAMERS])
  const word = fc.constantFrom(
    'CUPKIN', 'cupkim', 'stainless', 'steel', 'cups', 'kids', 'lid', 'for', 'with', 'Baseus', 'BS-30KP365', 'power bank', '65W', '30000mAh', 'LG', 'LRE30453SS',
    'LRE30453', 'range', 'electric', '8 oz', '12 oz', 'replacement', 'Black+Decker', 'steamer', 'HGS011', 'serial no. 1234567', 'lot A12', 'made 03/2019', '2021', ',',
    'compatible', '\u{1f525}', '050875828407',
  ) // prettier-ignore
  const text = fc.array(word, { maxLength: 16 }).map((words) => words.join(' '))

  it('ends no comparison that would come to a question', () => {
    let ended = 0
    fc.assert(
      fc.property(text, fc.option(word, { nil: null }), fc.option(word, { nil: null }), fc.option(text, { nil: null }), (title, brand, model, description) => {
        const gtin = model !== null && /^\d+$/.test(model) ? model : null
        const listing = readListing(sampleListing('x', title, { brand, model, description, gtin }), engine.vocabulary)
        for (const recall of engine.recalls) {
          const { weights, thresholds } = engine.settings
          if (mayComeToAQuestion(recall, listing, engine.vocabulary, weights, thresholds[recall.severity])) continue
          ended++
          assert.equal(judge(recall, listing, engine.vocabulary, weights, thresholds).tier, 'dismiss', `${recall.recall.recallNumber}: ${title}`)
        }
      }),
      { numRuns: 1_000 },
    ) // prettier-ignore
    assert.ok(ended > 1_000)
  })
})

describe('what is kept of words', () => {
  it('is looked up anew when a recall brings the word', () => {
    const vocabulary = recallVocabulary()
    const listing = sampleListing('x', 'Zyxwvut kettle', { category: 'Zyxwvut', attributes: { maker: 'Zyxwvut' } })
    const before = readListing(listing, vocabulary)
    assert.equal(before.unknown, 1)
    const id = intern(vocabulary, 'zyxwvut')
    const after = readListing(listing, vocabulary)
    assert.equal(after.unknown, 0)
    assert.ok(after.ids.includes(id) && after.main.includes(id) && !after.main.includes(UNKNOWN))
  })

  it('knows every word there is by its hash, however many come in', () => {
    const vocabulary = recallVocabulary()
    for (let i = 0; i < 200_000; i++) intern(vocabulary, `w${i.toString(36)}`)
    for (const known of vocabulary.ids.keys()) assert.ok(mayKnow(vocabulary, hashOn(HASH_START, known)), known)
    let vain = 0
    for (let i = 0; i < 10_000; i++) if (mayKnow(vocabulary, hashOn(HASH_START, `none${i}`))) vain++
    assert.ok(vain < 2_000, `${vain} of 10,000`)
  })
})
