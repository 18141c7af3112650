/** The pages of the self-check, and the page of a notice that was handed on. They work without JavaScript, on an old phone. */
import { html, raw } from 'hono/html'
import { sha256 } from '../platform/ids.ts'
import { errorSummary, page, type Html } from '../platform/page.ts'
import type { Answer } from '../recalls/index.ts'
import type { NoticeBrief } from './brief.ts'
import { codeField } from './code-field.ts'
import type { LineToCheck } from './queries-self-check.ts'
import type { StatedCodes } from './self-check-rules.ts'
import { CHECK_WORDS } from './self-check-words.ts'
import { langAttribute } from './wording/html.ts'
import type { Language } from './wording/language.ts'
import type { Notice } from './wording/notice.ts'
import { writeNotice } from './wording/write-notice.ts'

/** Characters of what is typed into one field. */
const CODES_LENGTH_MAX = 2_000

export type CheckView = {
  brief: NoticeBrief
  language: Language
  baseUrl: string
  /** The address of the notice, `/n/…` or `/g/…`, below which the check stands. */
  path: string
  /** Where people answer. */
  contact: string
  /** The lines that may be checked; a receiver sees neither when nor how many were bought. */
  lines: readonly LineToCheck[]
  asked: { lots: boolean; serials: boolean }
}

/** What was typed, and what is wrong with it: a form that comes back loses nothing. */
export type Typed = { line: string; lots: string; serials: string; allPieces: boolean; problem: string }

/** Names a line in a form without telling a receiver the buyer's order. */
export function lineValue(line: { orderId: string; lineNo: number }): string {
  return sha256(`${line.orderId}/${line.lineNo}`).toString('base64url').slice(0, 12)
}

export function checkPage(view: CheckView, typed: Typed | null): Html {
  const words = CHECK_WORDS[view.language]
  const notice = noticeOf(view)
  const problems = typed === null ? [] : [{ code: 'invalid' as const, message: typed.problem, field: view.asked.lots ? 'lots' : 'serials' }]
  const askable = (view.asked.lots || view.asked.serials) && view.lines.length > 0
  return page({
    title: `${words.title} ${notice.product.short}`,
    lang: notice.speaker.locale,
    skip: notice.speaker.words.page.skip,
    body: html`<p><a href="${view.path}?lang=${view.language}">${words.back}</a></p>
      ${errorSummary(problems)}
      <h1>${words.title}</h1>
      <p class="lead"><span${raw(langAttribute(notice, notice.product.lang))}>${notice.product.text}</span></p>
      <p>${askable ? words.lead : words.noCodes}</p>
      ${whereOnProduct(view, notice)} ${askable ? form(view, notice, typed) : ''}
      ${noNumber(view)}`,
  })
}

function noticeOf({ brief, language, baseUrl }: Pick<CheckView, 'brief' | 'language' | 'baseUrl'>): Notice {
  return writeNotice(brief, { language, answer: 'possibly', baseUrl })
}

/** The agency's own words and pictures: they say where the number stands. */
function whereOnProduct({ brief, language }: CheckView, notice: Notice): Html {
  const lang = raw(langAttribute(notice, notice.product.lang))
  const images = brief.recall.images.filter(({ url }) => url.startsWith('https://'))
  return html`<h2>${CHECK_WORDS[language].where}</h2>
    <blockquote${lang}>${brief.recall.description}</blockquote>
    ${
      images.length === 0
        ? ''
        : html`<div class="photos">
            ${images.map(
              ({ url, caption }) =>
                html`<figure>
                  <img src="${url}" alt="${caption ?? notice.product.short}" loading="lazy" referrerpolicy="no-referrer" />
                  ${caption === null ? '' : html`<figcaption${lang}>${caption}</figcaption>`}
                </figure>`,
            )}
          </div>`
    }`
}

function form(view: CheckView, notice: Notice, typed: Typed | null): Html {
  const words = CHECK_WORDS[view.language]
  const { speaker } = notice
  const most = view.lines.reduce((most, line) => (line.units > most.units ? line : most))
  const chosen = typed?.line ?? lineValue(view.lines[0]!)
  return html`<form method="post" action="${view.path}/check?lang=${view.language}" novalidate>
    ${
      view.lines.length === 1
        ? html`<input type="hidden" name="line" value="${chosen}" />`
        : html`<fieldset>
            <legend>${words.which}</legend>
            ${view.lines.map(
              (line, index) =>
                html`<p>
                  <input
                    type="radio"
                    id="line-${index}"
                    name="line"
                    value="${lineValue(line)}"
                    ${lineValue(line) === chosen ? raw('checked') : ''}
                  />
                  <label for="line-${index}">${line.title} · ${speaker.day(line.orderedAt)} · ${speaker.units(line.units)}</label>
                </p>`,
            )}
          </fieldset>`
    }
    ${view.asked.lots ? codeField({ name: 'lots', label: words.lot, value: typed?.lots ?? '', problem: typed?.problem, maxLength: CODES_LENGTH_MAX }) : ''}
    ${view.asked.serials ? codeField({ name: 'serials', label: words.serial, value: typed?.serials ?? '', problem: view.asked.lots ? undefined : typed?.problem, maxLength: CODES_LENGTH_MAX }) : ''}
    ${
      most.units === 1
        ? ''
        : html`<p class="hint" id="several">${speaker.say(words.several, { units: speaker.units(most.units) })}</p>
            <p>
              <input type="checkbox" id="all" name="all" value="yes" ${typed?.allPieces === true ? raw('checked') : ''} />
              <label for="all">${speaker.say(words.all, { units: speaker.units(most.units) })}</label>
            </p>`
    }
    <p><button class="button" type="submit">${words.button}</button></p>
  </form>`
}

