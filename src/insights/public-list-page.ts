/** The list of recalls that everyone may search. */
import { html } from 'hono/html'
import { page, type Html } from '../platform/page.ts'
import { AGENCY_NAMES, printedNumber } from '../recalls/index.ts'
import type { PublicFilters, PublicRecallRow } from './queries-public.ts'
import { alsoNames } from './public-joint.ts'
import { day } from './recall-words.ts'

/** `next` is the address of the recalls before these, null where there are none; `first` whether the newest are on the page. */
export type RecallListView = { url: string; filters: PublicFilters; first: boolean; rows: readonly PublicRecallRow[]; next: string | null }

export function recallListPage(view: RecallListView): Html {
  const { filters, rows } = view
  const searched = filters.q !== '' || filters.ours
  return page({
    title: filters.q === '' ? 'Recalls' : `Recalls: ${filters.q}`,
    open: view.first && !searched,
    head: html`<link rel="canonical" href="${view.url}" />
      <link rel="alternate" type="application/atom+xml" href="/recalls.atom" title="Recalls of products sold here" />`,
    body: html`<h1>Recalls</h1>
      <form class="search" method="get" action="/recalls" role="search">
        <label for="q">Product, brand or recall number</label>
        <input id="q" name="q" type="search" value="${filters.q}" maxlength="200" />
        ${filters.ours ? html`<input type="hidden" name="ours" value="1" />` : ''}
        <button class="button" type="submit">Search</button>
      </form>
      <p>
        ${
          filters.ours
            ? html`Only recalls of products sold here. <a href="${listAddress({ ...filters, ours: false })}">Show all recalls</a>`
            : html`<a href="${listAddress({ ...filters, ours: true })}">Show only recalls of products sold here</a>`
        }
      </p>
      ${
        rows.length === 0
          ? nothing(view)
          : html`<ul class="orders">
              ${rows.map(recallItem)}
            </ul>`
      }
      ${
        view.next === null && view.first
          ? ''
          : html`<nav aria-label="Pages">
              <p>
                ${view.first ? '' : html`<a href="${listAddress(filters)}">Newest recalls</a> `}
                ${view.next === null ? '' : html`<a class="button secondary" rel="next" href="${view.next}">Older recalls</a>`}
              </p>
            </nav>`
      }
      <h2>Did you buy it from us?</h2>
      <p>See <a href="/your-recalls">your recalls and product safety alerts</a>. We also write to every buyer we know of.</p>
      <p class="hint"><a href="/recalls.atom">Recalls of products sold here as an Atom feed</a></p>`,
  })
}

/** The list with these filters, from its beginning or after a key. */
export function listAddress(filters: PublicFilters, after?: string): string {
  const parameters = new URLSearchParams()
  if (filters.q !== '') parameters.set('q', filters.q)
  if (filters.ours) parameters.set('ours', '1')
  if (after !== undefined) parameters.set('after', after)
  return parameters.size === 0 ? '/recalls' : `/recalls?${parameters.toString()}`
}

function recallItem(row: PublicRecallRow): Html {
  return html`<li class="panel">
    <h2><a href="/recalls/${encodeURIComponent(row.recall_id)}">${row.title}</a></h2>
    <p class="hint">
      <abbr title="${AGENCY_NAMES[row.agency]}">${row.agency}</abbr> ${printedNumber(row.recall_number)},
      ${day(row.published_on)}${row.opened_at === null ? '' : html`. <strong>Sold here.</strong>`}
    </p>
    ${row.also.length === 0 ? '' : html`<p class="hint">${alsoNames(row.also)}</p>`}
  </li>`
}

/** Why there is nothing, and what else one can do. */
function nothing({ filters, first }: RecallListView): Html {
  if (!first) return html`<p>There are no older recalls.</p>`
  if (filters.q !== '') {
    return html`<section class="panel">
      <h2>No recall found for “${filters.q}”</h2>
      <p>Try one word: the brand, or what the thing is. Try the number as it is printed on the notice.</p>
      <p>That we know of no recall does not mean that a product is safe.</p>
    </section>`
  }
  return html`<section class="panel">
    <h2>${filters.ours ? 'No product sold here is recalled' : 'No recalls yet'}</h2>
    <p>
      ${
        filters.ours
          ? 'When an agency recalls something that is sold here, it stands here, with what to do.'
          : 'What agencies publish stands here as soon as we have read it.'
      }
    </p>
  </section>`
}
