import { test } from 'node:test'
import assert from 'node:assert/strict'
import type { Catalogue } from './catalogue.ts'
import { CATALOGUES } from './catalogues/index.ts'
import { LANGUAGES, languageOf, localeOf, type Language } from './language.ts'
import { speaker } from './speaker.ts'

/** Every text of a catalogue by its path; the forms of a plural are one entry each. */
function textsOf(catalogue: Catalogue): Map<string, string> {
  const texts = new Map<string, string>()
  function walk(value: unknown, path: string): void {
    if (typeof value === 'string') texts.set(path, value)
    else for (const [name, inner] of Object.entries(value as object)) walk(inner, path === '' ? name : `${path}.${name}`)
  }
  walk(catalogue, '')
  return texts
}

/** Paths without the form of a plural, so that languages of two and of four forms have the same ones. */
function entriesOf(catalogue: Catalogue): Map<string, string[]> {
  const entries = new Map<string, string[]>()
  for (const [path, text] of textsOf(catalogue)) {
    const entry = path.replace(/\.(?:zero|one|two|few|many|other)$/, (form) =>
      path.startsWith('action') || path.startsWith('hazards') ? form : '',
    )
    entries.set(entry, [...(entries.get(entry) ?? []), text])
  }
  return entries
}

/** The product is called by a noun in English only; everything else that is filled in must be filled in everywhere. */
function placeholders(texts: readonly string[]): string[] {
  const found = texts.flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!))
  return [...new Set(found.filter((name) => name !== 'these' && name !== 'them'))].sort()
}

const OTHERS = LANGUAGES.filter((language) => language !== 'en')
const ENGLISH = entriesOf(CATALOGUES.en)

// Words that are the same in both languages, looked at one by one.
const SAME: Partial<Record<Language, readonly string[]>> = {
  fr: ['sections.questions', 'hazards.strangulation', 'hazards.explosion', 'hazards.amputation', 'hazards.infection'],
  pl: ['firmRoles.importer'],
  sv: ['hazards.explosion', 'hazards.amputation'],
}

test('no language lacks an entry, leaves one empty or in English, or fills in something else', () => {
  for (const language of OTHERS) {
    const entries = entriesOf(CATALOGUES[language])
    assert.deepEqual([...entries.keys()].sort(), [...ENGLISH.keys()].sort(), language)
    for (const [entry, texts] of entries) {
      const english = ENGLISH.get(entry)!
      assert.ok(
        texts.every((text) => text.trim() !== ''),
        `${language}: ${entry} is empty`,
      )
      assert.deepEqual(placeholders(texts), placeholders(english), `${language}: ${entry}`)
      // What is nothing but placeholders has no language.
      const same = texts.some((text) => english.includes(text) && text.replaceAll(/\{\w+\}|\P{L}/gu, '') !== '')
      assert.equal(same, SAME[language]?.includes(entry) ?? false, `${language}: ${entry} is "${texts[0]}", as in English`)
    }
  }
})

test('every form that a language’s plurals need is there, and no other', () => {
  for (const language of LANGUAGES) {
    // Compact and fractional numbers have forms of their own ("many" in French) that units and purchases never reach.
    const rules = new Intl.PluralRules(localeOf(language, 'EU'))
    const needed = new Set([0, 1, 2, 3, 4, 5, 11, 12, 21, 22, 25, 100, 101, 1_000].map((count) => rules.select(count)))
    const { units, moreFacts, moreLines, page, yours } = CATALOGUES[language]
    for (const plural of [units, moreFacts, moreLines, page.more, yours.boughtFromUs]) {
      for (const form of needed) assert.ok(plural[form] !== undefined, `${language}: "${plural.other}" has no form for ${form}`)
    }
  }
  const polish = speaker('pl', 'EU')
  assert.deepEqual([1, 2, 5, 22, 25].map((count) => polish.units(count)), ['1 sztuka', '2 sztuki', '5 sztuk', '22 sztuki', '25 sztuk']) // prettier-ignore
  assert.equal(speaker('fr', 'EU').units(0), '0 unité')
  assert.equal(speaker('zh', 'EU').units(2), '2件')
})

test('Chinese has no Latin sentences and the others no Chinese', () => {
  const latin = [...textsOf(CATALOGUES.zh)].filter(
    ([path, text]) => path !== 'language' && /[a-z]{4,}/i.test(text.replaceAll(/\{\w+\}|Health Canada/g, '')),
  )
  assert.deepEqual(latin, [])
  for (const language of OTHERS.filter((each) => each !== 'zh'))
    for (const [path, text] of textsOf(CATALOGUES[language])) assert.doesNotMatch(text, /\p{Script=Han}/u, `${language}: ${path}`)
})

test('sentences are short and no text shouts', () => {
  for (const language of LANGUAGES)
    for (const [path, text] of textsOf(CATALOGUES[language])) {
      for (const sentence of text.split(/[.:!?。！？]\s*/))
        assert.ok(sentence.split(/\s+/).length <= 26, `${language}: ${path}: ${sentence}`)
      assert.doesNotMatch(text, /!|\p{Lu}{5,}/u, `${language}: ${path}`)
    }
})

test('a buyer is told in the language of their locale, else of where they live, else in English', () => {
  const of = (locale: string | null, country: string | null = null, region: string | null = null) => languageOf({ locale, country, region })
  assert.equal(of(null), 'en')
  assert.equal(of('de-AT', 'US'), 'de')
  assert.equal(of('es_US', 'US'), 'es')
  assert.equal(of('zh-Hant-TW', 'TW'), 'zh')
  assert.equal(of('fi-FI', 'FI'), 'en')
  assert.equal(of('', 'fr'), 'fr')
  assert.deepEqual(['QC', 'Québec', 'Quebec', 'CA-QC', 'ON', null].map((region) => of(null, 'CA', region)), ['fr', 'fr', 'fr', 'fr', 'en', 'en']) // prettier-ignore
  assert.deepEqual(
    ['Vlaanderen', 'Bruxelles', 'BE-WAL', null].map((region) => of(null, 'BE', region)),
    ['nl', 'fr', 'fr', 'nl'],
  )
  assert.deepEqual(
    ['ZH', 'VD', 'TI', null].map((region) => of(null, 'CH', region)),
    ['de', 'fr', 'it', 'de'],
  )
  assert.equal(of(null, 'LU'), 'fr')
  assert.equal(of('tlh', 'BR'), 'pt')
})

test('dates and sums are written as the jurisdiction writes them', () => {
  const day = new Date('2023-07-20T00:00:00Z')
  const sum = { amountMinor: 1_999, currency: 'EUR' }
  assert.equal(speaker('en', 'US').day(day), 'July 20, 2023')
  assert.equal(speaker('en', 'GB').day(day), '20 July 2023')
  assert.equal(speaker('de', 'EU').day(day), '20. Juli 2023')
  assert.equal(speaker('zh', 'EU').day(day), '2023年7月20日')
  assert.equal(speaker('de', 'EU').money(sum), '19,99\u00a0€')
  assert.equal(speaker('fr', 'CA').money({ amountMinor: 1_999, currency: 'CAD' }), '19,99\u00a0$')
})
