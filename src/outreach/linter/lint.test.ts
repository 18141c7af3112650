import { after, test } from 'node:test'
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { gunzipSync } from 'node:zlib'
import path from 'node:path'
import { recallsOfFile } from '../../feeds/index.ts'
import { JURISDICTIONS, type Recall } from '../../recalls/index.ts'
import { BASE_URL, CUPKIN, CUPKIN_IN_CANADA } from '../../../test/world.ts'
import { CUPKIN_BRIEF } from '../../../test/first-wave.ts'
import type { NoticeBrief } from '../brief.ts'
import { LANGUAGES } from '../wording/language.ts'
import type { Block, Notice } from '../wording/notice.ts'
import { writeNotice } from '../wording/write-notice.ts'
import { lintBrief, lintNotice, noticesMayGo } from './index.ts'
import { BANS, DEMANDS } from './rules.ts'

/** A recall that states everything a rule can ask for. */
const FULL: Recall = {
  ...CUPKIN,
  contactText: 'Soojimus at 800-555-0101',
  incidentText: 'The firm has received two reports of children with raised levels of lead in their blood.',
  incidents: 2,
  firms: [{ role: 'importer', name: 'Soojimus, of China' }],
  scope: {
    ...CUPKIN.scope,
    models: ['CK-8', 'CK-12'],
    lots: ['L2201'],
    serials: ['S-0001'],
    gtins: ['00012345678905'],
    manufacturedFrom: '2017-11',
    manufacturedTo: '2023-01',
  },
}
const brief = (differs: Partial<NoticeBrief> = {}): NoticeBrief => ({
  ...CUPKIN_BRIEF,
  recall: FULL,
  remedies: ['refund', 'replace'],
  ...differs,
})

function blocking(notice: Notice, of: NoticeBrief): string[] {
  return lintNotice(notice, of)
    .filter(({ level }) => level === 'blocks')
    .map(({ rule }) => rule)
}

test('what is written passes, in every jurisdiction and language, affected or to be checked', () => {
  for (const jurisdiction of JURISDICTIONS) assert.deepEqual(lintBrief(brief({ jurisdiction })).filter(({ level }) => level === 'blocks'), [], jurisdiction) // prettier-ignore
})

test('each part that is taken out is missed by name', () => {
  for (const jurisdiction of JURISDICTIONS) {
    const of = brief({ jurisdiction })
    const notice = writeNotice(of, { language: 'de', answer: 'affected', baseUrl: BASE_URL })
    for (const rule of DEMANDS.filter(({ jurisdictions }) => jurisdictions.includes(jurisdiction))) {
      const left = without(notice, rule.parts)
      assert.ok(blocking(left, of).includes(rule.id), `${jurisdiction}: ${rule.id} is not missed`)
    }
  }
})

/** The notice less these parts. */
function without(notice: Notice, parts: readonly string[]): Notice {
  const goes = (block: Block): boolean =>
    block.kind === 'said' || block.kind === 'quote' || block.kind === 'own_link'
      ? parts.includes(block.element)
      : parts.includes({ photos: 'photo', ask: 'ask', code: 'code' }[block.kind as string] ?? '')
  return {
    ...notice,
    steps: (refund) => notice.steps(refund).filter(({ element }) => !parts.includes(element === 'proof' ? 'remedy' : element)),
    sections: notice.sections.map((section) => ({
      ...section,
      blocks: section.blocks
        .filter((block) => !goes(block))
        .map((block) => (block.kind === 'facts' ? { ...block, facts: block.facts.filter(({ id }) => !parts.includes(id)) } : block)),
    })),
  }
}

test('the agency’s words that are stated must stand whole in a notice of the United States', () => {
  const notice = writeNotice(brief(), { language: 'en', answer: 'affected', baseUrl: BASE_URL })
  const cut = JSON.parse(JSON.stringify(notice.sections)) as Notice['sections']
  for (const section of cut)
    for (const block of section.blocks)
      if (block.kind === 'facts') for (const fact of block.facts) if (fact.id === 'incidents') fact.text = 'The firm has received reports.'
  assert.deepEqual(blocking({ ...notice, sections: cut }, brief()), ['us-1115-27-m'])
})

