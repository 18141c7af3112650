/**
 * The UK's Office for Product Safety and Standards on GOV.UK: the content interface, one object per notice with its text as HTML, and the search
 * interface, which lists notices with a title and a sentence. A page of search results finds notices; taken in as recalls they say little.
 */
import { z } from 'zod'
import { fail, ok, type Result } from '../../platform/result.ts'
import type { Recall, RecallKind } from '../../recalls/index.ts'
import type { AgencyFeed, FeedItem, ItemReading } from '../contract.ts'
import { isoDay } from '../formats/dates.ts'
import { splitByForm } from '../formats/forms.ts'
import { htmlText, sectionsOf, tableRows } from '../formats/html.ts'
import { isPlaceholder, recallOf, severityOf } from '../formats/recall-of.ts'
import { checkShape, jsonObject, listOf, noDocument, numberOf, text, texts } from '../formats/shape.ts'
import { splitJsonIn } from '../formats/wrapped-json.ts'
import { readChildrensProduct } from '../read/children.ts'
import { readHazards } from '../read/hazards.ts'
import { readNouns } from '../read/nouns.ts'
import { readRemedies } from '../read/remedies.ts'
import { nameText, prose } from '../formats/prose.ts'
import { distinct } from '../read/text.ts'
import { readTable, type ProductTable } from './table.ts'

export const opss: AgencyFeed = { agency: 'OPSS', split: splitByForm({ json: splitJsonIn('results') }), parse: parseItem }

const metadata = z.object({
  product_alert_type: text,
  product_category: text,
  product_measure_type: texts,
  product_recall_alert_date: text,
  product_risk_level: text,
})

const content = z.object({
  base_path: text,
  title: text,
  description: text,
  first_published_at: text,
  details: z.object({
    body: text,
    attachments: listOf(z.object({ title: text, url: text, content_type: text })),
    metadata,
  }),
})

const result = metadata.extend({ title: text, link: text, description: text, public_timestamp: text })

type Notice = z.infer<typeof metadata> & {
  path: string
  title: string
  description: string
  published: { field: string; said: string; day: string | null }
  body: string
  images: { url: string; caption: string | null }[]
}

function parseItem({ bytes }: FeedItem): ItemReading {
  const read = jsonObject(bytes)
  if (!read.ok) return noDocument(read)
  const inFull = 'details' in read.value
  const notice = inFull ? noticeOfContent(read.value) : noticeOfResult(read.value)
  if (!notice.ok) return { isDocument: true, recallNumber: null, recall: notice }
  const reading = { isDocument: true, recallNumber: noticeNumber(notice.value), recall: readNotice(notice.value) }
  return inFull ? reading : { ...reading, tells: ['kind', 'title'] }
}

function noticeOfContent(value: Record<string, unknown>): Result<Notice> {
  const checked = checkShape(content, value)
  if (!checked.ok) return checked
  const { base_path, title, description, first_published_at, details } = checked.value
  const said = details.metadata.product_recall_alert_date
  return ok({
    ...details.metadata,
    path: base_path,
    title,
    description,
    published: { field: 'details.metadata.product_recall_alert_date', said, day: isoDay(said) ?? isoDay(first_published_at) },
    body: details.body,
    images: details.attachments
      .filter((each) => each.content_type.startsWith('image/'))
      .map((each) => ({ url: each.url, caption: each.title || null })),
  })
}

function noticeOfResult(value: Record<string, unknown>): Result<Notice> {
  const checked = checkShape(result, value)
  if (!checked.ok) return checked
  const { link, title, description, public_timestamp, ...said } = checked.value
  const day = isoDay(said.product_recall_alert_date) ?? isoDay(public_timestamp)
  return ok({
    ...said, path: link, title, description, body: '', images: [],
    published: { field: 'product_recall_alert_date', said: said.product_recall_alert_date, day },
  }) // prettier-ignore
}

/** The number stands in the title, "(2609-0229)", in the body and at the end of the address. */
function noticeNumber(notice: Notice): string | null {
  const number =
    /\((\d{4}-\d{3,5})\)\s*$/.exec(notice.title)?.[1] ??
    /\bnotification number:\s*(\d{4}-\d{3,5})/i.exec(htmlText(notice.body))?.[1] ??
    /-(\d{4}-\d{3,5})$/.exec(notice.path)?.[1]
  return number === undefined ? null : numberOf(number)
}

