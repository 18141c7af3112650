/** What a product is called: its brands and the names of its models. Pure. */
import { distinct, sentences } from './text.ts'
import { readTitle } from './title.ts'
import { isCommonWord, isJoiningWord } from './words.ts'

export type Names = { brands: string[]; modelNames: string[] }

export type NamedTexts = {
  title: string
  productNames: readonly string[]
  /** What the agency says of the product alone; '' where all there is is a whole press release, in which everybody is named. */
  description: string
  /** The sentence on who sold it: a firm that only sells a product is not its brand. */
  soldText: string
  firms: readonly string[]
}

/**
 * Brands are, in this order: the words said to be brands ("Niko brand", "under the CHAR-BROIL label"); the recalling firm as far as its name
 * stands on the product; the names before the ordinary words of the product's name ("Harbor Breeze | bath fans"); what is printed on it;
 * and only where there is none of these, the firm.
 */
export function readNames(texts: NamedTexts): Names {
  const { firm, product } = readTitle(texts.title)
  const printed = printedNames(texts.description)
  const lists = nameRuns(texts, product)
  const runs = lists.flat()
  const said = distinct([...texts.productNames, product, texts.description].flatMap((text) => saidBrands(text, firm)))
  const own = firmAsBrand(firm, texts, printed, runs)
  const ownPrinted = own.filter((name) => [...printed, ...dealersOf(texts.soldText)].some((each) => startsWithName(each, name)))
  const known = [...said, ...own, ...printed, ...dealersOf(texts.soldText), ...sharedBeginnings([...runs, ...leadingNames(product)])]
  const named = distinct(lists.flatMap((list) => brandsOfList(list, known, firm)))
  const fallback = printed.length > 0 ? printed.slice(0, 1) : [firm || (texts.firms[0] ?? '')].filter((name) => name !== '')
  const brands = [said.length > 0 ? distinct([...said, ...ownPrinted]) : [], own, named].find((found) => found.length > 0) ?? fallback
  const quoted = [texts.title, ...texts.productNames]
    .flatMap(quotedNames)
    .filter((name) => !brands.some((brand) => startsWithName(brand, name)))
  const modelNames = [...runs.flatMap((run) => modelOfRun(run, [...brands, ...own, ...said])), ...quoted]
  return { brands: brands.slice(0, BRANDS_MAX), modelNames: distinct(modelNames).slice(0, NAMES_MAX) }
}

const BRANDS_MAX = 12
const NAMES_MAX = 12

const NAME_WORD = String.raw`(?:[A-ZÀ-Ý0-9][\w'À-ÿ!+./&-]*|[a-z]+[A-Z]\w*)`
// Names before the word "brand", at most the length that is looked back.
const BEFORE_BRAND = new RegExp(String.raw`((?:${NAME_WORD}|of|for|&|de|and|or)(?:,?\s+(?:${NAME_WORD}|of|for|&|de|and|or|the))*)$`)
const BRAND_WORD = /[\s-]brand(?:ed|s)?\b/gi
const UNDER = /\bunder the ("?[^.;]{2,80}?"?) (?:labels?|names?|brands?|trademarks?|brand names?)\b/gi
const LOOK_BACK = 90

function saidBrands(text: string, firm: string): string[] {
  const phrases = [...text.matchAll(UNDER)].map((match) => match[1]!)
  for (const match of text.matchAll(BRAND_WORD)) {
    const before = text.slice(Math.max(0, match.index - LOOK_BACK), match.index)
    phrases.push(BEFORE_BRAND.exec(before)?.[1] ?? '')
  }
  return phrases
    .flatMap((phrase) => phrase.split(/,\s*(?:and\s+)?|\s+(?:and|or|the)\s+/))
    .map((name) => cleanBrand(name, firm))
    .filter((name) => name !== '')
}

