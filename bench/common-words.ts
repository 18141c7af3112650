/**
 * Counts which words agencies write in small letters, and writes `src/feeds/read/common-words.txt` anew: the words that are no proper names,
 * by which a brand is told from the product it stands before. Run it by hand when the recalls of the demo change.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'

const ROOT = path.join(import.meta.dirname, '..')
/** Recalls that must write a word small before it counts as common. */
const RECALLS_MIN = 4
/** It must be small in at least one of three recalls that have it inside a sentence. */
const CAPITAL_PER_SMALL_MAX = 2

type Texts = { Description: string; Hazards: { Name: string }[]; Remedies: { Name: string }[]; Injuries: { Name: string }[] }

const small = new Map<string, number>()
const capital = new Map<string, number>()
for (const line of gunzipSync(readFileSync(path.join(ROOT, 'db/demo/cpsc-9818.ndjson.gz')))
  .toString()
  .trimEnd()
  .split('\n')) {
  const recall = JSON.parse(line) as Texts
  const texts = [recall.Description, ...[...recall.Hazards, ...recall.Remedies, ...recall.Injuries].map((each) => each.Name)]
  const [smallHere, capitalHere] = [new Set<string>(), new Set<string>()]
  for (const text of texts) {
    for (const { 0: word, index } of text.matchAll(/[A-Za-zÀ-ÿ]{2,}/g)) {
      if (word === word.toLowerCase()) smallHere.add(word)
      else if (/[^.!?:"] $/.test(text.slice(Math.max(0, index - 2), index))) capitalHere.add(word.toLowerCase())
    }
  }
  for (const word of smallHere) small.set(word, (small.get(word) ?? 0) + 1)
  for (const word of capitalHere) capital.set(word, (capital.get(word) ?? 0) + 1)
}
const common = [...small].filter(([word, recalls]) => recalls >= RECALLS_MIN && (capital.get(word) ?? 0) <= recalls * CAPITAL_PER_SMALL_MAX)
writeFileSync(
  path.join(ROOT, 'src/feeds/read/common-words.txt'),
  `${common
    .map(([word]) => word)
    .sort()
    .join('\n')}\n`,
)
