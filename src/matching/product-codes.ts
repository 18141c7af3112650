/** Whether two products state the same model number, nearly the same, or different ones. Pure and symmetric. */
import { HARD, PIECE, SOFT } from './codes.ts'
import { FOR, MAIN, MODEL_FIELD, WITH, type ListingCode, type ListingFeatures } from './listing-features.ts'
import { hasDigit } from './text.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Codes of one product that are compared: the work is their number squared. */
const CODES_COMPARED_MAX = 40
/** Products that may share a code before it counts for less: `n150` is a standard, not a model. */
const COMMON_FROM = 4

/** From 0 to 1 each: how surely a number is the same, one number begins or ends the other, the numbers differ. */
export type CodeEvidence = { same: number; near: number; other: number }

export function compareCodes(a: ListingFeatures, b: ListingFeatures, vocabulary: Vocabulary): CodeEvidence {
  let same = 0
  let near = 0
  const [mine, theirs] = [codesMeant(a), codesMeant(b)]
  for (const c of mine)
    for (const d of theirs) {
      const places = placeOf(c) * placeOf(d)
      if (c.code === d.code)
        same = Math.max(same, Math.min(strengthOf(c), strengthOf(d)) * places * rarityOf(c, vocabulary) * wholenessOf(c, d))
      else if ((c.kind & d.kind & HARD) !== 0) near = Math.max(near, nearnessOf(c.code, d.code) * places)
    }
  const differs = same < 0.65 && near < 0.5 ? Math.min(statedBy(a), statedBy(b)) : 0
  const other = fieldsDiffer(a, b) ? 1 : differs
  // What both state as their number decides over numbers that they only share.
  const trust = other > 0 ? 0.4 : 1
  return { same: trust * same, near: same >= 0.6 ? 0 : trust * near, other }
}

function codesMeant(listing: ListingFeatures): ListingCode[] {
  return listing.codes.filter((code) => code.place !== FOR && code.code.length >= 3).slice(0, CODES_COMPARED_MAX)
}

/** Both have a model field, and no number of one meets a number of the other or of its title. */
function fieldsDiffer(a: ListingFeatures, b: ListingFeatures): boolean {
  const [mine, theirs] = [fieldCodes(a), fieldCodes(b)]
  if (mine.length === 0 || theirs.length === 0) return false
  return !(anyMeet(mine, theirs) || anyMeet(mine, titleCodes(b)) || anyMeet(theirs, titleCodes(a)))
}

function anyMeet(some: readonly ListingCode[], others: readonly ListingCode[]): boolean {
  return some.some((c) => others.some((d) => c.code === d.code || nearnessOf(c.code, d.code) > 0))
}

function fieldCodes(listing: ListingFeatures): ListingCode[] {
  return codesMeant(listing).filter(({ place, kind }) => (place & MODEL_FIELD) !== 0 && isWhole(kind))
}

function titleCodes(listing: ListingFeatures): ListingCode[] {
  return codesMeant(listing).filter(({ place, kind }) => (place & MAIN) !== 0 && (kind & HARD) !== 0)
}

function isWhole(kind: number): boolean {
  return (kind & HARD) !== 0 && (kind & (SOFT | PIECE)) === 0
}

function rarityOf(code: ListingCode, vocabulary: Vocabulary): number {
  const met = code.id < 0 ? 1 : vocabulary.recalls[code.id]!
  return met <= COMMON_FROM ? 1 : Math.max(0.2, 1 - Math.log2(met / COMMON_FROM) / 6)
}

function placeOf(code: ListingCode): number {
  return (code.place & (MAIN | MODEL_FIELD | WITH)) !== 0 ? 1 : 0.85
}

/** Short codes and short numbers are met by chance. */
function strengthOf({ code, kind }: ListingCode): number {
  const size = code.length >= 6 ? 1 : code.length === 5 ? 0.9 : code.length === 4 ? 0.7 : 0.4
  return (kind & SOFT) !== 0 ? 0.5 * size : (kind & HARD) !== 0 ? size : 0.6 * size
}

/** `f3h98210` begins with `f3h982`; `ver97185` ends with `97185`. */
function nearnessOf(c: string, d: string): number {
  const [short, long] = c.length < d.length ? [c, d] : [d, c]
  if (short.length < 4 || !hasDigit(short)) return 0
  if (!long.startsWith(short) && !long.endsWith(short)) return 0
  return short.length >= 5 ? Math.max(0.6, short.length / long.length) : 0.5
}

/** What a match is worth that only pieces of two longer numbers share: `NST-400MX-S2` and `NST-400MX-SR`. */
const BOTH_PIECES = 0.3

function wholenessOf(c: ListingCode, d: ListingCode): number {
  return (c.kind & d.kind & PIECE) === 0 ? 1 : BOTH_PIECES
}

/** How surely the product states its model number at all. */
function statedBy(listing: ListingFeatures): number {
  let stated = 0
  for (const { kind, place } of codesMeant(listing)) {
    if (!isWhole(kind)) continue
    if ((place & MODEL_FIELD) !== 0) return 1
    if ((place & MAIN) !== 0) stated = 0.9
  }
  return stated
}
