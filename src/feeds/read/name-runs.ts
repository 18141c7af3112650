/** Runs of proper names at the beginning of a phrase: "Glacier Bay and Schön kitchen faucets". Pure. */
import { GOES_ON } from './brand-words.ts'
import { sentences } from './text.ts'
import { isCommonWord, isJoiningWord } from './words.ts'

const SUBJECT =
  /^(?:This|The|These) (?:expanded )?(?:voluntary )?recall(?: reannouncement| alert)? (?:involves|includes|covers|is for|affects|concerns)\s+(.{3,240})/i
// Before recalls had a standard sentence: "The recalled Muddy Outdoors climbing sticks are …".
const RECALLED =
  /^(?:The|These|All) (?:recalled|affected)\s+(?:(?:items?|products?|units?|garments?|models?) (?:are|is|includes?)\s+(?:the )?)?((?:[A-Z]|\d{4}\s).{3,240})/

// "The Lithium Lazer ice auger is used by …".
const IS = /^(?:The|These)\s+([A-Z](?!ecall)[^.,]{3,120}?\s(?:is|are)\b)/

/** `closed` where the thing follows in small letters, so that the name is whole: "Grumpy Cat | stuffed animal toys". */
export type NameRun = { words: string[]; closed: boolean }

/** The runs of names with which each text begins to speak of the product. The title's words are used where nothing else gives one. */
export function nameRuns(
  texts: { productNames: readonly string[]; description: string; subject: string },
  titleProduct: string,
  small = smallWords(texts),
): NameRun[][] {
  function runsOf(phrase: string): NameRun[] {
    return runsAtStart(phrase).flatMap((run) => {
      const words = run.closed ? run.words : withoutThings(run.words, small)
      // The first word of a name is written large in any case: the text that writes it small elsewhere tells.
      if (words.length === 0 || (words.length === 1 && /^[A-Z]/.test(words[0]!) && small.has(words[0]!.toLowerCase()))) return []
      return [{ ...run, words }]
    })
  }
  const lists = [...texts.productNames.slice(0, 20), texts.subject.replace(SMALL_LEAD, '')].map(runsOf).filter((list) => list.length > 0)
  return lists.length > 0 ? lists : [runsOf(titleProduct)]
}

