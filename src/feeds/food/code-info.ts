/**
 * The field in which food, drug and device recalls list their codes: "Lot#:26080483; Exp :03/13/2027 UPC 827912008456". Labels, codes and dates
 * follow one another without sentences; what has no label is a lot, since the field is made for them. Pure.
 */
import { isGtin } from '../../platform/gtin.ts'
import { gtinOf, readGtins } from '../read/gtins.ts'
import { distinct, tidy } from '../read/text.ts'

export type CodeInfo = { lots: string[]; serials: string[]; models: string[]; gtins: string[] }

type Kind = 'lots' | 'serials' | 'models' | 'gtins' | 'dates'

/** Characters read: twice what the longest real field has. What is longer is not read whole, and says so by a star. */
const LENGTH_MAX = 400_000
/** Codes of a kind that are kept. */
const CODES_MAX = 30_000

const LABEL =
  /\b(?:(?<lots>(?:(?:batch|lot|lote|production|date|julian|traceability|control)(?:\/(?:batch|lot))?(?: ?(?:codes?|numbers?|nos?\b\.?|#s?|id\b))*|lots|batches)(?=[^A-Za-z]|$))|(?<serials>(?:serial(?=[^A-Za-z]|$)|(?:s\/n|sn)(?=[^A-Za-z0-9]|$))(?: ?(?:numbers?|nos?\b\.?|#s?))*(?=[^A-Za-z]|$))|(?<gtins>(?:UDI(?:-DI)?|UPC|GTIN|EAN|bar ?codes?)(?:[ -]?(?:A|codes?|numbers?|nos?\b\.?|#s?|DI))*(?=[^A-Za-z]|$))|(?<models>(?:models?|item|product|catalog(?:ue)?|part|reorder|material|SKU|REF|NDC|article)(?: ?(?:codes?|numbers?|nos?\b\.?|#s?))*(?=[^A-Za-z]|$))|(?<dates>(?:(?:best|use|used|sell|enjoy|freeze|eat|fresh|good|pack(?:ed|aged)?|production|manufactur\w+|mfg|made|expir\w+|exp|bb|bbd|bby|ubd)(?:[ /.-]*(?:if|used|or|freeze|by|before|thru|through|on|until|best))*(?: dates?)?(?: codes?)?)(?=[^A-Za-z]|$)))\s*[.:#=]*/gi

const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\\.?'
const DATE = new RegExp(
  `^(?:\\d{1,4}[/.-]\\d{1,2}[/.-]\\d{1,4}|\\d{1,2}[/-]\\d{2,4}|${MONTH}[ /-]?\\d{1,2}(?:st|nd|rd|th)?(?:[ ,/-]+\\d{2,4})?|\\d{1,2}[ /-]?${MONTH}(?:[ ,/-]*\\d{2,4})?|${MONTH}[ /-]\\d{4})(?![\\w/])`,
  'i',
)
const CODE = /^(?=[A-Za-z./_#-]{0,12}\d)[A-Za-z0-9]+(?:[-./_#][A-Za-z0-9]+)*/
const NO_CODE =
  /^(?:\d{1,2}|\d+(?:\.\d+)?-?(?:lbs?|oz|g|kg|mg|ml|l|ct|count|pk|packs?|fl|gal|days?|hours?|hrs?|weeks?|months?|years?|in|inch|cm|mm|x\d+|%))$/i
/** Words between codes that limit nothing and add nothing. */
const JOINING =
  /^(?:and|or|the|of|for|is|are|was|were|with|in|on|all|both|code|codes|number|numbers|no|nos|following|as|follows|date|dates|printed|label|package|packaging|case|each|only|to|through|thru)\b\.?/i
const RANGE = /^\s*(?:-|–|to|thru|through)\s+(?=[A-Za-z]*\d)/i
const EVERY =
  /\b(?:all|any|every) (?:(?:lot|batch|serial|date|production)s?(?: (?:codes?|numbers?))?|codes?|dates?|lots?|batches|products?|units?|devices?)\b(?!,? (?:between|from|with|beginning|starting|manufactured|listed|below|made|prior|before|after|up to|through))|\b(?:no|without) (?:lot|batch|date|code|codes|codes? information)\b/i

/**
 * The codes of the field. Lots and serials end with a star (`codes.ts` of `recalls`: and others that are not printed) wherever the field says
 * more than was read, or says dates only: no unit is excluded by a list that is not whole. A field that says "all lots" gives none.
 */
export function readCodeInfo(...fields: string[]): CodeInfo {
  const whole = tidy(fields.filter((field) => field !== '').join(' ; '))
  const text = whole.slice(0, LENGTH_MAX)
  const found: Record<Kind, string[]> = { lots: [], serials: [], models: [], gtins: [], dates: [] }
  let more = whole.length > text.length || /\betc\b|\bsuch as\b|\bfor example\b|\bsee attach/i.test(text)
  let [kind, from] = ['lots' as Kind, 0]
  const labels = [...text.matchAll(LABEL)]
  for (const label of [...labels, null]) {
    const segment = text.slice(from, label?.index ?? text.length)
    if (!readSegment(segment, kind, found)) more = true
    if (label === null) break
    kind = (Object.entries(label.groups!).find(([, value]) => value !== undefined)![0] as Kind | undefined) ?? 'lots'
    from = label.index + label[0].length
  }
  if (EVERY.test(text)) more = true
  const gtins = distinct([...readGtins(`UPC ${found.gtins.join(' , ')}`), ...found.gtins.map((digits) => gtinOf(digits) ?? '')])
  const unlabelled = gtinsAmong(found.lots)
  // Beside UPCs without a label, other long numbers are mistyped UPCs.
  const lots = distinct(found.lots).filter((code) => !unlabelled.has(code) && !(unlabelled.size > 0 && /^\d{11,14}$/.test(code)))
  const dates = distinct(found.dates)
  // A date on a package limits the scope like a lot, yet no unit's lot tells its date.
  const limits = lots.length > 0 ? lots : dates
  const star = more || (lots.length === 0 && dates.length > 0) || found.dates.length > found.lots.length + found.serials.length
  return {
    lots: ended(EVERY.test(text) && lots.length === 0 ? [] : limits, star),
    serials: ended(distinct(found.serials), more),
    models: distinct(found.models).slice(0, CODES_MAX),
    gtins: distinct([...gtins, ...unlabelled]),
  }
}

function ended(codes: readonly string[], star: boolean): string[] {
  if (codes.length === 0) return []
  const kept = codes.slice(0, CODES_MAX)
  return star || kept.length < codes.length ? [...kept, '*'] : kept
}

/** Takes the codes of a segment; false where it has words that were not understood. */
function readSegment(segment: string, kind: Kind, found: Record<Kind, string[]>): boolean {
  let rest = segment
  let understood = true
  let last: { list: string[]; code: string } | null = null
  let range = false
  while (rest !== '') {
    const blank = /^[\s,;:()[\]"'&#*.|=]+/.exec(rest)
    if (blank !== null) {
      rest = rest.slice(blank[0].length)
      if (last !== null && /[,;]/.test(blank[0])) range = false
      continue
    }
    const between = last === null ? null : RANGE.exec(rest)
    if (between !== null) {
      range = true
      rest = rest.slice(between[0].length)
      continue
    }
    const date = kind === 'gtins' ? null : DATE.exec(rest)
    const digits = kind === 'gtins' ? /^\d(?:[ -]?\d){6,16}(?!\w)/.exec(rest) : null
    const code = digits ?? (date === null ? CODE.exec(rest) : null)
    const token = date?.[0] ?? code?.[0]
    if (token !== undefined) {
      const list = date !== null && kind !== 'serials' ? found.dates : found[kind]
      const clean = token.replace(/[-./#_]+$/, '')
      if (date === null && kind !== 'gtins' && NO_CODE.test(clean)) {
        // A size or a count among the codes, or a code too short to tell one from it.
        understood = false
        rest = rest.slice(token.length)
        last = null
        continue
      }
      if (range && last !== null) {
        last.list[last.list.length - 1] = `${last.code} - ${clean}`
        last = null
      } else {
        list.push(clean)
        last = { list, code: clean }
      }
      range = false
      rest = rest.slice(token.length)
      continue
    }
    const word = JOINING.exec(rest) ?? /^\S+/.exec(rest)!
    if (!JOINING.test(rest) && /[A-Za-z]{2,}/.test(word[0])) understood = false
    rest = rest.slice(word[0].length)
    last = null
  }
  return understood
}

/** Numbers of a list without labels that are GTINs: where most of the long ones have the right check digit, they are UPCs and no lots. */
function gtinsAmong(codes: readonly string[]): Set<string> {
  const long = codes.filter((code) => /^\d{12,14}$/.test(code))
  const right = long.filter(isGtin)
  return new Set(long.length >= 2 && right.length >= long.length * 0.6 ? right : [])
}
