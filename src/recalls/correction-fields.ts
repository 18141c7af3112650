/** What each field of a recall may be corrected to, and where in the recall it stands. Pure. */
import { z } from 'zod'
import { gtinCheckDigit, isGtin } from '../platform/gtin.ts'
import { fail, ok, type Result } from '../platform/result.ts'
import { CORRECTION_FIELDS, HAZARDS, REMEDY_OPTIONS, type CorrectionField, type Recall, type Scope } from './recall.ts'

/** How a field is given: as words on a command line, as inputs on a page. */
export type FieldKind = 'list' | 'count' | 'month' | 'flag' | 'currency' | 'counts'

type FieldRule = {
  kind: FieldKind
  schema: z.ZodType
  read: (recall: Recall) => unknown
  /** `value` is one that `schema` gave. */
  write: (recall: Recall, value: unknown) => Recall
}

const TEXT_CHARACTERS_MAX = 200
/** More than any recall has; every number stays one that a column of numbers can hold. */
const COUNT_MAX = 2_000_000_000
const COUNTRIES_MAX = 250

const text = z
  .string('Give each as text.')
  .trim()
  .min(1, 'Leave no entry empty.')
  .max(TEXT_CHARACTERS_MAX, `Give at most ${TEXT_CHARACTERS_MAX} characters each.`)
  .refine((given) => !given.includes('\0') && given.isWellFormed(), 'This holds a character that no text here can hold.')

function listOf<Item extends z.ZodType<string>>(item: Item, itemsMax: number) {
  return z
    .array(item, 'Give a list; an empty one says that the agency does not state it.')
    .max(itemsMax, `Give at most ${itemsMax.toLocaleString('en-US')}.`)
    .transform((items) => [...new Set(items)])
}

const gtin = text.superRefine((digits, context) => {
  if (isGtin(digits)) return
  const wrongDigit = /^(?:\d{8}|\d{12,14})$/.test(digits) && !/^0+$/.test(digits)
  const message = wrongDigit
    ? `The check digit of ${digits} should be ${gtinCheckDigit(digits.slice(0, -1))}. Compare it with the agency’s text.`
    : `${JSON.stringify(digits)} is no bar code. Give 8, 12, 13 or 14 digits, without blanks.`
  context.addIssue({ code: 'custom', message })
})

const wholeNumber = z
  .number('Give a whole number.')
  .int('Give a whole number.')
  .min(0, 'Give zero or more.')
  .max(COUNT_MAX, `Give at most ${COUNT_MAX.toLocaleString('en-US')}.`)
const count = wholeNumber.nullable()
const month = z
  .string('Write the month as YYYY-MM, or give null where the agency does not state it.')
  .regex(/^(?:19|20)\d\d-(?:0[1-9]|1[0-2])$/, 'Write the month as YYYY-MM, or give null where the agency does not state it.')
  .nullable()
const flag = z.boolean('Give true or false, or null where the agency does not state it.').nullable()
const currencies = new Set(Intl.supportedValuesOf('currency'))
const currency = z
  .string('Give the three letters of a currency, such as USD.')
  .refine((code) => currencies.has(code), 'Give the three letters of a currency, such as USD.')
const countries = z
  .record(z.string(), wholeNumber, 'Give numbers of units by country: {"CA": 1200}.')
  .refine((given) => Object.keys(given).every((code) => /^[A-Z]{2}$/.test(code)), 'Name each country by its two letters, such as CA.')
  .refine((given) => Object.keys(given).length <= COUNTRIES_MAX, `Give at most ${COUNTRIES_MAX} countries.`)
const hazards = listOf(z.enum(HAZARDS, { error: `Choose from ${HAZARDS.join(', ')}.` }), HAZARDS.length)
const remedies = listOf(z.enum(REMEDY_OPTIONS, { error: `Choose from ${REMEDY_OPTIONS.join(', ')}.` }), REMEDY_OPTIONS.length).refine(
  (options) => !options.includes('none') || options.length === 1,
  'Either there is no remedy or there are some: give none alone.',
)

function inScope(name: keyof Scope, kind: FieldKind, schema: z.ZodType): FieldRule {
  return {
    kind,
    schema,
    read: (recall) => recall.scope[name],
    write: (recall, value) => ({ ...recall, scope: { ...recall.scope, [name]: value } }),
  }
}

