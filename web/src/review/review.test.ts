import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { segments } from './marks.ts'
import { neighbours } from './neighbours.ts'
import { templatesFor } from './templates.ts'
import type { MarkedReason, QueueItem, ReviewedMatch } from './types.ts'
import { inOrder, percentAt, waterfall } from './waterfall.ts'

const reason = (field: string, weight: number): MarkedReason => ({ field, weight, text: field })

test('the pieces of a marked text are the text, and each marked place is marked', () => {
  const place = fc.record({ start: fc.integer({ min: -3, max: 30 }), end: fc.integer({ min: -3, max: 30 }), reason: fc.nat({ max: 4 }) })
  fc.assert(
    fc.property(fc.string({ maxLength: 25 }), fc.array(place, { maxLength: 6 }), (text, places) => {
      const pieces = segments(text, places)
      assert.equal(pieces.map((piece) => piece.text).join(''), text)
      let at = 0
      for (const piece of pieces) {
        for (const each of places) {
          const covers = each.start <= at && each.end >= at + piece.text.length && each.start < each.end
          assert.equal(piece.reasons.includes(each.reason) || !covers, true)
        }
        at += piece.text.length
      }
    }),
  )
  assert.deepEqual(segments('one CUPKIN cup', [{ start: 4, end: 10, reason: 2 }]), [
    { text: 'one ', reasons: [] },
    { text: 'CUPKIN', reasons: [2] },
    { text: ' cup', reasons: [] },
  ])
  assert.deepEqual(segments('two cups', [{ start: 4, end: 7, reason: 1 }]).map((piece) => piece.text), ['two ', 'cups']) // prettier-ignore
  assert.deepEqual(segments('cupboard', [{ start: 0, end: 3, reason: 1 }]).map((piece) => piece.text), ['cup', 'board']) // prettier-ignore
  assert.deepEqual(segments('', [{ start: 0, end: 3, reason: 1 }]), [])
})

test('the bars of a waterfall join, add up to the weight, and fit the scale', () => {
  const weights = fc.integer({ min: -640, max: 640 }).map((sixtyfourths) => sixtyfourths / 64)
  fc.assert(
    fc.property(fc.array(weights, { maxLength: 12 }), (given) => {
      const reasons = given.map((weight, i) => reason(i === 0 ? 'prior' : `f${i}`, weight))
      const { bars, total, min, max } = waterfall(reasons, [{ name: 'affected', bits: 0.5 }])
      assert.equal(
        total,
        given.reduce((sum, weight) => sum + weight, 0),
      )
      let at = 0
      for (const bar of bars) {
        assert.equal(bar.from, at)
        at = bar.to
        for (const end of [bar.from, bar.to]) assert.ok(percentAt({ min, max }, end) >= 0 && percentAt({ min, max }, end) <= 100)
      }
      assert.ok(min < max)
    }),
  )
  assert.deepEqual(inOrder([reason('size_other', -7), reason('brand_same', 3), reason('prior', -6.5), reason('model_same', 5), reason('prior', 0)]).map(({ field }) => field), ['prior', 'model_same', 'brand_same', 'size_other']) // prettier-ignore
})

test('no template is empty, whatever the match lacks', () => {
  const bare = {
    reasons: [],
    missing: null,
    recall: { scope: { brands: [], models: [] } },
    listing: { model: null },
  } as unknown as ReviewedMatch
  const full = {
    ...bare,
    reasons: [reason('brand_same', 3), reason('model_same', 5), reason('words_extra', -1)],
    recall: { scope: { brands: ['Lumo'], models: ['A1', 'A2', 'A3', 'A4'] } },
    listing: { model: 'B7' },
  } as unknown as ReviewedMatch
  for (const match of [bare, full])
    for (const ruling of ['affected', 'possibly', 'no'] as const)
      for (const text of templatesFor(ruling, match)) assert.match(text, /^\p{Lu}.+\.$/u)
  assert.equal(
    templatesFor('affected', full)[0],
    'The listing offers the recalled product: the brand and the model number agree with the recall.',
  )
  assert.equal(templatesFor('no', full)[0], 'Another model: the listing is B7, the recall names others (A1, A2, A3 …).')
})

test('next and previous follow the queue; from outside it, its first is next', () => {
  const item = (listing_id: string) => ({ listing_id, recall_id: 'R' }) as QueueItem
  const items = [item('a'), item('b'), item('c')]
  const of = (listing_id: string, among = items) => {
    const { at, before, after } = neighbours(among, { listing_id, recall_id: 'R' })
    return [at, before?.listing_id ?? null, after?.listing_id ?? null]
  }
  assert.deepEqual(of('a'), [0, null, 'b'])
  assert.deepEqual(of('b'), [1, 'a', 'c'])
  assert.deepEqual(of('c'), [2, 'b', null])
  assert.deepEqual(of('x'), [-1, null, 'a'])
  assert.deepEqual(of('x', []), [-1, null, null])
})
