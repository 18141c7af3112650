/** Reads feed files offline, without a database: the lines that `tocsin feed parse AGENCY FILE…` prints. */
import type { Agency, Recall } from '../recalls/index.ts'
import { FEEDS } from './agencies.ts'
import { quotedSpans, type QuotedSpan } from './evidence.ts'
import { excerptOf, type FeedProblem } from './contract.ts'
import { openFeedFile } from './feed-file.ts'

/** One recall as printed: months as `YYYY-MM`, prices in whole currency, codes as the agency prints them. */
export type RecallLine = ReturnType<typeof recallLine> & { spans?: QuotedSpan[] }

export type ParsedPart = { kind: 'recall'; line: RecallLine } | { kind: 'problem'; file: string; problem: FeedProblem }

/** Every recall and every problem of the files, in their order, in constant memory; with `spans`, each with the places that say its values. */
export async function* parseFeedFiles(
  agency: Agency,
  filePaths: readonly string[],
  { spans = false }: { spans?: boolean } = {},
): AsyncGenerator<ParsedPart, void, undefined> {
  const feed = FEEDS[agency]
  for (const file of filePaths) {
    const opened = await openFeedFile(file)
    if (!opened.ok) {
      yield { kind: 'problem', file, problem: { line: 0, field: '', problem: opened.problem.message, excerpt: '' } }
      continue
    }
    for await (const part of feed.split(opened.value.bytes)) {
      if (part.kind !== 'item') {
        yield { kind: 'problem', file, problem: part.problem }
        continue
      }
      const { recall } = feed.parse(part.item)
      if (recall.ok) yield { kind: 'recall', line: { ...recallLine(recall.value), ...(spans ? { spans: spanLines(recall.value) } : {}) } }
      else {
        const { message, field } = recall.problem
        yield {
          kind: 'problem',
          file,
          problem: { line: part.item.line, field: field ?? '', problem: message, excerpt: excerptOf(part.item.bytes) },
        }
      }
    }
  }
}

export function recallLine(recall: Recall) {
  const { scope } = recall
  return {
    agency: recall.agency,
    recall_number: recall.recallNumber,
    kind: recall.kind,
    title: recall.title,
    published_on: recall.publishedOn,
    url: recall.url,
    brands: scope.brands,
    product_nouns: scope.productNouns,
    models: scope.models,
    gtins: scope.gtins,
    units: scope.units,
    units_elsewhere: scope.unitsElsewhere,
    sold_from: scope.soldFrom,
    sold_to: scope.soldTo,
    price_min: inWhole(scope.priceMinMinor),
    price_max: inWhole(scope.priceMaxMinor),
    sold_at: scope.soldAt,
    online_only: scope.onlineOnly,
    lots: printed(scope.lots),
    serials: printed(scope.serials),
    manufactured_from: scope.manufacturedFrom,
    manufactured_to: scope.manufacturedTo,
    hazards: recall.hazards,
    remedies: recall.remedies,
    incidents: recall.incidents,
    injuries: recall.injuries,
    deaths: recall.deaths,
    expands: recall.expands,
    childrens_product: recall.childrensProduct,
  }
}

/** The places that say the values of a line, these as they stand in the line; `*` for "and others that the text does not print". */
export function spanLines(recall: Recall): QuotedSpan[] {
  return quotedSpans(recall).map((span) => {
    const { field, value } = span
    if (field === 'price_min' || field === 'price_max') return { ...span, value: Number(value) / 100 }
    return field === 'lots' || field === 'serials' ? { ...span, value: printed([String(value)])[0] ?? '*' } : span
  })
}

/** Codes as the agency prints them: the stars for "begins with" and "and others" are ours. */
function printed(codes: readonly string[]): string[] {
  return codes.map((code) => code.replace(/\*$/, '')).filter((code) => code !== '')
}

function inWhole(minor: number | null): number | null {
  return minor === null ? null : minor / 100
}
