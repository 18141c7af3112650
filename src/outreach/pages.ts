/** Where a buyer lands: the page of one notice, and the page of all of them. They work without JavaScript, on an old phone. */
import { html } from 'hono/html'
import { page, type Html } from '../platform/page.ts'
import type { Money, NoticeLine } from './brief.ts'
import type { CaseOnPage, NoticeOnPage } from './queries-pages.ts'
import { briefWords, formatDate, formatMoney, noticeWords, unitsText, type BriefWords, type NoticeWords } from './wording/en-us.ts'

/** `contact` is the address at which people answer. */
export type NoticeView = {
  notice: NoticeOnPage
  lines: NoticeLine[]
  lineCount: number
  refund: Money[]
  token: string
  code: string
  contact: string
}

export function noticePage(view: NoticeView): Html {
  const { notice, token } = view
  const said = briefWords(notice.brief)
  const words = noticeWords(notice.brief, said, { ...notice, lines: view.lines, lineCount: view.lineCount, refund: view.refund })
  return page({
    title: words.subject,
    lang: said.lang,
    body: html`<h1>${said.heading}</h1>
      ${hazardBox(notice, words)} ${notice.case === null ? whatToDo(words, token) : caseState(notice.case, words, token)}
      ${photographs(said)}
      <h2>Why</h2>
      <p>The ${said.agency.name} says:</p>
      ${said.why.map((text) => html`<p>${text}</p>`)}
      <h2>What you bought</h2>
      ${lineTable(view, said)} ${readConfirmation(notice, token)}
      <h2>About this recall</h2>
      ${factList(said)}
      <h2>Is this page genuine?</h2>
      <p>
        Go to our shop the way you always do, without a link from a message. Open “Your recalls and product safety alerts”. It shows this
        notice with this code:
      </p>
      <p class="code">${view.code}</p>
      <p>We never ask for your password, your card or your bank details.</p>
      <h2>Questions</h2>
      <p>Write to <a href="mailto:${view.contact}">${view.contact}</a>. People read it.</p>`,
  })
}

/** ISO 7010 W001, the general warning sign; it stands beside words and says nothing alone. */
const WARNING_SIGN = html`<svg class="sign" viewBox="0 0 24 22" aria-hidden="true" focusable="false">
  <path d="M12 1.2 23 20.8H1Z" fill="#ffcc00" stroke="#1a1300" stroke-width="1.8" stroke-linejoin="round" />
  <path d="M12 8v6" stroke="#1a1300" stroke-width="2.4" stroke-linecap="round" />
  <circle cx="12" cy="17.6" r="1.4" fill="#1a1300" />
</svg>`

function hazardBox(notice: NoticeOnPage, words: NoticeWords): Html {
  return html`<div class="hazard ${notice.answer === 'affected' ? 'stop' : 'check'}">
    ${WARNING_SIGN}
    <div>
      <p class="signal">${words.signal}</p>
      ${words.signalText === '' ? '' : html`<p>${words.signalText}</p>`}
    </div>
  </div>`
}

function whatToDo(words: NoticeWords, token: string): Html {
  return html`<h2>What to do now</h2>
    <ol class="steps">
      ${words.steps.map((step) => html`<li><strong>${step.title}</strong> ${step.text}</li>`)}
    </ol>
    ${words.refundHere ? html`<p><a class="button" href="/n/${token}/refund">${words.action}</a></p>` : ''}`
}

/** Where the buyer's case stands, in the words of `remedies`, and what is theirs to do next. */
function caseState(found: CaseOnPage, words: NoticeWords, token: string): Html {
  const amount = found.refund === null ? 'Your refund' : `Your refund of ${formatMoney(found.refund)}`
  const since = formatDate(found.stateAt)
  const [stop] = words.steps
  switch (found.state) {
    case 'awaiting_proof':
      return html`<h2>What to do now</h2>
        <ol class="steps">
          ${stop === undefined ? '' : html`<li><strong>${stop.title}</strong> ${stop.text}</li>`}
          <li><strong>Send us the photo.</strong> You chose your refund on ${since}. We pay you back when we have the photo.</li>
        </ol>
        <p><a class="button" href="/n/${token}/proof">Send the photo</a></p>`
    case 'refund_asked':
      return caseBox(`${amount} is on its way`, `We asked for it on ${since}. You have nothing more to do.`, token)
    case 'refunded':
      return caseBox(`${amount} is paid`, `It was paid on ${since}. You have nothing more to do.`, token)
    case 'refund_refused':
      return caseBox(
        `${amount} did not go through`,
        `The payment was refused on ${since}. We are looking into it and will write to you.`,
        token,
      )
  }
}

function caseBox(title: string, text: string, token: string): Html {
  return html`<section class="panel" aria-labelledby="case">
    <h2 id="case">${title}</h2>
    <p>${text}</p>
    <p><a href="/n/${token}/case">See your case</a></p>
  </section>`
}

