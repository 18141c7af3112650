/**
 * Brands and kinds of foods. In the names of foods nearly every word has a capital and few are brands ("Cuban Sandwich"), and who recalls is often
 * a maker whom no buyer knows. So a name is a brand only where something says so, and otherwise none is given: an unknown brand is better than
 * a wrong one. `food-words.txt` lists what is no name among foods. Pure.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { saidBrands } from '../read/brand-words.ts'
import { leadingNames } from '../read/name-runs.ts'
import { nameText, printedName } from '../formats/prose.ts'
import { distinct } from '../read/text.ts'
import { firmName } from '../read/title.ts'
import { isCommonWord } from '../read/words.ts'

const BRANDS_MAX = 12

/**
 * The brands of products, by their labels' words as printed, and of the firms that recall them ("TFI Holding dba Grey Ghost Bakery" is two).
 * In this order: what is said to be a brand; what bears a trade mark; a firm's name on the product; names before the food's ordinary words.
 */
export function readFoodBrands(labels: readonly string[], firms: readonly string[]): string[] {
  const names = distinct(firms.flatMap((firm) => nameText(firm).split(/\s+(?:dba|d\/b\/a|doing business as)\s+/i)).map(firmName))
  const plain = labels.map(nameText)
  const said = plain.flatMap((label) => saidBrands(label, '')).filter((name) => !isOrdinary(name))
  const marked = labels.map(printedName).flatMap(markedNames)
  const own = names.flatMap((firm) => firmOn(firm, plain))
  const sure = distinct([...said, ...marked, ...own])
  const found = sure.length > 0 ? sure : distinct(plain.flatMap(leadingName))
  return found
    .filter((name) => !found.some((other) => other !== name && other.toLowerCase().startsWith(`${name.toLowerCase()} `)))
    .slice(0, BRANDS_MAX)
}

/** Whether every word is one of ordinary language or of food. */
function isOrdinary(name: string): boolean {
  if (/^(?:best|use|sell|enjoy|freeze)\b/i.test(name) && name.split(' ').length <= 2) return true
  return name.split(/[\s/-]+/).every((word) => isCommonWord(word) || isFoodWord(word))
}

/** `Haagen-Dazs® ice cream` → Haagen-Dazs. */
function markedNames(label: string): string[] {
  return [...label.matchAll(/((?:[A-ZÀ-Ý0-9][\w'’À-ÿ.&-]*\s+){0,3}[A-ZÀ-Ý0-9][\w'’À-ÿ.&-]*)\s?[®™]/g)].map((match) => nameText(match[1]!))
}

/** The longest beginning of a firm's name that stands on a product: "Utz Quality Foods" on "Utz Ripples" → Utz. */
function firmOn(firm: string, labels: readonly string[]): string[] {
  const words = firm.split(/\s+/)
  const texts = labels.map((label) => ` ${label.toLowerCase().replace(/[^0-9a-zà-ÿ'&]+/g, ' ')} `)
  for (let length = words.length; length > 0; length--) {
    const name = words
      .slice(0, length)
      .join(' ')
      .replace(/[,&]+$/, '')
      .trim()
    if (name.length < 3) continue
    const plain = ` ${name
      .toLowerCase()
      .replace(/[^0-9a-zà-ÿ'&]+/g, ' ')
      .trim()} `
    // Ordinary words are the firm's name only where several of them begin the label, as in "Blue Fig Almond Bars" of Blue Fig Foods.
    if (texts.some((text) => (isOrdinary(name) ? length > 1 && text.startsWith(plain) : text.includes(plain)))) return [name]
  }
  return []
}

/** The names before the first ordinary word, if one of them is no ordinary word itself. */
function leadingName(label: string): string[] {
  const run = leadingNames(label)[0] ?? []
  const end = run.findIndex((word) => isFoodWord(word))
  const words = (end < 0 ? run : run.slice(0, end)).slice(0, 3)
  const name = words
    .join(' ')
    .replace(/[,&]+$/, '')
    .trim()
  return name.length < 3 || isOrdinary(name) || /\d/.test(name) ? [] : [name]
}

/** What kind of thing a food is: the one or two ordinary words at the end of its name, in the singular: "Ground Cinnamon" → ground cinnamon. */
export function readFoodNouns(names: readonly string[]): string[] {
  return distinct(names.map(nounOf).filter((noun) => noun !== ''))
}

const PACKAGING =
  /^(?:brands?|cases?|bags?|boxes|box|bottles?|containers?|packages?|packaged|packaging|packs?|products?|pieces?|units?|count|labels?|each|per|follows?|following|sizes?|original|style|assorted|various|certain|and|or|of|the|in|with|for|all|a|an)$/i

function nounOf(name: string): string {
  const head = nameText(name)
    .replace(/\([^)]*\)/g, ' ')
    .split(/\s+(?:with|for|sold|including|in|from|made|containing|packed|due)\s+|[,;:]/i)[0]!
  const tail: string[] = []
  for (const word of head.trim().split(/\s+/).toReversed()) {
    const bare = word.replace(/[^\w'-]+/g, '')
    if (PACKAGING.test(bare) && tail.length === 0) continue
    if (!/^[a-z'-]{3,}$/i.test(bare) || PACKAGING.test(bare) || tail.length === 2 || !(isFoodWord(bare) || isCommonWord(bare))) break
    tail.unshift(bare.toLowerCase())
  }
  const last = tail.pop()
  return last === undefined ? '' : [...tail, singular(last)].join(' ')
}

/** The form without a plural ending that is a word: cookies → cookie, cherries → cherry, glass → glass. */
function singular(word: string): string {
  if (!/[^su]s$/.test(word)) return word
  const forms = [word.replace(/s$/, ''), word.replace(/es$/, ''), word.replace(/ies$/, 'y')]
  return forms.find((form) => form !== word && (foodWords().has(form) || isCommonWord(form))) ?? word.replace(/s$/, '')
}

const FILE = path.join(import.meta.dirname, 'food-words.txt')
let foods: Set<string> | null = null

function foodWords(): Set<string> {
  foods ??= new Set(readFileSync(FILE, 'utf8').trimEnd().split('\n'))
  return foods
}

function isFoodWord(word: string): boolean {
  const bare = word.toLowerCase().replace(/[^a-zà-ÿ-]+/g, '')
  return [bare, bare.replace(/s$/, ''), bare.replace(/es$/, ''), bare.replace(/ies$/, 'y')].some((form) => foodWords().has(form))
}
