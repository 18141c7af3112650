/** One CPSC document as a recall: the agency's words as they are, and the scope read from them. Pure. */
import { fail, ok, type Result } from '../../platform/result.ts'
import type { Recall, RecallKind } from '../../recalls/index.ts'
import { readScope } from './scope.ts'
import { recallNumberOf, type CpscRecall } from './shape.ts'

/** The recall, or what is wrong with the document and in which field. */
export function readRecall(document: CpscRecall): Result<Recall> {
  const recallNumber = recallNumberOf(document.RecallNumber)
  if (document.RecallID === 0 || recallNumber === '') {
    // The API answers errors with status 200 in the shape of a recall without a number.
    const said = document.Title || document.Description
    return fail(
      'unavailable',
      `this is no recall but an error of the agency: ${said === '' ? 'it has no recall number' : said}`,
      'RecallNumber',
    )
  }
  const publishedOn = dateOf(document.RecallDate)
  if (publishedOn === null) {
    const said = document.RecallDate === '' ? 'the date is missing' : `${JSON.stringify(document.RecallDate)} is not a date`
    return fail('invalid', said, 'RecallDate')
  }
  if (document.Title === '') return fail('invalid', 'the title is missing', 'Title')
  return ok({
    agency: 'CPSC',
    recallNumber,
    kind: kindOf(document.Title),
    title: document.Title,
    publishedOn,
    url: document.URL || null,
    description: document.Description,
    products: document.Products.map((each) => ({ name: each.Name, model: each.Model || null, unitsText: each.NumberOfUnits || null })),
    hazardText: texts(document.Hazards),
    remedyText: texts(document.Remedies),
    incidentText: texts(document.Injuries),
    soldText: texts(document.Retailers),
    contactText: document.ConsumerContact || null,
    firms: [
      ...document.Manufacturers.map(({ Name }) => ({ role: 'manufacturer' as const, name: Name })),
      ...document.Importers.map(({ Name }) => ({ role: 'importer' as const, name: Name })),
      ...document.Distributors.map(({ Name }) => ({ role: 'distributor' as const, name: Name })),
    ].filter((firm) => firm.name !== ''),
    countriesOfOrigin: document.ManufacturerCountries.map((each) => each.Country).filter((country) => country !== ''),
    images: document.Images.filter((each) => each.URL !== '').map((each) => ({ url: each.URL, caption: each.Caption || null })),
    ...readScope(document, recallNumber),
  })
}

function texts(entries: readonly { Name: string }[]): string {
  return entries
    .map((entry) => entry.Name)
    .filter((name) => name !== '')
    .join(' ')
}

/** `2023-07-20T00:00:00` → `2023-07-20`; null where it is no day of the calendar. */
function dateOf(text: string): string | null {
  const day = /^(\d{4}-\d{2}-\d{2})(?:T|$)/.exec(text)?.[1]
  if (day === undefined) return null
  const date = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) ? day : null
}

/** Warnings without a remedy say so in their title; "(Recall Alert)" is a recall. */
function kindOf(title: string): RecallKind {
  return /\b(?:safety alert|warns?|warnings?)\b/i.test(title) && !/\brecall/i.test(title) ? 'safety_alert' : 'recall'
}
