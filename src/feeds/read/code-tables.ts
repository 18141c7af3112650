/** Codes of tables that have lost their lines: "Model Number Serial Number Range Vitodens 200-W B2HB-45 7554703501001105 to …". Pure. */
import { isGtin } from '../../platform/gtin.ts'
import { NOT_CODE, RANGE, VIN, YEAR, type Kind } from './code-words.ts'

/** Where in the text a table stands, which kinds of codes its columns hold, and of which kinds they hold the beginnings. */
export type Table = { start: number; end: number; kinds: ReadonlySet<Kind>; beginnings: ReadonlySet<Kind> }

// Names of columns with nothing but capitals, signs and a few joining words between them.
const HEAD =
  /(?:[:.)]"?|^|\b(?:below|recall|recalled|include|includes|are|following|numbers))\s+(?=(?:(?:[A-Z(#][\w()#/&'*-]*|and|of|the)\s+){0,8}(?:Models?|Style|Item|Serial|SKU|UPC|Product|Part|Lot|Batch|Date|Article|NDC|Numbers?|MODEL|STYLE|ITEM|SERIAL)\b)(?:(?:\([^()]{3,40}\)|[A-Z(#/&-][\w()#/&'*+.-]*:?|of|and|or|with|beginning|range|no\.|code|number|numbers|name|names)\s+){2,14}/g
const COLUMN =
  /^(?:Models?(?:\/\w+)?|NDC|Styles?|Items?|Serial|SKUs?|UPCs?|Product|Part|Lot|Batch|Dates?|Article|Names?|Description|Colors?|Sizes?|Brand|Numbers?|Codes?|Style\/Name|#)$/i
const KINDS: readonly (readonly [Kind, RegExp])[] = [
  ['serials', /\bserial|\bVINs?\b/i],
  ['lots', /\b(?:lot|batch|date codes?|PO)\b/i],
  ['models', /\b(?:models?|style|item|sku|product|part|article|NDC)\b/i],
]
// The prose that follows a table: a sentence that begins with a small word or two after its first.
const PROSE =
  /\s(?:The|These|This|Consumers|All|Only|Recalled|They|A|It|For|If|Model numbers?|Serial numbers?|Lot numbers?|Style numbers?)\s+(?:[a-z]+\s+){3,}/
/** A table has at least this many codes; less is a sentence that happens to begin with capitals. */
const CODES_MIN = 2

/** "Product number NT6446, UPC code … and lot number …" is a sentence. */
const SENTENCE_BEGINS = /^\.\s+[A-Z]\w+ numbers? $/

/** The tables of a text, in order and apart from each other. */
export function tablesIn(text: string): readonly Table[] {
  // Several readers ask for the tables of one text, one after another.
  if (text !== lastRead.text) lastRead = { text, tables: findTables(text) }
  return lastRead.tables
}

let lastRead: { text: string; tables: readonly Table[] } = { text: '', tables: [] }

function findTables(text: string): Table[] {
  const heads = [...text.matchAll(HEAD)].filter(
    ({ 0: head }) => head.split(/\s+/).filter((name) => COLUMN.test(name)).length >= 2 && !SENTENCE_BEGINS.test(head),
  )
  const tables: Table[] = []
  for (const [index, match] of heads.entries()) {
    const start = match.index + (/^[:.)]/.test(match[0]) ? 1 : 0)
    const limit = heads[index + 1]?.index ?? text.length
    const body = text.slice(start, limit)
    const end = start + (PROSE.exec(body.slice(match[0].length))?.index ?? limit - start - match[0].length) + match[0].length
    const kinds = new Set(KINDS.filter(([, name]) => name.test(match[0])).map(([kind]) => kind))
    const beginnings = new Set(
      KINDS.filter(([, name]) => new RegExp(`${name.source}[^.]{0,14}\\b(?:beginn?ing|begins?|starting|prefix)`, 'i').test(match[0])).map(
        ([kind]) => kind,
      ),
    )
    const table = { start, end: Math.min(end, limit), kinds, beginnings }
    if (kinds.size > 0 && tableCodes(text.slice(table.start, table.end), table).length >= CODES_MIN) tables.push(table)
  }
  return tables
}

