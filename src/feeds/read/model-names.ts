/** Models that are named and not numbered: in tables, in quotation marks, before "(model #M2801)" and behind "models". Pure. */
import { NOT_CODE, VIN } from './code-words.ts'
import { tableCodes, tablesIn } from './code-tables.ts'
import { startsWithName } from './brand-words.ts'
import { smallWords, withoutThings } from './name-runs.ts'
import { distinct } from './text.ts'
import { isCommonWord } from './words.ts'

/** Characters in which names are looked for: what follows in a longer text are more rows of codes. */
const READ_WITHIN = 20_000

/** The names that a description gives to models, as printed, with the brand where it stands before them. */
export function modelNamesIn(description: string, small: ReadonlySet<string>): string[] {
  const text = description.slice(0, READ_WITHIN)
  return distinct([
    ...quoted(text),
    ...beforeNumbers(text).map((name) => withoutThings(name.split(' '), small).join(' ')),
    ...listedModels(text),
    ...afterColon(text),
    ...ofModelYears(text),
    ...besideNumbers(text),
  ])
}

const BRAND_FIRST = /^[^A-Za-z]*Brand(?: Names?)?\s/i
const BRAND_ROW = new RegExp(String.raw`(?<![\w-])([A-Z][A-Za-z'/-]+(?: [A-Z][A-Za-z'/-]+){0,2}) (?=(?:[A-Z0-9][\w/-]*)?\d)`, 'g')

/** The first column of a table that is headed "Brand": names that stand before a code in at least two rows. */
export function tableBrands(description: string): string[] {
  const text = description.slice(0, READ_WITHIN)
  return distinct(
    tablesIn(text).flatMap((table) => {
      const body = text.slice(table.start, table.end)
      if (!BRAND_FIRST.test(body)) return []
      const rows = [...body.matchAll(BRAND_ROW)].map((match) =>
        match[1]!
          .split(' ')
          .filter((word) => !HEAD_WORD.test(word) && !/^NUMBERS?$|^MODELS?$/.test(word))
          .join(' '),
      )
      return rows.filter(
        (name, _at, all) => name.length > 2 && !name.split(' ').every(isColourOrSize) && all.filter((other) => other === name).length > 1,
      )
    }),
  )
}

/** The names in the tables of a description, without the numbers that stand beside them. */
export function tableNames(description: string, brands: readonly string[], numbers: readonly string[] = []): string[] {
  const known = new Set(numbers.filter((code) => /^(?=.*\d)(?:[A-Z].{4,}|(?=.*[A-Z]).{6,})$/.test(code)))
  const text = description.slice(0, READ_WITHIN)
  const small = smallWords({ productNames: [], description: text })
  const names = tablesIn(text).flatMap((table) => {
    const body = text.slice(table.start, table.end)
    const models = tableCodes(body, table).flatMap(([kind, code]) => (kind === 'models' ? [code] : []))
    const capitals = inCapitals(body)
    return capitals.length > 0
      ? capitals
      : besideCodes(body, new Set(models)).map((name) => withoutThings(name.split(' '), small).join(' '))
  })
  const plain = names.map((name) =>
    withoutBrand(name, brands)
      .split(' ')
      .filter((word) => !known.has(word) && !VIN.test(word))
      .join(' '),
  )
  return distinct(plain.filter((name) => name.length > 1 && /[A-Za-z]{2}|[A-Z]\d/.test(name) && !/^\d+\.\d\d(?: |$)/.test(name))).slice(
    0,
    TABLE_NAMES_MAX,
  )
}

function withoutBrand(name: string, brands: readonly string[]): string {
  const brand = brands.find((each) => startsWithName(name, each))
  return brand === undefined ? name : name.slice(brand.length).trim()
}

const TABLE_NAMES_MAX = 120

