/** What kind of thing a product is. Pure. */
import { startsWithName } from './brand-words.ts'
import { distinct } from './text.ts'
import { isCommonWord } from './words.ts'

/**
 * The ordinary words at the end of each product's name, in the singular: "CUPKIN Stainless Steel Children's Cups" → "children's cup"; and
 * the abbreviation that the agency gives with it: "all-terrain vehicles (ATVs)" → "ATV".
 */
export function readNouns(productNames: readonly string[], brands: readonly string[] = []): string[] {
  return distinct(
    productNames
      .map((name) => withoutBrand(name, brands))
      .flatMap((name) => [...name.split(/\s+and\s+(?=[A-Z])|,\s+(?:and\s+)?/).flatMap(nounsOf), ...abbreviations(name)])
      .filter((noun) => noun !== ''),
  )
}

function withoutBrand(name: string, brands: readonly string[]): string {
  const brand = brands.find((each) => startsWithName(name, each))
  return brand === undefined ? name : name.slice(brand.length)
}

const WORDS_MAX = 3
const TAIL_END =
  /^(?:and|or|of|the|models?|series|various|all|brand(?:ed)?|with|by|certain|pack|size|style|black|white|brown|dark|light|new)$/i
/** Abbreviations that are part of what a thing is called. */
const ABBREVIATED = /^(?:LED|LP|USB|TV|CO|AC|DC|LPG|RV|DVD)$/

/** The noun in its two last words, and with a third where there is one. */
function nounsOf(name: string): string[] {
  const head = name
    .replace(/\([^)]*\)/g, ' ')
    .replace(/"/g, '')
    .trim()
    .split(/\s+(?:with|for|sold|including|in|from|made|used|that|on|powered|fitted|installed|equipped)\s+|\s+-\s+/i)[0]!
  const tail: string[] = []
  for (const word of head.trim().split(/\s+/).toReversed()) {
    const bare = word.replace(/[^\w'-]+$/, '')
    const ends = ABBREVIATED.test(bare) ? false : !isCommonWord(bare) || TAIL_END.test(bare) || /\d/.test(bare)
    if (ends || tail.length === WORDS_MAX) break
    tail.unshift(ABBREVIATED.test(bare) ? bare : bare.toLowerCase())
    // Whose it is comes before what it is made of: "steel children's cups".
    if (/s'$|'s$/.test(bare)) break
  }
  return distinct([singular(tail.slice(-2).join(' ')), singular(tail.join(' '))])
}

function abbreviations(name: string): string[] {
  return [...name.matchAll(/\(([A-Z]{2,5})s?\)/g)].map((match) => match[1]!)
}

/** Things that are named in the plural, and words in which the last s is none. */
const NO_PLURAL =
  /(?:pajamas|pants|shorts|jeans|tights|leggings|scissors|pliers|tongs|goggles|overalls|binoculars|gas|lens|[^aeiou]us|ss|is|'s)$/

function singular(phrase: string): string {
  if (NO_PLURAL.test(phrase)) return phrase
  return phrase
    .replace(/(?<=(?:kni|li|wi))ves$/, 'fe')
    .replace(/(?<=(?:scar|shel|hal|wol|cal|loa|lea))ves$/, 'f')
    .replace(/(?<=(?:hood|cook|ones|bean|boot|talk|mov))ies$/, 'ie')
    .replace(/(?<=\w{2})ies$/, 'y')
    .replace(/(?<=(?:ss|x|zz|[^a]ch|atch|each|oach|sh|bus))es$/, '')
    .replace(/(?<=[^s'])s$/, '')
}
