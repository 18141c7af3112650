/**
 * An independent list of what the CPSC has published (names, dates, addresses), research data beside the checkout, against which it is checked
 * that every recall was taken in. Never copied into the project.
 */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Recall } from '../src/recalls/index.ts'
import { MATCHING_DATA } from './gold.ts'

/** `n` is the product's name, `y` the day, `u` the end of the address. */
export type IndexEntry = { n: string; y: string; u: string }

/** Why an entry of the covered time is not found by its day and the name of a product or the title. */
export type Difference = { why: 'the name is written otherwise' | 'the day is another' | 'missing'; entry: IndexEntry; ours: string }

export type IndexAccount = { entries: number; later: number; byDayAndName: number; differences: Difference[] }

/** The list, or null where the data is not there. */
export function readCpscIndex(): IndexEntry[] | null {
  const file = path.join(MATCHING_DATA, '../recalls/cpsc/index-9969.json.gz')
  if (!existsSync(file)) return null
  return (JSON.parse(gunzipSync(readFileSync(file)).toString()) as { rows: IndexEntry[] }).rows
}

/** Looks up every entry up to the newest recall that we have; each of ours serves one entry only. */
export function accountOfIndex(entries: readonly IndexEntry[], recalls: readonly Recall[]): IndexAccount {
  const newest = recalls.reduce((last, recall) => (recall.publishedOn > last ? recall.publishedOn : last), '')
  const byName = new Map<string, Recall[]>()
  const byAddress = new Map<string, Recall[]>()
  for (const recall of recalls) {
    const names = new Set([recall.title, ...recall.products.map((product) => product.name)].map(letters))
    for (const name of names) add(byName, `${recall.publishedOn} ${name}`, recall)
    add(byAddress, letters(recall.url?.split('/Recalls/').at(-1) ?? ''), recall)
  }
  const taken = new Set<Recall>()
  const covered = entries.filter((entry) => entry.y <= newest)
  const account: IndexAccount = { entries: covered.length, later: entries.length - covered.length, byDayAndName: 0, differences: [] }
  for (const entry of covered) {
    const address = byAddress.get(letters(entry.u)) ?? []
    const named = byName.get(`${entry.y} ${letters(entry.n)}`) ?? []
    // Of several with the same name on the same day, the one at the same address.
    const found = [...named.filter((recall) => address.includes(recall)), ...named].find((recall) => !taken.has(recall))
    const other = found ?? address.find((recall) => !taken.has(recall))
    if (other !== undefined) taken.add(other)
    if (found !== undefined) account.byDayAndName++
    else {
      const why = other === undefined ? 'missing' : other.publishedOn === entry.y ? 'the name is written otherwise' : 'the day is another'
      account.differences.push({ why, entry, ours: other === undefined ? '' : `${other.recallNumber} ${other.publishedOn} ${other.products[0]?.name ?? ''}` }) // prettier-ignore
    }
  }
  return account
}

function add(map: Map<string, Recall[]>, key: string, recall: Recall): void {
  const known = map.get(key)
  if (known === undefined) map.set(key, [recall])
  else known.push(recall)
}

function letters(text: string): string {
  return text
    .toLowerCase()
    .replace(/&\w+;/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '')
}