// A row's name in capitals: "OUTLANDER MAX XT 570, 650 and 1000R", "HOME SWEET HOME". Numbers of five digits are codes, four may be years.
const CAPITAL = String.raw`[A-Z][A-Z'&-]*[A-Z]`
const PART = String.raw`(?!(?:19|20)\d\d\b)\d{1,4}[A-Z]{0,2}(?:X\d)?`
const IN_CAPITALS = new RegExp(
  String.raw`(?<![\w./#-])${CAPITAL}(?:\s+(?:${CAPITAL}|&|[A-Z](?=\s)|${PART})(?![\w./-])|,\s${PART}(?![\w./-])|\sand\s${PART}(?![\w./-]))*(?![\w./#-])`,
  'g',
)
const NOT_A_NAME =
  /^(?:UPCS?|SKUS?|PO|US|USA|XS|XL|XXL|LED|MODELS?|STYLES?|ITEMS?|SERIAL|NUMBERS?|NAMES?|CODES?|DATES?|COLORS?|SIZES?|BLACK|WHITE|RED|BLUE|GREEN|GRE?AY|PINK|BROWN|YELLOW|ORANGE|PURPLE|SILVER|GOLD|TAN|BEIGE|NAVY|NAVY BLUE|AND|OR|THE|NA|TBD|LP|NG|LH|RH|VIN|VINS|LOT|RN|DOM|OZ|CT|PK|ML|KIT|SET)$/
/** Fewer are abbreviations in an ordinary row. */
const CAPITALS_MIN = 3

/** In a table where other cells are in mixed case, capitals mark the name of the row. Where all is in capitals, they say nothing. */
function inCapitals(body: string): string[] {
  const runs = [...body.matchAll(IN_CAPITALS)].flatMap(({ 0: run }) => rowsOf(run)).filter((name) => !isOnlyAbbreviation(name))
  const mixed = (body.match(/(?<![\w-])[A-Z]?[a-z]{2,}(?![\w-])/g) ?? []).filter((word) => !HEAD_WORD.test(word)).length
  return distinct(runs).length >= CAPITALS_MIN && mixed * 2 >= runs.length ? runs : []
}

/** The last name of the head stands before the first row. */
const COLUMN_FIRST = /^(?:(?:UPC|SKU|MODEL|PRODUCT|NUMBER|CODE)S? )+/

/** Two rows without anything between them begin alike: "VECTOR RS 130 VECTOR RS 130S". */
function rowsOf(run: string): string[] {
  const words = run.replace(COLUMN_FIRST, '').split(' ')
  const again = words.indexOf(words[0]!, 1)
  const apart = again > 0 && words.length > again + 1 && words[1] === words[again + 1]
  return apart ? [words.slice(0, again).join(' '), ...rowsOf(words.slice(again).join(' '))] : [words.join(' ')]
}

function isOnlyAbbreviation(name: string): boolean {
  const words = name.split(' ')
  return (
    words.every((word) => NOT_A_NAME.test(word) || /^[\d,]+$/.test(word)) ||
    words.some((word) => /^(?:MODEL|PRODUCT|NUMBER|UPC|SKU|CODE)S?$/.test(word)) ||
    !(words.length === 1 ? /[A-Z]{4}/ : /[A-Z]{3}/).test(name)
  )
}

const NAME_FIRST =
  /(?:^|[.:)] )\s*(?:Brand\s+)?(?:(?:Model|Product|Style|Item)(?: Names?)?|Names?)\s+(?=Models?\b|Styles?\b|Items?\b|Part|Product|Article|SKU|Numbers?\b(?=.{0,40}\bName))/
