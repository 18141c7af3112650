/** Which words of a recall's texts say which of its facts, with an address for each, so that a page can lead from the one to the other. Pure. */
import { spansOf, type EvidenceField, type TextName, type ValueSpan } from '../feeds/index.ts'
import type { Recall } from '../recalls/index.ts'

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

/** The outer one first where two begin together. */
function byStart(one: { start: number; end: number }, other: { start: number; end: number }): number {
  return one.start - other.start || other.end - one.end
}

/** A stretch of text, or marked words with what is marked within them. `begins` is false for what goes on from an earlier paragraph. */
export type MarkedNode = string | { place: EvidencePlace; begins: boolean; nodes: MarkedNode[] }

/**
 * The text from `from` up to `to` with its marks, each within another or apart from it: of two that cross, the later begins where the earlier
 * ends. `places` are in the order of the text.
 */
export function markedNodes(text: string, [from, to]: readonly [number, number], places: readonly EvidencePlace[]): MarkedNode[] {
  const marks = places
    .map((place) => ({ place, begins: place.start >= from, start: Math.max(place.start, from), end: Math.min(place.end, to) }))
    .filter(({ start, end }) => start < end)
  return nodesWithin(text, [from, to], apart(marks))
}

type Mark = { place: EvidencePlace; begins: boolean; start: number; end: number }

function apart(marks: readonly Mark[]): Mark[] {
  const waiting = marks.toSorted(byStart)
  const kept: Mark[] = []
  const open: Mark[] = []
  for (let at = 0; at < waiting.length; at++) {
    const mark = waiting[at]!
    while (open.length > 0 && open.at(-1)!.end <= mark.start) open.pop()
    const around = open.at(-1)
    if (around !== undefined && mark.end > around.end) {
      // It goes on behind the mark that it crosses, and is looked at again in its new place.
      const later = { ...mark, start: around.end }
      const next = waiting.findIndex((each, index) => index > at && byStart(each, later) > 0)
      waiting.splice(next < 0 ? waiting.length : next, 0, later)
      continue
    }
    kept.push(mark)
    open.push(mark)
  }
  return kept
}

function nodesWithin(text: string, [from, to]: readonly [number, number], marks: readonly Mark[]): MarkedNode[] {
  const nodes: MarkedNode[] = []
  let at = from
  for (let index = 0; index < marks.length;) {
    const mark = marks[index]!
    let next = index + 1
    while (next < marks.length && marks[next]!.start < mark.end) next++
    if (mark.start > at) nodes.push(text.slice(at, mark.start))
    const within = nodesWithin(text, [mark.start, mark.end], marks.slice(index + 1, next))
    nodes.push({ place: mark.place, begins: mark.begins, nodes: within })
    at = mark.end
    index = next
  }
  if (at < to) nodes.push(text.slice(at, to))
  return nodes
}
