/** How often a name is what in all recalls of the demo. The table is counted by `bench/name-counts.ts`. */
import { readFileSync } from 'node:fs'
import path from 'node:path'

/** Recalls whose product's name it leads, different words behind it and firms there, recalls by a firm of that name, that call it a brand, where it sells. */
export type NameCounts = { led: number; next: number; firms: number; firm: number; stated: number; sold: number }

const NONE: NameCounts = { led: 0, next: 0, firms: 0, firm: 0, stated: 0, sold: 0 }
let table: Map<string, NameCounts> | null = null

export function countsOfName(name: string): NameCounts {
  table ??= readTable()
  return table.get(plainName(name)) ?? NONE
}

/** A name to count by: without "The" before it, an owner's 's and the full stops of its words. */
export function plainName(name: string): string {
  return name
    .toLowerCase()
    .replace(/^the /, '')
    .replace(/[^\p{L}\p{N} &+!'/-]+/gu, '')
    .replace(/'s$|[,'-]+$/, '')
    .replace(/\s+/g, ' ')
    .trim()
}

function readTable(): Map<string, NameCounts> {
  const lines = readFileSync(path.join(import.meta.dirname, 'name-counts.txt'), 'utf8')
    .trimEnd()
    .split('\n')
  return new Map(
    lines.map((line) => {
      const [name = '', led, next, firms, firm, stated, sold] = line.split('\t')
      return [
        name,
        { led: Number(led), next: Number(next), firms: Number(firms), firm: Number(firm), stated: Number(stated), sold: Number(sold) },
      ]
    }),
  )
}