function photographs(said: BriefWords): Html {
  if (said.images.length === 0) return html``
  return html`<div class="photos">
    ${said.images.map(
      (image) =>
        html`<figure>
          <img src="${image.url}" alt="${image.alt}" loading="lazy" referrerpolicy="no-referrer" />
          ${image.caption === null ? '' : html`<figcaption>${image.caption}</figcaption>`}
        </figure>`,
    )}
  </div>`
}

function lineTable({ lines, lineCount }: NoticeView, said: BriefWords): Html {
  const more = lineCount - lines.length
  return html`<table class="lines">
      <thead>
        <tr>
          <th scope="col">Product</th>
          <th scope="col" class="number">How many</th>
          <th scope="col" class="number">You paid</th>
        </tr>
      </thead>
      <tbody>
        ${lines.map(
          (line) =>
            html`<tr>
              <td>${line.title}<span class="hint">Bought ${formatDate(line.orderedAt)}</span></td>
              <td class="number">${unitsText(line.units, said.noun)}</td>
              <td class="number">${formatMoney(line.amount)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${more > 0 ? html`<p class="hint">and ${more.toLocaleString('en-US')} more</p>` : ''}`
}

function readConfirmation(notice: NoticeOnPage, token: string): Html {
  if (notice.acknowledgedAt !== null) {
    return html`<p id="read" class="done">You told us on ${formatDate(notice.acknowledgedAt)} that you have read this. Thank you.</p>`
  }
  return html`<form method="post" action="/n/${token}/acknowledge" id="read">
    <button class="button secondary" type="submit">I have read this</button>
    <p class="hint">It helps us: we then need not remind you.</p>
  </form>`
}

function factList(said: BriefWords): Html {
  return html`<dl class="facts">
      ${said.facts.map(
        ({ term, text }) =>
          html`<div>
            <dt>${term}</dt>
            <dd>${text}</dd>
          </div>`,
      )}
    </dl>
    ${said.agency.url === null ? '' : html`<p><a href="${said.agency.url}" rel="noreferrer">Read the notice of the ${said.agency.name}</a></p>`}`
}

export type ListedNotice = { notice: NoticeOnPage; token: string; code: string }

export function yourRecallsPage(listed: readonly ListedNotice[]): Html {
  return page({
    title: 'Your recalls and product safety alerts',
    body: html`<h1>Your recalls and product safety alerts</h1>
      ${
        listed.length === 0
          ? noRecalls()
          : html`<ul class="cards">
              ${listed.map(noticeCard)}
            </ul>`
      }
      <h2>Is a message from us genuine?</h2>
      <p>
        Every recall message from us carries a code.
        ${listed.length === 0 ? 'Its recall and its code would stand here.' : 'It must be one of the codes above.'} We never ask for your
        password, your card or your bank details.
      </p>`,
  })
}

/** Nothing is wrong: say what would be here, how it gets here, and what the buyer can do about things bought elsewhere. */
function noRecalls(): Html {
  return html`<section class="panel">
    <h2>Nothing you bought from us is recalled</h2>
    <p>
      We compare every recall with every order. When something you bought is recalled, it stands here, with what to do and how to get your
      remedy. We also write to you.
    </p>
    <p>
      For things you bought elsewhere, see
      <a href="https://www.cpsc.gov/Recalls" rel="noreferrer">the list of the U.S. Consumer Product Safety Commission</a>.
    </p>
  </section>`
}

function noticeCard({ notice, token, code }: ListedNotice): Html {
  const said = briefWords(notice.brief)
  const words = noticeWords(notice.brief, said, { ...notice, lines: [], lineCount: 0, refund: [] })
  return html`<li class="card">
    ${said.images[0] === undefined ? '' : html`<img src="${said.images[0].url}" alt="" loading="lazy" referrerpolicy="no-referrer" />`}
    <div>
      <h2><a href="/n/${token}">${said.product}</a></h2>
      <p><strong class="mark ${notice.answer === 'affected' ? 'stop' : 'check'}">${words.signal}.</strong> ${said.danger}</p>
      <p>${unitsText(notice.units, said.noun)} bought from us. ${standing(notice)}</p>
      <p class="hint">Told on ${formatDate(notice.createdAt)}. Code <span class="code">${code}</span></p>
    </div>
  </li>`
}

function standing({ acknowledgedAt, case: found }: NoticeOnPage): string {
  switch (found?.state) {
    case 'awaiting_proof':
      return 'We wait for your photo.'
    case 'refund_asked':
      return 'Your refund is on its way.'
    case 'refunded':
      return 'Your refund is paid.'
    case 'refund_refused':
      return 'Your refund did not go through. We will write to you.'
    case undefined:
      return acknowledgedAt === null ? 'Open it to see what to do.' : `You have read it on ${formatDate(acknowledgedAt)}.`
  }
}
