/** What a product is called: its brands, the names of its models, and what kind of thing it is. Pure. */
import { distinct } from './text.ts'
import { isCommonWord, isJoiningWord } from './words.ts'

export type Names = { brands: string[]; modelNames: string[]; productNouns: string[] }

type Title = { firm: string; product: string }

/** `Soojimus Recalls CUPKIN Cups Due to …` has the firm before the verb and the product behind; `Cups Recalled by Soojimus` the other way. */
export function readTitle(title: string): Title {
  const core = title
    .replace(/^CPSC,?\s*(?:NHTSA,?\s*)?(?:and\s+)?/i, '')
    .split(/\s+(?:Due to|Because of|Following|for Violation|Under|to Prevent)\b|;|\s\(Recall|,\s+(?:Risk|Violat)/i)[0]!
  const passive = /^(.*?)\s+(?:are\s+|is\s+)?Recalled\b(?:.*?\b(?:by|from|imported by|made by)\s+(.*))?$/i.exec(core)
  if (passive)
    return {
      firm: firmName(
        passive[2] ??
          /(?:by|Imported by|Made by|Manufactured by|Sold (?:Exclusively )?(?:on|at) \S+ by)\s+([^;(]+)/i.exec(title)?.[1] ??
          '',
      ),
      product: passive[1]!,
    }
  const active =
    /^(.*?)\s+(?:Announces?\s+(?:\w+\s+){0,3}?(?:Recall|Program)\s+(?:of|to|for)|(?:Expands?|Reannounces?|Re-Announces?)\s+(?:\w+\s+)?(?:Recall\s+of\s+)?|(?:Voluntarily\s+)?Recalls?(?:\s+to\s+(?:Repair|Replace|Inspect))?)\s*(.*)$/i.exec(
      core,
    )
  return active ? { firm: firmName(active[1]!), product: active[2]! } : { firm: '', product: core }
}

/** A firm without its legal form and place: "Bexco Enterprises Inc., of Montebello" → "Bexco Enterprises". */
export function firmName(text: string): string {
  return text
    .replace(/,?\s+(?:of|dba|d\/b\/a|doing business as)\s+.*$/i, '')
    .replace(
      /,?\s+(?:Inc|LLC|L\.L\.C|Ltd|Corp|Corporation|Co|Company|Limited|GmbH|S\.?A|LP|PLC|Incorporated|International|North America|USA|U\.S\.A?|America)\b\.?,?/gi,
      '',
    )
    .replace(/[\s.,;]+$/, '')
    .trim()
}

/**
 * Brands are the words said to be brands ("Niko brand", "ACE-branded"), then the names before the ordinary words of the product's name
 * ("Harbor Breeze | bath fans"), and only where there is neither, the firm.
 */
export function readNames(productNames: readonly string[], title: string, description: string, firms: readonly string[]): Names {
  const { firm, product } = readTitle(title)
  const said = distinct([...productNames, product, description].flatMap(saidBrands))
  const subjects = [...productNames, product, subjectOf(description)].filter((subject) => subject !== '')
  const runs = subjects.flatMap((subject) => leadingNames(subject))
  const known = distinct([...said, ...[firm, ...firms.map(firmName)].filter((name) => name !== '')])
  const fromNames = runs.slice(0, 6).flatMap((run) => brandOf(run, known))
  const brands =
    said.length > 0
      ? said
      : fromNames.length > 0
        ? distinct(fromNames).slice(0, 4)
        : [firm || firmName(firms[0] ?? '')].filter((name) => name !== '')
  const modelNames = distinct(runs.flatMap((run) => modelOf(run, [...brands, ...known])))
  return { brands, modelNames, productNouns: distinct(productNames.map((name) => nounOf(name)).filter((noun) => noun !== '')) }
}

const NAME_WORD = String.raw`(?:[A-Z0-9][\w'!+./&-]*|[a-z]+[A-Z]\w*)`
const SAID = new RegExp(
  String.raw`((?:${NAME_WORD}|of|for|&|de)(?:\s+(?:${NAME_WORD}|of|for|&|de|and)|,\s+(?:and\s+)?(?=${NAME_WORD}))*)[\s-]+[Bb]rand(?:ed)?\b(?! names?\b)`,
  'g',
)

function saidBrands(text: string): string[] {
  return [...text.matchAll(SAID)].flatMap((match) =>
    match[1]!
      .split(/,\s*(?:and\s+)?|\s+and\s+|\s+or\s+/)
      .map((name) =>
        name
          .replace(/^(?:(?:The|All|This|These|Recalled|Certain|Model|Year|Years|Various|An?|For|Of|\d{4})\s+)+/i, '')
          .replace(/[-'.]+$/, '')
          .trim(),
      )
      .filter(
        (name) =>
          name.length > 1 && /[A-Za-z]/.test(name) && !(name.split(' ').length === 1 && isCommonWord(name) && /^[A-Z][a-z]+$/.test(name)),
      ),
  )
}

/** What the description says is recalled: "This recall involves … which". */
function subjectOf(description: string): string {
  const match =
    /^(?:This|The) (?:expanded )?(?:voluntary )?recall(?: reannouncement)?(?: alert)? (?:involves|includes|covers|is for|affects|concerns)\s+(?:all |certain |the |some |only |a |an |model year \d{4}(?: (?:and|to|through|-) \d{4})? |\d{4} )*(.{3,200}?)(?:\.\s|,? (?:with|that|which|sold|used|in|for|manufactured|having|made|designed|including)\b|$)/i.exec(
      description,
    )
  return match?.[1] ?? ''
}

/** The proper names a phrase begins with, one run per listed name: "Glacier Bay and Schön kitchen faucets" → Glacier Bay; Schön. */
function leadingNames(phrase: string): string[][] {
  const words = phrase
    .replace(/"/g, '')
    .replace(/^(?:(?:model year|\d{4}(?:-\d{4})?|the|certain|all|children's|various|\d+ (?:styles|types|models) of)\s+)+/i, '')
    .split(/\s+/)
  const runs: string[][] = [[]]
  for (const word of words) {
    const bare = word.replace(/[,;:().]+$/g, '').replace(/^\(/, '')
    if (bare === 'and' || bare === 'or') runs.push([])
    else if (isName(bare)) {
      runs.at(-1)!.push(bare.replace(/'s$/, (ending) => ending))
      if (/[,;]$/.test(word)) runs.push([])
    } else if (isJoiningWord(bare) && runs.at(-1)!.length > 0) runs.at(-1)!.push(bare)
    else break
  }
  return runs.map((run) => trimJoining(run)).filter((run) => run.length > 0 && run.length <= 6)
}

function isName(word: string): boolean {
  return (
    /^(?:[A-Z0-9]|[a-z]+[A-Z])/.test(word) &&
    (!isCommonWord(word) || (/^[A-Z0-9]{2,}$/.test(word) && /[A-Z]/.test(word))) &&
    !/^\d+(?:[.,]\d+)?$/.test(word)
  )
}

function trimJoining(run: string[]): string[] {
  let end = run.length
  while (end > 0 && isJoiningWord(run[end - 1]!)) end--
  return run.slice(0, end)
}

/** The brand at the beginning of a run of names: one that is known from the firm or said elsewhere, else its first word or two. */
function brandOf(run: string[], known: readonly string[]): string[] {
  const text = run.join(' ')
  const match = known.find((name) => startsWithName(text, name) || startsWithName(name, text))
  if (match !== undefined) return [text.length < match.length ? text : text.slice(0, match.length)]
  if (/\d/.test(run[0]!)) return []
  return [
    run.length <= 2 ? text.replace(/\s+\S*\d\S*$/, '') : run.slice(0, run[1] !== undefined && isJoiningWord(run[1]) ? 3 : 2).join(' '),
  ]
}

/** What of a run is not brand: the model's name. */
function modelOf(run: string[], brands: readonly string[]): string[] {
  const text = run.join(' ')
  const brand = brands.filter((name) => startsWithName(text, name)).sort((a, b) => b.length - a.length)[0]
  const rest = (brand === undefined ? text : text.slice(brand.length)).replace(/^(?:'s)?\s+/, '').trim()
  return rest.length > 1 && (brand !== undefined || /\d/.test(rest)) ? [rest] : []
}

function startsWithName(text: string, name: string): boolean {
  return text.toLowerCase().startsWith(name.toLowerCase()) && !/\w/.test(text[name.length] ?? ' ')
}

/** The ordinary words a product's name ends in, in the singular: "CUPKIN Double-Walled Stainless Steel Children's Cups" → "children's cup". */
function nounOf(name: string): string {
  const words = name
    .replace(/\([^)]*\)/g, ' ')
    .split(/\s+(?:with|for|sold|including|and other|in)\s+/i)[0]!
    .replace(/["]/g, '')
    .trim()
    .split(/\s+/)
  const tail: string[] = []
  for (const word of words.toReversed()) {
    const bare = word.replace(/[^\w'-]+$/, '')
    if (!isCommonWord(bare) || /^(?:and|or|of|the|model|models|series)$/i.test(bare) || /\d/.test(bare) || tail.length === 3) break
    tail.unshift(bare.toLowerCase())
  }
  return singular(tail.join(' '))
}

function singular(phrase: string): string {
  return phrase
    .replace(/(?<=\w{2})ies$/, 'y')
    .replace(/(?<=(?:s|x|z|ch|sh))es$/, '')
    .replace(/(?<=[^su'])s$/, '')
}
