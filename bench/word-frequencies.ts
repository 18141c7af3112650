/**
 * Counts in how many of the demo's recalls each word, pair of words written as one, and code stands, and how often it is capital, and writes
 * the table the matching room reads. The words are those that the room itself reads, so run it again when its readers have changed.
 */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { readRecall } from '../src/matching/recall-features.ts'
import { STOP, hasDigit, stem, wordsOf } from '../src/matching/text.ts'
import { newVocabulary } from '../src/matching/vocabulary.ts'
import { IN_DESCRIPTION, IN_NAME, IN_TITLE } from '../src/matching/zones.ts'
import { demoRecalls } from './recalls.ts'

/** Rarer words are left out: being rare is what their absence says. */
const RECALLS_MIN = 2

const vocabulary = newVocabulary()
const recalls: number[] = []
const spelled = new Map<string, { capital: number; lower: number }>()
for (const recall of await demoRecalls()) {
  const { tokens, zones } = readRecall(recall, vocabulary)
  for (const [k, id] of tokens.entries())
    if ((zones[k]! & (IN_NAME | IN_TITLE | IN_DESCRIPTION)) !== 0) recalls[id] = (recalls[id] ?? 0) + 1
  const words = wordsOf(recall.description)
  for (let i = 0; i < words.text.length; i++) {
    // Titles and names are set in capitals throughout, and so is the beginning of a sentence.
    if (hasDigit(words.text[i]!) || words.before[i] === STOP) continue
    const word = stem(words.text[i]!)
    const count = spelled.get(word) ?? { capital: 0, lower: 0 }
    spelled.set(word, count)
    if (words.capital[i] === 1) count.capital++
    else count.lower++
  }
}
const rows = vocabulary.words
  .map((word, id) => [word, recalls[id] ?? 0] as const)
  .filter(([, met]) => met >= RECALLS_MIN)
  .toSorted(([a], [b]) => (a < b ? -1 : 1))
  .map(([word, met]) => {
    const { capital, lower } = spelled.get(word) ?? { capital: 0, lower: 0 }
    return `${word}\t${met}\t${capital + lower === 0 ? -1 : Math.round((100 * capital) / (capital + lower))}\n`
  })
writeFileSync(path.join(import.meta.dirname, '../src/matching/word-frequencies.tsv'), rows.join(''))
console.log(`${rows.length} words`)
