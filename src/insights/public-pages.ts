/** A recall as everyone may read it: what to do first, then why, then whether it is yours, then the rest. Without JavaScript, on an old phone. */
import { html, raw } from 'hono/html'
import { PHOTOGRAPH_SOURCES } from '../platform/http.ts'
import { page, type Html } from '../platform/page.ts'
import { codeForm, formatDate } from '../outreach/index.ts'
import type { Expansion, JointRecall, LinkedRecall, Recall, RecallImage } from '../recalls/index.ts'
import type { PublicCampaign } from './queries-public.ts'
import { factList, markedLine, markedProse, productList, saidValue } from './public-evidence.ts'
import { evidenceOf } from './recall-evidence.ts'
import { alsoPublished, noticesOfRecall, widened } from './public-joint.ts'
import { revisionList, type RevisionOnPage } from './public-revisions.ts'
import { recallMarkup, scriptJson } from './recall-markup.ts'
import { agencyName, attribution, recallWords } from './recall-words.ts'

/** `url` is the page's own public address. `revisions` are the newest, the newest first. */
export type RecallView = {
  url: string
  recallId: string
  recall: Recall
  modifiedAt: Date
  campaign: PublicCampaign | null
  revisions: RevisionOnPage[]
  links: LinkedRecall[]
  /** The same recall as other agencies published it, where it is here, and the addresses of those. */
  joint: JointRecall[]
  sameAs: string[]
  /** Recalls of the agency that this one widens or is widened by. */
  expansions: Expansion[]
}

export function recallPage(view: RecallView): Html {
  const { recall, campaign } = view
  const words = recallWords(recall)
  const { said } = words
  const description = [words.signal, said.danger, words.source].filter((text) => text !== '').join(' ')
  const markup = recallMarkup(recall, {
    url: view.url,
    product: said.product,
    description,
    modifiedAt: view.modifiedAt,
    sameAs: view.sameAs,
  })
  const lang = recall.language ?? 'en'
  const evidence = evidenceOf(recall, [...words.remedies, ...words.facts.flatMap(({ values }) => values)])
  return page({
    title: `${recall.title} – ${recall.agency}`,
    open: true,
    head: html`<meta name="description" content="${description}" />
      <link rel="canonical" href="${view.url}" />
      <link rel="alternate" type="application/atom+xml" href="/recalls.atom" title="Recalls of products sold here" />
      <script type="application/ld+json">
        ${raw(scriptJson(markup))}
      </script>`,
    body: html`<p><a href="/recalls">All recalls</a></p>
      <h1 lang="${lang}">${markedLine(recall.title, 'title', evidence)}</h1>
      <div class="hazard ${words.urgency}">
        <div>
          <p class="signal">${words.signal}</p>
          ${said.danger === '' ? '' : html`<p>${said.danger}</p>`}
        </div>
      </div>
      ${noticesOfRecall(recall, view.joint)} ${widened(view.expansions)} ${campaign === null ? '' : soldHere(campaign)}
      <h2>What to do</h2>
      ${
        recall.remedyText.trim() === ''
          ? html`<p>The agency’s text does not say more. Read its notice, or ask where you bought it.</p>`
          : html`${recall.agency === 'EUSG' ? html`<h3>What the authorities or the company did</h3>` : ''}${markedProse(recall.remedyText, 'remedyText', evidence, lang)}`
      }
      ${words.remedies.length === 0 ? '' : html`<p>In short: <strong>${words.remedies.map((remedy, index) => html`${index === 0 ? '' : '; '}${saidValue(remedy, evidence)}`)}</strong>.</p>`}
      ${photographs(recall.images, said.product)}
      <h2>Why</h2>
      ${recall.hazardText.trim() === '' ? html`<p lang="${lang}">${recall.title}</p>` : markedProse(recall.hazardText, 'hazardText', evidence, lang)}
      ${
        recall.incidentText.trim() === ''
          ? ''
          : html`<h3>Incidents and injuries</h3>
              ${markedProse(recall.incidentText, 'incidentText', evidence, lang)}`
      }
      <h2>Is yours one of them?</h2>
      ${recall.description.trim() === '' ? '' : markedProse(recall.description, 'description', evidence, lang)}
      ${productList(recall, evidence, lang)}
      ${
        recall.soldText.trim() === ''
          ? ''
          : html`<h3>Where it was sold, in the agency’s words</h3>
              ${markedProse(recall.soldText, 'soldText', evidence, lang)}`
      }
      <h3>What we read from the agency’s words</h3>
      ${factList(words.facts, evidence)}
      <p class="hint">
        A link leads to the words that say it. What has none, the agency gives in a field of its own, or only its text as a whole says it.
        What is missing here, the agency did not say. It does not mean that yours is safe.
      </p>
      ${
        (recall.contactText ?? '').trim() === ''
          ? ''
          : html`<h3>Whom to contact</h3>
              ${paragraphs(recall.contactText!, lang)}`
      }
      ${recall.oversight === 'closed' ? html`<p>The agency has closed this recall. That does not make the product safe.</p>` : ''}
      ${revisionList(view.revisions)}
      <h2>Did you get a message about this?</h2>
      <p>
        Go to our shop the way you always do, without a link from a message. Open
        <a href="/your-recalls">your recalls and product safety alerts</a>. If the message is from us, it stands there with the same code.
      </p>
      ${
        campaign === null
          ? html`<p>We have sent no message about this recall.</p>`
          : html`<p>You can also check its code here.</p>
              ${codeForm(view.recallId)}`
      }
      ${sourceOf(recall, words.source)} ${alsoPublished(view.links, view.joint)}`,
  })
}

