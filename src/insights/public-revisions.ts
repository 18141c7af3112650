/** What changed in a recall since it was first published, for its page. */
import { html } from 'hono/html'
import type { Html } from '../platform/page.ts'
import { formatDate } from '../outreach/index.ts'
import type { SaidRevision } from './queries-public.ts'
import { recallChanges, type Change } from './recall-changes.ts'

/** `changes` is null for the oldest revision of the list: what came before it is not there to compare. */
export type RevisionOnPage = { revision: number; recordedAt: Date; cause: 'document' | 'reading' | 'correction'; changes: Change[] | null }

/** The revisions with what each changed, from revisions in order, the newest first. */
export function withChanges(revisions: readonly SaidRevision[]): RevisionOnPage[] {
  return revisions.map(({ revision, recordedAt, cause, recall }, index) => {
    const before = revisions[index + 1]
    return { revision, recordedAt, cause, changes: before === undefined ? null : recallChanges(before.recall, recall) }
  })
}

/** Nothing where nothing has changed yet. */
export function revisionList(revisions: readonly RevisionOnPage[]): Html {
  if (revisions.length < 2) return html``
  return html`<h2>What has changed</h2>
    <ol class="timeline">
      ${revisions.map(
        (each) =>
          html`<li>
            <time datetime="${each.recordedAt.toISOString()}">${formatDate(each.recordedAt)}</time>
            <p>${titleOf(each)}</p>
            ${
              each.changes === null || each.changes.length === 0
                ? ''
                : html`<ul>
                    ${each.changes.map((change) => html`<li>${changeText(change)}</li>`)}
                  </ul>`
            }
          </li>`,
      )}
    </ol>`
}

function titleOf({ revision, cause, changes }: RevisionOnPage): string {
  if (revision === 1) return 'We first read this recall.'
  if (changes === null) return 'Earlier changes are not shown.'
  switch (cause) {
    case 'document':
      return 'The agency changed its notice.'
    case 'reading':
      return 'We read the same notice again and understood it better.'
    case 'correction':
      return 'A person here read the notice and corrected what we had understood.'
    default:
      return cause satisfies never
  }
}

const NAMED_MAX = 12

function changeText(change: Change): Html {
  switch (change.kind) {
    case 'prose':
      if (change.before === '') return html`${change.what} was added.`
      if (change.after === '') return html`${change.what} was taken out. It was: <q>${change.before}</q>`
      return html`${change.what} was rewritten.
        <details>
          <summary>What it was</summary>
          ${change.before}
        </details>`
    case 'value':
      if (change.before === '') return html`${change.what}: now <strong>${change.after}</strong>, not stated before.`
      if (change.after === '') return html`${change.what}: no longer stated; it was ${change.before}.`
      return html`${change.what}: now <strong>${change.after}</strong>, before ${change.before}.`
    case 'list':
      return html`${change.what}:
      ${[
        change.added.length === 0 ? '' : `added ${named(change.added)}`,
        change.removed.length === 0 ? '' : `no longer there ${named(change.removed)}`,
      ]
        .filter((text) => text !== '')
        .join('; ')}.`
    default:
      return change satisfies never
  }
}

function named(items: readonly string[]): string {
  const rest = items.length - NAMED_MAX
  return items.slice(0, NAMED_MAX).join(', ') + (rest > 0 ? ` and ${rest.toLocaleString('en-US')} more` : '')
}
