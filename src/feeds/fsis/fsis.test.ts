import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { complaints, onlyRecall, readDocument, sample } from '../../../test/feed-samples.ts'

const RECORD = {
  field_title: 'Blue Barn Recalls Sausages Due to Undeclared Milk', field_recall_number: '001-2026', field_recall_date: '2026-09-12', field_recall_type: 'Recall',
  field_recall_classification: 'Class I', field_recall_reason: 'Misbranding, Unreported Allergens', field_establishment: 'Blue Barn Meats &amp; Co.',
  field_product_items: '12-oz. packages of “BLUE BARN HOT LINKS” with lot code “BB1204”', field_states: 'Ohio, Texas', field_active_notice: 'True', langcode: 'English',
} // prettier-ignore

describe('an FSIS record that is refused', () => {
  it('names the field', async () => {
    for (const [change, said] of [
      [{ field_recall_number: '' }, '1 field_recall_number: the recall number is missing'],
      [{ field_title: null }, '1 field_title: the title is missing'],
      [{ field_recall_date: '12/09/2026' }, '1 field_recall_date: "12/09/2026" is not a date'],
    ] as const)
      assert.deepEqual(await complaints('FSIS', JSON.stringify([{ ...RECORD, ...change }])), [said])
    assert.match((await complaints('FSIS', JSON.stringify([{ ...RECORD, field_states: { a: 1 } }]))).join(), /^1 field_states: /)
  })
})

describe('an FSIS record', () => {
  it('says the same with texts and with lists of texts', async () => {
    const texts = await onlyRecall('FSIS', JSON.stringify([RECORD]))
    const lists = await onlyRecall(
      'FSIS',
      JSON.stringify([
        {
          ...RECORD,
          field_states: ['Ohio', 'Texas'],
          field_product_items: [RECORD.field_product_items],
          field_recall_reason: ['Misbranding', 'Unreported Allergens'],
          field_establishment: [RECORD.field_establishment],
        },
      ]),
    )
    assert.deepEqual(lists, texts)
    assert.deepEqual(texts.firms, [{ role: 'recalling firm', name: 'Blue Barn Meats & Co.' }])
    assert.deepEqual([texts.soldText, texts.severity, texts.oversight, texts.hazards], ['Ohio, Texas', 'serious', 'open', ['allergen']])
    assert.deepEqual(texts.scope.brands, ['Blue Barn'])
  })

  it('says no oversight where the field is empty', async () => {
    assert.equal((await onlyRecall('FSIS', JSON.stringify([{ ...RECORD, field_active_notice: '' }]))).oversight, undefined)
    assert.equal((await onlyRecall('FSIS', JSON.stringify([{ ...RECORD, field_active_notice: 'False' }]))).oversight, 'closed')
  })

  it('in Spanish is a recall of its own, linked to the English one of the same number', async () => {
    const both = [RECORD, { ...RECORD, langcode: 'Spanish', field_title: 'Blue Barn Retira Salchichas Debido A Un Alérgeno No Declarado' }]
    const { recalls } = await readDocument('FSIS', JSON.stringify(both))
    assert.deepEqual(
      recalls.map((recall) => [recall.recallNumber, recall.language, recall.jointWith]),
      [['001-2026', undefined, undefined], ['001-2026-ES', 'es', [{ agency: 'FSIS', url: null, number: '001-2026', how: 'translation' }]]], // prettier-ignore
    )
    const staged = await readDocument('FSIS', sample('fsis/staged.json'))
    for (const recall of staged.recalls)
      assert.equal(recall.language === 'es', /\b(?:retira|debido|reporte|emite)\b/i.test(recall.title), recall.title)
  })

  it('of a public health alert is a warning, and an expansion names what it expands', async () => {
    const alert = await onlyRecall(
      'FSIS',
      JSON.stringify([{ ...RECORD, field_recall_number: 'pha-09122026-01', field_recall_classification: 'Public Health Alert' }]),
    )
    assert.deepEqual([alert.recallNumber, alert.kind, alert.severity], ['PHA-09122026-01', 'safety_alert', undefined])
    for (const number of ['023-2024-EXP', '023-2024 EXP', ' 023-2024 expansion'])
      assert.deepEqual(
        (await onlyRecall('FSIS', JSON.stringify([{ ...RECORD, field_recall_number: number }]))).expands,
        ['023-2024'],
        number,
      )
  })

  it('prints some of its codes, so that none excludes a unit', async () => {
    const { recalls } = await readDocument('FSIS', sample('fsis/api.json'))
    assert.ok(recalls[0]!.scope.lots.includes('*'))
    assert.ok((await onlyRecall('FSIS', JSON.stringify([RECORD]))).scope.lots.includes('*'))
    assert.equal(recalls[0]!.scope.units, null, 'pounds are no units')
  })
})
