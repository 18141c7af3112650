/** Where a buyer lands: the page of one notice, and the page of all of them. They work without JavaScript, on an old phone. */
import { html, raw } from 'hono/html'
import { page, type Html } from '../platform/page.ts'
import type { Money, NoticeBrief, NoticeLine } from './brief.ts'
import type { CaseOnPage, NoticeOnPage } from './queries-pages.ts'
import { checkLink, giveLink } from './self-check-pages.ts'
import { CATALOGUES } from './wording/catalogues/index.ts'
import { langAttribute, withLink, withProduct } from './wording/html.ts'
import { NO_LONGER_OWNED } from './wording/no-longer-owned.ts'
import { LANGUAGES, lawOf, localeOf, type Language } from './wording/language.ts'
import type { Block, Notice, Section, Step } from './wording/notice.ts'
import type { Photograph } from './wording/product.ts'
import { speaker as speakerOf, type Speaker } from './wording/speaker.ts'
import { factList } from './wording/fact-list.ts'
import { writeNotice } from './wording/write-notice.ts'

/** `contact` is the address at which people answer; `ownLanguage` the buyer's, `language` the one the page is asked for in. */
export type NoticeView = {
  notice: NoticeOnPage
  lines: NoticeLine[]
  lineCount: number
  refund: Money[]
  token: string
  code: string
  contact: string
  baseUrl: string
  language: Language
  ownLanguage: Language
}

export function noticePage(view: NoticeView): Html {
  const { language, baseUrl } = view
  const notice = writeNotice(briefFor(view.notice), { language, answer: view.notice.answer, baseUrl })
  return page({
    title: notice.subject,
    lang: notice.speaker.locale,
    skip: notice.speaker.words.page.skip,
    body: html`${languages(notice, `/n/${view.token}`)}
      <h1${notice.headingRed ? raw(' class="official"') : ''}>${raw(withProduct(notice, notice.heading))}</h1>
      ${notice.under === null ? '' : html`<p class="lead"><strong>${raw(withProduct(notice, notice.under))}</strong></p>`}
      ${hazardBox(notice)} ${view.notice.answer === 'possibly' ? checkLink(view.token, language) : ''}
      ${notice.sections.map((section) => sectionOnPage(view, notice, section))} ${giveLink(view.token, language)}`,
  })
}

/** What the buyer is told, by the law of where they live. */
function briefFor({ brief, reader }: NoticeOnPage): NoticeBrief {
  return { ...brief, jurisdiction: lawOf(reader, brief.jurisdiction) }
}

/** The page in another language: links, in each its own name, folded away because most need none of them. */
function languages({ speaker, jurisdiction }: Notice, path: string): Html {
  const { words } = speaker
  return html`<details class="languages hint">
    <summary>${words.page.language}: ${words.name}</summary>
    <ul>
      ${LANGUAGES.filter((language) => language !== speaker.language).map((language) => {
        const lang = localeOf(language, jurisdiction)
        return html`<li><a href="${path}?lang=${language}" lang="${lang}" hreflang="${lang}">${CATALOGUES[language].name}</a></li>`
      })}
    </ul>
  </details>`
}

/** ISO 7010 W001, the general warning sign; it stands beside words and says nothing alone. */
const WARNING_SIGN = html`<svg class="sign" viewBox="0 0 24 22" aria-hidden="true" focusable="false">
  <path d="M12 1.2 23 20.8H1Z" fill="#ffcc00" stroke="#1a1300" stroke-width="1.8" stroke-linejoin="round" />
  <path d="M12 8v6" stroke="#1a1300" stroke-width="2.4" stroke-linecap="round" />
  <circle cx="12" cy="17.6" r="1.4" fill="#1a1300" />
</svg>`

function hazardBox(notice: Notice): Html {
  return html`<div class="hazard ${notice.answer === 'affected' ? 'stop' : 'check'}">
    ${WARNING_SIGN}
    <div>
      <p class="signal">${notice.signal}</p>
      ${notice.signalText === '' ? '' : html`<p>${notice.signalText}</p>`}
    </div>
  </div>`
}

function sectionOnPage(view: NoticeView, notice: Notice, section: Section): Html {
  if (section.id === 'what_to_do' && view.notice.case !== null) {
    const others = section.blocks.filter((block) => block.kind !== 'steps' && block.kind !== 'action')
    return html`${caseState(view.notice.case, notice, section.heading, view)} ${others.map((block) => blockOnPage(view, notice, block))}`
  }
  return html`<h2>${section.heading}</h2>
    ${section.blocks.map((block) => blockOnPage(view, notice, block))}`
}