function soldHere({ openedAt, listingsStopped }: PublicCampaign): Html {
  return html`<section class="panel" aria-labelledby="sold-here">
    <h2 id="sold-here">Bought from us?</h2>
    <p>
      This product was sold here. We acted on
      ${formatDate(openedAt)}${listingsStopped === 0 ? '' : html` and stopped ${listingsStopped === 1 ? 'one listing' : `${listingsStopped.toLocaleString('en-US')} listings`}`}.
      We write to every buyer we know of.
    </p>
    <p><a class="button" href="/your-recalls">See your recalls</a></p>
  </section>`
}

function paragraphs(text: string, lang: string): Html {
  const all = text.split('\n').filter((part) => part.trim() !== '')
  return html`${all.map((part) => html`<p lang="${lang}">${part.trim()}</p>`)}`
}

const PHOTOGRAPHS_SHOWN_MAX = 6

/** Shown where a browser may load them from; all others are links. */
function photographs(images: readonly RecallImage[], product: string): Html {
  const addressed = images.filter((image) => image.url.startsWith('https://'))
  const shown = addressed.filter((image) => PHOTOGRAPH_SOURCES.some((source) => image.url.startsWith(`${source}/`))).slice(0, PHOTOGRAPHS_SHOWN_MAX) // prettier-ignore
  const linked = addressed.filter((image) => !shown.includes(image))
  return html`${
    shown.length === 0
      ? ''
      : html`<div class="photos">
          ${shown.map(
            (image) =>
              html`<figure>
                <a href="${image.url}" rel="noreferrer"
                  ><img
                    src="${image.url}"
                    alt="${image.caption ?? `The recalled product: ${product}`}"
                    loading="lazy"
                    referrerpolicy="no-referrer"
                /></a>
                ${image.caption === null ? '' : html`<figcaption>${image.caption}</figcaption>`}
              </figure>`,
          )}
        </div>`
  }${
    linked.length === 0
      ? ''
      : html`<ul>
          ${linked.map((image, index) => html`<li><a href="${image.url}" rel="noreferrer">${image.caption ?? `Photograph ${shown.length + index + 1}`}</a></li>`)}
        </ul>`
  }`
}

function sourceOf(recall: Recall, source: string): Html {
  const licence = attribution(recall)
  return html`<h2>Where this comes from</h2>
    <p>${source}, published by: ${agencyName(recall)}.</p>
    ${
      recall.url === null || !/^https?:\/\//i.test(recall.url)
        ? ''
        : html`<p><a href="${recall.url}" rel="noreferrer">Read the notice of the agency</a></p>`
    }
    ${licence === null ? '' : html`<p class="hint">${licence.text} <a href="${licence.url}" rel="noreferrer">The licence</a></p>`}`
}
