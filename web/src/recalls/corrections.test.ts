import { test } from 'node:test'
import assert from 'node:assert/strict'
import { CORRECTION_FIELDS, HAZARDS as THEIR_HAZARDS, REMEDY_OPTIONS } from '../../../src/recalls/index.ts'
import { exampleRecall } from '../../../test/example-recall.ts'
import { snakeCase } from '../../../src/platform/json.ts'
import { evidenceOf, factKey } from './evidence.ts'
import { FIELDS, HAZARDS, readGiven, REMEDIES, typed, valueOf, type FieldKind } from './corrections.ts'
import type { Recall } from './types.ts'

const recall = snakeCase(exampleRecall()) as Recall

test('what is no month, number or price is said beside its field', () => {
  const refused: [FieldKind, string][] = [['month', '2023'], ['month', '2023-13'], ['count', 'many'], ['count', '-3'], ['price', 'twenty'], ['price', '1.234.5'], ['places', 'Canada 3']] // prettier-ignore
  for (const [kind, text] of refused) assert.equal(readGiven(kind, [text], 'USD').ok, false, text)
})

test('an empty field is what the agency does not state', () => {
  for (const kind of ['month', 'count', 'price', 'flag'] as const) assert.deepEqual(readGiven(kind, [''], 'USD'), { ok: true, value: null })
  assert.deepEqual(readGiven('list', [' \n\n'], 'USD'), { ok: true, value: [] })
  assert.deepEqual(readGiven('places', [''], 'USD'), { ok: true, value: {} })
  assert.deepEqual(readGiven('choices', [], 'USD'), { ok: true, value: [] })
})

test('what is typed is what is sent', () => {
  assert.deepEqual(readGiven('list', ['A-1\n B 2 \nA-1'], 'USD'), { ok: true, value: ['A-1', 'B 2'] })
  assert.deepEqual(readGiven('count', ['346,000'], 'USD'), { ok: true, value: 346_000 })
  assert.deepEqual(readGiven('price', ['$1,234.50'], 'USD'), { ok: true, value: 123_450 })
  assert.deepEqual(readGiven('price', ['1500'], 'JPY'), { ok: true, value: 1_500 })
  assert.deepEqual(readGiven('places', ['ca 1,200\nMX: 40'], 'USD'), { ok: true, value: { CA: 1_200, MX: 40 } })
})

test('every field that can be corrected has its form, and a value that nobody changes comes back as it was', () => {
  assert.deepEqual(FIELDS.map(({ field }) => field).toSorted(), CORRECTION_FIELDS.filter((field) => field !== 'currency').toSorted())
  assert.deepEqual([HAZARDS, REMEDIES], [THEIR_HAZARDS, REMEDY_OPTIONS])
  for (const { field, kind } of FIELDS) {
    const value = valueOf(recall, field)
    assert.notEqual(value, undefined, field)
    const given = kind === 'choices' ? (value as string[]) : [typed(kind, value, 'USD')]
    assert.deepEqual(readGiven(kind, given, 'USD'), { ok: true, value }, field)
  }
})

test('words that say two facts are one place, and a fact may have several', () => {
  const span = { text: 'incident_text', start: 0, end: 4, quote: 'None' }
  const { byText, byFact } = evidenceOf([
    { ...span, field: 'incidents', value: 0 },
    { ...span, field: 'injuries', value: 0 },
    { ...span, start: 10, end: 12, quote: 'no', field: 'injuries', value: 0 },
  ])
  assert.deepEqual(
    byText.get('incident_text')!.map(({ id, facts }) => [id, facts]),
    [
      ['said-1', [factKey('incidents', 0), factKey('injuries', 0)]],
      ['said-2', [factKey('injuries', 0)]],
    ],
  )
  assert.equal(byFact.get(factKey('injuries', 0))!.length, 2)
})