const NAME_AFTER = /\b(?:Numbers?|Nos?\.|SKUs?|Codes?|#)\s+(?:and\s+|\/\s?)?(?:(?:Model|Product|Style|Item)\s+)?Names?\b/
const ROW_WORD = String.raw`[A-Z](?!\w*\d{3})[\w'+/-]*`

/** "Independence MM3200", "M2801 Reagan": the words beside a model's number, on the side where the head of the table has its name. */
function besideCodes(body: string, codes: ReadonlySet<string>): string[] {
  const after = NAME_AFTER.test(body.slice(0, HEAD_WITHIN))
  if (!after && !NAME_FIRST.test(body.slice(0, HEAD_WITHIN))) return []
  const row = after
    ? new RegExp(String.raw`(?<code>[A-Z0-9][\w./-]*\d[\w./-]*) (?<name>${ROW_WORD}(?: ${ROW_WORD}){0,3})`, 'g')
    : new RegExp(String.raw`(?<name>(?<![\w-])${ROW_WORD}(?: ${ROW_WORD}){0,3}) (?<code>[A-Z0-9][\w./-]*\d[\w./-]*)`, 'g')
  const names = [...body.matchAll(row)].flatMap(({ groups }) => {
    if (!codes.has(groups!['code']!)) return []
    const words = groups!['name']!.split(' ').filter((word) => !HEAD_WORD.test(word))
    const name = words.join(' ')
    return /[a-z]{2}/.test(name) && !words.some((word) => codes.has(word)) && !words.every(isColourOrSize) ? [name] : []
  })
  return distinct(names).length > 1 ? names : []
}

const HEAD_WITHIN = 160
const HEAD_WORD =
  /^(?:Models?|Numbers?|Serial|Range|Names?|Style|Item|Product|Part|SKUs?|UPCs?|Code|Codes|Color|Size|Lot|Date|Dates|Description|Year|Article|Fragrance|UPC)$/

function isColourOrSize(word: string): boolean {
  return /^(?:Black|White|Red|Blue|Green|Gr[ae]y|Pink|Brown|Yellow|Orange|Purple|Silver|Gold|Tan|Beige|Navy|Natural|Cherry|Espresso|Small|Medium|Large|Twin|Full|Queen|King|Light|Dark)$/.test(
    word,
  )
}

const CALLED =
  /\b(?:(?:model|style|product) names?(?: (?:is|are|of|either))?|(?:the|has|with the|under the) names?|(?:marketed|known|advertised|named)(?: as)?(?: the)?|models?)\s+(?=")/gi
const QUOTED_LIST = /^(?:"[^"]{2,40}"(?:,? (?:and|or|and\/or) |, ?| )?(?:one has the name )?)+/

/** `The model name "ACE POWER K125," "ACE POWER T125" or …`, `one has the name "Glow Beam"`. */
function quoted(text: string): string[] {
  return [...text.matchAll(CALLED)].flatMap((cue) => {
    const list = QUOTED_LIST.exec(text.slice(cue.index + cue[0].length, cue.index + cue[0].length + 400))?.[0] ?? ''
    return [...list.matchAll(/"([^"]{2,40})"/g)].map((each) => each[1]!.replace(/[,.;]+$/, '')).filter((name) => /^[A-Z0-9]/.test(name))
  })
}

const NAME = String.raw`[A-Z][\w'+-]*(?: (?:[A-Z][\w'+-]*|\d{1,4}))*`
const BEFORE_NUMBER = new RegExp(
  String.raw`\b(?:the|and|or|includes?|including|involves|of|,) ((?:[A-Z][\w'+-]*)(?: (?:[A-Z][\w'+-]*|\d{1,4})){0,4})((?: [a-z-]+){0,3}),? (?:\(|with )(?:models?|item|style|part|article|SKU)(?: (?:numbers?|nos?\.?))? ?#?\s?(?=[A-Z]*[\d-])`,
  'g',
)

/** "The Reagan crib (model #M2801)", "the Ameristep Hyde Sky Walker with model number 2RX1H009C". */
function beforeNumbers(text: string): string[] {
  // Without a thing in small letters behind it ("Biometric Gun Safes with model number") capitals alone make no name.
  return [...text.matchAll(BEFORE_NUMBER)]
    .filter(([, name, thing]) => thing !== '' || !isCommonWord(name!.split(' ').at(-1)!))
    .map((match) => match[1]!)
    .filter((name) => !isSentenceWord(name))
}

const LISTED = new RegExp(
  String.raw`\b(?:[Mm]odels|[Mm]odel names|[Ss]tyles)(?: (?:are|include|including))?:? (${NAME}(?:, ${NAME}){0,30},? (?:and|or) ${NAME})(?= [a-z(]|[.;,]|$)`,
  'g',
)

/** "Models PMA, PFB and PFH", "including models Moment and Trident". */
function listedModels(text: string): string[] {
  return [...text.matchAll(LISTED)]
    .flatMap((match) => match[1]!.split(/,? (?:and|or) |, /))
    .filter((name) => !isSentenceWord(name) && name.split(' ').length <= 5 && !/^(?:Models?|Serial|Styles?|Numbers?)\b/.test(name))
}

const LIST_OF_NAMES =
  /\b(?:models?|model names?|styles|following)\b((?:(?!\b(?:numbers?|colou?rs?|sizes?|states?|scents?|stores?|dates?|fragrances?|finishes|words?|UPCs?|lots?|serial|batch|codes?|SKUs?|countries|locations?|patterns?|flavou?rs?|retailers?|dealers|shades|prints|warnings?|VINs?)\b)[^.:;]){0,80}):\s+([A-Z0-9][^:;]{6,900}?)(?:\.(?=\s+[A-Z"])|\.$|$)/g
const LISTED_NAME = /^(?:(?:19|20)\d\d )?((?!(?:19|20)\d\d)[A-Z0-9][\w'"/+-]*(?: [A-Z0-9][\w'"/+-]*){0,4})$/
const LISTED_MIN = 3

/** "The following bicycles: San Quentin 1, Wildcat Trail 3 and Fairfax 1." A list counts where all but one of its items are names. */
function afterColon(text: string): string[] {
  return [...text.matchAll(LIST_OF_NAMES)].flatMap((match) => {
    const items = match[2]!.split(/,\s+(?:and\s+)?|\s+and\s+/).map((item) => item.trim())
    const names = items.flatMap((item) => LISTED_NAME.exec(item)?.[1] ?? [])
    return names.length >= LISTED_MIN && names.length >= items.length - 1 ? names.filter((name) => /[A-Za-z]/.test(name)) : []
  })
}

const YEARS = String.raw`(?:19|20)\d\d(?:(?:\s?-\s?|; ?|, | through | to | and )(?:19|20)\d\d)*`
const VEHICLE = String.raw`(?!(?:19|20)\d\d\b|Model\b)[A-Z][\w+/-]*(?: (?!(?:19|20)\d\d\b|Model\b)(?:[A-Z][\w+/-]*|\d{1,4}[A-Z]*)){0,6}`
const OF_YEARS = new RegExp(
  String.raw`\b(?:[Mm]odel years? |involves |includes |certain |all |, |and |; |\(s\) Model Names? |Models? Names? |(?<=[a-z0-9] ))(?:${YEARS}) (${VEHICLE}(?:(?:, (?:and )?| and )${VEHICLE})*)`,
  'g',
)

/** "Model year 2021 RZR XP Turbo and RZR XP 4 Turbo", "2016-2018 CFORCE 400, 2017-2018 CFORCE 500S". */
function ofModelYears(text: string): string[] {
  if (
    !/\bmodel years?\b|\b(?:ATVs?|ROVs?|UTVs?|motorcycles?|snowmobiles?|vehicles?|bicycles?|mowers?|tractors?)\b/i.test(
      text.slice(0, 1_200),
    )
  )
    return []
  return [...text.matchAll(OF_YEARS)]
    .flatMap((match) => match[1]!.split(/, (?:and )?| and /))
    .map((name) => name.replace(KIND_OF_VEHICLE, ''))
    .filter((name) => name !== '' && !MONTH.test(name) && !isSentenceWord(name))
}

const KIND_OF_VEHICLE = /(?:^|\s+)(?:ATVs?|ROVs?|UTVs?|PTVs?|LSVs?|Motorcycles?|Snowmobiles?|Vehicles?)$/
const MONTH = /^(?:January|February|March|April|May|June|July|August|September|October|November|December)\b/

const NAME_AND_NUMBER = /((?:[A-Z][\w'+-]*|of|the)(?: (?:[A-Z][\w'+-]*|\d{1,4}|of|the)){0,5}) \(([A-Z]{1,5}-?\d[\w-]*)\)/g

/** "The Original Bedside Assistant (BA10W), the Travel Handles (BA11W)": at least two such, so that it is no abbreviation. */
function besideNumbers(text: string): string[] {
  const found = [...text.matchAll(NAME_AND_NUMBER)].filter((match) => !NOT_CODE.test(match[2]!))
  return found.length < 2 ? [] : found.flatMap((match) => [match[1]!.replace(/^(?:(?:The|the|of|And|Model|Models)\s+)+/, ''), match[2]!])
}

function isSentenceWord(name: string): boolean {
  return (
    /^(?:The|This|These|Only|All|They|It|A|An|Consumers|Models?|Model Number|UPC|SKU)$/.test(name) ||
    (/^[A-Z][a-z]+$/.test(name) && isColourOrSize(name)) ||
    (name === name.toUpperCase() && isCommonWord(name) && name.length < 3)
  )
}
