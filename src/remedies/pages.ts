/** The buyer's pages: one thing each, readable on an old phone, working without JavaScript. */
import { html } from 'hono/html'
import { errorSummary, page, type Html } from '../platform/page.ts'
import type { Problem } from '../platform/result.ts'
import type { Recall } from '../recalls/index.ts'
import { destructionSteps } from './destruction.ts'
import type { ProofAsked } from './offer.ts'
import { PHOTO_BYTES_MAX, PHOTO_FIELD } from './photograph.ts'
import type { AffectedLine, CaseEvent, CaseOf, CaseRow } from './queries.ts'
import type { Money, RefundOutcome } from './refund-rules.ts'
import { caseHeading, dayText, eventText, moneyText, pluralNoun, sentence, sumsText, timeText, unitsText } from './wording.ts'

/** Whoever opened the link: their lines, what they would get back, and their case if they have one. */
export type Visit = CaseOf & {
  token: string
  proof: ProofAsked
  recall: Recall | null
  lines: AffectedLine[]
  owed: Money[]
  case: CaseRow | null
}

/** What the buyer gets back, what we ask for it, and the one button. */
export function refundPage(visit: Visit, problems: readonly Problem[]): Html {
  const units = unitsOf(visit)
  const title = `Get ${sumsText(visit.owed)} back for your ${units === 1 ? 'product' : unitsText(units, pluralNoun(visit.recall))}`
  const asks =
    visit.proof === 'none'
      ? html`<p>We ask for no proof. Press the button and we pay you back.</p>`
      : html`<p>We ask for one photo. It must show that nobody can use ${units === 1 ? 'it' : 'them'} again.</p>
          <h2>How to destroy ${units === 1 ? 'it' : 'them'} safely</h2>
          ${stepList(visit)}`
  return page({
    title: problems.length > 0 ? `Error: ${title}` : title,
    body: html`${summary(problems)}
      <h1>${title}</h1>
      <p>We pay back all that you paid. It costs you nothing.</p>
      ${lineList(visit)}
      <h2>What we ask of you</h2>
      ${asks}
      <form method="post" action="/n/${visit.token}/refund">
        <input type="hidden" name="remedy" value="refund" />
        <button class="button" id="remedy">Ask for my refund</button>
      </form>
      ${agencyWords(visit)} ${backLink(visit)}`,
  })
}

/** The form for the photograph. */
export function proofPage(visit: Visit, problems: readonly Problem[]): Html {
  const title = `Send a photo of your destroyed ${thingsOf(visit)}`
  const wrong = problems.find((problem) => problem.field === PHOTO_FIELD)
  return page({
    title: problems.length > 0 ? `Error: ${title}` : title,
    body: html`${summary(problems)}
      <h1>${title}</h1>
      <p>When the photo is accepted, we pay you back ${sumsText(visit.owed)}.</p>
      ${stepList(visit)}
      <form method="post" action="/n/${visit.token}/proof" enctype="multipart/form-data">
        <div class="${wrong === undefined ? 'field' : 'field wrong'}">
          <label for="${PHOTO_FIELD}">Your photo</label>
          <p class="hint" id="photo-hint">
            JPEG, PNG or WebP, at most ${PHOTO_BYTES_MAX / 1024 / 1024} MB. We delete the place and time that your phone may have stored in
            it.
          </p>
          ${wrong === undefined ? '' : html`<p class="error" id="photo-error"><strong>Error:</strong> ${sentence(wrong.message)}</p>`}
          <input
            type="file"
            id="${PHOTO_FIELD}"
            name="${PHOTO_FIELD}"
            accept="image/*"
            aria-describedby="${wrong === undefined ? 'photo-hint' : 'photo-hint photo-error'}"
            ${wrong === undefined ? '' : html`aria-invalid="true"`}
          />
        </div>
        <button class="button">Send the photo</button>
      </form>
      <p><a href="/n/${visit.token}/case">See your case so far</a></p>
      ${backLink(visit)}`,
  })
}

type RefundShown = Money & { outcome: RefundOutcome }

/** Where the case stands, what happens next, and all that has happened. */
export function casePage(visit: Visit, standing: CaseRow, events: readonly CaseEvent[], refunds: readonly RefundShown[]): Html {
  const title = caseHeading(standing.state, visit.owed)
  return page({
    title,
    body: html`<h1>${title}</h1>
      <section class="panel" aria-label="What happens next">
        <h2>What happens next</h2>
        ${nextStep(visit, standing, events)}
      </section>
      ${refunds.length > 1 ? refundList(refunds) : ''}
      <h2>What has happened</h2>
      <ol class="timeline">
        ${events.map(timelineEntry)}
      </ol>
      <h2>What this is about</h2>
      ${lineList(visit)}
      <p class="hint">Case ${standing.caseId}</p>
      ${backLink(visit)}`,
  })
}

