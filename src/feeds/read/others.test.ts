import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { readChildrensProduct } from './children.ts'
import { readExpands } from './expands.ts'
import { readOnlineOnly, readSellers } from './sellers.ts'
import { sentences, tidy } from './text.ts'

it('a tidied text has one kind of quotes, dashes and blanks', () => {
  assert.equal(tidy('Cree® “LED”\u00a0lamps – don’t&nbsp;&amp; won’t '), 'Cree "LED" lamps - don\'t & won\'t')
})

it('sentences do not end at abbreviations', () => {
  assert.deepEqual(sentences('Acme Inc. of Muncie, Ind. sold 8 oz. cups in the U.S. They broke! "Why?" Nobody knows'), [
    'Acme Inc. of Muncie, Ind. sold 8 oz. cups in the U.S. They broke!',
    '"Why?"',
    'Nobody knows',
  ])
  assert.deepEqual(sentences(''), [])
})

describe('sellers', () => {
  it('are names and sites, not kinds of stores', () => {
    assert.deepEqual(
      readSellers('Gift, drug and toy stores including hospitals nationwide from December 2013 through January 2014 for about $8.'),
      [],
    )
    assert.deepEqual(readSellers('Online at Amazon.com and Cupkin.com from January 2018 through March 2023 for about $20.').sort(), [
      'Amazon.com',
      'Cupkin.com',
    ])
    assert.deepEqual(
      readSellers("Lowe's stores nationwide and at www.lowes.com from September 2010 through March 2012 for about $90.").sort(),
      ["Lowe's", 'www.lowes.com'],
    )
  })

  it('are online only where every channel is', () => {
    assert.equal(readOnlineOnly(''), null)
    assert.equal(readOnlineOnly('Online at Amazon.com from January 2018 through March 2023 for about $20.'), true)
    assert.equal(readOnlineOnly('Target stores nationwide and online at www.target.com from May 2019.'), false)
    assert.equal(readOnlineOnly('Polaris dealers nationwide'), false)
  })
})

it('a product is for children where names or uses say so', () => {
  assert.equal(readChildrensProduct(["Children's Cups"], ''), true)
  assert.equal(readChildrensProduct(['Locks'], 'Labeled for ages 3 and older.'), true)
  assert.equal(readChildrensProduct(['Gas ranges'], 'Keep children away from the knobs.'), false)
  assert.equal(readChildrensProduct(["Children's and adult chests"], ''), null)
})

it('expanded recalls are those whose numbers are printed', () => {
  assert.deepEqual(readExpands(['Acme Expands Recall of Lamps', 'This expands recall number 23-774.'], '24001'), ['23774'])
  assert.deepEqual(readExpands(['Acme Recalls Lamps', 'Recall number 23-774.'], '24001'), [])
  assert.deepEqual(readExpands(['Acme Expands Recall of Lamps, recall number 24-001'], '24001'), [])
})