/** What sort of thing it is may stand before the names: "electronically controlled Majestic and Monessen fireplaces". */
const SMALL_LEAD =
  /^(?:(?!(?:with|that|which|who|sold|made|of|for|from|in|on|at|and|or|by|to|as|under|is|are)\b)[a-z][a-z'-]+ ){1,3}(?=[A-Z][a-z]+(?:-\w+)?,? )(?!\S+ \S* ?\S* ?(?:Models?|Styles?|SKU|Item|Size|UPC)\b)/

/** The words that the texts write small somewhere. */
export function smallWords(texts: { productNames: readonly string[]; description: string }): ReadonlySet<string> {
  const text = `${texts.description} ${texts.productNames.join(' ')}`
  // Rules and features ask for the words of one text, one after another.
  if (text !== lastRead.text) lastRead = { text, words: new Set(text.match(/\b[a-z][a-z'-]{2,}\b/g)) }
  return lastRead.words
}

let lastRead: { text: string; words: ReadonlySet<string> } = { text: '', words: new Set() }

/** What the first sentence of a description says is recalled, without "all", "certain" and model years before it. */
export function subjectOf(opening: string): string {
  return (SUBJECT.exec(opening)?.[1] ?? RECALLED.exec(opening)?.[1] ?? IS.exec(opening)?.[1] ?? '').replace(/"/g, '').replace(LEAD_IN, '')
}

/** A run without the words at its end that the texts elsewhere write small: "Threshold Glass Jar" → Threshold. */
export function withoutThings(run: readonly string[], small: ReadonlySet<string>): string[] {
  let end = run.length
  while (end > 0 && isThing(run[end - 1]!.toLowerCase(), small)) end--
  return withoutJoiningEnd(run.slice(0, end))
}

function isThing(word: string, small: ReadonlySet<string>): boolean {
  return (
    isCommonWord(word) && [word, `${word}s`, `${word}es`, word.replace(/e?s$/, ''), word.replace(/s$/, '')].some((form) => small.has(form))
  )
}

const LEAD_IN =
  /^(?:(?:all|certain|the|the following|following|some|only|an?|two|three|four|five|various|selected|model years?|\d{4}(?:\s*(?:-|and|to|through)\s*\d{4})?|(?:styles|types|models|kinds|lots|colors|versions) of|\d+ (?:styles|types|models) of|children's|plush)[\s,]+)+/i
/** A name of the product without "all", "two styles of" and model years before it. */
export function withoutLeadIn(phrase: string): string {
  return phrase.replace(/"/g, '').replace(LEAD_IN, '')
}

const MEASURE =
  /^(?:oz|ounces?|inch|inches|in|ml|mL|gallons?|quarts?|pieces?|packs?|count|volts?|watts?|BTU|cc|lbs?|pounds?|feet|ft|mm|cm|percent|(?:and|to|or) \d)(?:\b|$)/
/** Abbreviations of things, which are no names. */
const THINGS =
  /^(?:LED|LP|LPG|USB|TV|TVs|ATVs?|UTVs?|ROVs?|AC|DC|PVC|CO|GFCI|RV|RVs|HVAC|DVD|CD|LCD|PC|PCs|EV|E-bikes?|UPC|VINs?|T-shirts?|BTU|II|III|IV|XL|NDC|DC|SUV|Li-ion|Kids|Brand|Christmas|Halloween|Easter)$/i

/** Words in which a small one shows that capitals mean something. */
const CAPITALS_WITHIN = 14
/** What follows these is no part of the name. */
const CLAUSE = /^(?:with|that|which|sold|made|manufactured|in|from|used|including|have|has|are|is|was|were|can)$/

function isSmallNoun(word: string): boolean {
  return /^[a-z]{3,}/.test(word) && !isJoiningWord(word) && !CLAUSE.test(word) && word !== 'and'
}

/** The proper names a phrase begins with, one run per listed name: "Glacier Bay and Schön kitchen faucets" → Glacier Bay; Schön. */
export function leadingNames(phrase: string): string[][] {
  return runsAtStart(phrase).map((run) => run.words)
}

function runsAtStart(phrase: string): NameRun[] {
  const words = phrase
    .replace(/"[^"]{2,40} and [^"]{2,40}"/g, (quoted) => quoted.replaceAll(' ', HELD))
    .replace(/"/g, '')
    .replace(LEAD_IN, '')
    .split(/ +/)
  // In "Island Wear umbrella strollers" capitals mark the name; in "Bullseye's Playground Metal Mailbox" every word has one.
  const head = words.slice(1, CAPITALS_WITHIN)
  const end = head.findIndex((word) => CLAUSE.test(word) || /[a-z][.;]$/.test(word))
  const capitalsMean = (end === -1 ? head : head.slice(0, end + 1)).some((word) => isSmallNoun(word))
  const runs: string[][] = [[]]
  let closed = false
  for (const [index, word] of words.entries()) {
    if (/^brand(?:ed)?$/.test(word) && runs.at(-1)!.length > 0) continue
    const bare = ABBREVIATED.test(word) ? word : word.replace(/[,;:().]+$/g, '').replace(/^\(|-brand(?:ed)?$/g, '')
    const run = runs.at(-1)!
    if (/^\d+$/.test(bare) && MEASURE.test(words.slice(index + 1, index + 3).join(' '))) break
    if (bare === 'and' && run.length > 0 && GOES_ON.test(words[index + 1] ?? '')) run.push(bare)
    else if (bare === 'and' || bare === 'or') runs.push([])
    else if (index === 0 && /^[a-z]{4,}$/.test(bare) && !isCommonWord(bare) && /^[A-Z]/.test(words[1] ?? '')) run.push(bare)
    else if (isNameWord(bare, capitalsMean && !(index === 0 && /^[a-z]/.test(words[1] ?? 'a')), run)) {
      run.push(bare)
      if (/[,;]$/.test(word)) runs.push([])
    } else if (isJoiningWord(bare) && run.length > 0) run.push(bare)
    else {
      closed = capitalsMean && isSmallNoun(word) && run.length > 0
      break
    }
  }
  return runs
    .map(withoutJoiningEnd)
    .filter((run) => run.length > 0 && run.length <= 6)
    .map((run) => ({ words: run.flatMap((word) => word.split(HELD)), closed }))
}

/** Keeps a quoted name together while its phrase is cut into words: `"Big Rex and Friends"`. */
const HELD = '\u00a0'
/** Their full stop belongs to the name: "Mr. Coffee", "L.L. Bean". */
const ABBREVIATED = /^(?:Mr|Mrs|Ms|Dr|St|(?:[A-Z]\.)+[A-Z])\.$/

function isNameWord(word: string, capitalsMean: boolean, run: readonly string[]): boolean {
  if (THINGS.test(word)) return false
  if (/^\d+(?:st|nd|rd|th)$/.test(word)) return run.length > 0
  if (/^\d{1,4}$/.test(word)) return run.length > 0
  if (/^\d[\d,.]*(?:-[a-z]+|['"V]|W)$/.test(word)) return false
  if (/^\d+[.,]\d+$/.test(word) || /^\d[\d.,/-]*-?(?:inch|oz|ounce|piece|pack|in-1|drawer|volt|gallon|quart|wick)s?\.?$/i.test(word))
    return false
  if (!/^(?:[A-ZÀ-Ý0-9]|[a-z]+[A-Z])/.test(word)) return false
  return capitalsMean || !isCommonWord(word) || (/^[A-Z0-9]{2,}$/.test(word) && /[A-Z]/.test(word) && word.length > 2)
}

export function withoutJoiningEnd(run: readonly string[]): string[] {
  let end = run.length
  while (end > 0 && isJoiningWord(run[end - 1]!)) end--
  return run.slice(0, end)
}

/** Where a description says what is recalled. */
export function firstSentence(text: string): string {
  return sentences(text, 1)[0] ?? ''
}

const RUNS_MAX = 60

/** What several names of the product begin with: "JSNY Dress-Me Clown" and "JSNY Funny Clown" are both JSNY. */
export function sharedBeginnings(runs: readonly string[][]): string[] {
  const shared: string[] = []
  runs = runs.slice(0, RUNS_MAX)
  for (const [index, run] of runs.entries()) {
    for (const other of runs.slice(index + 1)) {
      let length = 0
      while (length < run.length && run[length]!.toLowerCase() === other[length]?.toLowerCase()) length++
      const beginning = withoutJoiningEnd(run.slice(0, length))
      if (beginning.length > 0 && (run.length > length || other.length > length) && !beginning.every(isCommonWord))
        shared.push(beginning.join(' '))
    }
  }
  return shared
}
