/** Which of the candidates are brands. Pure. */
import type { Candidate } from './brand-candidates.ts'
import { lettersOf } from './brand-features.ts'
import { likelihood, type Features } from './learned.ts'

export type Likely = { name: string; likely: number }

/** From this likelihood on a name is a brand; where it is part of a likelier one, from the second on. */
const LIKELY_MIN = 0.43
const NESTED_MIN = 0.65
/** Enough for a name that the rules found together with brands. */
const LISTED_MIN = 0.15
/** Beside a brand of the rules, which has the product identified already, a line of it must not become a second. */
const BESIDE_MIN = 0.6
const BRANDS_MAX = 12

/**
 * Those of the rules first and in their order, then the likeliest; one at least, where there is any. Of several that the rules found together,
 * as in a list, mostly all are brands or none: where half are likely, a little is enough for the others.
 */
export function chooseBrands(candidates: readonly Candidate[], ruled: readonly string[], weights: Features): string[] {
  const sorted = candidates
    .map(({ name, features }): Likely => ({ name, likely: likelihood(features, weights) }))
    .toSorted((a, b) => b.likely - a.likely)
  const chosen: Likely[] = []
  for (const each of sorted) {
    const nested = chosen.some((other) => isPart(other.name, each.name) || isPart(each.name, other.name))
    if (each.likely >= (nested ? NESTED_MIN : LIKELY_MIN)) chosen.push(each)
  }
  const names = (chosen.length > 0 ? chosen : sorted.slice(0, 1)).map(({ name }) => name)
  const taken = ruled.filter((name) => names.some((other) => lettersOf(other) === lettersOf(name)))
  const halfTaken = taken.length > 0 && taken.length * 2 >= ruled.length
  const list = halfTaken ? ruled.filter((name) => taken.includes(name) || likelyOf(sorted, name) >= LISTED_MIN) : taken
  const beside = names.filter((name) => !list.some((other) => lettersOf(other) === lettersOf(name)))
  const others = list.length === 0 ? beside : beside.filter((name) => likelyOf(sorted, name) >= BESIDE_MIN)
  return [...list, ...others].slice(0, BRANDS_MAX)
}

function likelyOf(all: readonly Likely[], name: string): number {
  return all.find((each) => lettersOf(each.name) === lettersOf(name))?.likely ?? 0
}

function isPart(whole: string, part: string): boolean {
  return lettersOf(whole).includes(lettersOf(part))
}
