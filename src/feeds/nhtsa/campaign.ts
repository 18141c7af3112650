/** The rows of one campaign of NHTSA's flat file (dictionary: RCL.txt) as one recall. Pure. */
import { isUtf8 } from 'node:buffer'
import { fail, ok, type Result } from '../../platform/result.ts'
import type { Month, Recall } from '../../recalls/index.ts'
import { compactDay } from '../formats/dates.ts'
import { htmlText } from '../formats/html.ts'
import { numberOf } from '../formats/shape.ts'
import { recallOf } from '../formats/recall-of.ts'
import { readHazards } from '../read/hazards.ts'
import { readVehicleRemedies } from './remedies.ts'
import { prose } from '../formats/prose.ts'
import { distinct } from '../read/text.ts'

/** Fields in the dictionary's order. Since May 2025 there are 29; older files end with the 24th or 27th. */
const FIELDS = [
  'RECORD_ID', 'CAMPNO', 'MAKETXT', 'MODELTXT', 'YEARTXT', 'MFGCAMPNO', 'COMPNAME', 'MFGNAME', 'BGMAN', 'ENDMAN', 'RCLTYPECD', 'POTAFF', 'ODATE',
  'INFLUENCED_BY', 'MFGTXT', 'RCDATE', 'DATEA', 'RPNO', 'FMVSS', 'DESC_DEFECT', 'CONEQUENCE_DEFECT', 'CORRECTIVE_ACTION', 'NOTES', 'RCL_CMPT_ID',
  'MFR_COMP_NAME', 'MFR_COMP_DESC', 'MFR_COMP_PTNO', 'DO_NOT_DRIVE', 'PARK_OUTSIDE',
] as const // prettier-ignore
const FIELDS_MIN = 23
type Row = Record<(typeof FIELDS)[number], string>

/** The number in the second field of the first row. */
export function campaignNumber(bytes: Buffer): string | null {
  const number = numberOf(bytes.subarray(0, 160).toString('latin1').split('\t')[1] ?? '')
  return number === '' ? null : number
}

/**
 * A row that is not whole refuses its whole campaign: read without it, the recall would seem to leave out that model.
 * The line in the message counts from the campaign's first row.
 */
export function readCampaign(bytes: Buffer): Result<Recall> {
  const rows: Row[] = []
  for (const [index, line] of linesOf(bytes).entries()) {
    const values = line.split('\t')
    if (values.length < FIELDS_MIN || values.length > FIELDS.length)
      return fail(
        'invalid',
        `row ${index + 1} of the campaign has ${values.length} fields, not ${FIELDS.length}`,
        FIELDS[values.length] ?? 'RECORD_ID',
      )
    rows.push(Object.fromEntries(FIELDS.map((name, at) => [name, clean(values[at] ?? '')])) as Row)
  }
  const first = rows[0]
  if (first === undefined) return fail('invalid', 'the campaign has no row', 'CAMPNO')
  const days = rows.flatMap((row) => [compactDay(row.RCDATE), compactDay(row.DATEA)]).filter((day) => day !== null)
  const publishedOn = compactDay(first.RCDATE) ?? days.sort()[0]
  if (publishedOn === undefined)
    return fail('invalid', first.RCDATE === '' ? 'the date is missing' : `${JSON.stringify(first.RCDATE)} is not a date`, 'RCDATE')
  const defect = longest(rows, 'DESC_DEFECT')
  if (defect === '' && first.COMPNAME === '') return fail('invalid', 'it says neither what is defective nor which component', 'DESC_DEFECT')
  return ok(recallOfRows(rows, { publishedOn, defect }))
}

