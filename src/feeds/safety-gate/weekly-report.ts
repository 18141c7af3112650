/**
 * An alert of the official weekly XML report. Each stands in an element `notifications`; the day of the report, which is the day of all its alerts,
 * stands before the first and comes with each as `report_date`.
 */
import { isUtf8 } from 'node:buffer'
import { fail } from '../../platform/result.ts'
import type { ItemReading } from '../contract.ts'
import { dayFirstDay, isoDay } from '../formats/dates.ts'
import { htmlText } from '../formats/html.ts'
import { noDocument, numberOf } from '../formats/shape.ts'
import { splitXml } from '../formats/split-xml.ts'
import { childText, childTexts, readXml } from '../formats/xml.ts'
import { readAlert } from './alert.ts'

export const splitWeeklyReport = splitXml({ items: ['notifications', 'notification'], head: ['report_date'] })

export function readWeeklyAlert(bytes: Buffer): ItemReading {
  if (!isUtf8(bytes)) return noDocument(fail('invalid', 'the item is not valid UTF-8 text'))
  const read = readXml(bytes.toString('utf8').replaceAll('\0', ''))
  if (!read.ok) return noDocument(read)
  const alert = read.value.at(-1)
  if (alert === undefined) return noDocument(fail('invalid', 'the item is no alert of a weekly report'))
  const said = read.value.find((element) => element.name === 'report_date')?.text.trim() ?? ''
  const number = childText(alert, 'caseNumber')
  const reference = childText(alert, 'reference')
  const recall = readAlert({
    number,
    numberField: 'caseNumber',
    published: { field: 'report_date', said, day: dayFirstDay(said) ?? isoDay(said) },
    url: /^https?:\/\//.test(reference) ? reference : null,
    product: childText(alert, 'product'),
    name: childText(alert, 'name'),
    category: childText(alert, 'category'),
    brands: childTexts(alert, 'brand'),
    models: childTexts(alert, 'type_numberOfModel'),
    batches: childTexts(alert, 'batchNumber'),
    barcodes: childTexts(alert, 'barcode'),
    description: htmlText(childText(alert, 'description')),
    packaging: htmlText(childText(alert, 'packageDescription')),
    riskTypes: childTexts(alert, 'riskType').flatMap((text) => text.split(/\s*[,;]\s*/)),
    danger: htmlText(childText(alert, 'danger')),
    provision: '',
    measures: childTexts(alert, 'measures').map((text) => htmlText(text).replaceAll('\n', ' ')),
    level: childText(alert, 'level'),
    notifyingCountry: childText(alert, 'notifyingCountry'),
    originCountry: childText(alert, 'countryOfOrigin'),
    soldOnline: null,
    traders: childTexts(alert, 'onlineTrader').map((trader) => ({ trader, id: '' })),
    imageUrls: alert.children
      .filter((child) => child.name === 'pictures')
      .flatMap((pictures) => [...childTexts(pictures, 'picture'), ...(pictures.children.length === 0 ? pictures.text.split(/\s+/) : [])])
      .filter((url) => url.startsWith('https://')),
    recallUrls: childTexts(alert, 'URLrecall').filter((url) => /^https?:\/\//.test(url)),
    madeText: childText(alert, 'productionDates'),
    correction: '',
  })
  return { isDocument: true, recallNumber: numberOf(number) || null, recall }
}
