/** The frame of the server-rendered pages: they work without JavaScript, on an old phone, in light and dark. */
import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { Problem } from './result.ts'

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/**
 * A whole page. `title` goes into the tab and must say where one is; `lang` is BCP 47. Search engines are kept out unless the page is `open`
 * to them; `head` is what else stands in its head, `skip` what the link to the content says in another language than English.
 */
export function page(options: {
  title: string
  lang?: string
  body: Html
  wide?: boolean
  open?: boolean
  head?: Html
  skip?: string
}): Html {
  return html`<!doctype html>
    <html lang="${options.lang ?? 'en'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        ${options.open === true ? '' : html`<meta name="robots" content="noindex" />`}
        <title>${options.title}</title>
        <link rel="stylesheet" href="/assets/page.css" />
        <link rel="icon" href="/assets/bell.svg" type="image/svg+xml" />
        ${options.head ?? ''}
      </head>
      <body>
        <a class="skip" href="#main">${options.skip ?? 'Skip to the content'}</a>
        <main id="main" class="${options.wide === true ? 'wide' : 'narrow'}">${options.body}</main>
      </body>
    </html>`
}

/** What is wrong with a form, at its top, with links to the fields (GOV.UK's error summary). Empty where nothing is. */
export function errorSummary(problems: readonly Problem[]): Html {
  if (problems.length === 0) return html``
  return html`<div class="errors" role="alert" aria-labelledby="errors-title" tabindex="-1">
    <h2 id="errors-title">There is a problem</h2>
    <ul>
      ${problems.map((problem) => html`<li>${problem.field === undefined ? problem.message : html`<a href="#${problem.field}">${problem.message}</a>`}</li>`)}
    </ul>
  </div>`
}

export function problemPage(problem: Problem, status: number): Html {
  const heading =
    status === 404
      ? 'Page not found'
      : status === 401
        ? 'Please sign in'
        : status === 403
          ? 'This page is not for you'
          : 'That did not work'
  return page({
    title: heading,
    body: html`<h1>${heading}</h1>
      <p>${problem.message}</p>
      <p><a href="/">Go to the start page</a></p>`,
  })
}