function noNumber({ language, contact }: CheckView): Html {
  const words = CHECK_WORDS[language]
  const [before, after] = words.noNumberText.split('{address}')
  return html`<h2>${words.noNumber}</h2>
    <p>${before}<a href="mailto:${contact}">${contact}</a>${after}</p>`
}

/** What the numbers say. */
export function checkedPage(view: CheckView, answer: Answer, stated: StatedCodes): Html {
  const words = CHECK_WORDS[view.language]
  const notice = noticeOf(view)
  const codes = [...stated.lots, ...stated.serials].join(', ')
  const [title, box] = answer === 'affected' ? [words.affected, 'stop'] : answer === 'no' ? [words.cleared, ''] : [words.open, 'check']
  return page({
    title,
    lang: notice.speaker.locale,
    skip: notice.speaker.words.page.skip,
    body: html`<h1>${title}</h1>
      ${
        answer === 'affected'
          ? html`<div class="hazard ${box}"><p>${notice.signalText}</p></div>
              <p><a class="button" href="${view.path}?lang=${view.language}">${words.affectedText}</a></p>`
          : html`<p class="lead">${notice.speaker.say(answer === 'no' ? words.clearedText : words.openText, { codes })}</p>
              ${answer === 'no' ? '' : noNumber(view)}
              <p><a href="${view.path}/check?lang=${view.language}">${words.title}</a></p>
              <p><a href="${view.path}?lang=${view.language}">${words.back}</a></p>`
      }`,
  })
}

/** On the page of a notice: the way to the check, where only the product's number can tell. */
export function checkLink(token: string, language: Language): Html {
  return html`<p><a class="button" href="/n/${token}/check?lang=${language}">${CHECK_WORDS[language].title}</a></p>`
}

/** On the page of a notice: the way to the link for somebody else. */
export function giveLink(token: string, language: Language): Html {
  return html`<p><a href="/n/${token}/give?lang=${language}">${CHECK_WORDS[language].give}</a></p>`
}

/** The link to hand on, to be copied or opened. `link` is absolute. */
export function givePage(view: CheckView, link: string): Html {
  const words = CHECK_WORDS[view.language]
  const { speaker } = noticeOf(view)
  return page({
    title: words.give,
    lang: speaker.locale,
    skip: speaker.words.page.skip,
    body: html`<h1>${words.give}</h1>
      <p>${words.giveText}</p>
      <p class="panel"><a href="${link}">${link}</a></p>
      <p><a href="${view.path}?lang=${view.language}">${words.back}</a></p>`,
  })
}

export type GiftView = Pick<CheckView, 'brief' | 'language' | 'baseUrl' | 'path' | 'contact'> & {
  answer: 'affected' | 'possibly'
  acknowledgedAt: Date | null
}

/** The notice for whom the product was given to: what is wrong and what to do, without a name, an order, a sum or a code. */
export function giftPage(view: GiftView): Html {
  const words = CHECK_WORDS[view.language]
  const notice = writeNotice(view.brief, { language: view.language, answer: view.answer, baseUrl: view.baseUrl })
  const { speaker, product } = notice
  const [stop] = notice.steps([])
  const { url } = view.brief.recall
  return page({
    title: notice.subject,
    lang: speaker.locale,
    skip: speaker.words.page.skip,
    body: html`<h1>${words.given}</h1>
      <p class="lead"><strong${raw(langAttribute(notice, product.lang))}>${product.text}</strong></p>
      <div class="hazard ${view.answer === 'affected' ? 'stop' : 'check'}">
        <div>
          <p class="signal">${notice.signal}</p>
          ${notice.signalText === '' ? '' : html`<p>${notice.signalText}</p>`}
        </div>
      </div>
      ${stop === undefined ? '' : html`<p><strong>${stop.title}</strong> ${stop.text}</p>`}
      ${view.answer === 'possibly' ? html`<p><a class="button" href="${view.path}/check?lang=${view.language}">${words.title}</a></p>` : ''}
      <p>${words.givenText}</p>
      <blockquote${raw(langAttribute(notice, product.lang))}>${view.brief.recall.hazardText}</blockquote>
      ${url === null || !url.startsWith('https://') ? '' : html`<p><a href="${url}" rel="noreferrer">${url}</a></p>`}
      ${
        view.acknowledgedAt === null
          ? html`<form method="post" action="${view.path}/acknowledge?lang=${view.language}">
              <button class="button secondary" type="submit">${speaker.words.page.read}</button>
            </form>`
          : html`<p class="done">${speaker.say(speaker.words.page.readDone, { date: speaker.day(view.acknowledgedAt) })}</p>`
      }`,
  })
}
