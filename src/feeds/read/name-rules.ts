/** What a product is called, by rules alone: one voice of several in `names.ts`. Pure. */
import { dealersOf, labelBrands, printedNames, saidBrands, startsWithName } from './brand-words.ts'
import {
  firstSentence,
  nameRuns,
  type NameRun,
  sharedBeginnings,
  smallWords,
  subjectOf,
  withoutJoiningEnd,
  withoutLeadIn,
} from './name-runs.ts'
import { modelNamesIn, tableBrands } from './model-names.ts'
import { NOT_CODE } from './code-words.ts'
import { distinct } from './text.ts'
import { firmName, readTitle } from './title.ts'
import { houseName, isCommonWord, isRetailer, knownBeginning } from './words.ts'

export type Names = { brands: string[]; modelNames: string[] }

/** What the rules found in a description on their way, from which others may conclude otherwise. */
export type Heard = { description: string; said: string[]; printed: string[]; table: string[]; dealers: string[]; runs: NameRun[] }

export type NamedTexts = {
  title: string
  productNames: readonly string[]
  /** What the agency says of the product alone; '' where all there is is a whole press release, in which everybody is named. */
  description: string
  /** The whole press release where there is no description. */
  release?: string
  /** The sentence on who sold it: a firm that only sells a product is not its brand. */
  soldText: string
  /** Names with the sign of a trade mark; see `tradeMarks`. */
  marked?: readonly string[]
  /** What else is said of it: what happened, what to do. */
  prose?: string
  firms: readonly string[]
}

/**
 * Brands are, in this order: the words said to be brands ("Niko brand", "under the CHAR-BROIL label"); the recalling firm as far as its name
 * stands on the product; the names before the ordinary words of the product's name ("Harbor Breeze | bath fans"); what is printed on it;
 * and only where there is none of these, the firm. `choose` may decide otherwise before the rest is read as models.
 */
export function ruledNames(texts: NamedTexts, choose?: (ruled: readonly string[], heard: Heard) => string[]): Names {
  const { firm, product } = readTitle(texts.title)
  texts = { ...texts, description: withAmpersands(texts.description, [texts.title, ...texts.productNames]) }
  const printed = printedNames(texts.description, texts.productNames)
  const dealers = dealersOf(texts.soldText)
  // In a release everybody is named; what is printed on the product counts there only as far as its name begins with it.
  const inRelease = printedNames(texts.release ?? '', texts.productNames).filter((name) =>
    texts.productNames.some((each) => startsWithName(each, name)),
  )
  const marks = [...printed, ...dealers, ...inRelease]
  const subject = subjectOf(firstSentence(texts.description))
  const small = smallWords({ ...texts, description: `${texts.description} ${texts.prose ?? ''}` })
  const found = nameRuns({ ...texts, subject }, product, small).map((list) =>
    list.map((run) => ({ ...run, words: asTheFirm(run.words, firm) })),
  )
  const lists = found.map((list) => list.map((run) => run.words))
  const runs = lists.flat()
  const table = tableBrands(texts.description)
  const outright = [...texts.productNames, product, texts.description].flatMap((text) => saidBrands(text, firm))
  const said = withoutFirm(firm, distinct([...table, ...outright, ...labelBrands(texts.release ?? '', firm)]))
  const own = ownBrands(firm, texts, marks, runs)
  const lines = printed.filter((mark) => isLine(mark, texts.productNames, own))
  const ownPrinted = own.filter((name) => marks.some((each) => startsWithName(each, name)))
  const sure = [...said, ...own, ...marks]
  const known = [...sure, ...sharedBeginnings(runs).filter((name) => !sure.some((each) => startsWithName(name, each)))]
  const beside = besideOwn(found, own, known, firm)
  const named = distinct(lists.flatMap((list) => brandsOfList(list, known, firm)).map((name) => asPrinted(name, printed))).filter(
    // "Discovery Cubes" of HABA: one ordinary word that nothing else calls a name describes the product.
    (name) => firm === '' || name.includes(' ') || !isCommonWord(name) || known.includes(name),
  )
  const leading = (texts.marked ?? []).filter((name) => texts.productNames.some((product) => startsWithName(product, name))).slice(0, 1)
  const strong = [...marks, ...(texts.marked ?? [])]
  const isNamed = runs.some((run) => strong.some((name) => startsWithName(run.join(' '), name)) || knownBeginning(run) > 0)
  const isOnlyLine = !isRetailer(firm) && named.length === 1 && isCollection(named[0]!, [...texts.productNames, texts.description])
  const line = isOnlyLine ? firm : ''
  const house = line !== '' ? line : own.length === 0 && said.length === 0 && !isNamed ? makersName(firm, texts.soldText) : ''
  const fallback = printed.length > 0 ? printed.slice(0, 1) : [firm || (texts.firms[0] ?? '')].filter((name) => name !== '')
  const stores = isRetailer(firm) && named.some((name) => !own.includes(name)) ? own : []
  const ruled = (
    [
      said.length > 0 ? distinct([...said, ...ownPrinted]) : [],
      own.length > 0 ? distinct([...own, ...lines, ...beside]).filter((name) => !stores.includes(name)) : [],
      leading,
      house === '' ? [] : [house],
      named,
    ].find((found) => found.length > 0) ?? fallback
  ).map((name) => (firm.toLowerCase() === `the ${name.toLowerCase()}` ? firm : name))
  const brands =
    choose?.(ruled.slice(0, BRANDS_MAX), { description: texts.description, said: outright, printed, table, dealers, runs: found.flat() }) ??
    ruled
  const quoted = [texts.title, ...texts.productNames]
    .flatMap(quotedNames)
    .filter((name) => !brands.some((brand) => startsWithName(brand, name)))
  const names = [...brands, ...own, ...said]
  const called = modelNamesIn(texts.description, small).flatMap((name) => modelOfRun(name.split(' '), names, small, true))
  const modelNames = [...found.flat().flatMap((run) => modelOfRun(run.words, names, small, run.closed)), ...quoted, ...called]
  const marked = (texts.marked ?? [])
    .filter((name) => !brands.some((brand) => letters(brand).startsWith(letters(name))))
    .flatMap((name) => modelOfRun(name.split(' '), names, small, true))
  return {
    brands: brands.slice(0, BRANDS_MAX),
    modelNames: withoutFamilies(distinct([...modelNames, ...marked]))
      .filter((name) => !texts.firms.some((maker) => startsWithName(maker, name)))
      .slice(0, NAMES_MAX),
  }
}