function inRecall(name: keyof Recall, kind: FieldKind, schema: z.ZodType): FieldRule {
  return { kind, schema, read: (recall) => recall[name], write: (recall, value) => ({ ...recall, [name]: value }) }
}

const RULES: Record<CorrectionField, FieldRule> = {
  brands: inScope('brands', 'list', listOf(text, 500)),
  product_nouns: inScope('productNouns', 'list', listOf(text, 100)),
  models: inScope('models', 'list', listOf(text, 5_000)),
  gtins: inScope('gtins', 'list', listOf(gtin, 5_000)),
  lots: inScope('lots', 'list', listOf(text, 10_000)),
  serials: inScope('serials', 'list', listOf(text, 10_000)),
  units: inScope('units', 'count', count),
  units_elsewhere: inScope('unitsElsewhere', 'counts', countries),
  sold_from: inScope('soldFrom', 'month', month),
  sold_to: inScope('soldTo', 'month', month),
  manufactured_from: inScope('manufacturedFrom', 'month', month),
  manufactured_to: inScope('manufacturedTo', 'month', month),
  price_min: inScope('priceMinMinor', 'count', count),
  price_max: inScope('priceMaxMinor', 'count', count),
  currency: inScope('currency', 'currency', currency),
  sold_at: inScope('soldAt', 'list', listOf(text, 500)),
  online_only: inScope('onlineOnly', 'flag', flag),
  hazards: inRecall('hazards', 'list', hazards),
  remedies: inRecall('remedies', 'list', remedies),
  proof_of_destruction: inRecall('proofOfDestruction', 'flag', z.boolean('Give true or false.')),
  incidents: inRecall('incidents', 'count', count),
  injuries: inRecall('injuries', 'count', count),
  deaths: inRecall('deaths', 'count', count),
  expands: inRecall('expands', 'list', listOf(text, 100)),
  childrens_product: inRecall('childrensProduct', 'flag', flag),
}

export function correctionFieldNamed(name: string): CorrectionField | null {
  return CORRECTION_FIELDS.find((field) => field === name) ?? null
}

export function kindOfField(field: CorrectionField): FieldKind {
  return RULES[field].kind
}

/** What the recall says in this field. */
export function valueOf(recall: Recall, field: CorrectionField): unknown {
  return RULES[field].read(recall)
}

/** The recall with this field said otherwise. `value` is one that `readValue` gave. */
export function withValue(recall: Recall, field: CorrectionField, value: unknown): Recall {
  return RULES[field].write(recall, value)
}

/** The value as it is kept, or what is wrong with it and what to give instead. */
export function readValue(field: CorrectionField, given: unknown): Result<unknown> {
  const parsed = RULES[field].schema.safeParse(given)
  if (parsed.success) return ok(parsed.data)
  const issue = parsed.error.issues[0]!
  const place = issue.path.map((part) => (typeof part === 'number' ? part + 1 : String(part))).join('.')
  return fail('invalid', `${field}${place === '' ? '' : ` (${place})`}: ${issue.message}`, 'value')
}

/** Pairs of which the first may not exceed the second. */
const BOUNDS: readonly (readonly [CorrectionField, CorrectionField])[] = [
  ['sold_from', 'sold_to'],
  ['manufactured_from', 'manufactured_to'],
  ['price_min', 'price_max'],
]

/** Whether a recall in which `field` was corrected still makes sense as a whole. */
export function checkBounds(recall: Recall, field: CorrectionField): Result<Recall> {
  for (const [low, high] of BOUNDS) {
    if (field !== low && field !== high) continue
    const [from, to] = [valueOf(recall, low), valueOf(recall, high)] as [string | number | null, string | number | null]
    if (from === null || to === null || from <= to) continue
    const other = field === low ? high : low
    const instead = field === low ? 'smaller' : 'larger'
    return fail('invalid', `${low} ${from} lies beyond ${high} ${to}. Give a ${instead} ${field}, or correct ${other} first.`, 'value')
  }
  return ok(recall)
}

/** Whether two values say the same, in whatever order their lists are. */
export function sameValue(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other)
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return JSON.stringify(value.map(canonical).toSorted())
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  return JSON.stringify(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
