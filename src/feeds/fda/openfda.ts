/** A row of `https://api.fda.gov/{food,drug,device}/enforcement.json`. */
import { z } from 'zod'
import type { ItemReading } from '../contract.ts'
import { compactDay } from '../formats/dates.ts'
import { agencyError, checkShape, text, textOrNumber, texts } from '../formats/shape.ts'
import { enforcementNumber, readEnforcementRow } from './row.ts'

const shape = z.object({
  recall_number: text,
  event_id: textOrNumber,
  recalling_firm: text,
  product_description: text,
  product_quantity: text,
  reason_for_recall: text,
  classification: text,
  status: text,
  distribution_pattern: text,
  code_info: text,
  more_code_info: text,
  recall_initiation_date: text,
  center_classification_date: text,
  report_date: text,
  openfda: z.object({ brand_name: texts }).nullish(),
})

/** What an answer without results is: openFDA says "no matches" as an error with status 404. */
const failure = z.object({ error: z.object({ code: text, message: text }) })

export function readOpenFda(value: Record<string, unknown>): ItemReading {
  const failed = failure.safeParse(value)
  if (failed.success) return agencyError(`${failed.data.error.code}: ${failed.data.error.message}`, 'error')
  const checked = checkShape(shape, value)
  if (!checked.ok) return { isDocument: true, recallNumber: null, recall: checked }
  const row = checked.value
  // The report is when the FDA published it; FDA's own lists of packages in `openfda` hold all strengths of a drug, so only its names are taken.
  const dates = [row.report_date, row.center_classification_date, row.recall_initiation_date]
  const read = readEnforcementRow({
    recallNumber: row.recall_number,
    eventId: row.event_id,
    firm: row.recalling_firm,
    product: row.product_description,
    quantity: row.product_quantity === 'N/A' ? '' : row.product_quantity,
    reason: row.reason_for_recall,
    classification: row.classification,
    status: row.status,
    distribution: row.distribution_pattern,
    codeInfo: row.code_info,
    moreCodeInfo: row.more_code_info,
    brandNames: row.openfda?.brand_name ?? [],
    published: { field: 'report_date', said: row.report_date, day: dates.map(compactDay).find((day) => day !== null) ?? null },
  })
  const known = row.recall_number !== '' || row.event_id !== ''
  const number = known
    ? enforcementNumber({ recallNumber: row.recall_number, eventId: row.event_id, product: row.product_description })
    : null
  return { isDocument: true, recallNumber: number, recall: read }
}
