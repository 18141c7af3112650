/** The stored texts of a recall as evidence is looked for in them: plain, in sentences, in words; each made when it is first needed. Pure. */
import type { Recall } from '../recalls/index.ts'
import { plainOf, tokensOf, type PlainText, type Range, type Token } from './evidence-map.ts'
import { smallestPart } from './evidence-part.ts'
import { sentences } from './read/text.ts'

/** Where a text of a recall stands in its content: "hazardText", "products.0.name". */
export type TextName =
  | 'title' | 'description' | 'hazardText' | 'remedyText' | 'incidentText' | 'soldText'
  | `products.${number}.${'name' | 'model' | 'unitsText'}` // prettier-ignore

/** Characters in which readers of prose and of codes look, as everywhere in this room. */
const PROSE_MAX = 40_000
const WORDS_OF_MAX = 500_000
/** Entries of one list that are looked at. */
const ENTRIES_MAX = 300

export type SourceText = {
  name: TextName
  original: string
  plain: () => PlainText
  /** The sentences as the readers are given them, each with where it begins in the plain text. */
  sentences: () => { text: string; start: number }[]
  /** All words in order, and where each stands among them. */
  words: () => { tokens: Token[]; at: ReadonlyMap<string, number[]> }
}

/** A place of one of the texts. */
export type Place = { text: SourceText } & Range

export type Texts = {
  title: SourceText[]
  description: SourceText[]
  hazard: SourceText[]
  remedy: SourceText[]
  incident: SourceText[]
  sold: SourceText[]
  productNames: SourceText[]
  productModels: SourceText[]
  unitsTexts: SourceText[]
}

/** Texts that say nothing are left out, and of products that say the same the first stands for all. */
export function textsOf(recall: Recall): Texts {
  const products = recall.products.slice(0, ENTRIES_MAX)
  return {
    title: [sourceText('title', recall.title)].filter(speaks),
    description: [sourceText('description', recall.description)].filter(speaks),
    hazard: [sourceText('hazardText', recall.hazardText)].filter(speaks),
    remedy: [sourceText('remedyText', recall.remedyText)].filter(speaks),
    incident: [sourceText('incidentText', recall.incidentText)].filter(speaks),
    sold: [sourceText('soldText', recall.soldText)].filter(speaks),
    productNames: once(products.map(({ name }, at) => sourceText(`products.${at}.name`, name))),
    productModels: once(products.map(({ model }, at) => sourceText(`products.${at}.model`, model ?? ''))),
    unitsTexts: once(products.map(({ unitsText }, at) => sourceText(`products.${at}.unitsText`, unitsText ?? ''))),
  }
}

function speaks({ original }: SourceText): boolean {
  return original.trim() !== ''
}

function once(texts: readonly SourceText[]): SourceText[] {
  const first = new Map<string, SourceText>()
  for (const text of texts) if (speaks(text) && !first.has(text.original)) first.set(text.original, text)
  return [...first.values()]
}

function sourceText(name: TextName, original: string): SourceText {
  const plain = lazy(() => plainOf(original, PROSE_MAX))
  return {
    name,
    original,
    plain,
    sentences: lazy(() => placed(plain().text)),
    words: lazy(() => {
      const tokens = tokensOf(original.slice(0, WORDS_OF_MAX))
      const at = new Map<string, number[]>()
      for (const [index, { word }] of tokens.entries()) {
        const known = at.get(word)
        if (known === undefined) at.set(word, [index])
        else known.push(index)
      }
      return { tokens, at }
    }),
  }
}

function placed(plain: string): { text: string; start: number }[] {
  let from = 0
  return sentences(plain).map((text) => {
    const start = Math.max(plain.indexOf(text, from), from)
    from = start + text.length
    return { text, start }
  })
}

function lazy<Value>(make: () => Value): () => Value {
  let made: { value: Value } | null = null
  return () => (made ??= { value: make() }).value
}

/** Of a whole text that no sentence speaks for alone, this much is looked at. */
const WHOLE_MAX = 8_000

/**
 * The smallest part for which `holds` is true, in the first sentence of the first text that has one; where only several sentences together
 * make it true, the smallest part of the first text that does.
 */
export function partOf(texts: readonly SourceText[], holds: (part: string) => boolean): Place | null {
  for (const text of texts) {
    const sentence = text.sentences().find((each) => holds(each.text))
    if (sentence !== undefined) return partAt(text, sentence, holds)
  }
  for (const text of texts) {
    const whole = { text: text.plain().text.slice(0, WHOLE_MAX), start: 0 }
    if (text.sentences().length > 1 && holds(whole.text)) return partAt(text, whole, holds)
  }
  return null
}

/** The smallest part of a sentence for which `holds` is true. */
export function partAt(text: SourceText, sentence: { text: string; start: number }, holds: (part: string) => boolean): Place | null {
  const part = smallestPart(sentence.text, holds)
  return part === null ? null : placeOf(text, sentence.start + part.start, sentence.start + part.end)
}

/** A part of the plain text as a place of the agency's own. */
export function placeOf(text: SourceText, start: number, end: number): Place {
  return { text, ...text.plain().origin(start, end) }
}

/** The plain text of a place, as a reader is given it. */
export function plainOfPlace({ text, start, end }: Place): string {
  return plainOf(text.original.slice(start, end), PROSE_MAX).text
}