/** "RZR" beside "RZR XP 1000" and "RZR Turbo" names the family, not a model. */
function withoutFamilies(names: readonly string[]): string[] {
  return names.filter((name) => name.includes(' ') || names.filter((other) => other !== name && startsWithName(other, name)).length < 2)
}

const BRANDS_MAX = 12
const NAMES_MAX = 40

/** The firm's name on the product; of "Marker and Kästle", who recall together, each that is on it. */
function ownBrands(firm: string, texts: NamedTexts, marks: readonly string[], runs: readonly string[][]): string[] {
  const whole = firmAsBrand(firm, texts, marks, runs)
  const parts = firm.split(/\s+and\s+|\s*\/\s*/)
  if (parts.length === 1 || whole[0]?.toLowerCase() === firm.toLowerCase()) return withShortForm(whole, texts)
  const each = parts.flatMap((part) => firmAsBrand(firmName(part), texts, marks, runs))
  return each.length > 0 ? distinct(each) : whole
}

/**
 * The firm's own name where its products are known to bear it, or where it sells them at an address of its own: then a name on the product is
 * one of its lines ("PATRULL" of IKEA). '' for stores, which sell what others make.
 */
function makersName(firm: string, soldText: string): string {
  if (firm === '' || isRetailer(firm)) return ''
  const known = houseName(firm.replace(/^American (?=[A-Z])/, '')) || houseName(firm)
  if (known !== '') return known
  const letters = firm.toLowerCase().replace(/[^a-z0-9]/g, '')
  const sites = [...soldText.matchAll(/([A-Za-z0-9-]+)\.(?:com|net|us|store|shop)\b/g)].map((match) => match[1]!.toLowerCase())
  return sites.some((site) => site.replaceAll('-', '') === letters) ? firm : ''
}

/** "Bordeaux Collection", "Industrial Overarching model": a line of whoever makes it. */
function isCollection(name: string, texts: readonly string[]): boolean {
  return texts.some((text) => [' Collection', ' Series', ' model ', ' series '].some((end) => text.includes(name + end)))
}

/** The firm's name in a run as the firm writes it: "Urban Outfitter's Margo" of Urban Outfitters. */
function asTheFirm(run: string[], firm: string): string[] {
  const words = firm.split(/\s+/)
  // "Rawling's Batting Tee" of Rawlings Sporting Goods.
  if (words.length > 1 && words[0]!.length > 4 && run[0] !== words[0] && stem(run[0] ?? '') === stem(words[0]!) && run[0]!.endsWith("'s"))
    run = [words[0]!, ...run.slice(1)]
  const same = words.length > 1 && words.every((word, index) => stem(word) === stem(run[index] ?? ''))
  return same ? [...words, ...run.slice(words.length)] : run
}

