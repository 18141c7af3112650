import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Recall } from '../recalls/types.ts'
import { readRuled, ruledSearch, ruledText } from './asks.ts'
import { pairAfter, pairBefore, pairFacts } from './pair.ts'
import type { RecallPair } from './types.ts'

const recall: Recall = {
  agency: 'CPSC', recall_number: '23774', kind: 'recall', title: 'Cups', published_on: '2023-07-20', url: null, description: '', hazard_text: '', remedy_text: '',
  incident_text: '', sold_text: '', contact_text: null, products: [], firms: [], countries_of_origin: [], images: [], hazards: ['lead'], remedies: ['refund'],
  proof_of_destruction: false, incidents: null, injuries: null, deaths: null, expands: [], childrens_product: null,
  scope: {
    brands: [], product_nouns: [], models: [], gtins: [], lots: [], serials: [], manufactured_from: null, manufactured_to: null, sold_from: null, sold_to: null,
    units: null, units_elsewhere: {}, price_min_minor: null, price_max_minor: null, currency: 'USD', sold_at: [], online_only: null,
  },
} // prettier-ignore

function pair(id: string): RecallPair {
  return { recall_id: id, other_recall_id: 'HC-1', asks: 'same', standing: 'proposed', weight: 1, reasons: [], recall, other_recall: recall, ruling: null } // prettier-ignore
}

test('what the address keeps of a ruling is read as it was written, and nothing else is taken for one', () => {
  for (const text of [null, '', '~~', 'CPSC-1~HC-2', 'CPSC-1~HC-2~same~withdrawn', 'CPSC-1~HC-2~perhaps~same', '~HC-2~same~same'])
    assert.equal(readRuled(text), null, String(text))
  const id = fc.stringMatching(/^[A-Z]{2,5}-[A-Za-z0-9-]{1,12}$/)
  fc.assert(
    fc.property(id, id, fc.constantFrom('same', 'expands'), fc.constantFrom('same', 'different'), (one, other, asks, ruling) => {
      const text = ruledSearch({ recall_id: one, other_recall_id: other, asks }, ruling)
      assert.deepEqual(readRuled(text), { recallId: one, otherId: other, asks, ruling })
    }),
  )
})

test('a ruling is called what its answer was called', () => {
  const ruled = (asks: RecallPair['asks'], ruling: 'same' | 'different' | 'withdrawn') =>
    ruledText({ ...pair('A-1'), asks, ruling: { ruling, decided_by: 'officer:a', decided_at: '2026-11-01', reason: 'x' } })
  assert.deepEqual([ruled('same', 'same'), ruled('expands', 'same'), ruled('same', 'withdrawn')], ['The same recall', 'Expands the second', 'Taken back']) // prettier-ignore
})

test('facts that neither states are left out, and what one does not state is said to be so', () => {
  const other: Recall = {
    ...recall,
    published_on: '2023-07-21',
    remedies: [],
    scope: { ...recall.scope, units: 1_200, units_elsewhere: { US: 346_000 } },
  }
  assert.deepEqual(pairFacts(recall, other), [
    { name: 'Published', one: '20 Jul 2023', other: '21 Jul 2023' },
    { name: 'Danger', one: 'lead', other: 'lead' },
    { name: 'Remedy', one: 'refund', other: 'not stated' },
    { name: 'Units', one: 'not stated', other: '1,200, and 346,000 in US' },
  ])
})

test('the way through the pairs begins at the first for one that waits no more', () => {
  const waiting = [pair('A-1'), pair('A-2')]
  assert.equal(pairAfter(waiting, pair('A-1'))?.recall_id, 'A-2')
  assert.equal(pairAfter(waiting, pair('A-2')), null)
  assert.equal(pairAfter(waiting, pair('B-9'))?.recall_id, 'A-1')
  assert.equal(pairBefore(waiting, pair('A-2'))?.recall_id, 'A-1')
  assert.equal(pairBefore(waiting, pair('B-9')), null)
})
