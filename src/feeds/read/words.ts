/** Which words are ordinary, and which are names. The tables are counted over real recalls by `bench/common-words.ts` and `bench/house-names.ts`. */
import { readFileSync } from 'node:fs'
import path from 'node:path'

let common: Set<string> | null = null
let house: Set<string> | null = null
let retailers: Set<string> | null = null

function linesOf(file: string): Set<string> {
  return new Set(
    readFileSync(path.join(import.meta.dirname, file), 'utf8')
      .trimEnd()
      .split('\n'),
  )
}

/** Words that agencies write in small letters; whatever is not among them is a proper name, a code or rare. */
export function isCommonWord(word: string): boolean {
  const known = asked.get(word)
  if (known !== undefined) return known
  common ??= linesOf('common-words.txt')
  const plain = word.toLowerCase().replace(/'s?$/, '')
  const found = common.has(plain) || plain.split(/[-/]/).every((part) => part === '' || /^\d+$/.test(part) || common!.has(part))
  if (asked.size >= ASKED_MAX) asked.clear()
  asked.set(word, found)
  return found
}

/** What was asked before: a recall asks for the same few words many times. */
const asked = new Map<string, boolean>()
const ASKED_MAX = 20_000

/** The firm's name, or its first words, that it is known to put on what it sells ("IKEA", "Mammut" of Mammut Sports Group), or ''. */
export function houseName(firm: string): string {
  house ??= linesOf('house-names.txt')
  return [firm, withoutForm(firm)].find((name) => house!.has(plainName(name))) ?? ''
}

/** A firm without the words that say what sort of firm it is: "Mammut Sports Group" → Mammut. */
export function withoutForm(firm: string): string {
  return firm.replace(
    /(?:\s+(?:Sports|Group|Industries|Products|Enterprises|International|America|North|of|U\.?S\.?A?\.?|Brands|Holdings|Home|Toys))+$/i,
    '',
  )
}

/** How many words of a run begin it as a name that firms are known to put on what they sell: "Philips | Harmonize". */
export function knownBeginning(run: readonly string[]): number {
  house ??= linesOf('house-names.txt')
  for (let length = Math.min(3, run.length); length > 0; length--) {
    const name = run.slice(0, length).join(' ')
    if (house.has(plainName(name)) && !isRetailer(name) && !(length === 1 && isCommonWord(name))) return length
  }
  return 0
}

/** Whether a firm is known to sell what others make. */
export function isRetailer(firm: string): boolean {
  retailers ??= linesOf('retailers.txt')
  return retailers.has(plainName(firm))
}

function plainName(name: string): string {
  return name
    .toLowerCase()
    .replace(/^the /, '')
    .replace(/[,.]+(?= |$)/g, '')
}

/** Words that join the parts of a name: "Be Amazing! Toys", "United Colors of Benetton". */
export function isJoiningWord(word: string): boolean {
  return /^(?:of|for|the|de|la|le|du|&|\+|by|to|n')$/i.test(word)
}
