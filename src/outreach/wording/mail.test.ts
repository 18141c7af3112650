import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { CUPKIN_BRIEF } from '../../../test/first-wave.ts'
import { BASE_URL, CUPKIN, SENDER } from '../../../test/world.ts'
import type { NoticeBrief, NoticeOfBuyer } from '../brief.ts'
import { briefWords, formatMoney } from './en-us.ts'
import { speaker } from './speaker.ts'
import { writeNotice } from './write-notice.ts'
import { wholeText } from '../../platform/mail.ts'
import { mailWriter } from './mail.ts'

const NOTICE: NoticeOfBuyer = {
  noticeId: '00000000-0000-0000-0000-000000000001',
  answer: 'affected',
  units: 2,
  lines: [
    { title: 'CUPKIN 8 oz.', orderedAt: new Date('2021-03-04T23:30:00Z'), units: 2, amount: { amountMinor: 1_999, currency: 'USD' } },
  ],
  lineCount: 1,
  refund: [{ amountMinor: 1_999, currency: 'USD' }],
}
const LINK = 'https://recalls.example/n/token'

function mailOf(brief: Partial<NoticeBrief> = {}, notice: Partial<NoticeOfBuyer> = {}) {
  const mail = mailWriter(
    { ...CUPKIN_BRIEF, ...brief },
    SENDER,
    BASE_URL,
  )({ notice: { ...NOTICE, ...notice }, reader: { locale: 'en-US', country: 'US', region: null }, link: LINK, code: 'K7QF-2M9X' })
  return { subject: mail.subject, text: wholeText(mail.text), html: wholeText(mail.html) }
}

test('what 16 CFR 1115.27 asks for stands in the text and in the HTML', () => {
  const mail = mailOf()
  const asked = {
    'the word recall in the heading': /^Recall: CUPKIN/m,
    'the date': /July 20, 2023/,
    'the number': /23-774/,
    'the product and how to know it': /printed on the front bottom of the cups/,
    'the number of units': /About 346,000/,
    'the hazard': /levels of lead that exceed the federal lead content ban/,
    'the recalling firm': /Soojimus/,
    'the country': /China/,
    'where and when it was sold, and the price': /January 2018 through March 2023 for about \$20/,
    'incidents and injuries': /None reported/,
    'the remedy and what to do': /Choose your refund: \$19\.99/,
    'how to answer': /Reply to this e-mail/,
  }
  for (const [what, pattern] of Object.entries(asked)) {
    assert.match(mail.text, pattern, `text: ${what}`)
    assert.match(mail.html.replaceAll(/<[^>]+>/g, '\n').replaceAll('&#39;', "'"), pattern, `HTML: ${what}`)
  }
  assert.match(mail.subject, /^Recall: stop using CUPKIN/)
  assert.ok(mail.subject.length <= 90)
  assert.match(mail.html, /src="https:\/\/www\.cpsc\.gov\/s3fs-public\/cupkin12oz_0\.png"/)
})

test('first what to do, then why, then the rest', () => {
  for (const text of Object.values(mailOf())) {
    if (text === mailOf().subject) continue
    const places = ['these cups now', 'take a photo', LINK, 'levels of lead', 'bought March 4, 2021', 'About 346,000', 'K7QF-2M9X'].map(
      (words) => text.toLowerCase().indexOf(words.toLowerCase()),
    )
    assert.ok(
      places.every((place) => place >= 0),
      places.join(),
    )
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    )
  }
})

test('our own words neither hedge nor call it voluntary, nor ask for secrets', () => {
  const quiet = { ...CUPKIN, description: '', hazardText: '', remedyText: '', soldText: '', incidentText: '', title: '' }
  for (const answer of ['affected', 'possibly'] as const)
    for (const proof of ['photo_of_destruction', 'none'] as const)
      for (const remedies of [['refund'], ['repair'], ['none']] as const) {
        const { subject, text } = mailOf({ recall: quiet, proof, remedies: [...remedies] }, { answer })
        assert.doesNotMatch(
          `${subject}\n${text}`,
          /voluntar|precaution|abundance|potential|\bmay\b|might|could|please be advised|gift card/i,
        )
        assert.match(subject, /Recall/)
        assert.match(text, /never ask for your password/)
      }
})

test('what a feed, a seller or a buyer wrote cannot become markup', () => {
  const nasty = `<script>alert("1")</script>' onerror='x' & ]]>`
  fc.assert(
    fc.property(fc.constantFrom('product', 'hazard', 'title', 'image', 'url', 'lot'), (where) => {
      const recall = structuredClone(CUPKIN)
      if (where === 'product') recall.products[0]!.name = nasty
      if (where === 'hazard') recall.hazardText = nasty
      if (where === 'image') recall.images = [{ url: `https://x.example/"${nasty}`, caption: nasty }]
      if (where === 'url') recall.url = `javascript:${nasty}`
      if (where === 'lot') recall.scope.lots = [nasty]
      const lines = where === 'title' ? [{ ...NOTICE.lines[0]!, title: nasty }] : NOTICE.lines
      const { html } = mailOf({ recall }, { lines })
      assert.ok(!html.includes('<script') && !html.includes("' onerror=") && !html.includes('javascript:'), where)
    }),
    { numRuns: 30 },
  )
})

