/** What FSIS says in one notice, as a recall. Pure. */
import { fail, ok, type Result } from '../../platform/result.ts'
import type { Recall } from '../../recalls/index.ts'
import { readFoodHazards } from '../food/hazards.ts'
import { readFoodBrands, readFoodNouns } from '../food/names.ts'
import { numberOf } from '../formats/shape.ts'
import { recallOf, severityOf } from '../formats/recall-of.ts'
import { readCodes } from '../read/codes.ts'
import { readGtins } from '../read/gtins.ts'
import { readRemedies } from '../read/remedies.ts'
import { nameText, prose } from '../formats/prose.ts'
import { distinct } from '../read/text.ts'

export type FsisNotice = {
  number: string
  numberField: string
  spanish: boolean
  title: string
  titleField: string
  published: { field: string; said: string; day: string | null }
  type: string
  riskLevel: string
  reason: string
  firm: string
  products: string[]
  summary: string
  states: string
  active: boolean | null
  url: string | null
}

/**
 * English and Spanish notices have one number. The English one keeps it; the Spanish one is a recall of its own, `006-2020-ES`, linked as a
 * translation, so that neither is a correction of the other and buyers can be given the agency's own Spanish words.
 */
export function fsisNumber({ number, spanish }: Pick<FsisNotice, 'number' | 'spanish'>): string | null {
  const kept = numberOf(number)
  return kept === '' ? null : spanish ? `${kept}-ES` : kept
}

export function readNotice(notice: FsisNotice): Result<Recall> {
  const recallNumber = fsisNumber(notice)
  if (recallNumber === null) return fail('invalid', 'the recall number is missing', notice.numberField)
  if (notice.title === '') return fail('invalid', 'the title is missing', notice.titleField)
  const { said, day, field } = notice.published
  if (day === null) return fail('invalid', said === '' ? 'the date is missing' : `${JSON.stringify(said)} is not a date`, field)
  const title = nameText(notice.title)
  const items = notice.products.flatMap((text) => prose(text).split(/\s*•\s*/)).filter((item) => item !== '')
  const summary = prose(notice.summary)
  const labels = distinct(items.flatMap(labelsOf))
  const codes = readCodes([...items, summary].join(' . '))
  const number = numberOf(notice.number)
  const alert = /\bpublic health alert\b/i.test(`${notice.type} ${notice.riskLevel}`) || number.startsWith('PHA')
  return ok(
    recallOf('FSIS', 'USD', {
      recallNumber,
      kind: alert ? 'safety_alert' : 'recall',
      title: notice.title,
      publishedOn: day,
      url: notice.url,
      description: [...notice.products, notice.summary].filter((text) => text !== '').join('\n\n'),
      products: (labels.length > 0 ? labels : [productOfTitle(title)]).map((name) => ({ name, model: null, unitsText: null })),
      hazardText: notice.reason,
      remedyText: '',
      soldText: notice.states,
      firms: notice.firm === '' ? [] : [{ role: 'recalling firm', name: notice.firm }],
      hazards: readFoodHazards([notice.reason, notice.title]),
      remedies: readRemedies([], summary),
      childrensProduct: false,
      expands: expandedBy(number),
      ...severityOf(alert ? '' : notice.riskLevel),
      ...(notice.active === null ? {} : { oversight: notice.active ? ('open' as const) : ('closed' as const) }),
      ...(notice.spanish ? { language: 'es', jointWith: [{ agency: 'FSIS', url: null, number, how: 'translation' as const }] } : {}),
      scope: {
        brands: readFoodBrands(labels.slice(0, 40), notice.firm === '' ? [] : notice.firm.split('; ')),
        productNouns: notice.spanish ? [] : readFoodNouns([...labels.slice(0, 40), productOfTitle(title)]),
        models: codes.models,
        gtins: readGtins([...items, summary].join(' . ')),
        // The notice's texts give some of the codes and send to its labels for the others.
        lots: codes.lots.length > 0 ? [...codes.lots.filter((lot) => lot !== '*'), '*'] : [],
      },
    }),
  )
}

/** What is printed on a package, in quotation marks: `"SAINT COXINHA XL CHICKEN CROQUETTES"`. Dates and establishment numbers are quoted too. */
function labelsOf(item: string): string[] {
  return [...item.matchAll(/"([^"]{4,120})"/g)]
    .map((match) => match[1]!.replace(/[,.;\s]+$/, '').trim())
    .filter(
      (label) =>
        /[A-Za-z]{3}/.test(label) &&
        !/^(?:EST|P-|M-)?[\s.]*\d|\b(?:best|use|sell|freeze) (?:if|by|before)|\bEST\.?\s*\d|^\W*[PM]-?\d/i.test(label),
    )
    .filter((label) => label.split(/\s+/).filter((word) => /[A-Za-z]{2}/.test(word)).length >= 2)
}

function productOfTitle(title: string): string {
  return (
    /\b(?:Recalls?|Alert for|Retira)\s+(.*?)(?:\s+(?:Due to|Because of|Debido|Produced|Produc|That|Que|Without)\b.*)?$/i.exec(title)?.[1] ??
    title
  ).trim()
}

/** `040-2022-EXP` expands `040-2022`. */
function expandedBy(number: string): string[] {
  const base = /^(\d{3}-\d{4}|PHA-\d+-\d+)-?EXP/.exec(number)?.[1]
  return base === undefined ? [] : [base]
}
