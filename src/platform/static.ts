/** Static files: the style sheet of the server-rendered pages, and the built desk with its fallback to one page. */
import { Hono } from 'hono'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { AppContext, AppEnv, Routes } from './http.ts'
import { page } from './page.ts'
import { html } from 'hono/html'

const ASSETS = path.join(import.meta.dirname, 'assets')
const DESK = path.join(import.meta.dirname, '../../web/dist')

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.map': 'application/json',
}

export function staticRoutes(): Routes {
  const routes = new Hono<AppEnv>()
  routes.get('/assets/:file', (c) => sendFile(c, ASSETS, c.req.param('file'), 'max-age=3600'))
  // Vite names its files after their content, so they may be kept for ever; the page that names them may not.
  routes.get('/app/assets/:file', (c) => sendFile(c, path.join(DESK, 'assets'), c.req.param('file'), 'max-age=31536000, immutable'))
  routes.get('/app', (c) => c.redirect('/app/', 308))
  routes.get('/app/*', async (c) => {
    const index = await contentOf(path.join(DESK, 'index.html'))
    return index === null ? c.html(notBuilt(), 503) : c.body(index, 200, { 'content-type': TYPES['.html']!, 'cache-control': 'no-cache' })
  })
  return routes
}

async function sendFile(c: AppContext, folder: string, name: string, caching: string): Promise<Response> {
  const type = TYPES[path.extname(name)]
  const content = type === undefined || name !== path.basename(name) ? null : await contentOf(path.join(folder, name))
  if (content === null) return c.notFound()
  return c.body(content, 200, { 'content-type': type!, 'cache-control': caching })
}

async function contentOf(file: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await readFile(file))
  } catch {
    return null
  }
}

function notBuilt() {
  return page({
    title: 'The desk is not built',
    body: html`<h1>The desk is not built yet</h1>
      <p>Start Tocsin with <code>npm start</code> or <code>npx tocsin serve</code>: both build it first.</p>`,
  })
}