function stem(word: string): string {
  return word.toLowerCase().replace(/'?s$/, '')
}

/** Brands that stand beside the firm's own: "Kohler and Sterling bath doors"; of several products, one that bears another name. */
function besideOwn(lists: readonly NameRun[][], own: readonly string[], known: readonly string[], firm: string): string[] {
  const isOwn = (run: NameRun): boolean => own.some((name) => name.toLowerCase() === run.words.join(' ').toLowerCase())
  return lists.flatMap((list) => {
    const [first, ...others] = list
    if (first === undefined || !first.closed || !list.some(isOwn)) return []
    return [first, ...others].filter((run) => !isOwn(run)).flatMap((run) => brandOfRun(run.words, known, firm))
  })
}

/** "SATCO KolourOne" beside KolourOne, of SATCO Products: the firm stands before its brand. */
function withoutFirm(firm: string, said: readonly string[]): string[] {
  const [first = ''] = firm.split(/\s+/)
  return said.filter(
    (name) => !(first !== '' && startsWithName(name, first) && said.some((other) => other !== name && name.endsWith(` ${other}`))),
  )
}

/** Printed on the product and before its name, of several words: "PROJECT WATSON" beside its maker's name. */
function isLine(mark: string, productNames: readonly string[], own: readonly string[]): boolean {
  return (
    mark.includes(' ') &&
    productNames.some((name) => startsWithName(name, mark)) &&
    !own.some((name) => containsName(mark.toLowerCase(), name.toLowerCase()))
  )
}

/** "GE Lighting" whose lamps bear "the GE logo" is known by both names. */
function withShortForm(own: readonly string[], texts: NamedTexts): string[] {
  const text = `${texts.description} ${texts.prose ?? ''}`
  return own.flatMap((name) => {
    const [first = '', second] = name.split(/\s+/)
    if (second === undefined || /^\W/.test(second) || first.length < 2 || isCommonWord(first) || !/^\w+$/.test(first)) return [name]
    return standsAlone(text, first, second) ? [name, first] : [name]
  })
}

/** Somewhere without the second word of its name, or any other that is written large, behind it. */
function standsAlone(text: string, first: string, second: string): boolean {
  for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
    const after = text.slice(at + first.length, at + first.length + second.length + 8)
    if (!/[\w"']/.test(text[at - 1] ?? ' ') && !/^(?:[\w'.-]|\s+[A-Z0-9])/.test(after) && !after.trimStart().startsWith(second)) return true
  }
  return false
}

/** "McDonnell and Miller" of a product that is named McDonnell & Miller is one name. */
function withAmpersands(text: string, names: readonly string[]): string {
  const joined = names.flatMap((name) => [...name.matchAll(/([A-Z][\w.']*) & ([A-Z][\w.']*)/g)])
  return joined.reduce((found, [whole, first, second]) => found.replaceAll(`${first} and ${second}`, whole), text)
}

/** A name as it is printed on the product, where it goes on there: Koala → "Koala Baby". */
function asPrinted(name: string, printed: readonly string[]): string {
  if (printed.some((mark) => mark.toLowerCase() === name.toLowerCase())) return name
  return printed.find((mark) => startsWithName(mark, name) && mark.split(' ').length === name.split(' ').length + 1) ?? name
}

const COUNTRY_END = /\s+(?:of\s+)?(?:North\s+)?(?:U\.?S\.?A?\.?|America|Canada|International|Worldwide|Global)$/
const SOLD_BY = /\b(?:sold|imported|distributed|purchased|recalled|carried|offered)(?:,? (?:and|or) \w+)* by\s+(?:the )?$/i

/**
 * The longest beginning of the firm's name that is on the product: printed on it, before its name, or named as its maker. Beside another name
 * of the product, being mentioned is not enough: "Woodstream recalls Mosquito Magnet traps".
 */
function firmAsBrand(firm: string, texts: NamedTexts, marks: readonly string[], runs: readonly string[][]): string[] {
  if (firm === '') return []
  const words = firm.replace(/^The\s+(?=\S+\s)/, '').split(/\s+/)
  const home = firm.replace(COUNTRY_END, '')
  const names = [...texts.productNames, subjectOf(firstSentence(texts.description))].map(withoutLeadIn)
  const sells = texts.soldText.toLowerCase().includes(firm.toLowerCase())
  const all = [...texts.productNames, texts.description].join(' . ')
  const opening = firstSentence(texts.description)
  const subject = subjectOf(opening)
  for (let length = words.length; length > 0; length--) {
    const name = words
      .slice(0, length)
      .join(' ')
      .replace(/[,&]+$/, '')
      .trim()
    if (/^(?:&|and|\+|of)$/.test(words[length] ?? '')) continue
    // "Bell" of Bell Sports is a word; that everything begins with it makes it a name.
    const leads = startsWithName(subject, name) && texts.productNames.some((each) => startsWithName(withoutLeadIn(each), name))
    if (name.length < 2 || (length < 2 && isCommonWord(name) && !leads && !(name === home && home !== firm))) continue
    const longer = runs.map((run) => run.join(' ')).find((run) => run.toLowerCase().endsWith(` ${name.toLowerCase()}`))
    if (longer !== undefined) return [longer]
    const before = runs.some((run) => startsWithName(run.join(' '), name) || all.includes(`${name}'s ${run[0]}`))
    const by = opening.indexOf(` by ${name}`)
    const made = (by >= 0 && !SOLD_BY.test(opening.slice(0, by + 4))) || startsWithName(subject, name)
    if (
      before ||
      (name === home && names.some((each) => startsWithName(each, name))) ||
      made ||
      marks.some((each) => startsWithName(each, name))
    )
      return [name]
    if (!sells && runs.length === 0 && containsName(all, name)) return [name]
  }
  // "American Honda" prints the end of its name on the product.
  const end = marks.find((mark) => words.length > 1 && mark.length > 3 && firm.toLowerCase().endsWith(` ${mark.toLowerCase()}`))
  return end === undefined ? [] : [firm.slice(-end.length)]
}

function containsName(text: string, name: string): boolean {
  const at = text.indexOf(name)
  return at >= 0 && !/\w/.test(text[at - 1] ?? ' ') && !/\w/.test(text[at + name.length] ?? ' ')
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
  const length = knownBeginning(run)
  if (length > 0) return [run.slice(0, length).join(' ')]
  // A name in capitals stands out from the title case after it: "GLMZZ Fidget".
  if (/^[A-Z]{5,}$/.test(run[0]!) && /^[A-Z][a-z]/.test(run[1] ?? '')) return [run[0]!]
  // Longer runs are a brand of one or two words and a line or model: "Harry Potter | Magic Potion Bottle".
  const words = run
    .slice(0, run.length > 3 ? 2 : 3)
    .filter((word, index) => index === 0 || !/\d/.test(word) || /^\d+(?:st|nd|rd|th)$/.test(word))
  return /\d{2,}/.test(run[0]!) ? [] : [withoutJoiningEnd(words).join(' ')]
}

/** What of a run is not brand: the model's name. */
function modelOfRun(run: readonly string[], brands: readonly string[], small: ReadonlySet<string>, shown: boolean): string[] {
  const text = run.join(' ')
  if (NOT_CODE.test(text) || brands.length === 0 || brands.some((name) => startsWithName(name, text) || letters(name) === letters(text)))
    return []
  const brand = brands.filter((name) => startsWithName(text, name)).sort((a, b) => b.length - a.length)[0]
  const rest = (brand === undefined ? text : text.slice(brand.length))
    .replace(/^(?:'s)?\s+/, '')
    .replace(/^Models?\s+|\s+(?:Models?|SKUs?|UPC|Styles?|Item|Numbers?)$/gi, '')
    .trim()
  if (
    rest.length < 2 ||
    rest === 'CPSC' ||
    NOT_CODE.test(rest) ||
    /^\d+%$/.test(rest) ||
    !/^[A-Z0-9]/i.test(rest) ||
    /brand(?:ed)?\b/i.test(rest) ||
    /^\S+'s$/.test(rest) ||
    isDescription(rest, small, shown)
  )
    return []
  // A code before a name is a model of its own: "VH101 Personal Vortex".
  const coded = /^([A-Z]{1,4}\d{2,}[A-Z]?)\s+([A-Z][a-z].*)$/.exec(rest)
  return coded === null ? [rest] : [coded[1]!, coded[2]!]
}

function letters(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
}

/** Ordinary words name a model only where the text shows that they are a name. */
function isDescription(name: string, small: ReadonlySet<string>, shown: boolean): boolean {
  const words = name.split(' ')
  return words.every(isCommonWord) && !(shown && words.some((word) => !small.has(word.toLowerCase())))
}

/** Names in quotation marks: `"Play to Learn" furniture set`. */
function quotedNames(text: string): string[] {
  return [...text.matchAll(/"([A-Z0-9][^"]{1,40})"/g)]
    .map((match) => match[1]!.replace(/[,.]+$/, ''))
    .filter((name) => !/^[A-Z]$/.test(name))
}
