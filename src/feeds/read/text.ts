/** Prose of agencies in one plain form, and its sentences. Pure. */

/**
 * The same words for reading: one kind of quotes, dashes and blanks, no trade marks, no HTML entities. What is shown to people is the
 * agency's own text; only readers work on this one.
 */
export function tidy(text: string): string {
  return text
    .replace(/&(nbsp|amp|quot|lt|gt|reg|trade|rsquo|lsquo|ldquo|rdquo|ndash|mdash|#39|#038);/g, (_whole, name: string) => ENTITIES[name]!)
    .replace(/[®™©℠]/g, '')
    .replace(/[‘’‛′`´]/g, "'")
    .replace(/[“”„″]/g, '"')
    .replace(/[‐‑–—−]/g, '-')
    .replace(/[\s\u00a0\u200b\ufeff]+/g, ' ')
    .trim()
}

const ENTITIES: Record<string, string> = {
  nbsp: ' ', amp: '&', quot: '"', lt: '<', gt: '>', reg: '', trade: '', rsquo: "'", lsquo: "'", ldquo: '"', rdquo: '"', ndash: '-', mdash: '-',
  '#39': "'", '#038': '&',
} // prettier-ignore

// A full stop after these ends no sentence.
const ABBREVIATION =
  /(?:\b(?:[A-Z]|U\.S|U\.K|Inc|Co|Corp|Ltd|No|Nos|St|Mr|Mrs|Ms|Dr|Jr|Sr|vs|approx|oz|ft|lb|lbs|in|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Ill|Ind|Wis|Calif|Mass|Conn|Fla|Ga|Pa|Va|Ore|Wash|Tex|Md|Mich|Minn|Mo|Tenn|Ky|Colo|Ariz|Del|a\.m|p\.m|e\.g|i\.e))$/

/** The sentences of a tidied text, in order; at most so many of them. */
export function sentences(text: string, most = Infinity): string[] {
  const found: string[] = []
  let start = 0
  for (const stop of text.matchAll(/[.!?]+["')]*\s+(?=["'(]?[A-Z0-9])/g)) {
    const before = text.slice(start, stop.index)
    if (text[stop.index] === '.' && ABBREVIATION.test(before)) continue
    found.push(text.slice(start, stop.index + stop[0].length).trim())
    if (found.length === most) return found
    start = stop.index + stop[0].length
  }
  const last = text.slice(start).trim()
  if (last !== '') found.push(last)
  return found
}

/** The words of a list without repeats, compared without case; the first spelling stays. */
export function distinct(words: Iterable<string>): string[] {
  const seen = new Map<string, string>()
  for (const word of words) {
    const key = word.toLowerCase()
    if (word !== '' && !seen.has(key)) seen.set(key, word)
  }
  return [...seen.values()]
}