/** One phrase of each list, as a person would write it. */
const PHRASES: Record<string, Record<(typeof LANGUAGES)[number], string>> = {
  'all-voluntary': { en: 'a voluntary recall', fr: 'un rappel volontaire', de: 'ein freiwilliger Rückruf', es: 'una retirada voluntaria', it: 'un richiamo volontario', nl: 'een vrijwillige terugroeping', pl: 'dobrowolne wycofanie', pt: 'uma recolha voluntária', sv: 'en frivillig återkallelse', zh: '自愿召回' },
  'all-precaution': { en: 'out of an abundance of caution', fr: 'par mesure de précaution', de: 'vorsorglich', es: 'por precaución', it: 'in via precauzionale', nl: 'uit voorzorg', pl: 'środek ostrożności', pt: 'por precaução', sv: 'för säkerhets skull', zh: '以防万一' },
  'all-hedge': { en: 'it could potentially burn', fr: 'il pourrait brûler', de: 'es könnte möglicherweise brennen', es: 'podría arder', it: 'potrebbe bruciare', nl: 'het is mogelijk gevaarlijk', pl: 'może spowodować pożar', pt: 'poderia arder', sv: 'den kanske brinner', zh: '可能起火' },
  'all-rarely': { en: 'in rare situations', fr: 'dans de rares cas', de: 'in seltenen Fällen', es: 'en casos raros', it: 'in rari casi', nl: 'in zeldzame gevallen', pl: 'w rzadkich przypadkach', pt: 'em casos raros', sv: 'i sällsynta fall', zh: '在极少数情况下' },
  'all-none-reported': { en: 'no accidents have been reported', fr: 'aucun accident n’a été signalé', de: 'es wurden keine Unfälle gemeldet', es: 'no se han notificado accidentes', it: 'nessun incidente', nl: 'er zijn geen ongevallen gemeld', pl: 'nie zgłoszono wypadków', pt: 'nenhum acidente', sv: 'inga olyckor har anmälts', zh: '目前没有事故报告' },
  'all-gift-card': { en: 'we send you a gift card', fr: 'une carte cadeau', de: 'einen Gutschein', es: 'una tarjeta regalo', it: 'un buono regalo', nl: 'een cadeaubon', pl: 'karta podarunkowa', pt: 'um cartão-presente', sv: 'ett presentkort', zh: '礼品卡' },
  'all-selling': { en: 'get 20% off your next order', fr: 'une remise de 10 %', de: '10 % Rabatt', es: 'un descuento', it: 'uno sconto', nl: 'korting', pl: 'rabat', pt: 'um desconto', sv: 'rabatt', zh: '优惠' },
  'all-secrets': { en: 'send us your bank details', fr: 'vos coordonnées bancaires', de: 'Ihre Bankdaten', es: 'sus datos bancarios', it: 'i Suoi dati bancari', nl: 'uw bankgegevens', pl: 'dane bankowe', pt: 'os dados bancários', sv: 'dina bankuppgifter', zh: '您的密码' },
  'all-sign-in': { en: 'sign in to see it', fr: 'connectez-vous', de: 'melden Sie sich an', es: 'inicie sesión', it: 'acceda al Suo profilo', nl: 'log in', pl: 'zaloguj się', pt: 'inicie sessão', sv: 'logga in', zh: '请登录' },
} // prettier-ignore

