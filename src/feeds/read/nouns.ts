/** What kind of thing a product is. Pure. */
import { distinct } from './text.ts'
import { isCommonWord } from './words.ts'

/** The ordinary words at the end of each product's name, in the singular: "CUPKIN Stainless Steel Children's Cups" → "children's cup". */
export function readNouns(productNames: readonly string[]): string[] {
  return distinct(
    productNames
      .flatMap((name) => name.split(/\s+and\s+(?=[A-Z])|,\s+(?:and\s+)?/))
      .map(nounOf)
      .filter((noun) => noun !== ''),
  )
}

const WORDS_MAX = 2

function nounOf(name: string): string {
  const head = name
    .replace(/\([^)]*\)/g, ' ')
    .replace(/"/g, '')
    .split(/\s+(?:with|for|sold|including|in|from|made|used|that|on)\s+/i)[0]!
  const tail: string[] = []
  for (const word of head.trim().split(/\s+/).toReversed()) {
    const bare = word.replace(/[^\w'-]+$/, '')
    if (!isCommonWord(bare) || /^(?:and|or|of|the|models?|series|various|all)$/i.test(bare) || /\d/.test(bare) || tail.length === WORDS_MAX)
      break
    tail.unshift(bare.toLowerCase())
  }
  return singular(tail.join(' '))
}

function singular(phrase: string): string {
  return phrase
    .replace(/(?<=\w{2})ies$/, 'y')
    .replace(/(?<=(?:s|x|z|ch|sh))es$/, '')
    .replace(/(?<=[^su'])s$/, '')
    .replace(/kni(?:ve)$/, 'knife')
}
