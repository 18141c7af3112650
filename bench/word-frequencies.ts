/** Counts in how many of the demo's recalls each word stands and how often it is capital, and writes the table the matching room reads. */
import { createReadStream, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { STOP, hasDigit, stem, wordsOf } from '../src/matching/text.ts'

const ROOT = path.join(import.meta.dirname, '..')
/** Rarer words are left out: being rare is what their absence says. */
const RECALLS_MIN = 2

type Count = { recalls: number; capital: number; lower: number }

const counts = new Map<string, Count>()
const lines = createInterface({ input: createReadStream(path.join(ROOT, 'db/demo/cpsc-9818.ndjson.gz')).pipe(createGunzip()) })
for await (const line of lines) {
  if (line === '') continue
  const raw = JSON.parse(line) as { Title: string; Description: string; Products: { Name: string }[] }
  const seen = new Set<string>()
  for (const text of [raw.Title, raw.Description, ...raw.Products.map((product) => product.Name)]) {
    const words = wordsOf(text)
    for (let i = 0; i < words.text.length; i++) {
      if (hasDigit(words.text[i]!)) continue
      const word = stem(words.text[i]!)
      const count = counts.get(word) ?? { recalls: 0, capital: 0, lower: 0 }
      counts.set(word, count)
      if (!seen.has(word)) count.recalls++
      seen.add(word)
      // Titles and names are set in capitals throughout: only sentences tell a name from a word.
      if (text !== raw.Description || words.before[i] === STOP) continue
      if (words.capital[i] === 1) count.capital++
      else count.lower++
    }
  }
}
const rows = [...counts].filter(([, count]) => count.recalls >= RECALLS_MIN).toSorted(([a], [b]) => (a < b ? -1 : 1))
const text = rows.map(
  ([word, { recalls, capital, lower }]) =>
    `${word}\t${recalls}\t${capital + lower === 0 ? -1 : Math.round((100 * capital) / (capital + lower))}\n`,
)
writeFileSync(path.join(ROOT, 'src/matching/word-frequencies.tsv'), text.join(''))
console.log(`${rows.length} words`)
