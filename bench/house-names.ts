/**
 * Counts which recalling firms put their own names on what they sell, and which sell what others make, and writes
 * `src/feeds/read/house-names.txt` and `retailers.txt` anew. By them a line of IKEA is told from a brand that a store sells: "PATRULL gates"
 * are IKEA's, "Red Devil grills" are no brand of the warehouse that recalls them. Run it by hand when the recalls of the demo change.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { firstSentence, subjectOf, withoutLeadIn } from '../src/feeds/read/name-runs.ts'
import { readSellers } from '../src/feeds/read/sellers.ts'
import { tidy } from '../src/feeds/read/text.ts'
import { readTitle } from '../src/feeds/read/title.ts'
import { isCommonWord, withoutForm } from '../src/feeds/read/words.ts'

const ROOT = path.join(import.meta.dirname, '..')
/** Recalls whose product's name must begin with the firm's, and their share of the firm's recalls. */
const LED_MIN = 2
const LED_SHARE_MIN = 0.25
/** Recalls of other firms that a store must have sold to count as a retailer. */
const SOLD_FOR_OTHERS_MIN = 4
const LED_TO_SOLD = 3
const WORDS_MAX = 5

type Texts = { Title: string; Description: string; Products: { Name: string }[]; Retailers: { Name: string }[] }

const recalledBy = new Map<string, number>()
const led = new Map<string, number>()
const soldForOthers = new Map<string, number>()
for (const line of gunzipSync(readFileSync(path.join(ROOT, 'db/demo/cpsc-9818.ndjson.gz')))
  .toString()
  .trimEnd()
  .split('\n')) {
  const recall = JSON.parse(line) as Texts
  const firm = plain(readTitle(tidy(recall.Title)).firm)
  const names = [...recall.Products.map((product) => product.Name), subjectOf(firstSentence(tidy(recall.Description.slice(0, 4_000))))]
  for (const name of new Set(names.flatMap((each) => beginnings(plain(withoutLeadIn(tidy(each))))))) count(led, name)
  for (const name of new Set([firm, plain(withoutForm(firm))])) if (name !== '') count(recalledBy, name)
  const sellers = new Set(recall.Retailers.flatMap((each) => readSellers(tidy(each.Name.slice(0, 4_000)))).map(plain))
  for (const seller of sellers) if (!firm.startsWith(seller) && !seller.startsWith(firm || ' ')) count(soldForOthers, seller)
}

const house = [...recalledBy].filter(([name, recalls]) => {
  if (isStore(name)) return false
  const times = led.get(name) ?? 0
  return (
    times >= LED_MIN &&
    times >= recalls * LED_SHARE_MIN &&
    name.length > 2 &&
    (name.split(' ').length > 2 || !isCommonWord(name.split(' ')[0]!))
  )
})
write(
  'house-names.txt',
  house.map(([name]) => name),
)
write('retailers.txt', [...recalledBy.keys()].filter(isStore))

/** It sells for others, and does so far more often than its own name stands on a product. */
function isStore(name: string): boolean {
  const times = soldForOthers.get(name) ?? 0
  return times >= SOLD_FOR_OTHERS_MIN && times > LED_TO_SOLD * (led.get(name) ?? 0)
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/^the /, '')
    .replace(/[,.]+(?= |$)/g, '')
}

function beginnings(name: string): string[] {
  const words = name.split(/\s+/).filter((word) => word !== '')
  return words.slice(0, WORDS_MAX).map((_word, index) => words.slice(0, index + 1).join(' '))
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}

function write(file: string, names: readonly string[]): void {
  writeFileSync(path.join(ROOT, 'src/feeds/read', file), `${names.toSorted().join('\n')}\n`)
}