const NO_TABLE: ProductTable = {
  brands: [],
  models: [],
  batches: [],
  allBatches: false,
  gtins: [],
  otherCodes: [],
  type: '',
  description: '',
  countries: [],
  marketplaceIds: [],
}

function readNotice(notice: Notice): Result<Recall> {
  const recallNumber = noticeNumber(notice)
  if (recallNumber === null) return fail('invalid', 'neither the title nor the text nor the address has a notification number', 'title')
  const { said, day, field } = notice.published
  if (day === null) return fail('invalid', said === '' ? 'the date is missing' : `${JSON.stringify(said)} is not a date`, field)
  const rows = tableRows(notice.body)
  const table = rows.length === 0 ? NO_TABLE : readTable(rows)
  const sections = sectionsOf(notice.body)
  const hazardText = htmlText(sections.get('hazard') ?? '') || notice.description
  const action = htmlText(sections.get('corrective action') ?? '')
  const product = productOf(notice)
  const measures = notice.product_measure_type.map((measure) => measure.replaceAll('-', ' '))
  const reference = table.otherCodes.length === 0 ? '' : `Other codes printed as bar codes: ${table.otherCodes.join(', ')}`
  return ok(
    recallOf('OPSS', 'GBP', {
      recallNumber,
      kind: kindOf(notice),
      title: notice.title,
      publishedOn: day,
      url: notice.path === '' ? null : `https://www.gov.uk${notice.path}`,
      description: [table.description || htmlText(sections.get('summary') ?? '') || notice.description, reference]
        .filter((part) => part !== '')
        .join('\n\n'),
      products: [{ name: product, model: table.models[0] ?? null, unitsText: null }],
      hazardText,
      remedyText: [action, measures.join('; ')].filter((part) => part !== '').join('\n'),
      hazards: readHazards([prose(hazardText), prose(notice.description)]),
      remedies: readRemedies([], prose(action)),
      countriesOfOrigin: table.countries,
      images: notice.images,
      childrensProduct: /\btoy|child|baby/i.test(`${notice.product_category} ${table.type}`)
        ? true
        : readChildrensProduct([product], prose(table.description)),
      ...severityOf(notice.product_risk_level),
      scope: {
        brands: table.brands,
        productNouns: readNouns([product]),
        models: table.models,
        gtins: table.gtins,
        // "(All batches)": those that are printed are examples, and none is left out.
        lots: table.allBatches ? [] : table.batches,
        soldAt: soldAt(notice.title),
        ...(table.marketplaceIds.length === 0 ? {} : { marketplaceIds: table.marketplaceIds }),
      },
    }),
  )
}

/** "Product Recall: My First Baby Spinner sold by The Works (2609-0229)" → My First Baby Spinner. */
function productOf(notice: Notice): string {
  const name = nameText(notice.title)
    .replace(/^Product (?:Recall|Safety Report|Safety Alert|Safety Recall)s?\s*[:–-]\s*/i, '')
    .replace(/\s*\(\d{4}-\d{3,5}\)\s*$/, '')
    .replace(/\s+sold (?:by|via|on|at|through|from)\s+.*$/i, '')
  return name === '' ? nameText(notice.title) : name
}

function soldAt(title: string): string[] {
  const sellers = /\bsold (?:by|via|on|at|through|from)\s+(.*?)(?:\s*\(\d{4}-\d{3,5}\))?\s*$/i.exec(nameText(title))?.[1] ?? ''
  return distinct(sellers.split(/\s*,\s*(?:and\s+)?|\s+and\s+/)).filter((name) => name !== '' && !isPlaceholder(name))
}

function kindOf(notice: Notice): RecallKind {
  const recalled =
    notice.product_alert_type === 'product-recall' || notice.product_measure_type.includes('recall-of-product-from-end-users')
  return recalled || (notice.product_alert_type === '' && /^Product Recall\b/i.test(notice.title)) ? 'recall' : 'safety_alert'
}