function blockOnPage(view: NoticeView, notice: Notice, block: Block): Html {
  const { words } = notice.speaker
  switch (block.kind) {
    case 'steps':
      return html`<ol class="steps">
        ${notice.steps(view.refund).map((step) => stepOnPage(notice, step))}
      </ol>`
    case 'action':
      return notice.refundHere ? html`<p><a class="button" href="${inLanguage(`/n/${view.token}/refund`, view)}">${notice.action}</a></p>` : html`` // prettier-ignore
    case 'bought':
      return html`${lineTable(view, notice.speaker)} ${readConfirmation(view, notice.speaker)}`
    case 'code':
      return html`<p>${words.code}</p>
        <p class="code">${view.code}</p>`
    case 'photos':
      return photosOnPage(notice, block.images)
    case 'said':
      return html`<p>${raw(withLink(block.text, block.link))}</p>`
    case 'quote':
      return html`<p>${block.lead}</p>
        ${block.texts.map(({ text, lang }) => html`<p${raw(langAttribute(notice, lang))}>${text}</p>`)}`
    case 'facts':
      return html`${raw(factList(notice, block.facts))}`
    case 'agency_link':
      return html`<p><a href="${block.url}" rel="noreferrer">${block.text}</a></p>`
    case 'own_link':
      return html`<p><a href="/n/${view.token}?lang=${block.lang.split('-')[0]!}" lang="${block.lang}" hreflang="${block.lang}">${block.text}</a></p>` // prettier-ignore
    case 'ask': {
      const [before, after] = words.questionsPage.split('{address}')
      return html`<p>${before}<a href="mailto:${view.contact}">${view.contact}</a>${after}</p>`
    }
  }
}

function stepOnPage(notice: Notice, { title, text, agency }: Step): Html {
  const quote = agency === undefined ? '' : html`<blockquote${raw(langAttribute(notice, agency.lang))}>${agency.text}</blockquote>`
  return html`<li><strong>${title}</strong> ${text}${quote}</li>`
}

function photosOnPage(notice: Notice, images: readonly Photograph[]): Html {
  const lang = raw(langAttribute(notice, notice.product.lang))
  return html`<div class="photos">
    ${images.map(
      ({ url, alt, caption }) =>
        html`<figure>
          <img src="${url}" alt="${alt}" loading="lazy" referrerpolicy="no-referrer" />
          ${caption === null ? '' : html`<figcaption${lang}>${caption}</figcaption>`}
        </figure>`,
    )}
  </div>`
}

/** An address that keeps the language, where the reader chose another than their own. */
function inLanguage(path: string, { language, ownLanguage }: Pick<NoticeView, 'language' | 'ownLanguage'>): string {
  return language === ownLanguage ? path : `${path}?lang=${language}`
}

/** Where the buyer's case stands, in the words of `remedies`, and what is theirs to do next. */
function caseState(found: CaseOnPage, notice: Notice, heading: string, view: NoticeView): Html {
  const { speaker } = notice
  const { words, say, day } = speaker
  const amount = found.refund === null ? '' : ` (${speaker.money(found.refund)})`
  const date = day(found.stateAt)
  const [stop] = notice.steps([])
  switch (found.state) {
    case 'awaiting_proof':
      return html`<h2>${heading}</h2>
        <ol class="steps">
          ${stop === undefined ? '' : stepOnPage(notice, stop)}
          <li><strong>${words.case.photoTitle}</strong> ${say(words.case.photoText, { date })}</li>
        </ol>
        <p><a class="button" href="${inLanguage(`/n/${view.token}/proof`, view)}">${words.case.photoAction}</a></p>`
    case 'refund_asked':
      return caseBox(`${words.case.asked}${amount}`, say(words.case.askedText, { date }), words.case.see, view)
    case 'refunded':
      return caseBox(`${words.case.refunded}${amount}`, say(words.case.refundedText, { date }), words.case.see, view)
    case 'refund_refused':
      return caseBox(`${words.case.refused}${amount}`, say(words.case.refusedText, { date }), words.case.see, view)
  }
}

function caseBox(title: string, text: string, see: string, view: NoticeView): Html {
  return html`<section class="panel" aria-labelledby="case">
    <h2 id="case">${title}</h2>
    <p>${text}</p>
    <p><a href="${inLanguage(`/n/${view.token}/case`, view)}">${see}</a></p>
  </section>`
}

