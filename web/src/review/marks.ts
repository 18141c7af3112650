/** The places of reasons in a text: the text cut where marks begin and end. Pure. */

/** A place that a reason rests on; `reason` is its number on the page. */
export type Place = { start: number; end: number; reason: number }

/** A piece of the text and the reasons that rest on it. */
export type Segment = { text: string; reasons: number[] }

/** The pieces in order; together they are the text. Places may overlap, and those outside the text are cut off. */
export function segments(text: string, places: readonly Place[]): Segment[] {
  const inside = places
    .map(({ start, end, reason }) => ({ start: Math.max(0, start), end: Math.min(text.length, end), reason }))
    .filter(({ start, end }) => start < end)
    .map((place) => ({ ...place, end: wordEnd(text, place.end) }))
  const cuts = [...new Set([0, text.length, ...inside.flatMap(({ start, end }) => [start, end])])].toSorted((a, b) => a - b)
  const pieces: Segment[] = []
  for (let i = 0; i + 1 < cuts.length; i++) {
    const [from, to] = [cuts[i]!, cuts[i + 1]!]
    const reasons = inside.filter(({ start, end }) => start <= from && end >= to).map(({ reason }) => reason)
    pieces.push({ text: text.slice(from, to), reasons: [...new Set(reasons)].toSorted((a, b) => a - b) })
  }
  return pieces
}

/** A place that ends inside a word, before its plural's s, is shown to the end of the word. */
function wordEnd(text: string, end: number): number {
  let at = end
  while (at < text.length && at - end < 3 && /\p{L}/u.test(text[at - 1]!) && /\p{L}/u.test(text[at]!)) at++
  return at < text.length && /\p{L}/u.test(text[at]!) && /\p{L}/u.test(text[at - 1]!) ? end : at
}
