/** Signing in and out, as plain forms. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import type { Auth } from './auth.ts'
import type { Clock } from './clock.ts'
import type { AppEnv, Routes } from './http.ts'
import { errorSummary, page, type Html } from './page.ts'
import type { Problem } from './result.ts'
import { openThrottle } from './throttle.ts'

const Credentials = z.object({ email: z.string().trim().min(1), password: z.string().min(1), next: z.string().optional() })

// Ten guesses a quarter of an hour: nothing against a password of twelve characters, and no person mistypes so often.
const GUESSES = { failuresMax: 10, windowMinutes: 15 }

export function signInRoutes(deps: { auth: Auth; clock: Clock; firstOfficerHint: string }): Routes {
  const throttle = openThrottle(GUESSES)
  const routes = new Hono<AppEnv>()

  routes.get('/sign-in', async (c) => {
    const hint = (await deps.auth.hasNoOfficer()) ? deps.firstOfficerHint : null
    return c.html(signInPage({ next: safeNext(c.req.query('next')), problems: [], hint, email: '' }))
  })

  routes.post('/sign-in', async (c) => {
    const form = Credentials.safeParse(await c.req.parseBody())
    const next = safeNext(form.data?.next)
    if (!form.success) {
      const problems: Problem[] = [{ code: 'invalid', message: 'Enter your e-mail address and your password.', field: 'email' }]
      return c.html(signInPage({ next, problems, hint: null, email: '' }), 422)
    }
    const account = form.data.email.toLowerCase()
    const wait = throttle.waitMinutes(account, deps.clock())
    if (wait > 0) {
      const problems: Problem[] = [
        { code: 'forbidden', message: `Too many wrong passwords for this address. Try again in ${wait} minutes.`, field: 'email' },
      ]
      return c.html(signInPage({ next, problems, hint: null, email: form.data.email }), 429)
    }
    const signedIn = await deps.auth.signIn(form.data.email, form.data.password)
    if (signedIn.ok) throttle.succeeded(account)
    else throttle.failed(account, deps.clock())
    if (!signedIn.ok) return c.html(signInPage({ next, problems: [signedIn.problem], hint: null, email: form.data.email }), 401)
    for (const cookie of signedIn.value.cookies) c.header('set-cookie', cookie, { append: true })
    return c.redirect(next, 303)
  })

  routes.post('/sign-out', async (c) => {
    for (const cookie of await deps.auth.signOut(c.req.raw)) c.header('set-cookie', cookie, { append: true })
    return c.redirect('/', 303)
  })

  routes.get('/v1/me', (c) => {
    const staff = c.get('principals').staff
    if (staff === null) return c.json({ staff: null })
    return c.json({
      staff: {
        kind: staff.kind,
        user_id: staff.userId,
        name: staff.name,
        ...(staff.kind === 'seller' ? { seller_id: staff.sellerId } : {}),
      },
    })
  })

  routes.on(['GET', 'POST'], '/api/auth/*', (c) => deps.auth.handler(c.req.raw))
  return routes
}

/** Only a path of this site: `//elsewhere` and `https://…` would send a person who just typed a password away. */
function safeNext(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])/.test(next) ? next : '/app/'
}

function signInPage(view: { next: string; problems: Problem[]; hint: string | null; email: string }): Html {
  return page({
    title: 'Sign in – Tocsin',
    body: html`${errorSummary(view.problems)}
      <h1>Sign in</h1>
      ${view.hint === null ? '' : html`<div class="panel"><p>${view.hint}</p></div>`}
      <form method="post" action="/sign-in">
        <input type="hidden" name="next" value="${view.next}" />
        <div class="field">
          <label for="email">E-mail address</label>
          <input id="email" name="email" type="email" autocomplete="username" value="${view.email}" required />
        </div>
        <div class="field">
          <label for="password">Password</label>
          <input id="password" name="password" type="password" autocomplete="current-password" required />
        </div>
        <button class="button" type="submit">Sign in</button>
      </form>
      <p class="hint">Buyers need no account here: the link in a notice opens it, and the shop’s own pages know who you are.</p>`,
  })
}
