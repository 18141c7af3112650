/** Everything in the texts of a recall that may be a brand, each with what speaks for it and against it. Pure. */
import { printedNames, saidBrands } from './brand-words.ts'
import { featuresOfAll, lettersOf } from './brand-features.ts'
import { firstSentence, nameRuns, smallWords, subjectOf, withoutLeadIn } from './name-runs.ts'
import type { Heard, NamedTexts } from './name-rules.ts'
import { tableBrands } from './model-names.ts'
import { firmName, readTitle } from './title.ts'
import { isJoiningWord } from './words.ts'

/** A name and its features by their own names; one that is not there is 0. */
export type Candidate = { name: string; features: Readonly<Record<string, number>> }

export type Source =
  | 'rule'
  | 'firm'
  | 'maker'
  | 'seller'
  | 'lead'
  | 'run'
  | 'said'
  | 'printed'
  | 'quoted'
  | 'marked'
  | 'dealers'
  | 'table'
  | 'listed'
  | 'named'
  | 'owner'
  | 'joined'
  | 'second'

const WORDS_MAX = 5
/** Words of markings, places and months, which no brand begins with or is. */
const NO_NAME =
  /^(?:(?:UPC|SKU|RN|NDC|PO|CPSC|ASTM|MODEL|ITEM|LOT|WARNING|DO NOT|MADE IN|RECALL(?:ED)?)\b.*|(?:China|Taiwan|Thailand|Vietnam|India|Korea|Mexico|Japan|Canada|USA?|Hong Kong|Indonesia)\b.*|(?:January|February|March|April|May|June|July|August|September|October|November|December) ?\d*|(?:labels?|carry|the|a|an|with|following|these|all|this) .*|(?:and|or) .*)$/
const CANDIDATES_MAX = 120

