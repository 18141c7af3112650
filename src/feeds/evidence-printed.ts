/** Where values that are printed stand: names and numbers, found by their words whatever signs, case and blanks are between these. Pure. */
import { gtinOf, readGtins } from './read/gtins.ts'
import { readNouns } from './read/nouns.ts'
import { tokensOf } from './evidence-map.ts'
import { partOf, placeOf, type Place, type SourceText, type Texts } from './evidence-texts.ts'

/** Counts the comparisons of words: a test holds them to the length of the texts. */
export type Effort = { compared: number }

/** Places at which one value is looked for; a word that a text repeats more often is no name. */
const TRIED_MAX = 60

/** Where the words of a value stand one after the other, in the order of the text, beginning with the word number `from`. */
function occurrences(text: SourceText, words: readonly string[], from: number, effort: Effort): number[] {
  const { tokens, at } = text.words()
  const starts = at.get(words[0] ?? '') ?? []
  const found: number[] = []
  const begin = lowerBound(starts, from)
  for (let tried = begin; tried < starts.length && tried < begin + TRIED_MAX; tried++) {
    const start = starts[tried]!
    let length = 0
    while (length < words.length && tokens[start + length]?.word === words[length]) length++
    effort.compared += length + 1
    if (length === words.length) found.push(start)
  }
  return found
}

function lowerBound(sorted: readonly number[], value: number): number {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (sorted[middle]! < value) from = middle + 1
    else to = middle
  }
  return from
}

function placeOfWords(text: SourceText, start: number, length: number): Place {
  const { tokens } = text.words()
  return { text, start: tokens[start]!.start, end: tokens[start + length - 1]!.end }
}

function wordsOf(value: string): string[] {
  return tokensOf(value).map(({ word }) => word)
}

/** The first place of a name in the first text that has it. A name that is written in capitals there is preferred to an ordinary word. */
export function nameIn(texts: readonly SourceText[], value: string, effort: Effort): Place | null {
  const words = wordsOf(value)
  if (words.length === 0) return null
  let other: Place | null = null
  for (const text of texts) {
    const places = occurrences(text, words, 0, effort).map((start) => placeOfWords(text, start, words.length))
    const same = places.find(({ start, end }) => sameLetters(text.original.slice(start, end), value))
    if (same !== undefined) return same
    other ??= places[0] ?? null
  }
  return other
}

function sameLetters(said: string, value: string): boolean {
  const letters = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, '')
  return letters(said) === letters(value)
}

export type CodeKind = 'models' | 'lots' | 'serials'

const CUES: Record<CodeKind, RegExp> = {
  models: /\b(?:models?|styles?|items?|SKUs?|articles?|parts?|product|catalog|NDC|kits?|numbers?|no\.)\W*(?:\w+\W+){0,8}$/i,
  lots: /\b(?:lots?|batch(?:es)?|date|codes?|production|tracking|PO|use by|best by|expir\w*)\W*(?:\w+\W+){0,8}$/i,
  serials: /\b(?:serials?|S\/Ns?|VINs?)\W*(?:\w+\W+){0,8}$/i,
}
const CUE_REACH = 120

/**
 * The places of codes, in the order in which they were read, which is mostly that of the text: each is looked for behind the one before,
 * then behind a word that announces its kind, then anywhere.
 */
export function codesIn(texts: readonly SourceText[], kind: CodeKind, codes: readonly string[], effort: Effort): (Place | null)[] {
  let [last, next]: [SourceText | null, number] = [null, 0]
  return codes.map((code) => {
    const words = wordsOf(code)
    if (words.length === 0) return null
    let found: { text: SourceText; start: number } | null = null
    if (last !== null) {
      const start = occurrences(last, words, next, effort)[0]
      if (start !== undefined && start - next < LIST_GAP) found = { text: last, start }
    }
    found ??= announced(texts, kind, words, effort)
    if (found === null) return null
    ;[last, next] = [found.text, found.start + words.length]
    return placeOfWords(found.text, found.start, words.length)
  })
}

/** Words between two codes of one list. */
const LIST_GAP = 12

function announced(
  texts: readonly SourceText[],
  kind: CodeKind,
  words: readonly string[],
  effort: Effort,
): { text: SourceText; start: number } | null {
  let other: { text: SourceText; start: number } | null = null
  for (const text of texts) {
    const { tokens } = text.words()
    const starts = occurrences(text, words, 0, effort)
    const start = starts.find((each) => {
      const at = tokens[each]!.start
      return CUES[kind].test(text.original.slice(Math.max(0, at - CUE_REACH), at))
    })
    if (start !== undefined) return { text, start }
    if (starts[0] !== undefined) other ??= { text, start: starts[0] }
  }
  return other
}

const DIGITS = /(?<![\w.])\d(?:[ -]?\d){6,16}(?!\w)/g

/** Trade item numbers, which texts print in groups, without their first zero or without their last digit. */
export function gtinsIn(texts: readonly SourceText[], gtins: readonly string[]): (Place | null)[] {
  const known = new Map<string, Place>()
  for (const text of texts) {
    const plain = text.plain()
    for (const match of plain.text.matchAll(DIGITS)) {
      const whole = gtinOfDigits(match[0])
      if (whole !== null) remember(whole, match.index, match[0].length)
      let at = 0
      for (const part of whole === null ? match[0].split(' ') : []) {
        const gtin = gtinOfDigits(part)
        if (gtin !== null) remember(gtin, match.index + at, part.length)
        at += part.length + 1
      }
    }
    function remember(gtin: string, start: number, length: number): void {
      if (!known.has(gtin)) known.set(gtin, placeOf(text, start, start + length))
    }
  }
  return gtins.map((gtin) => known.get(gtin) ?? known.get(gtin.replace(/^0+(?=\d{8})/, '')) ?? null)
}

function gtinOfDigits(text: string): string | null {
  const digits = text.replace(/\D/g, '')
  return gtinOf(digits) ?? readGtins(`GTIN ${digits}`)[0] ?? (digits.length === 8 ? digits : null)
}

/** What the product is called, in one of its plurals or as it is; else the words of its name for which the reader still gives this noun. */
export function nounIn({ productNames, title, description }: Texts, brands: readonly string[], noun: string, effort: Effort): Place | null {
  const forms = [`${noun}s`, `${noun}es`, noun.replace(/y$/, 'ies'), noun]
  return (
    first(forms, (form) => nameIn(productNames, form, effort)) ??
    partOf(productNames, (part) => readNouns([part], brands).includes(noun) || readNouns([part]).includes(noun)) ??
    first(forms, (form) => nameIn([...title, ...description], form, effort))
  )
}

function first(values: readonly string[], place: (value: string) => Place | null): Place | null {
  for (const value of values) {
    const found = place(value)
    if (found !== null) return found
  }
  return null
}
