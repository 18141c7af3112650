/** The shape of a CPSC recall as the agency's API gives it. What is missing is taken as not said; what has another type is refused by name. */
import { z } from 'zod'
import { fail, ok, type Result } from '../../platform/result.ts'

// PostgreSQL's text and jsonb hold neither NUL nor half a surrogate pair, and neither is anything a person wrote.
const text = z
  .string()
  .nullish()
  .transform((value) => (value ?? '').replaceAll('\0', '').toWellFormed().trim())

function listOf<T extends z.ZodType>(entry: T) {
  return z
    .array(entry)
    .nullish()
    .transform((value) => value ?? [])
}

const named = z.object({ Name: text })

const shape = z.object({
  RecallID: z.number().nullish(),
  RecallNumber: text,
  RecallDate: text,
  Title: text,
  Description: text,
  URL: text,
  ConsumerContact: text,
  Products: listOf(z.object({ Name: text, Model: text, NumberOfUnits: text })),
  Images: listOf(z.object({ URL: text, Caption: text })),
  Injuries: listOf(named),
  Manufacturers: listOf(named),
  Importers: listOf(named),
  Distributors: listOf(named),
  Retailers: listOf(named),
  ManufacturerCountries: listOf(z.object({ Country: text })),
  ProductUPCs: listOf(z.object({ UPC: text })),
  Hazards: listOf(named),
  Remedies: listOf(named),
  RemedyOptions: listOf(z.object({ Option: text })),
})

export type CpscRecall = z.infer<typeof shape>

/** Checks the shape of a JSON object; the problem names the field by its path: `Products[0].Name`. */
export function checkShape(value: object): Result<CpscRecall> {
  const checked = shape.safeParse(value)
  if (checked.success) return ok(checked.data)
  const issue = checked.error.issues[0]!
  const field = issue.path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '')
  return fail('invalid', issue.message, field)
}

/** Without the dashes of the website, and nothing that no number holds. */
export function recallNumberOf(text: string): string {
  return text.replace(/[^0-9A-Za-z]/g, '').slice(0, 20)
}
