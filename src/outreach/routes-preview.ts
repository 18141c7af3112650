/** What buyers would be told, for officers to read before a campaign opens: one jurisdiction and language at a time, with what blocks it. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Database } from '../platform/db.ts'
import { officerOf, problem, type AppEnv, type Routes } from '../platform/http.ts'
import { wholeText } from '../platform/mail.ts'
import { currentRecall, JURISDICTIONS, jurisdictionOfAgency, REMEDY_OPTIONS, type RemedyOption } from '../recalls/index.ts'
import type { NoticeBrief } from './brief.ts'
import { lintBrief } from './linter/index.ts'
import { LANGUAGES } from './wording/language.ts'
import { exampleMail } from './wording/mail.ts'

type PreviewDeps = { database: Database; baseUrl: string; sender: { name: string; address: string } }

const oneOf = <const Names extends readonly string[]>(names: Names) => z.enum(names, { error: `Use one of: ${names.join(', ')}.` })

const Parameters = z.strictObject({
  jurisdiction: oneOf(JURISDICTIONS).optional(),
  language: oneOf(LANGUAGES).default('en'),
  answer: oneOf(['affected', 'possibly']).default('affected'),
  remedies: z.string().max(200).optional(),
  proof: oneOf(['photo_of_destruction', 'none']).optional(),
})

export function previewRoutes({ database, baseUrl, sender }: PreviewDeps): Routes {
  const routes = new Hono<AppEnv>()
  routes.get('/v1/recalls/:recallId/notice-preview', async (c) => {
    officerOf(c)
    const read = Parameters.safeParse(c.req.query())
    if (!read.success) {
      const [issue] = read.error.issues
      return problem(c, { code: 'invalid', message: issue?.message ?? 'Look at the parameters.', field: issue?.path.join('.') ?? '' })
    }
    const recallId = c.req.param('recallId')
    const current = await currentRecall(database.db, recallId)
    if (current === null) return problem(c, { code: 'not_found', message: `There is no recall ${recallId}.` })
    const { recall } = current
    const { language, answer, jurisdiction = jurisdictionOfAgency(recall.agency) } = read.data
    const brief: NoticeBrief = {
      jurisdiction,
      recall,
      remedies: remediesOf(read.data.remedies) ?? recall.remedies,
      proof: read.data.proof ?? (recall.proofOfDestruction ? 'photo_of_destruction' : 'none'),
    }
    const mail = exampleMail(brief, { language, answer, baseUrl }, sender)
    c.header('cache-control', 'no-store')
    return c.json({
      recall_id: recallId,
      revision: current.revision,
      jurisdiction,
      language,
      answer,
      subject: mail.subject,
      text: wholeText(mail.text),
      html: wholeText(mail.html),
      findings: lintBrief(brief, [language]),
      jurisdictions: JURISDICTIONS,
      languages: LANGUAGES,
    })
  })
  return routes
}

/** As they are listed in an address, `refund,replace`; unknown ones are left out. Undefined where none is named. */
function remediesOf(listed: string | undefined): RemedyOption[] | undefined {
  if (listed === undefined) return undefined
  const names = listed.split(',').map((name) => name.trim())
  return REMEDY_OPTIONS.filter((option) => names.includes(option))
}