/** `ruled` are the brands that the rules choose, `heard` what they found in the description. */
export function brandCandidates(texts: NamedTexts, ruled: readonly string[], heard: Heard): Candidate[] {
  const view = viewOf(texts, heard)
  const found = new Map<string, { name: string; sources: Set<Source> }>()
  function add(source: Source, names: readonly string[]): void {
    for (const each of names) {
      const name = each.replace(/^["'(]+|["',;:)]+$/g, '').trim()
      const key = lettersOf(name)
      if (key.length < 2 || name.length > 45 || found.size >= CANDIDATES_MAX || NO_NAME.test(name)) continue
      const entry = found.get(key) ?? { name, sources: new Set<Source>() }
      entry.sources.add(source)
      found.set(key, entry)
    }
  }
  add('rule', ruled)
  add('said', view.said)
  add('printed', view.printed)
  add('table', view.table)
  add('dealers', view.dealers)
  add('named', listedBrands(view.text, NAMED_BRANDS))
  add('listed', listedBrands(view.text, LIST_OF_BRANDS))
  add('said', beforeBrand(view.text))
  add('joined', [...view.names, view.subject].flatMap(joinedNames))
  add('firm', beginningsOf(view.firm))
  add('maker', texts.firms.slice(0, 4).flatMap(beginningsOf))
  add('seller', view.sellers)
  add('marked', (texts.marked ?? []).flatMap(beginningsOf))
  add(
    'lead',
    view.leads.slice(0, 30).flatMap(({ words }) => beginningsOf(words.join(' '))),
  )
  add('second', [...view.names, view.subject, view.product].flatMap(secondNames).flatMap(beginningsOf))
  add('owner', ownersIn(view.text))
  add('quoted', quotedIn(view.text))
  const all = [...found.values()]
  const known = { said: [...view.said, ...view.table], printed: view.printed, ruled }
  const features = featuresOfAll(all, view, texts, known)
  return all.map(({ name }, index) => ({ name, features: features[index]! }))
}

export type View = {
  title: string
  firm: string
  product: string
  subject: string
  text: string
  /** What is read all over: title, names, description. */
  all: string
  sold: string
  names: readonly string[]
  leads: readonly { words: string[]; closed: boolean }[]
  said: string[]
  printed: string[]
  table: string[]
  dealers: string[]
  sellers: string[]
  small: ReadonlySet<string>
  release: boolean
}

const TEXT_MAX = 6_000

function viewOf(texts: NamedTexts, heard: Heard): View {
  const { firm, product } = readTitle(texts.title)
  const release = texts.description === ''
  const written = (release ? (texts.release ?? '') : heard.description).slice(0, TEXT_MAX)
  // "Urban Outfitter's Margo" of Urban Outfitters.
  const text = / \S+s$/.test(firm) ? written.replaceAll(`${firm.slice(0, -1)}'s`, firm) : written
  const subject = subjectOf(firstSentence(text))
  const names = texts.productNames.slice(0, 40)
  const { said, printed, table, runs } = release
    ? {
        said: [...names, product, text].flatMap((each) => saidBrands(each, firm)),
        printed: printedNames(text, names),
        table: tableBrands(text),
        runs: nameRuns({ productNames: names, description: `${text} ${texts.prose ?? ''}`, subject }, product).flat(),
      }
    : heard
  const plainRuns = [...names.slice(0, 20), subject, product].map((phrase) => ({ words: capitalsOf(withoutLeadIn(phrase)), closed: false }))
  return {
    title: texts.title,
    firm,
    product,
    subject,
    text,
    all: [texts.title, ...names, text].join(' . '),
    sold: texts.soldText,
    names,
    leads: [...runs, ...plainRuns.filter(({ words }) => words.length > 0)],
    said,
    printed,
    table,
    dealers: heard.dealers,
    sellers: sellersIn(texts.title),
    small: smallWords({ productNames: names, description: text }),
    release,
  }
}

/** The words a phrase begins with that are written large, whatever they are. */
function capitalsOf(phrase: string): string[] {
  const words = phrase.split(/\s+/)
  const end = words.findIndex((word, at) => !/^(?:[A-ZÀ-Ý0-9"&+]|[a-z]+[A-Z])/.test(word) && !(at > 0 && isJoiningWord(word)))
  return words.slice(0, Math.min(end === -1 ? words.length : end, 6)).map((word) => word.replace(/"/g, ''))
}

/** "Harbor", "Harbor Breeze", "Harbor Breeze Bath". */
function beginningsOf(name: string): string[] {
  const words = name.split(/\s+/)
  return words
    .slice(0, WORDS_MAX)
    .map((_word, at) => words.slice(0, at + 1))
    .filter((part) => !isJoiningWord(part.at(-1)!) && !/^and$/i.test(part.at(-1)!))
    .map((part) => part.join(' '))
}

const SOLD_BY = /\b(?:Sold|Imported|Manufactured|Made|Distributed|Exclusively)\b[^;(]{0,60}?\bby ([^;(]+)/g

function sellersIn(title: string): string[] {
  return [...title.matchAll(SOLD_BY)].map((match) => firmName(match[1]!))
}

const NAMED_BRANDS = /\bbrand(?:s|ed| names?)?(?:,|:| of| including| are| include| either)? ((?:the )?"?[A-Z][^.;:()]{2,160})/g
const LIST_OF_BRANDS =
  /\b(?:labels?|names|under|sold as|either)(?: names?)?(?:,|:| of| including| are| include)? ((?:the )?[A-Z][^.;:()]{2,160})/g

/** "Sold under two different brand names, Union Safe Company and Bunker Hill Security". */
function listedBrands(text: string, cue: RegExp): string[] {
  return [...text.matchAll(cue)].flatMap((match) => {
    const names: string[] = []
    for (const item of match[1]!.replaceAll('"', '').split(/,\s*(?:and |or )?|\s+(?:and|or)\s+/)) {
      const name = capitalsOf(item.replace(/^the /, '')).join(' ')
      if (name !== '') names.push(name)
      if (name !== item) break
    }
    return names
  })
}

/** "involves allen + roth brand fireplaces": whatever its letters. */
function beforeBrand(text: string): string[] {
  if (!/brand/i.test(text)) return []
  return [
    ...text.matchAll(/\b(?:involves|includes|of|the|and|certain|all|recalls) ((?:[\w&+'!.-]+ ){0,3}?[\w&+'!.]+)[ -]brand(?:ed)?\b/gi),
  ].map((match) => match[1]!)
}

/** "Better Homes and Gardens Room Spray". */
function joinedNames(phrase: string): string[] {
  const match = /^((?:[A-Z][\w']*\s+){1,3}(?:and|&|\+)\s+[A-Z][\w']*)((?:\s+[A-Z][\w']*)?)/.exec(withoutLeadIn(phrase))
  return match === null ? [] : [match[1]!, match[1]! + match[2]!]
}

/** "Grizzly Industrial and | Shop Fox wood lathes". */
function secondNames(phrase: string): string[] {
  return withoutLeadIn(phrase)
    .split(/,\s+(?:and\s+|or\s+)?|\s+(?:and|or)\s+(?:the\s+)?/)
    .slice(1, 8)
    .map((part) => capitalsOf(part).join(' '))
    .filter((name) => name !== '')
}

/** "Denon's HEOS 1". */
function ownersIn(text: string): string[] {
  return [...text.matchAll(/(?<![\w'])([A-Z][\w&.-]*(?: [A-Z][\w&.-]*){0,2})'s? [A-Z]/g)].map((match) => match[1]!)
}

function quotedIn(text: string): string[] {
  return [...text.matchAll(/"([^"]{2,32})"/g)].map((match) => match[1]!.replace(/[,.]+$/, '')).filter((name) => /^[A-Za-z0-9]/.test(name))
}
