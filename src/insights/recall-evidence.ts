/** Which words of a recall's texts say which of its facts, with an address for each, so that a page can lead from the one to the other. Pure. */
import { spansOf, type EvidenceField, type TextName, type ValueSpan } from '../feeds/index.ts'
import type { Recall } from '../recalls/index.ts'
import { byStart } from './marks.ts'

/** One stretch of words. `id` is its address on the page, `factId` that of the first fact that it says. */
export type EvidencePlace = { id: string; factId: string; start: number; end: number }

type Value = ValueSpan['value']

export type Evidence = {
  /** The address of a value among the facts, and the places that say it: none, one, or one for each part of a sum. */
  of: (field: EvidenceField, value: Value) => { factId: string; places: readonly EvidencePlace[] }
  /** The places of one text, in the order of the text. */
  in: (text: TextName) => readonly EvidencePlace[]
}

/** Values of one field that are led to their places: of thousands of codes in a table, nobody looks at each. */
const VALUES_MAX = 300
/** Parts of one sum that are shown. */
const PARTS_MAX = 12

/** The evidence for those values of a recall that a page shows. Values that the same words say have one place. */
export function evidenceOf(recall: Recall, shown: readonly { field: EvidenceField; value: Value }[]): Evidence {
  const wanted = new Set(shown.map(({ field, value }) => factKey(field, value)))
  const facts = new Map<string, { factId: string; places: EvidencePlace[] }>()
  const byText = new Map<TextName, Map<string, EvidencePlace>>()
  const values = new Map<EvidenceField, number>()
  let places = 0
  for (const { field, value, text, start, end } of spansOf(recall)) {
    const key = factKey(field, value)
    if (!wanted.has(key)) continue
    const seen = values.get(field) ?? 0
    const fact = facts.get(key) ?? { factId: `fact-${facts.size + 1}`, places: [] }
    if (!facts.has(key)) {
      if (seen >= VALUES_MAX) continue
      values.set(field, seen + 1)
      facts.set(key, fact)
    }
    if (fact.places.length >= PARTS_MAX) continue
    const there = byText.get(text) ?? new Map<string, EvidencePlace>()
    byText.set(text, there)
    const range = `${start}-${end}`
    const place = there.get(range) ?? { id: `said-${++places}`, factId: fact.factId, start, end }
    there.set(range, place)
    fact.places.push(place)
  }
  const ordered = new Map([...byText].map(([text, there]) => [text, [...there.values()].toSorted(byStart)]))
  return {
    of: (field, value) => facts.get(factKey(field, value)) ?? { factId: '', places: [] },
    in: (text) => ordered.get(text) ?? [],
  }
}

function factKey(field: EvidenceField, value: Value): string {
  return `${field} ${value}`
}
