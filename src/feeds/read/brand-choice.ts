/** Which of the candidates are brands. Pure. */
import type { Candidate } from './brand-candidates.ts'
import { lettersOf } from './brand-features.ts'
import { likelihood, type Features } from './learned.ts'
import { isCommonWord } from './words.ts'

/** `key` is the name as it is compared. */
export type Likely = { name: string; key: string; likely: number }

/** From this likelihood on a name is a brand; where it is part of a likelier one, from the second on. */
const LIKELY_MIN = 0.43
const NESTED_MIN = 0.65
/** Enough for a name that the rules found together with brands. */
const LISTED_MIN = 0.2
/** Beside a brand of the rules, which has the product identified already, a line of it must not become a second. */
const BESIDE_MIN = 0.6
const BRANDS_MAX = 12

/**
 * Those of the rules first and in their order, then the likeliest; one at least, where there is any. Of several that the rules found together,
 * as in a list, mostly all are brands or none: where a third are likely, a little is enough for the others.
 */
export function chooseBrands(candidates: readonly Candidate[], ruled: readonly string[], weights: Features): string[] {
  const sorted = candidates
    .map(({ name, features }): Likely => ({ name, key: lettersOf(name), likely: likelihood(features, weights) }))
    .toSorted((a, b) => b.likely - a.likely)
  const chosen: Likely[] = []
  for (const each of sorted) {
    const nested = chosen.some((other) => other.key.includes(each.key) || each.key.includes(other.key))
    if (each.likely >= (nested ? NESTED_MIN : LIKELY_MIN)) chosen.push(each)
  }
  const best = chosen.length > 0 ? chosen : sorted.slice(0, 1)
  const keys = new Map(ruled.map((name) => [name, lettersOf(name)]))
  const taken = ruled.filter((name) => best.some((other) => other.key === keys.get(name)))
  const someTaken = taken.length > 0 && taken.length * 3 >= ruled.length
  const list = someTaken ? ruled.filter((name) => taken.includes(name) || likelyOf(sorted, keys.get(name)!) >= LISTED_MIN) : taken
  const beside = best.filter((each) => !list.some((other) => keys.get(other) === each.key))
  const others = list.length === 0 ? beside : beside.filter(({ likely }) => likely >= BESIDE_MIN)
  return withoutArticles([...list, ...others.map(({ name }) => name)]).slice(0, BRANDS_MAX)
}

/** Names that stand with "The" and without it are one. */
function withoutArticles(names: readonly string[]): string[] {
  return names.filter((name) => !names.some((other) => other.toLowerCase() === `the ${name.toLowerCase()}`))
}

/** What stands around a firm's name where the text speaks of the firm and not of its product. */
const ASKS_FIRM = /(?:[\w'-]|\b(?:contact|call|from|by|notify) |[.:] )$/
const FIRM_ACTS =
  /^ (?:has|have|had|is|are|was|will|at|for|to|and|or|of|in|on|by|with|sold|recall|recalls|recalled|received|offers?|should|products?|stores?|dealers?|retail)\b/
const IS_PRINTED = /^ (?:logo|(?:is|are) (?:printed|written|stamped|embossed|molded))\b/

/** "GE Lighting" whose lamps bear "the GE logo" is marketed under both names. */
export function withShortForms(names: readonly string[], description: string): string[] {
  return names.flatMap((name) => {
    const [first = '', second] = name.split(/\s+/)
    if (second === undefined || !/^[A-Z]\w+$/.test(first) || isCommonWord(first) || names.includes(first)) return [name]
    for (let at = description.indexOf(first); at >= 0; at = description.indexOf(first, at + first.length)) {
      const before = description.slice(Math.max(0, at - 12), at)
      const after = description.slice(at + first.length, at + first.length + 24)
      const quoted = before.endsWith('"') && /^,?"/.test(after)
      const goesOn = /^ [a-z]/.test(after) && !after.startsWith(` ${second}`) && !FIRM_ACTS.test(after)
      if (quoted || (!ASKS_FIRM.test(before) && (IS_PRINTED.test(after) || goesOn))) return [name, first]
    }
    return [name]
  })
}

function likelyOf(all: readonly Likely[], key: string): number {
  return all.find((each) => each.key === key)?.likely ?? 0
}
