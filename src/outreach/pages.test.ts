import { test } from 'node:test'
import assert from 'node:assert/strict'
import { JURISDICTIONS, type Jurisdiction } from '../recalls/index.ts'
import { wholeText } from '../platform/mail.ts'
import { CUPKIN_BRIEF } from '../../test/first-wave.ts'
import { BASE_URL, SENDER } from '../../test/world.ts'
import { noticePage, yourRecallsPage, type NoticeView } from './pages.ts'
import type { NoticeOnPage } from './queries-pages.ts'
import { LANGUAGES, languageOf, type Language } from './wording/language.ts'
import { mailWriter } from './wording/mail.ts'
import type { Notice } from './wording/notice.ts'
import { writeNotice } from './wording/write-notice.ts'

const COUNTRIES: Record<Jurisdiction, string> = { US: 'US', CA: 'CA', EU: 'DE', GB: 'GB', AU: 'AU' }
const refund = [{ amountMinor: 1_999, currency: 'USD' }]
const lines = [{ title: 'CUPKIN cups, 8 oz', orderedAt: new Date('2021-03-04'), units: 2, amount: refund[0]! }]

function onPage(locale: string | null, country: string | null, differs: Partial<NoticeOnPage> = {}): NoticeOnPage {
  return {
    buyerId: 'ada', campaignId: 'c', noticeId: 'n', answer: 'affected', units: 2, createdAt: new Date('2023-07-21'), acknowledgedAt: null, seen: false,
    brief: CUPKIN_BRIEF, reader: { locale, country, region: null }, case: null, ...differs,
  } // prettier-ignore
}

async function pageOf(notice: NoticeOnPage, language: Language = languageOf(notice.reader)): Promise<string> {
  const ownLanguage = languageOf(notice.reader)
  const view: NoticeView = { notice, lines, lineCount: 1, refund, token: 'token', code: 'K7QF-2M9X', contact: SENDER.address, baseUrl: BASE_URL, language, ownLanguage } // prettier-ignore
  return String(await noticePage(view))
}

/** Every text that a notice has, as the linter reads it. */
function textsOf(notice: Notice): string[] {
  const blocks = notice.sections.flatMap((section) => section.blocks)
  return [
    notice.heading,
    notice.signalText,
    ...(notice.under === null ? [] : [notice.under]),
    ...notice.steps(refund).flatMap(({ title, text, agency }) => [title, text, agency?.text ?? '']),
    ...notice.sections.map(({ heading }) => heading),
    ...blocks.flatMap((block) =>
      block.kind === 'said' || block.kind === 'agency_link' || block.kind === 'own_link' ? [block.text]
      : block.kind === 'quote' ? [block.lead, ...block.texts.map(({ text }) => text)]
      : block.kind === 'facts' ? block.facts.flatMap(({ term, text }) => [term, text])
      : [],
    ), // prettier-ignore
  ].filter((text) => text !== '')
}

/** As a reader sees it: without tags and entities, in small letters, because the text of a mail has its headings in capitals. */
function seen(html: string): string {
  const text = html.replaceAll(/<[^>]+>/g, ' ').replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&') // prettier-ignore
  return squeezed(text)
}

function squeezed(text: string): string {
  return text.toLowerCase().replaceAll(/\s+/g, '')
}

test('what the linter reads is what the mail and the page show, in every jurisdiction and language', async () => {
  const write = mailWriter(CUPKIN_BRIEF, SENDER, BASE_URL)
  for (const jurisdiction of JURISDICTIONS)
    for (const language of LANGUAGES)
      for (const answer of ['affected', 'possibly'] as const) {
        const notice = writeNotice({ ...CUPKIN_BRIEF, jurisdiction }, { language, answer, baseUrl: BASE_URL })
        const reader = { locale: language, country: COUNTRIES[jurisdiction], region: null }
        const mail = write({ notice: { noticeId: 'n', answer, units: 2, lines, lineCount: 1, refund }, reader, link: 'https://x.example/n/t', code: 'K7QF-2M9X' }) // prettier-ignore
        const page = await pageOf(onPage(language, COUNTRIES[jurisdiction], { answer }))
        const where = { text: squeezed(wholeText(mail.text)), html: seen(wholeText(mail.html)), page: seen(page) }
        assert.equal(mail.subject, notice.subject)
        for (const text of textsOf(notice))
          for (const [of, all] of Object.entries(where))
            assert.ok(all.includes(squeezed(text)), `${jurisdiction} ${language} ${of}: ${text}`)
        assert.match(wholeText(mail.html), new RegExp(`<html lang="${notice.speaker.locale}">`))
        assert.match(page, new RegExp(`<html lang="${notice.speaker.locale}">`))
      }
})

test('a buyer of the Union is told by the law of the Union, also of an American recall, and the agency’s words are marked as English', async () => {
  const german = await pageOf(onPage('de-DE', 'DE'))
  assert.match(german, /<h1 class="official">Produktsicherheitsrückruf<\/h1>/)
  assert.match(german, /<p lang="en">The stainless-steel cups contain/)
  assert.match(german, /<dl class="facts" itemscope itemtype="https:\/\/schema\.org\/Product"><div><dt>Produkt<\/dt><dd lang="en" itemprop="name">CUPKIN/) // prettier-ignore
  assert.doesNotMatch(german, /None reported/)
  const american = await pageOf(onPage('en-US', 'US'))
  assert.match(american, /<h1>Recall: CUPKIN/)
  assert.match(american, /None reported/)
  assert.doesNotMatch(american, / lang="en">The stainless/)
  const nowhere = await pageOf(onPage(null, null))
  assert.match(nowhere, /<h1>Recall: CUPKIN/, 'whose country is not known is told as the brief says')
})

test('the page can be read in another language, which its links and forms then keep', async () => {
  const asked = await pageOf(onPage('de-DE', 'DE'), 'pl')
  assert.match(asked, /<html lang="pl-PL">/)
  assert.match(asked, /href="\/n\/token\?lang=de" lang="de-DE"/)
  assert.match(asked, /action="\/n\/token\/acknowledge\?lang=pl"/)
  assert.match(asked, /href="\/n\/token\/refund\?lang=pl"/)
  assert.match(await pageOf(onPage('de-DE', 'DE')), /action="\/n\/token\/acknowledge"/)
  const canadian = await pageOf(onPage('fr-CA', 'CA'))
  assert.match(canadian, /<a href="\/n\/token\?lang=en" lang="en-CA" hreflang="en-CA">This notice in English<\/a>/)
})

test('the buyer’s own page is in their language, with recalls and without', async () => {
  const listed = [{ notice: onPage('fr-FR', 'FR'), token: 't', code: 'K7QF-2M9X' }]
  for (const language of LANGUAGES) {
    const full = String(await yourRecallsPage(listed, { language, baseUrl: BASE_URL }))
    const empty = String(await yourRecallsPage([], { language, baseUrl: BASE_URL }))
    assert.match(full, new RegExp(`<html lang="${language}">`))
    assert.match(full, /K7QF-2M9X/)
    assert.match(empty, /href="\/recalls"/)
    assert.doesNotMatch(full + empty, /undefined|\{\w+\}/)
  }
})
