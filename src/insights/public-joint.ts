/** A recall that several agencies published, for everyone: one matter, and which notice is whose. */
import { html } from 'hono/html'
import type { Html } from '../platform/page.ts'
import {
  AGENCY_NAMES,
  jurisdictionOfAgency,
  type Agency,
  type Expansion,
  type JointRecall,
  type Jurisdiction,
  type LinkedRecall,
  type Recall,
} from '../recalls/index.ts'
import { agencyName, day, publishedElsewhere, remedyWords } from './recall-words.ts'

const FOR_BUYERS_IN: Record<Jurisdiction, string> = {
  US: 'the United States',
  CA: 'Canada',
  EU: 'the European Union, Iceland, Liechtenstein and Norway',
  GB: 'the United Kingdom',
  AU: 'Australia',
}

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight']

/** Which agencies published it, each with whom its notice is for and what it offers, and the way to it. Nothing where only one did. */
export function noticesOfRecall(recall: Recall, others: readonly JointRecall[]): Html {
  if (others.length === 0) return html``
  const agencies = new Set([recall.agency, ...others.map((each) => each.agency)]).size
  return html`<nav class="panel" aria-labelledby="notices">
    <h2 id="notices">This recall was published by ${NUMBERS[agencies] ?? agencies} agencies</h2>
    <p>It is one recall. What you can get for it depends on where you live, so read the notice of your own agency.</p>
    <ul>
      <li>
        <strong aria-current="page">${agencyName(recall)}</strong>, for
        ${FOR_BUYERS_IN[jurisdictionOfAgency(recall.agency)]}${offered(recall.remedies)}.
        <span class="hint">You are reading this notice.</span>
      </li>
      ${others.map(
        (each) =>
          html`<li>
            <a href="/recalls/${encodeURIComponent(each.recallId)}"
              >${agencyName({ agency: each.agency, ...(each.authority === null ? {} : { authority: each.authority }) })}</a
            >, for ${FOR_BUYERS_IN[each.jurisdiction]}${offered(each.remedies)}.
          </li>`,
      )}
    </ul>
  </nav>`
}

function offered(remedies: Recall['remedies']): string {
  const words = remedies.filter((remedy) => remedy !== 'none').map(remedyWords)
  return words.length === 0 ? '' : `: ${words.join(', or ')}`
}

/** The recalls of the same agency that this one widens, and those that widen it: whoever was safe by the earlier one may not be by the later. */
export function widened(expansions: readonly Expansion[]): Html {
  if (expansions.length === 0) return html``
  return html`<ul>
    ${expansions.map(
      (each) =>
        html`<li>
          ${each.direction === 'expands' ? 'Expands' : 'Expanded by'} the
          <a href="/recalls/${encodeURIComponent(each.recallId)}">recall of ${day(each.publishedOn)}</a>${
            each.direction === 'expands' ? '.' : ': more products are recalled since.'
          }
        </li>`,
    )}
  </ul>`
}

/** Notices of other agencies that are not among the recalls here: a link to theirs, else their name. */
export function alsoPublished(links: readonly LinkedRecall[], here: readonly JointRecall[]): Html {
  const agencies = new Set<string>(here.map((each) => each.agency))
  const each = publishedElsewhere(links.filter((link) => link.recallId === null && !agencies.has(link.agency)))
  if (each.length === 0) return html``
  return html`<p>Also published by:</p>
    <ul>
      ${each.map(({ name, href }) => html`<li>${href === null ? name : html`<a href="${href}" rel="noreferrer">${name}</a>`}</li>`)}
    </ul>`
}

/** "Also: Government of Canada (Health Canada, CFIA, Transport Canada)"; empty where no other agency published it. */
export function alsoNames(agencies: readonly Agency[]): string {
  return agencies.length === 0 ? '' : `Also published by ${agencies.map((agency) => AGENCY_NAMES[agency]).join(', ')}`
}

/** Other addresses of the same recall, for machines: the pages here and the agencies' own. */
export function sameRecall(base: string, others: readonly JointRecall[]): string[] {
  return others.flatMap((each) => [
    `${base}/recalls/${encodeURIComponent(each.recallId)}`,
    ...(each.url !== null && /^https?:\/\//i.test(each.url) ? [each.url] : []),
  ])
}