test('each forbidden phrase is found wherever we would say it, in every language', () => {
  const places: [string, (notice: Notice, phrase: string) => Notice][] = [
    ['the subject', (notice, phrase) => ({ ...notice, subject: `${notice.subject} ${phrase}` })],
    ['the hazard box', (notice, phrase) => ({ ...notice, signalText: `${notice.signalText} ${phrase}` })],
    ['a step', (notice, phrase) => ({ ...notice, steps: (refund) => notice.steps(refund).map((step, at) => (at === 1 ? { ...step, text: `${step.text} ${phrase}.` } : step)) })],
    ['a heading', (notice, phrase) => ({ ...notice, sections: notice.sections.map((section, at) => (at === 2 ? { ...section, heading: phrase } : section)) })],
  ] // prettier-ignore
  for (const language of LANGUAGES)
    for (const [rule, phrases] of Object.entries(PHRASES)) {
      const of = brief({ jurisdiction: 'EU' })
      const notice = writeNotice(of, { language, answer: 'affected', baseUrl: BASE_URL })
      for (const [place, insert] of places) {
        const found = lintNotice(insert(notice, phrases[language]), of).filter((finding) => finding.rule === rule)
        assert.ok(found.length > 0, `${language}: “${phrases[language]}” in ${place} is not found by ${rule}`)
        assert.ok(found.every(({ phrase, source, todo }) => phrase !== null && source !== '' && todo !== ''))
      }
    }
  const own = BANS.filter(({ agencyToo }) => !agencyToo).map(({ id }) => id)
  assert.deepEqual(Object.keys(PHRASES), own, 'every list is tried')
})

test('without “recall” in subject or heading, or with other than the official words, nothing goes', () => {
  const of = brief({ jurisdiction: 'EU' })
  const notice = writeNotice(of, { language: 'de', answer: 'affected', baseUrl: BASE_URL })
  assert.deepEqual(blocking({ ...notice, subject: 'Wichtiger Hinweis zu Ihrer Bestellung' }, of), ['all-subject'])
  assert.deepEqual(blocking({ ...notice, heading: 'Produktsicherheitsrückruf: Becher' }, of), ['eu-36-2-a'])
  assert.deepEqual(blocking({ ...notice, heading: 'Wichtig' }, of), ['all-heading', 'eu-36-2-a'])
  assert.deepEqual(blocking({ ...notice, sections: notice.sections.toReversed() }, of), ['all-stop-first'])
  const linked = { ...notice, sections: [...notice.sections, { id: 'share' as const, heading: 'Sagen Sie es weiter', blocks: [{ kind: 'said' as const, element: 'share' as const, text: 'https://shop.example/login', link: 'https://shop.example/login' }] }] } // prettier-ignore
  assert.deepEqual(blocking(linked, of), ['all-sign-in-link'])
})

test('the Union’s notice has none of the agency’s sentences that lower the danger, the American one has them', () => {
  const recall = {
    ...FULL,
    incidentText: 'None reported',
    incidents: 0,
    hazardText: 'The cups contain lead. This voluntary recall is made out of an abundance of caution. Lead is toxic.',
  }
  const words = (jurisdiction: 'US' | 'EU') =>
    JSON.stringify(writeNotice(brief({ jurisdiction, recall }), { language: 'en', answer: 'affected', baseUrl: BASE_URL }).sections)
  assert.match(words('US'), /None reported/)
  assert.match(words('US'), /voluntary recall/)
  assert.doesNotMatch(words('EU'), /None reported|voluntary|abundance/)
  assert.match(words('EU'), /The cups contain lead\. \[…\] Lead is toxic\./)
  assert.ok(noticesMayGo([brief({ jurisdiction: 'EU', recall }), brief({ recall })]).ok)
  // Where something did happen, the Union's reader is told.
  assert.match(JSON.stringify(writeNotice(brief({ jurisdiction: 'EU' }), { language: 'en', answer: 'affected', baseUrl: BASE_URL }).sections), /two reports of children/) // prettier-ignore
})

test('an agency’s sentence that stands in the Union’s notice all the same is found', () => {
  const of = brief({ jurisdiction: 'EU' })
  const notice = writeNotice(of, { language: 'fr', answer: 'affected', baseUrl: BASE_URL })
  const quoted = { ...notice, sections: notice.sections.map((section) => ({ ...section, blocks: section.blocks.map((block) => (block.kind === 'quote' ? { ...block, texts: [{ text: 'No injuries have been reported.', lang: 'en' }] } : block)) })) } // prettier-ignore
  assert.deepEqual(blocking(quoted, of), ['all-agency-none-reported'])
})

