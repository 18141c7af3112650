/** The smallest part of a text for which a reader still gives what it gave for the whole. Pure. */
import type { Range } from './evidence-map.ts'

/** Words of one text that are dropped one by one at most; a longer one is a table. */
const WORDS_MAX = 4_000

/**
 * The part of `text` without the words at its end and its beginning that `holds` does not need. Halving finds where each side stops; a place
 * where the words beside it would make the reader say otherwise ("lead", of "can lead to") is none, and is then looked for word by word.
 * Null where `holds` is not true of the whole.
 */
export function smallestPart(text: string, holds: (part: string) => boolean): Range | null {
  if (!holds(text)) return null
  const words = [...text.matchAll(/\S+/g)].map((match) => ({ start: match.index, end: match.index + match[0].length }))
  if (words.length === 0 || words.length > WORDS_MAX) return { start: 0, end: text.length }
  const part = (from: number, to: number) => text.slice(words[from]!.start, words[to - 1]!.end)
  const whole = [0, words.length] as const
  let [from, to] = halved(whole, (a, b) => holds(part(a, b)))
  if (!holds(part(Math.max(0, from - 1), Math.min(words.length, to + 1)))) [from, to] = oneByOne(whole, (a, b) => holds(part(a, b)))
  return withoutSigns(text, { start: words[from]!.start, end: words[to - 1]!.end }, holds)
}

type Holds = (from: number, to: number) => boolean

/** Each side by halving. It ends where `holds` is true and with one word less is not. */
function halved([first, last]: readonly [number, number], holds: Holds): [number, number] {
  let [short, to] = [first, last]
  while (to - short > 1) {
    const middle = (short + to) >> 1
    if (holds(first, middle)) to = middle
    else short = middle
  }
  let [from, long] = [first, to]
  while (long - from > 1) {
    const middle = (from + long) >> 1
    if (holds(middle, to)) from = middle
    else long = middle
  }
  return [from, to]
}

/** Words dropped one by one by this way of looking: more would take long. */
const STEPS_MAX = 200

function oneByOne([first, last]: readonly [number, number], holds: Holds): [number, number] {
  let [from, to] = [first, last]
  for (let step = 0; step < STEPS_MAX && to - 1 > from && holds(from, to - 1); step++) to--
  for (let step = 0; step < STEPS_MAX && from + 1 < to && holds(from + 1, to); step++) from++
  return [from, to]
}

/** Without the signs around it: the full stop of the sentence, an opening bracket. */
function withoutSigns(text: string, range: Range, holds: (part: string) => boolean): Range {
  const said = text.slice(range.start, range.end)
  const before = /^[^\p{L}\p{N}$£€]*/u.exec(said)![0].length
  const after = /[^\p{L}\p{N}%¢]*$/u.exec(said)![0].length
  const bare = { start: range.start + before, end: range.end - after }
  return bare.start < bare.end && holds(text.slice(bare.start, bare.end)) ? bare : range
}
