/** Model, lot and serial numbers listed in prose and in tables that have become prose. Pure. */
import { isGtin } from '../../recalls/index.ts'
import { distinct } from './text.ts'

/** As printed. Ranges are one string; "begins with" is a star at the end (see `recalls/codes.ts`). */
export type Codes = { models: string[]; lots: string[]; serials: string[] }

type Kind = keyof Codes

const CUES: readonly (readonly [Kind, RegExp])[] = [
  ['serials', /\bserial\s*(?:numbers?|nos?\.?|#s?|codes?|number range|numbers? ranges?)|\bS\/Ns?\b|\bserial\b(?= (?:#|range))/gi],
  [
    'lots',
    /\b(?:lot|batch|date|manufactur(?:e|er|ing) date|production|tracking)\s*(?:codes?|numbers?|nos?\.?|#s?)(?:\s*(?:numbers?|codes?))?|\bPO\s?#|\blots?\b(?= [A-Z0-9#]*\d)/gi,
  ],
  [
    'models',
    /\b(?:model|style|item|SKU|article|product|part|catalog|reference|item reference|stock|NDC|design|kit|assembly)\s*(?:numbers?|nos?\.|#s?|codes?)|\bmodels?\b(?!\s+years?)|\bSKUs?\b|\bNDC\)?|\b(?:style|item)s?\b(?=\s*#?\s*[A-Z]*\d)/gi,
  ],
]

// One code: letters and digits in groups, at least one digit; up to three capital letters may stand before it ("FD 8801", "ST 324").
const CODE = String.raw`(?:[A-Z]{1,3}\s)?(?=[\w./#-]*\d)[A-Za-z0-9]+(?:[-./#][A-Za-z0-9]+)*`
const RANGE = String.raw`${CODE}(?:\s*(?:-|\bto\b|\bthrough\b|\bthru\b)\s*${CODE})?`
const FILLER =
  /^(?:[\s:,"'(#]|\b(?:numbers?|nos?\.|codes?|is|are|was|were|of|the|following|that|which|in|range|ranges|ranging|from|between|included?|includes|including|either|both|as|follows|listed|below|only|with|and|model|models|printed|for|recall|this|being|recalled|affected|has|have|beginning|begins?|starting|starts?|number|ending|sku|upc|style|item|all|a|an|one)\b|[:;](?=\s))/i
const FILLER_MAX = 14
const PREFIXED = /\b(?:beginning|begins?|starting|starts?)\s+with\b/i
const NEXT =
  /^\s*(?:"\s*)?(?:\([^)]{0,40}\)\s*)?(?:[,;]\s*(?:and|or|&)?|\band\b|\bor\b|&)\s*"?\s*(?:(?:model|lot|batch|serial|style|item)s?\s*(?:#|numbers?)?\s*)?/i
// What looks like a code and is a size, a date or a quantity.
const NOT_CODE =
  /^(?:\d{1,4}(?:\.\d+)?-?(?:inch(?:es)?|in|oz|ounces?|ml|mL|lbs?|ft|cm|mm|pc|pcs|pack|piece|qt|gal|volts?|V|W|watts?|mAh|Ah|BTUs?|K|months?|M|T|year|years|way|in-1|drawer|speed|wheel|wick|person|day|cc|CC|hp|HP|x\d+)|\d{1,3}(?:,\d{3})+|\d{1,2}(?:st|nd|rd|th)|[1-9]|(?:1-)?8\d\d-\d{3}-\d{4}|(?:19|20)\d\d-(?:19|20)\d\d|100%)$/i
const YEAR = /^(?:19|20)\d\d$/

/** All codes of a tidied text. */
export function readCodes(text: string): Codes {
  const found: Record<Kind, string[]> = { models: [], lots: [], serials: [] }
  const table = tableStart(text)
  const prose = table === null ? text : text.slice(0, table.start)
  for (const [kind, cue] of CUES)
    for (const match of prose.matchAll(cue)) found[kind].push(...listAfter(prose, match.index + match[0].length, kind))
  if (table !== null)
    for (const [kind, codes] of Object.entries(tableCodes(text.slice(table.start), table.kinds))) found[kind as Kind].push(...codes)
  const serials = distinct(found.serials)
  const lots = distinct(found.lots).filter((code) => !serials.includes(code))
  const models = distinct(found.models).filter(
    (code) => !serials.includes(code) && !lots.includes(code) && !(code.length >= 12 && isGtin(code)),
  )
  return { models, lots, serials }
}

/** The list that follows a cue: "serial numbers A1, A2 and B100 through B200". */
function listAfter(text: string, from: number, kind: Kind): string[] {
  let rest = text.slice(from, from + 6_000)
  let gap = ''
  for (let words = 0; words < FILLER_MAX; words++) {
    const filler = FILLER.exec(rest)
    if (filler === null) break
    gap += filler[0]
    rest = rest.slice(filler[0].length)
  }
  const star = PREFIXED.test(gap) ? '*' : ''
  const found: string[] = []
  const one = new RegExp(`^${kind === 'models' ? CODE : RANGE}`)
  while (true) {
    const code = one.exec(rest)?.[0]
    if (code === undefined) break
    const clean = code.replace(/[.\-/#]+$/, '')
    if (NOT_CODE.test(clean) && !(kind === 'lots' && /^\d+$/.test(clean))) break
    if (kind === 'models' && YEAR.test(clean) && !/number|#/i.test(text.slice(Math.max(0, from - 8), from))) break
    found.push(clean + star)
    rest = rest.slice(code.length)
    const next = NEXT.exec(rest)
    if (next === null) break
    rest = rest.slice(next[0].length)
  }
  return found
}

// The head of a table that has lost its lines: names of columns with nothing but capitals and signs between them.
const HEAD =
  /(?:[:.)]|^|\b(?:below|recall|recalled|include|includes|are|following|numbers))\s+(?=(?:[A-Z(#][\w()#/&'*-]*\s+){0,6}(?:Model|Style|Item|Serial|SKU|UPC|Product|Part|Lot|Batch|Date|Article|Number|Numbers|MODEL|STYLE|ITEM|SERIAL)\b)(?:(?:[A-Z(#/&-][\w()#/&'*+.-]*|of|and|or|with|beginning|range|no\.|code|number|numbers|name|names)\s+){2,14}/g

/** Where a table begins after its head, and which kinds of codes its columns hold. */
function tableStart(text: string): { start: number; kinds: Set<Kind> } | null {
  for (const match of text.matchAll(HEAD)) {
    const head = match[0]
    const names = head.split(/\s+/)
    const columns = names.filter((name) =>
      /^(?:Models?|Style|Item|Serial|SKUs?|UPCs?|Product|Part|Lot|Batch|Date|Article|Names?|Description|Colors?|Sizes?|Brand|Numbers?|Codes?)$/i.test(
        name,
      ),
    ).length
    if (columns < 2) continue
    const kinds = new Set<Kind>()
    if (/\bserial/i.test(head)) kinds.add('serials')
    if (/\b(?:lot|batch|date code|date of manufacture|PO)\b/i.test(head)) kinds.add('lots')
    if (/\b(?:model|style|item|sku|product|part|article)\b/i.test(head)) kinds.add('models')
    if (kinds.size > 0) return { start: match.index + (/^[:.)]/.test(head) ? 1 : 0), kinds }
  }
  return null
}

// The prose that follows a table: a sentence with several small words in a row.
const PROSE = /(?:^|\s)(?:The|These|This|Consumers|All|Only|Recalled|They|A|It|For|If|Model numbers?|Serial numbers?)\s+(?:[a-z]+\s+){3,}/

function tableCodes(text: string, kinds: Set<Kind>): Codes {
  const end = PROSE.exec(text)?.index ?? text.length
  const codes: Codes = { models: [], lots: [], serials: [] }
  const body = text.slice(0, end)
  const list = new RegExp(String.raw`${RANGE}(?:\s*,\s*(?:and |or )?${RANGE})*`, 'g')
  for (const match of body.matchAll(list)) {
    const items = match[0].split(/\s*,\s*(?:and |or )?/).filter((item) => !NOT_CODE.test(item) && !YEAR.test(item))
    for (const item of items) {
      const range = /\s(?:to|through|thru)\s|\s-|-\s/.test(item)
      const kind = tableKind(item, { range, listed: items.length > 1 }, kinds)
      if (kind !== null) codes[kind].push(item.replace(/[.\-/#]+$/, ''))
    }
  }
  return codes
}

/** Which column a code of a table stands in, by its look: the order of columns is lost with the lines. */
function tableKind(item: string, look: { range: boolean; listed: boolean }, kinds: Set<Kind>): Kind | null {
  if (/^\d{12,14}$/.test(item) && isGtin(item)) return null
  if (look.range) return kinds.has('serials') ? 'serials' : kinds.has('lots') ? 'lots' : null
  if (/^\d{1,2}\/\d{2,4}$/.test(item)) return kinds.has('lots') ? 'lots' : null
  if (kinds.size === 1) return isSolid(item) || kinds.has('lots') ? [...kinds][0]! : null
  if (kinds.has('lots') && look.listed) return 'lots'
  return kinds.has('models') && isSolid(item) ? 'models' : null
}

/** Long enough, or mixed enough, to be a number of something and not a size or a count. */
function isSolid(item: string): boolean {
  return /^\d{4,}$/.test(item) || (/[A-Z]/i.test(item) && /\d/.test(item) && item.length >= 4) || /^\d{2,}(?:[-.]\d+)+$/.test(item)
}
