/** Two recalls side by side, fact by fact: what helps to see whether they are one. Pure. */
import type { Recall } from '../recalls/types.ts'
import { count, day, listed, monthRange } from '../ui/format.ts'
import { word } from '../ui/words.ts'
import type { RecallPair } from './types.ts'

export type PairFact = { name: string; one: string; other: string }

const NOT_STATED = 'not stated'
const CODES_SHOWN = 12

/** Facts that at least one of them states. */
export function pairFacts(one: Recall, other: Recall): PairFact[] {
  const facts: [name: string, of: (recall: Recall) => string][] = [
    ['Published', (recall) => day(recall.published_on)],
    ['Products', (recall) => some(recall.products.map((product) => [product.name, product.model].filter(Boolean).join(', model ')))],
    ['Brands', (recall) => some(recall.scope.brands)],
    ['Models', (recall) => some(recall.scope.models)],
    ['Bar codes', (recall) => some(recall.scope.gtins)],
    ['Lots', (recall) => some(recall.scope.lots)],
    ['Danger', (recall) => some(recall.hazards.map((hazard) => word(hazard).toLowerCase()))],
    ['Remedy', (recall) => some(recall.remedies.map((remedy) => word(remedy).toLowerCase()))],
    ['Units', units],
    ['Sold', (recall) => monthRange(recall.scope.sold_from, recall.scope.sold_to) ?? ''],
    ['Companies', (recall) => some(recall.firms.map((firm) => firm.name))],
    ['Made in', (recall) => some(recall.countries_of_origin)],
  ]
  return facts.flatMap(([name, of]) => {
    const [said, alsoSaid] = [of(one), of(other)]
    return said === '' && alsoSaid === '' ? [] : [{ name, one: said || NOT_STATED, other: alsoSaid || NOT_STATED }]
  })
}

function units({ scope }: Recall): string {
  const elsewhere = Object.entries(scope.units_elsewhere).map(([country, many]) => `${count(many)} in ${country}`)
  return [scope.units === null ? '' : count(scope.units), ...elsewhere].filter(Boolean).join(', and ')
}

function some(items: readonly string[]): string {
  const unique = [...new Set(items.filter((item) => item.trim() !== ''))]
  const rest = unique.length - CODES_SHOWN
  return rest > 0 ? `${unique.slice(0, CODES_SHOWN).join(', ')} and ${count(rest)} more` : listed(unique)
}

/** The pair to look at after this one: the next that waits, else none. */
export function pairAfter(waiting: readonly RecallPair[], here: Pick<RecallPair, 'recall_id' | 'other_recall_id'>): RecallPair | null {
  const at = waiting.findIndex((each) => each.recall_id === here.recall_id && each.other_recall_id === here.other_recall_id)
  return waiting[at + 1] ?? null
}

export function pairBefore(waiting: readonly RecallPair[], here: Pick<RecallPair, 'recall_id' | 'other_recall_id'>): RecallPair | null {
  const at = waiting.findIndex((each) => each.recall_id === here.recall_id && each.other_recall_id === here.other_recall_id)
  return at <= 0 ? null : waiting[at - 1]!
}
