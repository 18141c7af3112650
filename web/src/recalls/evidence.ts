/** Which words of a recall say which of its facts, as the desk shows them. Pure. */
import { byStart } from '../../../src/insights/marks.ts'
import type { Span } from './types.ts'

/** One stretch of a text, and the facts that it says. `id` is its address on the page. */
export type Place = { id: string; start: number; end: number; text: string; quote: string; facts: string[] }

/** The places of each text in the order of the text, and those of each fact. */
export type Evidence = { byText: ReadonlyMap<string, readonly Place[]>; byFact: ReadonlyMap<string, readonly Place[]> }

export function factKey(field: string, value: unknown): string {
  return `${field} ${String(value)}`
}

/** Words that say several facts are one place. */
export function evidenceOf(spans: readonly Span[]): Evidence {
  const places = new Map<string, Place>()
  const byFact = new Map<string, Place[]>()
  for (const { field, value, text, start, end, quote } of spans) {
    const range = `${text} ${start} ${end}`
    const place = places.get(range) ?? { id: `said-${places.size + 1}`, start, end, text, quote, facts: [] }
    places.set(range, place)
    const key = factKey(field, value)
    if (!place.facts.includes(key)) place.facts.push(key)
    const known = byFact.get(key)
    if (known === undefined) byFact.set(key, [place])
    else if (!known.includes(place)) known.push(place)
  }
  const byText = Map.groupBy(places.values(), (place) => place.text)
  return { byText: new Map([...byText].map(([text, there]) => [text, there.toSorted(byStart)])), byFact }
}
