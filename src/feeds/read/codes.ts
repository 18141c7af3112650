/** Model, lot and serial numbers: those listed in prose here, those of tables by `code-tables.ts`. Pure. */
import { isGtin } from '../../platform/gtin.ts'
import { CODE, NOT_CODE, RANGE, VIN, YEAR, type Codes, type Kind } from './code-words.ts'
import { tableCodes, tablesIn, type Table } from './code-tables.ts'
import { distinct, sentences } from './text.ts'

const CUES: readonly (readonly [Kind, RegExp])[] = [
  [
    'serials',
    /\bserial\s*(?:numbers?|nos?\.?|#s?|codes?|number range|numbers? ranges?)|\bS\/Ns?\b|\bVINs?\)?(?=[^.]{0,60}\branges?:? )|\bserial\b(?= (?:#|range))/gi,
  ],
  [
    'lots',
    /\b(?:lot|batch|date|manufactur(?:e|er|ing) date|production|tracking)\s*(?:codes?|numbers?|nos?\.?|#s?)(?:\s*(?:numbers?|codes?))?|\bPO\s?#|\blots?\b(?= [A-Z0-9#]*\d)/gi,
  ],
  [
    'models',
    /\b(?:model|style|item|SKU|article|product|part|catalog|reference|item reference|stock|NDC|design|kit|assembly|identification|ID)\s*(?:numbers?|nos?\.|nos?(?= [A-Z]*\d)|#s?|codes?)|\bmodel names?(?= [A-Z]+\d)|\bmodels?\b(?!\s+years?)|\bSKUs?\b|\bNDC\)?|\b(?:style|item)s?\b(?=\s*#?\s*[A-Z]*\d)|\b(?:toys?|products?|tags?|units?|packages?)\b[^.]{0,40}\b(?:are|is) numbered\b/gi,
  ],
]

const FILLER =
  /^(?:[\s:,"'(#]|\/type|\([A-Z]{2,5}\)|\b(?:recalled|products?|units?|can|be|numbers?|nos?\.|codes?|is|are|was|were|of|the|following|that|which|in|range|ranges|ranging|from|between|included?|includes|including|either|both|as|follows|listed|below|only|with|and|model|models|printed|for|recall|this|being|recalled|affected|has|have|beginning|begins?|starting|starts?|number|ending|sku|upc|style|item|all|a|an|one)\b|[:;](?=\s))/i
const FILLER_MAX = 24
const PREFIXED = /\b(?:beginning|begins?|starting|starts?)\s+with\b/i
const NEXT =
  /^(?:'s:)?\s*(?:"\s*)?(?:\([^)]{0,40}\)\s*)?(?:[,;]\s*(?:and|or|&)?|\band\b|\bor\b|&)\s*"?\s*"?(?:(?:model|lot|batch|serial|style|item)s?\s*(?:#|numbers?)?\s*)?/i
/** "8 00565 80822 2": a bar code with the blanks that stand under its bars. */
const SPACED_UPC = /(?<![\w-])\d \d{5} \d{5} \d(?![\w-])/g

/** All codes of a tidied text. */
export function readCodes(text: string): Codes {
  const found: Codes = { models: [], lots: [], serials: [] }
  text = text.replace(SPACED_UPC, '')
  const tables = tablesIn(text)
  for (const table of tables) for (const [kind, code] of tableCodes(text.slice(table.start, table.end), table)) found[kind].push(code)
  for (const prose of between(text, tables)) {
    found.models.push(...columnsOf(prose), ...lettersAfter(prose, MODEL_LETTERS), ...bracketed(prose), ...involved(prose))
    found.serials.push(...lettersAfter(prose, SERIAL_LETTERS).map((letters) => `${letters}*`))
    for (const [kind, cue] of CUES) {
      let read = 0
      for (const match of prose.matchAll(cue)) {
        // A cue inside a list that was read already ("model A1, model A2 and …") begins no list of its own.
        if (match.index < read) continue
        const list = listAfter(prose, match.index + match[0].length, kind)
        found[kind].push(...list.codes)
        read = list.end
      }
    }
  }
  for (const prose of between(text, tables))
    found.models.push(...printedCodes(prose).filter((code) => !found.models.some((other) => other.startsWith(code))))
  const serials = distinct(found.serials)
  const lots = distinct(found.lots).filter((code) => !serials.includes(code))
  const taken = new Set([...serials, ...lots])
  const models = distinct(found.models).filter((code) => !taken.has(code) && !(code.length >= 12 && isGtin(code)) && !VIN.test(code))
  return { models, lots: withOthers(lots, LOT_WORD, text), serials: withOthers(serials, SERIAL_WORD, text) }
}

const MODEL_LETTERS =
  /\bmodel numbers?(?: (?:that )?(?:beginn?ing|begins?|starting|starts?) with (?:the (?:letters?|prefix(?:es)?) )?| (?:is |are )?(?=[A-Z]{4,12}\b))/gi
const SERIAL_LETTERS = /\bserial numbers? (?:that )?(?:beginn?ing|begins?|starting|starts?) with (?:the (?:letters?|prefix(?:es)?) )?/gi
const LETTERS = /^"?[A-Z]{1,12}"?(?:(?:, | or | and |, or |, and )"?[A-Z]{1,12}"?)*(?![\w-])/

/** "Model numbers beginning with RFAR", "serial numbers beginning with the letters S, E or B": beginnings without a digit. */
function lettersAfter(text: string, cue: RegExp): string[] {
  return [...text.matchAll(cue)].flatMap((match) => {
    const list = LETTERS.exec(text.slice(match.index + match[0].length, match.index + match[0].length + 200))?.[0] ?? ''
    return list.match(/[A-Z]{1,12}/g) ?? []
  })
}

const COLUMN = /(?<![\w$.,/#-])(?:(?=[A-Z0-9-]*\d)[A-Z0-9][A-Z0-9-]{3,14}(?:\s+|(?=[.;])|$)){5,}/g
const KIND_WORD = /\b(models?|styles?|items?|SKUs?|serial|lots?|batch|date codes?|UPCs?)\b/gi

/** A column that has lost its lines, under a heading on models: "Models included are: Quattro Stroller 35735 35759 7111ASB …". */
function columnsOf(text: string): string[] {
  return [...text.matchAll(COLUMN)].flatMap((run) => {
    const heading = [...text.slice(0, run.index).matchAll(KIND_WORD)].at(-1)?.[1] ?? ''
    if (!/^(?:model|style|item|sku)/i.test(heading)) return []
    return run[0]
      .trim()
      .split(/\s+/)
      .filter((code) => !YEAR.test(code) && !NOT_CODE.test(code) && !/^\d{11,14}$/.test(code))
  })
}

const BRACKETED = new RegExp(
  String.raw`\b(?:models?|styles?|items?|products?|parts?|SKUs?)(?: (?:numbers?|names?))?\b[^.:;()]{0,60}\(${CODE}\)(?:,?(?: and| or)? [^.:;()]{2,40}\(${CODE}\))+`,
  'gi',
)

/** "Product numbers gray (M0934G), espresso (M0934Q) and white (M0934W)". */
function bracketed(text: string): string[] {
  return [...text.matchAll(BRACKETED)].flatMap(({ 0: list }) =>
    [...list.matchAll(/\(([^)]+)\)/g)]
      .map((match) => match[1]!)
      .filter((code) => !NOT_CODE.test(code) && !YEAR.test(code) && /\d{2}/.test(code)),
  )
}

const INVOLVED = /\b(?:involves|includes?|They are:)(?: the| all| models?| only)? (?=(?:[A-Z]{1,4} )?[A-Z]{1,5}-?\d)/g
const NUMBERED = /\b(?:model|item|style|product|part|SKU) numbers?\b/i

/** "This recall involves CHP56, CHP55 and CBT81 gliders", where the text speaks of numbers of models. */
function involved(text: string): string[] {
  if (!NUMBERED.test(text)) return []
  return [...text.matchAll(INVOLVED)].flatMap((match) => {
    const { codes } = listAfter(text, match.index + match[0].length, 'models')
    return codes.length > 1 && codes.every((code) => /[A-Z]/.test(code) && /\d{2}/.test(code)) ? codes : []
  })
}

const PRINTED =
  /(?<![\w-])(?:"(?<quoted>(?=[A-Z]*-?\d)[A-Z0-9][A-Z0-9-]{3,17})(?: [Ss]eries[\w ]{0,12})?[.,]?"|(?<bare>[A-Z]{1,5}-?\d{3,}[A-Z0-9-]*)(?= (?:is |are )?(?:printed|written|stamped|molded|embossed|engraved)\b))/g
const PRINTED_ANY = new RegExp(PRINTED.source)
const OTHER_NUMBER = /\b(?:serial|lots?|batch|date|UPC|tracking|PO|RN|manufactured|supplier|VIN|GPU|patent|certified|complies|standard)\b/i

/** A number that stands on the product, in a sentence that says of it nothing else: `"SP-1058-B" is printed on the grate`. */
function printedCodes(text: string): string[] {
  if (!PRINTED_ANY.test(text)) return []
  return sentences(text.slice(0, PRINTED_WITHIN)).flatMap((sentence) =>
    MARKED.test(sentence) && !OTHER_NUMBER.test(sentence)
      ? [...sentence.matchAll(PRINTED)]
          .map(({ groups }) => groups!['quoted'] ?? groups!['bare']!)
          .filter((code) => /[A-Z]/.test(code) && /\d{2}/.test(code) && !NOT_CODE.test(code) && !STANDARD.test(code))
      : [],
  )
}

const MARKED = /\b(?:printed|written|stamped|molded|embossed|engraved|label|labels|labeled|tag|imprinted|marked)\b/
/** Norms, and how well what burns is made. */
const STANDARD = /^(?:RN ?\d|ASTM|ANSI|UL|EN|ISO|CPSIA|CFR|F\d{3,4}|E\d{5,})/
const PRINTED_WITHIN = 8_000

const LOT_WORD = /\b(?:lot|batch|date code|manufactur\w+ date|production date)/i
const SERIAL_WORD = /\b(?:serial|VINs?)\b/i
const SAID_ELSEWHERE =
  /\b(?:(?:complete|full) list|list of|for a list|visit|website|web site|\.com\b|\.net\b|www\.|such as|for example|e\.g\.|call|contact)/i

/**
 * A star alone says that there are codes which the text does not print. It is added where the text sends the reader elsewhere for them or only
 * gives examples: a unit must not be excluded by a list that is not whole.
 */
function withOthers(codes: string[], word: RegExp, text: string): string[] {
  if (codes.length === 0) return codes
  return sentences(text).some((sentence) => word.test(sentence) && SAID_ELSEWHERE.test(sentence)) ? [...codes, OTHERS] : codes
}

/** "And others that are not printed here." */
export const OTHERS = '*'

function between(text: string, tables: readonly Table[]): string[] {
  const starts = [0, ...tables.map((table) => table.end)]
  return starts.map((start, index) => text.slice(start, tables[index]?.start ?? text.length))
}

/** The list that follows a cue: "serial numbers A1, A2 and B100 through B200". */
function listAfter(text: string, from: number, kind: Kind): { codes: string[]; end: number } {
  let rest = text.slice(from, from + LIST_LENGTH_MAX)
  // "Serial numbers for the affected frames: …"
  const colon = BEFORE_LIST.exec(rest)
  let gap = colon?.[0] ?? ''
  rest = rest.slice(gap.length)
  for (let words = 0; words < FILLER_MAX; words++) {
    const filler = FILLER.exec(rest)
    // "IS 700Z" is a model; "is 700" is prose.
    if (filler === null || /^(?:IS|AS|AN|IN|OF|THE|A|ALL|ONE|AND)$/.test(filler[0])) break
    gap += filler[0]
    rest = rest.slice(filler[0].length)
  }
  const star = PREFIXED.test(gap) ? '*' : ''
  if (USED_WITH.test(text.slice(Math.max(0, from - 60), from))) return { codes: [], end: from }
  const found: string[] = []
  const one = new RegExp(`^${kind === 'models' ? CODE : RANGE}`)
  let last = ''
  // The words behind the last code may begin another list.
  let unread = rest.length
  while (true) {
    const code = one.exec(rest)?.[0]
    // A column of ranges goes on with ranges of another make.
    if (code === undefined || (last !== '' && shapeOf(code) !== last && !(isRange(last) && isRange(code)))) break
    const clean = code.replace(/[.\-/#_]+$/, '').replace(/^(?:SKU|Model|Item|No|Style|Lot)\.?#/i, '')
    if (NOT_CODE.test(clean) && !(kind === 'lots' && /^\d+$/.test(clean))) break
    if (kind === 'models' && /^\d{1,2}$/.test(clean)) break
    if (kind === 'models' && YEAR.test(clean) && !/number|#/i.test(text.slice(Math.max(0, from - 8), from))) break
    found.push(clean + star)
    rest = rest.slice(code.length)
    unread = rest.length
    const next = NEXT.exec(rest)
    // Without a comma or "and" the list goes on only with codes that look like the last one: it was a column.
    last = next === null ? shapeOf(code) : ''
    const gone = next?.[0] ?? /^[\s*]*/.exec(rest)![0]
    if (gone === '') break
    rest = rest.slice(gone.length)
  }
  return { codes: found, end: from + Math.min(LIST_LENGTH_MAX, text.length - from) - unread }
}

const BEFORE_LIST = new RegExp(
  String.raw`^(?:[^.:;\d]{0,80}:\s*| (?:of|on|for) (?:the|this|each|these|all)(?: [a-z-]+){1,4} (?:is|are) )(?=${CODE})`,
)

function isRange(code: string): boolean {
  return / ?- |\b(?:to|through|thru)\b| [AE] /.test(code) && code.length > 8
}

/** Characters of one list: a few thousand codes. */
const LIST_LENGTH_MAX = 200_000

/** The code fits other products: what it is used with is not recalled. */
const USED_WITH = /\b(?:used?|compatible|works?|fits?) (?:with|on)\b[^.,;]*$/i

/** `E9LU65M` → A9A9A: how a code is made. */
function shapeOf(code: string): string {
  return code.replace(/[A-Z]+/gi, 'A').replace(/\d/g, '9')
}
