/** What an agency's sentences say apart from their words: who recalls what, which sentence excludes, what a number is. Pure. */
import type { Recall } from '../recalls/index.ts'
import { MODEL, SERIAL } from './zones.ts'
import type { Code } from './codes.ts'
import { gtinsIn, normaliseGtin } from './identifiers.ts'
import { DIMENSIONS, type Size } from './sizes.ts'
import { BREAK, STOP, stem, type Words } from './text.ts'
import { MODEL_CUES, OTHER_CUES, SERIAL_CUES, UPC_CUES } from './words.ts'

/** `Soojimus Recalls CUPKIN Cups Due to …` has the firm before the verb and the product behind it; `Cups Recalled by …` the other way. */
export function titleParts(title: string): { subject: string; object: string } {
  const core = title
    .split(/\s(?:Due to|Because|After|Following|for Repair|(?<!Recall )to Repair|(?<!Recall )to Replace|for Risk)\s|;|\(Recall/i)[0]!
    .replace(/^\s*(?:CPSC(?:, NHTSA)?(?: and|,)\s*)/i, '')
  const passive = /^(.*?)\s(?:Is |Are )?Recalled(?:\sby\s(.*))?$/i.exec(core)
  if (passive) return { subject: passive[2] ?? '', object: passive[1]! }
  const active =
    /^(.*?)\s(?:Announces?\s(?:\w+\s){0,3}?(?:Recall|Program)\s(?:of|to(?: (?:Repair|Replace))?|for)|(?:Expands?|Reannounces?|Re-Announces?)\s(?:Recall\s(?:of|to)|(?:of\s)?)|Voluntarily Recalls|Recalls|Recall|Issues? \w+ Recall of)\s(.*)$/i.exec(
      core,
    )
  if (active) return { subject: active[1]!, object: active[2]! }
  const headless = /^Recall of\s(.*)$/i.exec(core)
  return { subject: '', object: headless ? headless[1]! : core }
}

/** From the scope, else the years in the sentence on where and when it was sold. Nothing is known where it is sold to this day. */
export function yearsOf(recall: Recall): { from: number | null; to: number | null } {
  const { manufacturedFrom, manufacturedTo, soldFrom, soldTo } = recall.scope
  const printed = [...recall.soldText.slice(0, 2000).matchAll(/\b(?:19|20)\d\d\b/g)].map((match) => Number(match[0]))
  const year = (month: string | null): number | null => (month === null ? null : Number(month.slice(0, 4)))
  const from = year(manufacturedFrom) ?? year(soldFrom) ?? (printed.length > 0 ? Math.min(...printed) : null)
  const to = year(soldTo) ?? year(manufacturedTo) ?? (printed.length > 1 ? Math.max(...printed) : null)
  return { from, to: to === null ? Number(recall.publishedOn.slice(0, 4)) : to }
}

export function gtinsOf(recall: Recall): ReadonlySet<string> {
  const gtins = new Set<string>()
  for (const gtin of recall.scope.gtins) {
    const normal = normaliseGtin(gtin)
    if (normal !== null) gtins.add(normal)
  }
  for (const gtin of gtinsIn(recall.description.slice(0, 6000))) gtins.add(gtin)
  return gtins
}

const EXCLUDES = new Set(['excluded', 'excludes', 'unaffected'])

/** Whether the sentence from `start` to `end` says that something is not recalled. */
export function excludes(words: Words, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const word = words.text[i]!
    if (EXCLUDES.has(word)) return true
    if (word !== 'not') continue
    for (let k = i + 1; k < Math.min(end, i + 5); k++)
      if (/^(?:included|affected|part|recalled|subject|involved|covered)$/.test(words.text[k]!)) return true
  }
  return false
}

export function sentenceEnd(words: Words, start: number): number {
  let end = start + 1
  while (end < words.text.length && words.before[end] !== STOP) end++
  return end
}

/** `sold in 530mL, 750mL and 1000mL sizes` is scope; `weighs about 24 pounds` and `measures 9 inches` are not. */
export function namesScope(words: Words, sentence: number, size: Size): boolean {
  if (size.dimension === 'length' || size.dimension === 'count') return false
  // Two numbers with an x are a size only where the sentence speaks of sizes.
  if (size.dimension === 'area') return words.text.slice(sentence, size.at).some((word) => word === 'sizes' || word === 'size')
  for (let i = size.at; i >= Math.max(sentence, size.at - 8); i--) {
    if (
      /^(?:weigh|weighs|weighing|from|range|ranges|ranging|measure|measures|measuring|about|approximately|up|capacity|tall|between|contain|contains|holds?|rated|tank|maximum|limit)$/.test(
        words.text[i]!,
      )
    )
      return false
  }
  return true
}

export function sizesByDimension(sizes: readonly Size[]): Map<string, number[]> {
  const byDimension = new Map<string, number[]>()
  for (const dimension of DIMENSIONS) {
    const values = sizes.filter((size) => size.dimension === dimension).map((size) => size.value)
    if (values.length > 0) byDimension.set(dimension, values)
  }
  return byDimension
}

/**
 * What a code is: the cue nearest before it in its sentence says so. Where the heads of two columns stand beside each other, as in
 * `Model Number Serial Number`, the columns are mixed and every code may be a model.
 */
export function roleOf(words: Words, sentence: number, code: Code): number {
  for (let i = code.at; i >= sentence; i--) {
    const word = stem(words.text[i]!)
    if (UPC_CUES.has(word) || OTHER_CUES.has(word)) return -1
    if (MODEL_CUES.has(word)) return MODEL
    if (!SERIAL_CUES.has(word)) continue
    for (let k = i - 1; k >= Math.max(sentence, i - 8); k--)
      if (MODEL_CUES.has(stem(words.text[k]!)) && words.before[i]! < BREAK && words.text[i - 1] !== 'and') return MODEL
    return SERIAL
  }
  return 0
}
