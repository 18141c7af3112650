/** Anyone who got a message about a recall can see whether its code is one of ours. It tells nothing of the buyer, and asks for nothing else. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import type { Database } from '../platform/db.ts'
import { problem, type AppEnv, type Routes } from '../platform/http.ts'
import { page, type Html } from '../platform/page.ts'
import { isNoticeCode } from './code.ts'
import { codeField } from './code-field.ts'
import { campaignsToldOf } from './queries-pages.ts'

/** Room for the blanks and hyphens that people type. */
const TYPED_LENGTH_MAX = 40

const Query = z.object({ code: z.string().trim().max(TYPED_LENGTH_MAX) })

/** The form on a recall's page. `typed` stands in its field. */
export function codeForm(recallId: string, typed = '', wrong: string | null = null): Html {
  return html`<form method="get" action="/recalls/${encodeURIComponent(recallId)}/code">
    ${codeField({ name: 'code', label: 'The code of the message, eight letters and numbers', value: typed, problem: wrong ?? undefined, maxLength: TYPED_LENGTH_MAX, required: true })}
    <p><button class="button" type="submit">Check the code</button></p>
  </form>`
}

export function codeCheckRoutes({ database, linkKey }: { database: Database; linkKey: string }): Routes {
  const routes = new Hono<AppEnv>()
  routes.get('/recalls/:recallId/code', async (c) => {
    c.header('cache-control', 'no-store')
    const recallId = c.req.param('recallId')
    const parsed = Query.safeParse(c.req.query())
    const campaigns = recallId.includes('\0') ? [] : await campaignsToldOf(database.db, recallId)
    if (!parsed.success) return problem(c, { code: 'invalid', message: 'Type the code that stands in the message, for example K7QF-2M9X.', field: 'code' }) // prettier-ignore
    const typed = parsed.data.code
    const genuine = campaigns.some((campaignId) => isNoticeCode(linkKey, campaignId, typed))
    return c.html(codePage(recallId, typed, genuine), 200)
  })
  return routes
}

function codePage(recallId: string, typed: string, genuine: boolean): Html {
  const recall = `/recalls/${encodeURIComponent(recallId)}`
  return page({
    title: genuine ? 'This code is ours' : 'This code is not ours',
    body: html`<p><a href="${recall}">Back to the recall</a></p>
      <h1>${genuine ? 'This code is ours' : 'This code is not ours'}</h1>
      ${
        genuine
          ? html`<p class="lead">We gave the code ${typed} to a message about this recall.</p>
              <p>
                Somebody could have copied it into another message. To be sure, go to our shop the way you always do and open
                <a href="/your-recalls">your recalls and product safety alerts</a>: the message stands there with the same code.
              </p>`
          : html`<p class="lead">No message of ours about this recall bears the code ${typed}. It may be mistyped.</p>
              ${codeForm(recallId, typed, 'Look at the code again: no letter I, L, O or U is ever in it.')}
              <p>If it is the same again, the message is not from us. Do not open its links.</p>
              <p>
                Your product may be recalled all the same. <a href="${recall}">Read the recall</a>, or go to our shop the way you always do
                and open <a href="/your-recalls">your recalls and product safety alerts</a>.
              </p>`
      }
      <p>We never ask for your password, your card or your bank details.</p>`,
  })
}