test('the steps fit the remedy and the proof', () => {
  const titles = (brief: Partial<NoticeBrief>, notice: Partial<NoticeOfBuyer> = {}): string[] => {
    const { answer, refund } = { ...NOTICE, ...notice }
    const written = writeNotice({ ...CUPKIN_BRIEF, ...brief }, { language: 'en', answer, baseUrl: BASE_URL })
    return written.steps(refund).map((step) => step.title)
  }
  assert.deepEqual(titles({}), ['Stop using these cups now.', 'Choose your refund: $19.99.', 'Cut or break these cups, and take a photo.'])
  assert.deepEqual(titles({ proof: 'none' }), ['Stop using these cups now.', 'Choose your refund: $19.99.'])
  assert.deepEqual(titles({ remedies: ['repair'] }), ['Stop using these cups now.', 'Get your free repair.'])
  // What can burn or burst must not be broken because we asked for a photograph.
  const battery = { ...CUPKIN, hazards: ['fire' as const], scope: { ...CUPKIN.scope, productNouns: ['power bank', 'charger'] } }
  assert.equal(titles({ recall: battery })[2], 'Make this product unusable as the recall says, and take a photo.')
  assert.deepEqual(titles({}, { answer: 'possibly', refund: [] }), [
    'Stop using these cups until you have checked.',
    'Check whether the recall covers yours.',
    'If it does, answer our e-mail with a photo of the number.',
  ])
})

test('food is not eaten, a vehicle is put right, and nobody is told to stop a medicine without asking', () => {
  const signals = (recall: Partial<typeof CUPKIN>): string[] =>
    (['affected', 'possibly'] as const).map((answer) => writeNotice({ ...CUPKIN_BRIEF, recall: { ...CUPKIN, ...recall } }, { language: 'en', answer, baseUrl: BASE_URL }).signal) // prettier-ignore
  for (const said of signals({ agency: 'FSIS' })) assert.match(said, /^Do not eat or drink this product/)
  for (const said of signals({ agency: 'FDA', recallNumber: 'F-0001-2026' })) assert.match(said, /^Do not eat/)
  for (const said of signals({ agency: 'FDA', recallNumber: 'D-0001-2026' }))
    assert.match(said, /Ask a doctor or pharmacist before you stop/)
  for (const said of signals({ agency: 'HC', remedyText: 'Consult a health care provider.' })) assert.match(said, /Ask a doctor/)
  for (const said of signals({ agency: 'NHTSA' })) assert.match(said, /put right/)
})

test('the product is called by the agency’s own plural, or not at all', () => {
  const nounOf = (productNouns: string[]): string =>
    briefWords({ ...CUPKIN_BRIEF, recall: { ...CUPKIN, scope: { ...CUPKIN.scope, productNouns } } }).noun.these
  assert.equal(nounOf(["children's cup"]), 'these cups')
  assert.equal(nounOf(['cups']), 'these cups')
  for (const unsure of [[], ['cup', 'straw'], ['furniture'], ['glass'], ['<b>cup</b>']])
    assert.equal(nounOf(unsure), 'this product', String(unsure))
})

test('units and money as people write them', () => {
  const english = speaker('en', 'US', briefWords(CUPKIN_BRIEF).noun)
  assert.equal(english.units(2), '2 cups')
  assert.equal(english.units(1), '1 unit')
  assert.equal(formatMoney({ amountMinor: 1_999, currency: 'USD' }), '$19.99')
  assert.equal(formatMoney({ amountMinor: 1_200, currency: 'JPY' }), '¥1,200')
  assert.equal(formatMoney({ amountMinor: 1_234, currency: 'KWD' }), 'KWD\u00a01.234')
})

test('a recall that says little still makes a whole mail', () => {
  const bare = {
    ...CUPKIN,
    products: [],
    hazards: [],
    hazardText: '',
    images: [],
    url: null,
    childrensProduct: null,
    scope: { ...CUPKIN.scope, productNouns: [], soldFrom: null, soldTo: null },
  }
  const mail = mailOf({ recall: bare }, { lineCount: 5 })
  assert.match(mail.subject, /^Recall: stop using Soojimus Recalls CUPKIN/)
  assert.match(mail.text, /STOP USING THIS PRODUCT NOW/)
  assert.match(mail.text, /and 4 more, all listed on your recall page/)
  assert.doesNotMatch(mail.text + mail.html, /undefined|null|NaN/)
})