/** A page that has nothing to offer and says why; `visit` is there when the link is good. */
export function nothingPage(problem: Problem, visit?: Visit): Html {
  const title = problem.code === 'not_found' ? 'Page not found' : 'You cannot ask for a refund here'
  return page({
    title,
    body: html`<h1>${title}</h1>
      <p>${problem.message}</p>
      ${visit === undefined ? html`<p><a href="/your-recalls">See your recalls and product safety alerts</a></p>` : backLink(visit)}`,
  })
}

function nextStep(visit: Visit, standing: CaseRow, events: readonly CaseEvent[]): Html {
  switch (standing.state) {
    case 'awaiting_proof':
      return html`<p>Send us one photo of your destroyed ${thingsOf(visit)}. You hear at once whether it is accepted.</p>
        <p><a class="button" href="/n/${visit.token}/proof">Send the photo</a></p>`
    case 'refund_asked':
      return html`<p>The payment service answers within minutes as a rule. If it does not, we ask again by ourselves until it does.</p>
        <p>You do not have to do anything. <a href="/n/${visit.token}/case">See whether it is paid</a></p>`
    case 'refunded':
      return html`<p>The money goes back the way you paid. Banks can take up to 10 working days to show it.</p>
        ${isDemo(events) ? html`<p><strong>This is a demonstration. No real money has moved.</strong></p>` : ''}
        <p>You are done. Thank you for making sure that nobody gets hurt.</p>`
    case 'refund_refused':
      return html`<p>${refusals(events)}</p>
        <p>Your claim stands, and you need no new photo. Our safety team sees this case in its list.</p>
        <p><strong>What you can do now:</strong> answer our e-mail about this recall and tell us how we can pay you.</p>
        ${contact(visit)}`
  }
}

function refusals(events: readonly CaseEvent[]): Html {
  const refused = events.filter((event) => event.kind === 'refund_refused').map(eventText)
  return html`${refused.map((each) => html`${each.text} ${each.reasons.join(' ')} `)}`
}

function contact(visit: Visit): Html {
  const text = visit.recall?.contactText ?? null
  return text === null ? html`` : html`<p>You can also ask the firm that recalls the product: ${text}</p>`
}

/** The references of the demo's payment side begin so (`demo-payments.ts`). */
function isDemo(events: readonly CaseEvent[]): boolean {
  return events.some((event) => event.kind === 'refunded' && String(event.detail['payment_reference']).startsWith('demo-'))
}

function timelineEntry(event: CaseEvent): Html {
  const { text, reasons } = eventText(event)
  return html`<li>
    <time datetime="${event.at.toISOString()}">${timeText(event.at)}</time>
    <p>${text}</p>
    ${reasons.map((reason) => html`<p class="hint">${reason}</p>`)}
  </li>`
}

function refundList(refunds: readonly RefundShown[]): Html {
  const words = { paid: 'paid back', refused: 'refused', open: 'asked for' }
  return html`<ul>
    ${refunds.map((refund) => html`<li>${moneyText(refund)}: ${words[refund.outcome ?? 'open']}</li>`)}
  </ul>`
}

function lineList(visit: Visit): Html {
  return html`<ul class="panel lines">
    ${visit.lines.map(
      (line) =>
        html`<li>
          <strong>${line.title}</strong><br />
          ${unitsText(line.units, pluralNoun(visit.recall))}, bought on ${dayText(line.orderedAt)}, ${moneyText(line)}
        </li>`,
    )}
  </ul>`
}

function stepList(visit: Visit): Html {
  return html`<ol class="steps">
    ${destructionSteps(visit.recall, unitsOf(visit) === 1).map((step) => html`<li>${step}</li>`)}
  </ol>`
}

function agencyWords(visit: Visit): Html {
  const { recall } = visit
  if (recall === null || recall.remedyText === '') return html``
  return html`<details>
    <summary>What ${recall.agency} says</summary>
    <blockquote>${recall.remedyText}</blockquote>
    ${recall.url === null ? '' : html`<p><a href="${recall.url}" rel="noreferrer">The recall at ${recall.agency}</a></p>`}
  </details>`
}

function backLink(visit: Visit): Html {
  return html`<p><a href="/n/${visit.token}">Back to the recall</a></p>`
}

function unitsOf(visit: Visit): number {
  return visit.lines.reduce((sum, line) => sum + line.units, 0)
}

/** "children's cups", or plainly the products. */
function thingsOf(visit: Visit): string {
  return unitsOf(visit) === 1 ? 'product' : (pluralNoun(visit.recall) ?? 'products')
}

function summary(problems: readonly Problem[]): Html {
  return errorSummary(problems.map((problem) => ({ ...problem, message: sentence(problem.message) })))
}