test('a product’s own name is no fault of ours', () => {
  const recall = { ...FULL, products: [{ name: 'Voluntary May Gift Card Discount Lamp', model: null, unitsText: null }] }
  assert.deepEqual(lintBrief(brief({ recall })).filter(({ level }) => level === 'blocks'), []) // prettier-ignore
})

test('a refusal names the rule, its source, the words and what to do', () => {
  const recall = { ...FULL, title: '', hazardText: '', hazards: [] }
  const refused = noticesMayGo([brief({ jurisdiction: 'EU', recall })])
  assert.ok(!refused.ok)
  assert.equal(refused.problem.field, 'notice')
  assert.match(
    refused.problem.message,
    /EU buyers \(en\) cannot be sent: a description of the danger is missing.*eu-36-2-c.*2023\/988.*Article 36\(2\)\(c\)/,
  )
})

test('what a foreign law demands and the agency does not state keeps nobody from being told', () => {
  const recall = { ...FULL, title: 'Firm voluntarily recalls powder', hazardText: '', hazards: [], products: [{ name: 'Powder', model: null, unitsText: null }] } // prettier-ignore
  assert.ok(noticesMayGo([brief({ jurisdiction: 'US', recall })]).ok)
  const missing = lintBrief(brief({ jurisdiction: 'EU', recall }), ['fr']).filter(({ level }) => level === 'blocks')
  assert.deepEqual(missing.map(({ rule }) => rule), ['eu-36-2-c']) // prettier-ignore
  assert.ok(!noticesMayGo([brief({ jurisdiction: 'EU', recall })]).ok, 'their own agency would have to say it')
  const notice = writeNotice(brief({ jurisdiction: 'EU', recall }), { language: 'fr', answer: 'affected', baseUrl: BASE_URL })
  assert.match(JSON.stringify(notice.sections), /L’avis de l’autorité dit pourquoi ce produit est rappelé/)
})

test('one remedy is the law’s exception: a person looks at it, and the notice goes', () => {
  const of = brief({ jurisdiction: 'EU', remedies: ['refund'] })
  assert.deepEqual([...new Set(lintBrief(of).map(({ rule, level }) => `${rule} ${level}`))], ['eu-37-choice warns'])
  assert.ok(noticesMayGo([of]).ok)
})

const NO_DANGER = ['eu-36-2-c', 'ca-issue', 'gb-risk', 'au-hazard']

/** Of the 9,818 recalls, one in so many. */
const EVERY = Number(process.env['TOCSIN_LINT_EVERY'] ?? 100)
const folder = mkdtempSync(path.join(tmpdir(), 'tocsin-lint-'))
after(() => rmSync(folder, { recursive: true }))

test('the notices of real recalls pass, in every jurisdiction and language', async () => {
  const lines = gunzipSync(readFileSync(path.join(import.meta.dirname, '../../../db/demo/cpsc-9818.ndjson.gz')))
    .toString()
    .split('\n')
    .filter((line, place) => line !== '' && place % EVERY === 0)
  const sample = path.join(folder, 'sample.ndjson')
  writeFileSync(sample, lines.join('\n'))
  let read = 0
  for await (const recall of recallsOfFile('CPSC', sample, () => {})) {
    read++
    for (const jurisdiction of JURISDICTIONS) {
      const of: NoticeBrief = { jurisdiction, recall, remedies: recall.remedies, proof: recall.proofOfDestruction ? 'photo_of_destruction' : 'none' } // prettier-ignore
      const rules = lintBrief(of).filter(({ level }) => level === 'blocks').map(({ rule }) => rule) // prettier-ignore
      // One of 1992 says nowhere what the danger is.
      const silent = recall.hazardText.trim() === '' && recall.hazards.every((hazard) => hazard === 'other')
      assert.deepEqual(silent ? rules.filter((rule) => !NO_DANGER.includes(rule)) : rules, [], `${recall.recallNumber} ${jurisdiction}`)
    }
  }
  assert.ok(lines.length > 0 && read >= lines.length * 0.99, `${read} of ${lines.length} recalls`)
  assert.ok(noticesMayGo([{ jurisdiction: 'CA', recall: CUPKIN_IN_CANADA, remedies: ['replace'], proof: 'none' }]).ok)
})
