/**
 * The CPSC's recalls, as `https://www.saferproducts.gov/RestWebServices/Recall?format=json` gives them, one JSON array; and the table that the
 * agency's website exports.
 */
import { isUtf8 } from 'node:buffer'
import { fail, ok, type Result } from '../../platform/result.ts'
import type { Recall } from '../../recalls/index.ts'
import type { AgencyFeed, FeedItem, ItemReading } from '../contract.ts'
import { splitByForm } from '../formats/forms.ts'
import { readCpscJoint } from './joint.ts'
import { readRecall } from './recall.ts'
import { checkShape, recallNumberOf } from './shape.ts'
import { isExport, readExportRow, splitExport } from './website-export.ts'

export const cpsc: AgencyFeed = { agency: 'CPSC', split: splitByForm({ text: splitExport }), parse: parseItem }

function parseItem(item: FeedItem): ItemReading {
  const { bytes } = item
  if (!isUtf8(bytes)) return noDocument('the item is not valid UTF-8 text')
  if (isExport(bytes)) return readExportRow(item)
  let value: unknown
  try {
    value = JSON.parse(bytes.toString('utf8'))
  } catch (error) {
    return noDocument(`the item is not JSON: ${(error as Error).message}`)
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return noDocument('the item is not a JSON object')
  const shaped = checkShape(value)
  if (!shaped.ok) return { isDocument: true, recallNumber: numberIn(value), recall: shaped }
  const recall = readRecall(shaped.value)
  return { isDocument: true, recallNumber: numberIn(value), recall: recall.ok ? ok({ ...recall.value, ...readCpscJoint(value) }) : recall }
}

function noDocument(message: string): { isDocument: false; recallNumber: null; recall: Result<Recall> } {
  return { isDocument: false, recallNumber: null, recall: fail('invalid', message) }
}

function numberIn(value: object): string | null {
  const number = 'RecallNumber' in value && typeof value.RecallNumber === 'string' ? recallNumberOf(value.RecallNumber) : ''
  return number === '' ? null : number
}