function recallOfRows(rows: readonly Row[], { publishedOn, defect }: { publishedOn: string; defect: string }): Recall {
  const first = rows[0]!
  const recallNumber = numberOf(first.CAMPNO)
  const consequence = longest(rows, 'CONEQUENCE_DEFECT')
  const remedy = longest(rows, 'CORRECTIVE_ACTION')
  const types = new Set(rows.map((row) => row.RCLTYPECD.toUpperCase()))
  const makes = distinct(rows.map((row) => row.MAKETXT))
  const models = distinct(rows.map((row) => row.MODELTXT)).filter((model) => !/^(?:all|various|unknown|n\/?a)$/i.test(model))
  // Equipment is sold by its part number; a vehicle's part number names what is replaced in it.
  const vehicles = types.has('V')
  const parts = vehicles ? [] : distinct(rows.flatMap((row) => row.MFR_COMP_PTNO.split(/[,;]\s*/))).filter((part) => /\d/.test(part))
  const advice = [
    rows.some((row) => isYes(row.DO_NOT_DRIVE)) ? 'NHTSA advises: do not drive.' : '',
    rows.some((row) => isYes(row.PARK_OUTSIDE)) ? 'NHTSA advises: park outside.' : '',
  ]
  const children = types.has('C') && types.size === 1
  const counts = new Set(rows.map((row) => row.POTAFF).filter((count) => /^[1-9]\d*$/.test(count)))
  return recallOf('NHTSA', 'USD', {
    recallNumber,
    title: `${first.MFGTXT || first.MFGNAME}: ${makes.slice(0, 3).join(', ')} ${models.slice(0, 3).join(', ')}${models.length > 3 ? ' and others' : ''} (${first.COMPNAME})`,
    publishedOn,
    url: `https://www.nhtsa.gov/recalls?nhtsaId=${encodeURIComponent(recallNumber)}`,
    description: defect,
    products: productsOf(rows),
    hazardText: [consequence, ...advice].filter((text) => text !== '').join(' '),
    remedyText: remedy,
    contactText: longest(rows, 'NOTES') || null,
    firms: distinct(rows.flatMap((row) => [row.MFGTXT, row.MFGNAME])).map((name) => ({ role: 'manufacturer' as const, name })),
    hazards: readHazards([prose(consequence) || prose(defect)]),
    remedies: readVehicleRemedies(remedy),
    childrensProduct: children ? true : types.has('C') ? null : false,
    scope: {
      brands: makes,
      productNouns: [...types].flatMap((type) => NOUNS[type] ?? []),
      models: distinct([...models, ...parts]),
      ...madeWindow(rows),
      // Rows that disagree count different things; their sum would count some units twice.
      units: counts.size === 1 ? Number([...counts][0]) : null,
    },
  })
}

const NOUNS: Record<string, string[]> = { V: ['vehicle'], T: ['tire'], C: ['child seat', 'car seat'], E: [] }
const PRODUCTS_MAX = 300

/** One product per make and model, with its model years; 9999 stands for an unknown one. */
function productsOf(rows: readonly Row[]): Recall['products'] {
  const years = new Map<string, Set<string>>()
  for (const row of rows) {
    const name = [row.MAKETXT, row.MODELTXT].filter((part) => part !== '').join(' ')
    const known = years.get(name) ?? new Set()
    if (/^\d{4}$/.test(row.YEARTXT) && row.YEARTXT !== '9999') known.add(row.YEARTXT)
    years.set(name, known)
  }
  return [...years]
    .slice(0, PRODUCTS_MAX)
    .map(([name, known]) => ({ name: known.size === 0 ? name : `${name} ${[...known].sort().join(', ')}`, model: null, unitsText: null }))
}

/** The months between which all was made; a side that some row leaves open is open. */
function madeWindow(rows: readonly Row[]): { manufacturedFrom: Month | null; manufacturedTo: Month | null } {
  const from = rows.map((row) => compactDay(row.BGMAN)?.slice(0, 7) ?? null)
  const to = rows.map((row) => compactDay(row.ENDMAN)?.slice(0, 7) ?? null)
  return {
    manufacturedFrom: from.includes(null) ? null : (from.sort()[0] ?? null),
    manufacturedTo: to.includes(null) ? null : (to.sort().at(-1) ?? null),
  }
}

function isYes(text: string): boolean {
  return /^(?:yes|y|true)$/i.test(text)
}

function longest(rows: readonly Row[], field: (typeof FIELDS)[number]): string {
  return rows.reduce((best, row) => (row[field].length > best.length ? row[field] : best), '')
}

/** Rows as text: UTF-8 where they are that, else Latin-1, row by row, as the file mixes both. */
function linesOf(bytes: Buffer): string[] {
  const lines: string[] = []
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf(0x0a, from)
    const row = bytes.subarray(from, end < 0 ? bytes.length : end)
    from = end < 0 ? bytes.length : end + 1
    const line = (isUtf8(row) ? row.toString('utf8') : LATIN.decode(row)).replace(/^\ufeff|\r$/g, '')
    if (line.trim() !== '') lines.push(line)
  }
  return lines
}

const LATIN = new TextDecoder('windows-1252')

function clean(value: string): string {
  const text = value.replaceAll('\0', '').toWellFormed()
  return /[<&]/.test(text) ? htmlText(text).replaceAll('\n', ' ') : text.replace(/\s+/g, ' ').trim()
}
