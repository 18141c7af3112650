/** A record of a recall's page as a public collection took it: each field begins with the heading above it and may end with the next one. */
import { z } from 'zod'
import type { ItemReading } from '../contract.ts'
import { isoDay } from '../formats/dates.ts'
import { numberOfAddress } from '../formats/press.ts'
import { checkShape, text, texts } from '../formats/shape.ts'
import { readPage, type RecallPage } from './page.ts'

const shape = z.object({
  id: text,
  sourceUrl: text,
  title: text,
  supplierName: text,
  publishedDate: text,
  categories: texts,
  detail: z
    .object({
      productDescription: text,
      brand: text,
      hazards: text,
      defect: text,
      consumerAction: text,
      traders: text,
      saleDates: text,
      manufacturerCountry: text,
      identifyingNumbers: text,
    })
    .nullish(),
})

export function readScraped(value: Record<string, unknown>): ItemReading {
  const checked = checkShape(shape, value)
  if (!checked.ok) return { isDocument: true, recallNumber: null, recall: checked }
  const row = checked.value
  const detail = row.detail
  const page: RecallPage = {
    title: row.title,
    url: row.sourceUrl.startsWith('https://') ? row.sourceUrl : null,
    published: { field: 'publishedDate', said: row.publishedDate, day: isoDay(row.publishedDate) },
    description: withoutHeadings(detail?.productDescription ?? '', /^Product description\b/i),
    brand: withoutHeadings(detail?.brand ?? '', /^Brand\b/i),
    identifiers: withoutHeadings(detail?.identifyingNumbers ?? '', /^Identifying numbers\b/i),
    defect: withoutHeadings(detail?.defect ?? '', /^What are the defects\??/i),
    hazards: withoutHeadings(detail?.hazards ?? '', /^The hazards to consumers\b/i),
    action: withoutHeadings(detail?.consumerAction ?? '', /^What (?:should consumers|to) do\??/i),
    supplier: row.supplierName,
    traders: withoutHeadings(detail?.traders ?? '', /^(?:Traders who sold this product|Where (?:was it )?sold)\b/i),
    saleDates: withoutHeadings(detail?.saleDates ?? '', /^Dates available for sale\b/i),
    country: withoutHeadings(detail?.manufacturerCountry ?? '', /^Manufacturer country(?: ID)?\b/i),
    categories: row.categories.join(', '),
    imageUrl: null,
  }
  const recallNumber = numberOfAddress('', { url: page.url ?? (row.id === '' ? null : row.id), title: row.title })
  return { isDocument: true, recallNumber: recallNumber === '' ? null : recallNumber, recall: readPage(recallNumber, page) }
}

const NEXT_HEADING =
  /\s*\b(?:See a list of details to help identify the product|Identifying numbers|Where the product was sold|What are the defects\??)\s*$/i

function withoutHeadings(said: string, heading: RegExp): string {
  return said.replace(heading, '').replace(NEXT_HEADING, '').trim()
}