const LIST = new RegExp(String.raw`${RANGE}(?:\s*[,/]\s*(?:and |or )?\*?${RANGE}|\s+(?:or|and)\s+\*?${RANGE})*`, 'g')
const ITEM_END = /\s*,\s*(?:and |or )?\*?|\s+(?:or|and)\s+\*?|\/\s+\*?/
const HAS_RANGES = / (?:to|through|thru) [A-Z]*\d|\d ?- (?:[A-Z]{1,3} )?[A-Z]*\d/

const VIN_WITHIN = /(?<![\w-])(?=(?:[A-Z]*\d){5})[A-HJ-NPR-Z0-9]{17}(?![\w-])/

const MIXED_ROWS = /(?<![\w-])[A-Z]+-?\d[\w-]*[^]*?(?<![\w-])[A-Z]+-?\d[\w-]*/

/** The codes of a table with their kinds. Models among them are as printed even where they are beginnings: listings are matched by them. */
export function tableCodes(body: string, { kinds, beginnings }: Pick<Table, 'kinds' | 'beginnings'>): [Kind, string][] {
  const codes: [Kind, string][] = []
  const ranges = HAS_RANGES.test(body) || VIN_WITHIN.test(body)
  const mixed = MIXED_ROWS.test(body)
  const dated = /\b(?:date|mfg|manufactured)\b/i.test(body)
  for (const match of body.matchAll(LIST)) {
    const items = match[0].split(ITEM_END).filter((item) => !NOT_CODE.test(item) && !YEAR.test(item))
    for (const item of items) {
      const range = /\s(?:to|through|thru)\s|\s-|-\s/.test(item) || isClosedRange(item)
      const read = kindOf(item, { range, listed: items.length > 1 && !ranges }, kinds)
      // Beside models of letters and digits, digits alone are the numbers of single units.
      const looks = read === 'models' && mixed && kinds.has('serials') && /^\d{5,}$/.test(item) ? null : read
      const repeated = looks === 'models' && !kinds.has('serials') ? timesIn(body, item) : 1
      // What stands in every row is no model: a date code, or the week after which they were made.
      const kind = repeated > 1 && kinds.has('lots') ? 'lots' : repeated > 2 && dated ? null : looks
      const star = kind !== null && kind !== 'models' && !range && beginnings.has(kind) ? '*' : ''
      if (kind !== null) codes.push([kind, item.replace(/[.\-/#]+$/, '') + star])
    }
  }
  return codes
}

/** "HS582596P-HS585704P": from one number to another of the same make. */
function isClosedRange(item: string): boolean {
  const halves = /^([A-Z]*)(\d{4,}[A-Z]?)-\1(\d{4,}[A-Z]?)$/.exec(item)
  return halves !== null && halves[2]!.length === halves[3]!.length
}

function timesIn(body: string, item: string): number {
  let times = 0
  for (let at = body.indexOf(item); at >= 0 && times < 3; at = body.indexOf(item, at + item.length)) times++
  return times
}

/** Which column a code stands in, by its look: the order of columns is lost with the lines. */
function kindOf(item: string, look: { range: boolean; listed: boolean }, kinds: ReadonlySet<Kind>): Kind | null {
  if (/^\d{11,14}$/.test(item) && (item.length === 11 || isGtin(item))) return null
  if (VIN.test(item)) return kinds.has('serials') ? 'serials' : null
  if (look.range) return kinds.has('serials') ? 'serials' : kinds.has('lots') ? 'lots' : null
  if (/^\d{1,2}\/\d{2,4}$/.test(item)) return kinds.has('lots') ? 'lots' : null
  if (kinds.size === 1) return isSolid(item) || kinds.has('lots') ? [...kinds][0]! : null
  if (look.listed && kinds.has('lots')) return 'lots'
  if (look.listed && kinds.has('serials')) return 'serials'
  return kinds.has('models') && isSolid(item) ? 'models' : null
}

/** Long enough, or mixed enough, to be a number of something and not a size or a count. */
function isSolid(item: string): boolean {
  return /^\d{4,}$/.test(item) || (/[A-Z]/i.test(item) && /\d/.test(item) && item.length >= 4) || /^\d{2,}(?:[-.]\d+)+$/.test(item)
}