function lineTable({ lines, lineCount }: NoticeView, speaker: Speaker): Html {
  const { words, say, day } = speaker
  const more = lineCount - lines.length
  return html`<table class="lines">
      <thead>
        <tr>
          <th scope="col">${words.page.product}</th>
          <th scope="col" class="number">${words.page.howMany}</th>
          <th scope="col" class="number">${words.page.paid}</th>
        </tr>
      </thead>
      <tbody>
        ${lines.map(
          (line) =>
            html`<tr>
              <td>${line.title}<span class="hint">${say(words.page.boughtOn, { date: day(line.orderedAt) })}</span></td>
              <td class="number">${speaker.units(line.units)}</td>
              <td class="number">${speaker.money(line.amount)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${more > 0 ? html`<p class="hint">${speaker.count(words.page.more, more)}</p>` : ''}`
}

function readConfirmation(view: NoticeView, { words, say, day }: Speaker): Html {
  const { acknowledgedAt } = view.notice
  if (acknowledgedAt !== null) return html`<p id="read" class="done">${say(words.page.readDone, { date: day(acknowledgedAt) })}</p>`
  const gone = `/n/${view.token}/acknowledge?how=no_longer_owned${view.language === view.ownLanguage ? '' : `&lang=${view.language}`}`
  return html`<form method="post" action="${inLanguage(`/n/${view.token}/acknowledge`, view)}" id="read">
    <button class="button secondary" type="submit">${words.page.read}</button>
    <button class="button secondary" type="submit" formaction="${gone}">${NO_LONGER_OWNED[view.language]}</button>
    <p class="hint">${words.page.readHint}</p>
  </form>`
}

export type ListedNotice = { notice: NoticeOnPage; token: string; code: string }

export function yourRecallsPage(listed: readonly ListedNotice[], { language, baseUrl }: { language: Language; baseUrl: string }): Html {
  const { words } = speakerOf(language, 'US')
  const { yours } = words
  return page({
    title: yours.title,
    lang: language,
    skip: words.page.skip,
    body: html`<h1>${yours.title}</h1>
      ${
        listed.length === 0
          ? noRecalls(words)
          : html`<ul class="cards">
              ${listed.map((each) => noticeCard(each, language, baseUrl))}
            </ul>`
      }
      <h2>${yours.genuineTitle}</h2>
      <p>${listed.length === 0 ? yours.genuineNone : yours.genuineText} ${words.neverAsk}</p>`,
  })
}

/** Nothing is wrong: say what would be here, how it gets here, and where to look for things bought elsewhere. */
function noRecalls({ yours }: Speaker['words']): Html {
  const [before, after] = yours.elsewhere.split('{list}')
  return html`<section class="panel">
    <h2>${yours.noneTitle}</h2>
    <p>${yours.noneText}</p>
    <p>${before}<a href="/recalls">${yours.list}</a>${after}</p>
  </section>`
}

function noticeCard({ notice, token, code }: ListedNotice, language: Language, baseUrl: string): Html {
  const said = writeNotice(briefFor(notice), { language, answer: notice.answer, baseUrl })
  const { speaker } = said
  const { yours } = speaker.words
  const [image] = notice.brief.recall.images.filter(({ url }) => url.startsWith('https://'))
  const standing = standingText(notice, speaker)
  return html`<li class="card">
    ${image === undefined ? '' : html`<img src="${image.url}" alt="" loading="lazy" referrerpolicy="no-referrer" />`}
    <div>
      <h2><a href="/n/${token}"><span${raw(langAttribute(said, said.product.lang))}>${said.product.text}</span></a></h2>
      <p><strong class="mark ${notice.answer === 'affected' ? 'stop' : 'check'}">${said.signal}</strong></p>
      <p>${said.signalText} ${boughtFromUs(notice.units, speaker)} ${standing}</p>
      <p class="hint">${speaker.say(yours.told, { date: speaker.day(notice.createdAt) })} <span class="code">${code}</span></p>
    </div>
  </li>`
}

function boughtFromUs(units: number, speaker: Speaker): string {
  const { noun, words } = speaker
  return noun.plural !== null && units !== 1 ? `${speaker.units(units)} bought from us.` : speaker.count(words.yours.boughtFromUs, units)
}

function standingText({ acknowledgedAt, case: found }: NoticeOnPage, { words: { yours }, say, day }: Speaker): string {
  switch (found?.state) {
    case 'awaiting_proof':
      return yours.waitingForPhoto
    case 'refund_asked':
      return yours.refundAsked
    case 'refunded':
      return yours.refundPaid
    case 'refund_refused':
      return yours.refundRefused
    case undefined:
      return acknowledgedAt === null ? yours.open : say(yours.readOn, { date: day(acknowledgedAt) })
  }
}
