/** Which words are ordinary, and which are names. The table is counted over real recalls by `bench/common-words.ts`. */
import { readFileSync } from 'node:fs'
import path from 'node:path'

const FILE = path.join(import.meta.dirname, 'common-words.txt')

let common: Set<string> | null = null

/** Words that agencies write in small letters; whatever is not among them is a proper name, a code or rare. */
export function isCommonWord(word: string): boolean {
  common ??= new Set(readFileSync(FILE, 'utf8').trimEnd().split('\n'))
  const plain = word.toLowerCase().replace(/'s?$/, '')
  return common.has(plain) || plain.split(/[-/]/).every((part) => part === '' || /^\d+$/.test(part) || common!.has(part))
}

/** Words that join the parts of a name: "Be Amazing! Toys", "United Colors of Benetton". */
export function isJoiningWord(word: string): boolean {
  return /^(?:of|for|the|de|la|le|du|&|\+|by|to|n')$/i.test(word)
}
