/** A record as a public collection of FSIS recalls renamed it (`title`, `notification_dttm`, …): the only full history that there is without the agency's own dump. */
import { z } from 'zod'
import type { ItemReading } from '../contract.ts'
import { isoDay } from '../formats/dates.ts'
import { htmlText } from '../formats/html.ts'
import { checkShape, text, texts } from '../formats/shape.ts'
import { fsisNumber, readNotice, type FsisNotice } from './notice.ts'

const shape = z.object({
  title: text,
  notice_id_number: text,
  notification_dttm: text,
  recall_type: text,
  recall_classification: text,
  risk_level: text,
  recall_reason: text,
  company_name: text,
  product_description: text,
  impacted_states: texts,
  recall_url: text,
})

export function readStagedRecord(value: Record<string, unknown>): ItemReading {
  const checked = checkShape(shape, value)
  if (!checked.ok) return { isDocument: true, recallNumber: null, recall: checked }
  const row = checked.value
  const notice: FsisNotice = {
    number: row.notice_id_number,
    numberField: 'notice_id_number',
    spanish: isSpanish(row.title),
    title: htmlText(row.title),
    titleField: 'title',
    published: { field: 'notification_dttm', said: row.notification_dttm, day: isoDay(row.notification_dttm) },
    type: row.recall_type,
    riskLevel: row.recall_classification || row.risk_level,
    reason: htmlText(row.recall_reason),
    firm: htmlText(row.company_name),
    products: row.product_description === '' ? [] : [htmlText(row.product_description)],
    summary: '',
    states: row.impacted_states.join(', '),
    active: /^active/i.test(row.recall_type) ? true : /^closed/i.test(row.recall_type) ? false : null,
    url: row.recall_url === '' ? null : row.recall_url,
  }
  return { isDocument: true, recallNumber: fsisNumber(notice), recall: readNotice(notice) }
}

const SPANISH_WORDS =
  /\b(?:retira[nr]?|reporte|retirada|notificaci[oó]?n|retiran|retiro|emite|ampl[ií]a|expande|actualiza|alerta|salud|p[uú]blica|debido|productos?|posibles?|carne|pollo|salchichas?|cerdo|sin|en|un|una|con|el|la|los|las|del?|por|para|que|contienen?|y|empresa|firma|compa[nñ][ií]a|inspecci[oó]n|rotulaci[oó]n|al[eé]rgenos?|declarados?|listos?|contaminaci[oó]n|beneficio)\b/gi

/** The collection lost the language of its records; a Spanish headline has several of these words, an English one with a Spanish name one or two. */
export function isSpanish(title: string): boolean {
  const words = title.split(/\s+/).length
  return (title.match(SPANISH_WORDS)?.length ?? 0) >= Math.max(3, words * 0.2)
}
