/** A record of `https://www.fsis.usda.gov/fsis/api/recall/v/1`: flat `field_*` texts, some of them lists on some records since September 2026. */
import { z } from 'zod'
import type { ItemReading } from '../contract.ts'
import { checkShape, text, texts } from '../formats/shape.ts'
import { htmlText } from '../formats/html.ts'
import { isoDay } from '../formats/dates.ts'
import { fsisNumber, readNotice, type FsisNotice } from './notice.ts'

const shape = z.object({
  field_title: texts,
  field_recall_number: texts,
  field_recall_date: texts,
  field_recall_type: texts,
  field_recall_classification: texts,
  field_risk_level: texts,
  field_recall_reason: texts,
  field_establishment: texts,
  field_product_items: texts,
  field_summary: texts,
  field_states: texts,
  field_active_notice: texts,
  field_recall_url: texts,
  langcode: text,
})

export function readApiRecord(value: Record<string, unknown>): ItemReading {
  const checked = checkShape(shape, value)
  if (!checked.ok) return { isDocument: true, recallNumber: null, recall: checked }
  const row = checked.value
  const active = row.field_active_notice.join('').toLowerCase()
  const notice: FsisNotice = {
    number: row.field_recall_number.join(' '),
    numberField: 'field_recall_number',
    spanish: /^(?:spanish|es)\b/i.test(row.langcode),
    title: htmlText(row.field_title.join(' ')),
    titleField: 'field_title',
    published: { field: 'field_recall_date', said: row.field_recall_date.join(' '), day: isoDay(row.field_recall_date.join(' ')) },
    type: row.field_recall_type.join(' '),
    riskLevel: row.field_recall_classification[0] ?? row.field_risk_level.join(' '),
    reason: row.field_recall_reason.map(htmlText).join(', '),
    firm: row.field_establishment.map(htmlText).join('; '),
    products: row.field_product_items.map(htmlText),
    summary: htmlText(row.field_summary.join('\n')),
    states: row.field_states.map(htmlText).join(', '),
    active: active === 'true' ? true : active === 'false' ? false : null,
    url: row.field_recall_url[0] ?? null,
  }
  return { isDocument: true, recallNumber: fsisNumber(notice), recall: readNotice(notice) }
}
