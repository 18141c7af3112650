/** A text with stretches of it marked, some within others. Pure, for pages of the server and of the desk alike. */

/** From `start` up to and without `end`. */
export type Stretch = { start: number; end: number }

/** The outer one first where two begin together. */
export function byStart(one: Stretch, other: Stretch): number {
  return one.start - other.start || other.end - one.end
}

/** A stretch of text, or marked words with what is marked within them. `begins` is false for what goes on from an earlier paragraph. */
export type MarkedNode<Place> = string | { place: Place; begins: boolean; nodes: MarkedNode<Place>[] }

/**
 * The text from `from` up to `to` with its marks, each within another or apart from it: of two that cross, the later begins where the earlier
 * ends. `places` are in the order of the text.
 */
export function markedNodes<Place extends Stretch>(
  text: string,
  [from, to]: readonly [number, number],
  places: readonly Place[],
): MarkedNode<Place>[] {
  const marks = places
    .map((place) => ({ place, begins: place.start >= from, start: Math.max(place.start, from), end: Math.min(place.end, to) }))
    .filter(({ start, end }) => start < end)
  return nodesWithin(text, [from, to], apart(marks))
}

type Mark<Place> = { place: Place; begins: boolean } & Stretch

function apart<Place>(marks: readonly Mark<Place>[]): Mark<Place>[] {
  const waiting = marks.toSorted(byStart)
  const kept: Mark<Place>[] = []
  const open: Mark<Place>[] = []
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

function nodesWithin<Place>(text: string, [from, to]: readonly [number, number], marks: readonly Mark<Place>[]): MarkedNode<Place>[] {
  const nodes: MarkedNode<Place>[] = []
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
