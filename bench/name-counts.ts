/**
 * Counts in how many recalls a name leads the product's name, with how many different words behind it and by how many firms, is the recalling firm, is said or printed as a
 * brand, or sells, and writes `src/feeds/read/name-counts.txt` anew. By them a brand is told from a model and a description: "Harbor Breeze" stands
 * before many things, "Harbor" always before Breeze. Run it by hand when the recalls of the demo change, and `scope-fit.ts` behind it.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { FEEDS } from '../src/feeds/agencies.ts'
import { printedNames, saidBrands } from '../src/feeds/read/brand-words.ts'
import { firstSentence, subjectOf, withoutLeadIn } from '../src/feeds/read/name-runs.ts'
import { plainName } from '../src/feeds/read/name-counts.ts'
import { tidy } from '../src/feeds/read/text.ts'
import { readTitle } from '../src/feeds/read/title.ts'

const ROOT = path.join(import.meta.dirname, '..')
const WORDS_MAX = 4
/** Recalls in which a name must stand somehow before it is kept. */
const RECALLS_MIN = 2
/** A name is led by so many words at most that are looked at. */
const LONG = 6_000

type Counts = { led: number; next: Set<string>; firms: Set<string>; firm: number; stated: number; sold: number }
const counts = new Map<string, Counts>()

for (const [index, line] of gunzipSync(readFileSync(path.join(ROOT, 'db/demo/cpsc-9818.ndjson.gz')))
  .toString()
  .trimEnd()
  .split('\n')
  .entries()) {
  const { recall } = FEEDS.CPSC.parse({ bytes: Buffer.from(line), line: index + 1 })
  if (!recall.ok) continue
  const { title, description, products, scope } = recall.value
  const text = tidy(description.slice(0, LONG))
  const { firm, product } = readTitle(tidy(title))
  const names = [...products.map(({ name }) => tidy(name)), subjectOf(firstSentence(text)), product]
  const led = new Map<string, Set<string>>()
  for (const name of names) {
    const words = withoutLeadIn(name).split(/\s+/).filter(Boolean)
    if (!/^[A-Z0-9]|^[a-z]+[A-Z]/.test(words[0] ?? '')) continue
    for (let length = 1; length <= Math.min(WORDS_MAX, words.length); length++) {
      const key = plainName(words.slice(0, length).join(' '))
      if (!led.has(key)) led.set(key, new Set())
      led.get(key)!.add(plainName(words[length] ?? ''))
    }
  }
  for (const [key, next] of led) {
    const count = countOf(key)
    count.led++
    for (const word of next) count.next.add(word)
    if (firm !== '') count.firms.add(plainName(firm))
  }
  if (firm !== '') countOf(plainName(firm)).firm++
  const stated = [...names.flatMap((name) => saidBrands(name, firm)), ...saidBrands(text, firm), ...printedNames(text, names)]
  for (const name of new Set(stated.map(plainName))) countOf(name).stated++
  for (const name of new Set(scope.soldAt.map(plainName))) countOf(name).sold++
}

const kept = [...counts]
  .filter(([name, { led, firm, stated, sold }]) => name.length > 1 && led + firm + stated + sold >= RECALLS_MIN && /\p{L}/u.test(name))
  .map(([name, { led, next, firms, firm, stated, sold }]) => [name, led, next.size, firms.size, firm, stated, sold].join('\t'))
writeFileSync(path.join(ROOT, 'src/feeds/read/name-counts.txt'), `${kept.toSorted().join('\n')}\n`)

function countOf(name: string): Counts {
  const count = counts.get(name) ?? { led: 0, next: new Set(), firms: new Set(), firm: 0, stated: 0, sold: 0 }
  counts.set(name, count)
  return count
}