/** One name said to be a brand, without what stands before it: "EGL Motor's ACE" → ACE; '' where it is no name. */
function cleanBrand(text: string, firm: string): string {
  const name = text
    .replace(/"/g, '')
    .replace(
      /^(?:(?:The|All|This|These|Recalled|Certain|Model|Year|Years|Various|An?|For|Of|And|Or|Children's|\d{4}|\d+-\w+|\w+-Wick)\s+)+/i,
      '',
    )
    .replace(/^.*'s\s+(?=\S)/, (owner) => (firm !== '' && owner.toLowerCase().startsWith(firm.toLowerCase()) ? '' : owner))
    .replace(/[-'.,]+$/, '')
    .replace(/\s*[- ]brand(?:ed)?$/i, '')
    .trim()
  const withoutFirm = firm !== '' && startsWithName(name, firm) && name.length > firm.length + 1 ? name.slice(firm.length).trim() : name
  const words = withoutFirm.split(/\s+/)
  if (
    withoutFirm.length < 2 ||
    words.length > 5 ||
    !/[A-Za-z]/.test(withoutFirm) ||
    /\d{3,}|\b(?:Numbers?|Dates?|Models?|Descriptions?|Sizes?|Colors?|UPC)\b/.test(withoutFirm)
  )
    return ''
  return words.length === 1 && isCommonWord(withoutFirm) && /^[A-Z]?[a-z]+$/.test(withoutFirm) ? '' : withoutFirm
}

const MARKING = /\b(?:logo|printed|stamped|embossed|engraved|etched|molded|imprinted|painted|sewn|displayed|label|labels|tag|tags)\b/i
const BEFORE_MARKING =
  /\s+(?:brand )?(?:[a-z]+ )?(?:logo|name|(?:is|are|was|were) (?:printed|stamped|embossed|engraved|painted|molded|sewn))\b/g
const NAMES_AT_END = new RegExp(String.raw`(?<![\w'])((?:The )?${NAME_WORD}(?:\s+(?:${NAME_WORD}|of|and)){0,5})$`)

/** Names that stand on the product: quoted in a sentence on markings, or written before "logo" and "is printed". */
function printedNames(description: string): string[] {
  const found: string[] = []
  for (const sentence of sentences(description.slice(0, PRINTED_WITHIN))) {
    if (!MARKING.test(sentence)) continue
    for (const quoted of sentence.matchAll(/"([^"]{2,40})"/g)) found.push(quoted[1]!)
    for (const mark of sentence.matchAll(BEFORE_MARKING)) {
      const names = NAMES_AT_END.exec(sentence.slice(Math.max(0, mark.index - LOOK_BACK), mark.index))?.[1] ?? ''
      found.push(...names.replace(/^(?:The|An?|Its)\s+/, '').split(/\s+and\s+/))
    }
  }
  return distinct(found.map((name) => name.replace(/[,.]+$/, '').trim())).filter(isPrintedName)
}

/** Markings stand in the first sentences; what follows in a long text are tables. */
const PRINTED_WITHIN = 20_000

function isPrintedName(name: string): boolean {
  const words = name.split(' ')
  return /^[A-Za-z0-9]/.test(name) && !/\d{3,}/.test(name) && words.length <= 4 && !words.every(isCommonWord)
}

/**
 * The longest beginning of the firm's name that is on the product: printed on it, before its name, or named as its maker. Beside another name
 * of the product, being mentioned is not enough: "Woodstream recalls Mosquito Magnet traps".
 */
function firmAsBrand(firm: string, texts: NamedTexts, printed: readonly string[], runs: readonly string[][]): string[] {
  const words = firm.split(/\s+/)
  const sells = firm !== '' && texts.soldText.toLowerCase().includes(firm.toLowerCase())
  const subject = [...texts.productNames, texts.description].join(' . ')
  for (let length = words.length; length > 0; length--) {
    const name = words
      .slice(0, length)
      .join(' ')
      .replace(/[,&]+$/, '')
      .trim()
    if (name.length < 2 || (length < 2 && isCommonWord(name))) continue
    const longer = runs.map((run) => run.join(' ')).find((run) => run.toLowerCase().endsWith(` ${name.toLowerCase()}`))
    if (longer !== undefined) return [longer]
    const before = runs.some((run) => startsWithName(run.join(' '), name) || subject.includes(`${name}'s ${run[0]}`))
    const made = firstSentence(texts.description).includes(` by ${name}`) || startsWithName(subjectOf(texts.description), name)
    if (before || made || [...printed, ...dealersOf(texts.soldText)].some((each) => startsWithName(each, name))) return [name]
    if (!sells && runs.length === 0 && containsName(subject, name)) return [name]
  }
  return []
}

const DEALERS = new RegExp(
  String.raw`(?:^|[,;] |\band |\bAuthorized )(${NAME_WORD}(?:\s+${NAME_WORD}){0,2}) (?:authorized |brand )?(?:dealers|dealerships|distributors)\b`,
  'g',
)

/** "Can-Am dealers nationwide": who has dealers is a brand. */
function dealersOf(soldText: string): string[] {
  return [...soldText.matchAll(DEALERS)].map((match) => match[1]!.replace(/^Authorized\s+/, ''))
}

/** What several names of the product begin with: "JSNY Dress-Me Clown" and "JSNY Funny Clown" are both JSNY. */
function sharedBeginnings(runs: readonly string[][]): string[] {
  const shared: string[] = []
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

function firstSentence(text: string): string {
  return sentences(text)[0] ?? ''
}

function containsName(text: string, name: string): boolean {
  const at = text.indexOf(name)
  return at >= 0 && !/\w/.test(text[at - 1] ?? ' ') && !/\w/.test(text[at + name.length] ?? ' ')
}

const SUBJECT =
  /^(?:This|The|These) (?:expanded )?(?:voluntary )?recall(?: reannouncement| alert)? (?:involves|includes|covers|is for|affects|concerns)\s+(.{3,240})/i

/** The runs of names with which each text begins to speak of the product. The title's words are used where nothing else gives one. */
function nameRuns(texts: NamedTexts, titleProduct: string): string[][][] {
  const small = new Set(`${texts.description} ${texts.productNames.join(' ')}`.match(/\b[a-z][a-z'-]{2,}\b/g))
  function runsOf(phrase: string): string[][] {
    return leadingNames(phrase).flatMap((run) => withoutThings(run, small))
  }
  const lists = [...texts.productNames.slice(0, 20), subjectOf(texts.description)].map(runsOf).filter((list) => list.length > 0)
  return lists.length > 0 ? lists : [runsOf(titleProduct)]
}

/** What the description says is recalled, without "all", "certain" and model years before it. */
function subjectOf(description: string): string {
  return (SUBJECT.exec(firstSentence(description))?.[1] ?? '').replace(/"/g, '').replace(LEAD_IN, '')
}

/** A run without the words at its end that the texts elsewhere write small: "Threshold Glass Jar" → Threshold. */
function withoutThings(run: readonly string[], small: ReadonlySet<string>): string[][] {
  let end = run.length
  while (end > 0 && isThing(run[end - 1]!.toLowerCase(), small)) end--
  const kept = withoutJoiningEnd(run.slice(0, end))
  return kept.length === 0 ? [] : [kept]
}

function isThing(word: string, small: ReadonlySet<string>): boolean {
  return (
    isCommonWord(word) && [word, `${word}s`, `${word}es`, word.replace(/e?s$/, ''), word.replace(/s$/, '')].some((form) => small.has(form))
  )
}

const LEAD_IN =
  /^(?:(?:all|certain|the|some|only|an?|two|three|four|five|various|selected|model years?|\d{4}(?:\s*(?:-|and|to|through)\s*\d{4})?|(?:styles|types|models|kinds|lots|colors|versions) of|\d+ (?:styles|types|models) of|children's|plush)[\s,]+)+/i
const MEASURE =
  /^(?:oz|ounces?|inch|inches|in|ml|mL|gallons?|quarts?|pieces?|packs?|count|volts?|watts?|BTU|cc|lbs?|pounds?|feet|ft|mm|cm|percent|and|to|or)\b/
/** Abbreviations of things, which are no names. */
const THINGS =
  /^(?:LED|LP|LPG|USB|TV|TVs|ATVs?|UTVs?|ROVs?|AC|DC|PVC|CO|GFCI|RV|RVs|HVAC|DVD|CD|LCD|PC|PCs|EV|E-bikes?|UPC|VINs?|T-shirts?|BTU|II|III|IV|XL|NDC|DC|SUV|Li-ion|Kids|Brand)$/i

/** The proper names a phrase begins with, one run per listed name: "Glacier Bay and Schön kitchen faucets" → Glacier Bay; Schön. */
function leadingNames(phrase: string): string[][] {
  const words = phrase.replace(/"/g, '').replace(LEAD_IN, '').split(/\s+/)
  // In "Island Wear umbrella strollers" capitals mark the name; in "Bullseye's Playground Metal Mailbox" every word has one.
  const capitalsMean = words
    .slice(1, 8)
    .some((word) => /^[a-z]{3,}/.test(word) && !isJoiningWord(word) && !/^(?:and|with|that|which|sold)$/.test(word))
  const runs: string[][] = [[]]
  for (const [index, word] of words.entries()) {
    const bare = word.replace(/[,;:().]+$/g, '').replace(/^\(/, '')
    const run = runs.at(-1)!
    if (/^\d+$/.test(bare) && MEASURE.test(words[index + 1] ?? '')) break
    if (bare === 'and' || bare === 'or') runs.push([])
    else if (isNameWord(bare, capitalsMean, run)) {
      run.push(bare)
      if (/[,;]$/.test(word)) runs.push([])
    } else if (isJoiningWord(bare) && run.length > 0) run.push(bare)
    else break
  }
  return runs.map(withoutJoiningEnd).filter((run) => run.length > 0 && run.length <= 6)
}

function isNameWord(word: string, capitalsMean: boolean, run: readonly string[]): boolean {
  if (THINGS.test(word)) return false
  if (/^\d+(?:st|nd|rd|th)$/.test(word)) return run.length > 0
  if (/^\d{1,4}$/.test(word)) return run.length > 0
  if (/^\d+[.,]\d+$/.test(word) || /^\d[\d.,/-]*-?(?:inch|oz|ounce|piece|pack|in-1|drawer|volt|gallon|quart|wick)s?\.?$/i.test(word))
    return false
  if (!/^(?:[A-ZÀ-Ý0-9]|[a-z]+[A-Z])/.test(word)) return false
  return capitalsMean || !isCommonWord(word) || (/^[A-Z0-9]{2,}$/.test(word) && /[A-Z]/.test(word) && word.length > 2)
}

function withoutJoiningEnd(run: readonly string[]): string[] {
  let end = run.length
  while (end > 0 && isJoiningWord(run[end - 1]!)) end--
  return run.slice(0, end)
}

/** "Glacier Bay and Schön faucets" are two brands; "Can-Am Outlander and Renegade" one, with two models. */
function brandsOfList([first, ...others]: string[][], known: readonly string[], firm: string): string[] {
  if (first === undefined) return []
  const brands = brandOfRun(first, known, firm)
  const modelFollows = brands[0] !== undefined && brands[0].length < first.join(' ').length
  const rest = modelFollows ? others.filter((run) => known.some((name) => startsWithName(run.join(' '), name))) : others
  return [...brands, ...rest.flatMap((run) => brandOfRun(run, known, firm))]
}

/** The brand at the beginning of a run of names: one that is known from elsewhere, else its first words. */
function brandOfRun(run: readonly string[], known: readonly string[], firm: string): string[] {
  const text = run.join(' ')
  const match = known.filter((name) => startsWithName(text, name)).sort((a, b) => b.length - a.length)[0]
  if (match !== undefined) return [text.slice(0, match.length)]
  if (firm !== '' && run.length > 1 && startsWithName(firm, run[0]!.replace(/'s$/, '')) && run[0]!.endsWith("'s"))
    return [run[0]!.replace(/'s$/, '')]
  const words = run.slice(0, 3).filter((word, index) => index === 0 || !/\d/.test(word) || /^\d+(?:st|nd|rd|th)$/.test(word))
  return /\d{2,}/.test(run[0]!) ? [] : [withoutJoiningEnd(words).join(' ')]
}

/** What of a run is not brand: the model's name. */
function modelOfRun(run: readonly string[], brands: readonly string[]): string[] {
  const text = run.join(' ')
  if (brands.length === 0 || brands.some((name) => startsWithName(name, text))) return []
  const brand = brands.filter((name) => startsWithName(text, name)).sort((a, b) => b.length - a.length)[0]
  const rest = (brand === undefined ? text : text.slice(brand.length))
    .replace(/^(?:'s)?\s+/, '')
    .replace(/^Models?\s+/i, '')
    .trim()
  if (rest.length < 2 || !/^[A-Z0-9]/i.test(rest) || /brand(?:ed)?\b/i.test(rest) || rest.split(' ').every(isCommonWord)) return []
  // A code before a name is a model of its own: "VH101 Personal Vortex".
  const coded = /^([A-Z]{1,4}\d{2,}[A-Z]?)\s+([A-Z][a-z].*)$/.exec(rest)
  return coded === null ? [rest] : [coded[1]!, coded[2]!]
}

/** Names in quotation marks: `"Play to Learn" furniture set`. */
function quotedNames(text: string): string[] {
  return [...text.matchAll(/"([A-Z0-9][^"]{1,40})"/g)]
    .map((match) => match[1]!.replace(/[,.]+$/, ''))
    .filter((name) => !/^[A-Z]$/.test(name))
}

function startsWithName(text: string, name: string): boolean {
  return text.toLowerCase().startsWith(name.toLowerCase()) && !/\w/.test(text[name.length] ?? ' ')
}
