/**
 * How common words are in recalls: a table counted once over the 9,818 CPSC recalls of the demo, so that a comparison is worth the same
 * whether the engine holds ten recalls or a hundred thousand. `bench/word-frequencies.ts` writes it anew.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'

/** Recalls the table was counted over. */
export const COUNTED_RECALLS = 9818

export type Frequency = {
  recalls: number
  /** Share of capital spellings inside sentences, 0 to 100; -1 where never seen there. */ capital: number
}

const FILE = path.join(import.meta.dirname, 'word-frequencies.tsv')

let table: Map<string, Frequency> | null = null

/** The table; a word that is not in it is in at most one of the counted recalls. */
export function wordFrequencies(): ReadonlyMap<string, Frequency> {
  if (table !== null) return table
  table = new Map()
  for (const line of readFileSync(FILE, 'utf8').split('\n')) {
    const [word, recalls, capital] = line.split('\t')
    if (capital !== undefined) table.set(word!, { recalls: Number(recalls), capital: Number(capital) })
  }
  return table
}
