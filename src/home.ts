/** The start page of a real installation. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import type { AppEnv, Routes } from './platform/http.ts'
import { page } from './platform/page.ts'

export function homeRoutes(): Routes {
  return new Hono<AppEnv>().get('/', (c) =>
    c.html(
      page({
        title: 'Tocsin',
        body: html`<h1>Product safety</h1>
          <p class="lead">
            Did you get a notice from us? Open the link in it: it needs no password. The same text stands in your shop account.
          </p>
          <ul class="doors">
            <li class="panel">
              <h2><a href="/your-recalls">Your recalls and product safety alerts</a></h2>
              <p>For buyers who come from their shop account.</p>
            </li>
            <li class="panel">
              <h2><a href="/recalls">Recalls</a></h2>
              <p>Look a product up: what to do, and whether yours is one of them.</p>
            </li>
            <li class="panel">
              <h2><a href="/sign-in">Sign in</a></h2>
              <p>For safety officers and sellers.</p>
            </li>
          </ul>`,
      }),
    ),
  )
}
