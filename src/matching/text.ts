/**
 * Text as words. Pure, linear in the length of the text, and bounded: what lies past the bound is not read.
 *
 * A word is a run of letters and digits, folded (compatibility forms, accents and invisible characters removed, lower case).
 * Between two words stands one separator, because it tells what belongs together: `PC70-THD` is one code, `cup, lid` is two things.
 */

/** Characters of one text that are read. A product title has 200; descriptions are read as far as this. */
export const TEXT_LENGTH_MAX = 6000
/** Words of one text that are kept. */
export const WORDS_MAX = 900

/** What stood between a word and the word before it. */
export const SPACE = 0
/** `-`, `.`, `_`, `:` or `#` without blanks: the two may be one code or one compound. */
export const HYPHEN = 1
/** `/` or `+` or `&` without blanks: alternatives, or one code. */
export const SLASH = 2
/** Comma, bracket, dash between blanks, bullet: another phrase begins. */
export const BREAK = 3
/** Full stop, semicolon, line end: another sentence begins. */
export const STOP = 4

export type Words = {
  /** Folded words, in order. */
  text: string[]
  /** The separator before each word. */
  before: number[]
  /** 1 where the word began with a capital letter in the original. */
  capital: number[]
  /** These are all words, each as it stands in the text but for capitals. */
  isPlain: boolean
}

/** Characters that are not seen: soft hyphens, joiners, marks of writing direction, fillers, variation selectors. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu
const BEYOND_ASCII = /[^\p{ASCII}]/u

/** Character classes of ASCII: 1 letter, 2 digit, 3 apostrophe, 4 hyphen-like, 5 slash-like, 6 break, 7 stop, 0 blank. */
const CLASS = new Uint8Array(128)
for (let c = 48; c < 58; c++) CLASS[c] = 2
for (let c = 97; c < 123; c++) CLASS[c] = CLASS[c - 32] = 1
for (const [characters, kind] of [
  ["'`", 3],
  ['-._:#', 4],
  ['/+&', 5],
  [',()[]{}|*"<>=~', 6],
  [';!?\n', 7],
] as const) {
  for (const character of characters) CLASS[character.charCodeAt(0)] = kind
}

/** Compatibility forms resolved, accents and invisible characters removed, typographic quotes and dashes made plain. Case is kept. */
export function fold(text: string): string {
  return inches(BEYOND_ASCII.test(text) ? foldBeyond(text) : text)
}

/** `11"` and `27''` are inches; a quotation mark that closes what another one opened is none. */
const INCH_MARK = /(^|[^"\w])(\d{1,3}(?:[.-]\d{1,2})?(?:[ -]\d\/\d)?) ?(?:"|'')(?![\w"])/g

function inches(text: string): string {
  return text.includes('"') || text.includes("''") ? text.replace(INCH_MARK, '$1$2 inch ') : text
}

function foldBeyond(text: string): string {
  return text
    .replace(INVISIBLE, '')
    .replace(/[\u00ae\u2122\u00a9\u2120]/g, ' ')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[\u2018\u2019\u02bc\u2032]/g, "'")
    .replace(/[\u201c\u201d\u2033\u00ab\u00bb]/g, '"')
    .replace(/[\u2010\u2011]/g, '-')
    .replace(/[\u2012-\u2015\u2022\u00b7]/g, ' | ')
    .replace(/\u00df/g, 'ss')
}

function classOf(code: number): number {
  if (code < 128) return CLASS[code]!
  // General punctuation, CJK punctuation, symbols and halves of surrogate pairs (emoji) part words; every other character is a letter.
  if ((code >= 0x2000 && code <= 0x2bff) || (code >= 0x3000 && code <= 0x303f) || (code >= 0xd800 && code <= 0xf8ff)) return 6
  return code < 0xc0 ? 0 : 1
}

/** A separator that grows with what is met: a blank beside a hyphen makes it a dash, a stop wins over all. */
function widen(separator: number, kind: number, blankBefore: boolean): number {
  if (kind === 0) return separator === HYPHEN || separator === SLASH ? BREAK : separator
  if (kind === 4) return separator === SPACE && !blankBefore ? HYPHEN : Math.max(separator, BREAK)
  if (kind === 5) return separator === SPACE && !blankBefore ? SLASH : Math.max(separator, BREAK)
  return Math.max(separator, kind === 7 ? STOP : BREAK)
}

/** The words of a text, at most `WORDS_MAX` from its first `lengthMax` characters. */
export function wordsOf(text: string, lengthMax = TEXT_LENGTH_MAX): Words {
  const read = text.length > lengthMax ? text.slice(0, lengthMax) : text
  const kept = fold(read)
  const lower = kept.toLowerCase()
  const sameLength = lower.length === kept.length
  const words: Words = { text: [], before: [], capital: [], isPlain: kept === read }
  let separator = STOP
  let blank = false
  let i = 0
  while (i < lower.length && words.text.length < WORDS_MAX) {
    const kind = classOf(lower.charCodeAt(i))
    if (kind === 1 || kind === 2) {
      const start = i
      let apostrophe = false
      for (i++; i < lower.length; i++) {
        const next = classOf(lower.charCodeAt(i))
        if (next === 3 && kind === 1) apostrophe = true
        else if (next !== 1 && next !== 2) break
      }
      let word = lower.slice(start, i)
      if (apostrophe) {
        word = word.replace(/['`]/g, '')
        words.isPlain = false
      }
      const first = kept.charCodeAt(start)
      words.text.push(word)
      words.before.push(separator)
      words.capital.push(sameLength && first >= 65 && first <= 90 ? 1 : 0)
      separator = SPACE
      blank = false
      continue
    }
    // A full stop before a blank ends a sentence; inside `3.5` or `WG304.1` it joins.
    const endsSentence =
      kind === 4 &&
      lower.charCodeAt(i) === 46 &&
      !(i + 1 < lower.length && classOf(lower.charCodeAt(i + 1)) <= 2 && lower.charCodeAt(i + 1) > 32)
    separator = endsSentence ? Math.max(separator, STOP) : kind === 3 ? separator : widen(separator, kind, blank)
    if (kind === 0) blank = true
    i++
  }
  if (i < lower.length) words.isPlain = false
  return words
}

/** The word without its plural ending: crude, the same on both sides, never shorter than three letters. */
export function stem(word: string): string {
  const n = word.length
  if (n < 4 || word.charCodeAt(n - 1) !== 115) return word
  const last = word.charCodeAt(n - 2)
  if (last === 115 || last === 117 || last === 105 || (last >= 48 && last <= 57)) return word
  if (word.endsWith('ies') && n > 4) return `${word.slice(0, -3)}y`
  if (last === 101 && /(?:ch|sh|x|z|ss)es$/.test(word)) return word.slice(0, -2)
  return word.slice(0, -1)
}

/** Whether the word has a digit. */
export function hasDigit(word: string): boolean {
  for (let i = 0; i < word.length; i++) {
    const c = word.charCodeAt(i)
    if (c >= 48 && c <= 57) return true
  }
  return false
}

/** Whether the word is digits only. */
export function isNumber(word: string): boolean {
  for (let i = 0; i < word.length; i++) {
    const c = word.charCodeAt(i)
    if (c < 48 || c > 57) return false
  }
  return word.length > 0
}
