import { test } from 'node:test'
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { create } from 'fontkit'
import { CUPKIN_BRIEF } from '../../../test/first-wave.ts'
import { BASE_URL, CUPKIN, SENDER } from '../../../test/world.ts'
import { readConfig } from '../../platform/config.ts'
import { JURISDICTIONS } from '../../recalls/index.ts'
import { GIFT_CARDS, HEDGES, NONE_REPORTED, phraseIn, PRECAUTION, RARELY, SECRETS, SELLING, SIGN_IN, VOLUNTARY } from '../linter/phrases.ts' // prettier-ignore
import { readNotice } from '../linter/reading.ts'
import { CATALOGUES } from '../wording/catalogues/index.ts'
import { LANGUAGES } from '../wording/language.ts'
import { LETTER_WORDS } from '../wording/letter-words.ts'
import { letterOf, printedText } from '../wording/letter.ts'
import { writeNotice } from '../wording/write-notice.ts'
import { fontBytes, isPrintable } from './fonts.ts'
import { layOut, SHEETS, type LetterToSet, type Page } from './layout.ts'
import { letterNumber, readLetterNumber } from './letter-number.ts'
import { linesOf } from './lines.ts'
import { destinationOf, type PostalContact } from './postal-address.ts'
import { openPrintFile } from './print.ts'

const HAMBURG: PostalContact = { name: 'Lee Berg', street: 'Deichstraße 1', postalCode: '20459', city: 'Hamburg', region: null, country: 'DE' } // prettier-ignore
const FACTS = {
  notice: {
    noticeId: '',
    units: 2,
    lines: [
      { title: 'CUPKIN 8 oz.', orderedAt: new Date('2021-03-04T23:30:00Z'), units: 2, amount: { amountMinor: 1_999, currency: 'USD' } },
    ],
    lineCount: 3,
    refund: [],
  },
  reader: { locale: null, country: null, region: null },
  link: `${BASE_URL}/n/Zxcvbnmasdfghjklqwertyuiop1234567890ab`,
  code: 'K7QF-2M9X',
}
const AT = new Date('2026-03-02T09:00:00Z')

function lettersOfAll() {
  return JURISDICTIONS.flatMap((jurisdiction) =>
    LANGUAGES.flatMap((language) =>
      (['affected', 'possibly'] as const).map((answer) => {
        const brief = { ...CUPKIN_BRIEF, jurisdiction }
        const notice = writeNotice(brief, { language, answer, baseUrl: BASE_URL })
        const text = letterOf(notice, { ...FACTS, notice: { ...FACTS.notice, answer } }, { sender: SENDER, at: AT })
        return { jurisdiction, language, answer, brief, notice, text }
      }),
    ),
  )
}

test('the letter says what the linter read, but for what paper cannot do', () => {
  for (const { jurisdiction, language, answer, brief, notice, text } of lettersOfAll()) {
    const printed = flat(printedText(text))
    const reading = readNotice(notice, brief)
    // Pictures are fetched by browsers; an e-mail is not answered on paper, but written to, and the page takes the number.
    const replaced = [notice.speaker.words.questionsMail, ...(answer === 'possibly' ? [notice.speaker.words.steps.answerTitle] : [])]
    for (const { where, text: said } of [...reading.ours, ...reading.theirs]) {
      if (where === 'the subject' || replaced.some((each) => said.startsWith(notice.speaker.say(each)))) continue
      // Names were taken out of our sentences by the reading: each piece around them must stand there.
      for (const piece of said.split(/ {2,}|\n/)) assert.ok(printed.includes(flat(piece.replace(/^\. |\.$/g, ''))) || pieces(piece).every((each) => printed.includes(each)), `${jurisdiction} ${language} ${answer}, ${where}: ${piece}`) // prettier-ignore
    }
    for (const part of ['K7QF-2M9X', FACTS.link, SENDER.address, SENDER.name])
      assert.ok(printed.includes(flat(part)), `${language}: ${part}`)
    assert.ok(!printed.includes(flat(notice.speaker.words.questionsMail)))
    assert.ok(isPrintable(printedText(text)), `${language}: a character that no font here has`)
  }
})

function flat(text: string): string {
  return text.replaceAll(/\s+/g, '')
}

function pieces(text: string): string[] {
  return text
    .split(/(?<=[.!?。])\s*/)
    .map((each) => flat(each.replace(/^\.|\.$/g, '')))
    .filter((each) => each !== '')
}

test('the words of letters are there in every language, each its own', () => {
  const words = LANGUAGES.map((language) => LETTER_WORDS[language])
  for (const name of ['scan', 'checkTitle', 'checkText'] as const)
    assert.equal(new Set(words.map((each) => each[name])).size, LANGUAGES.length, name)
  for (const phrases of [VOLUNTARY, PRECAUTION, RARELY, NONE_REPORTED, HEDGES, GIFT_CARDS, SELLING, SECRETS, SIGN_IN])
    for (const language of LANGUAGES)
      assert.equal(phraseIn(phrases[language], Object.values(LETTER_WORDS[language]).join('\n')), null, language)
  for (const { page } of words) assert.match(page, /\{page\}.*\{pages\}/)
  assert.equal(Object.keys(CATALOGUES).length, words.length)
})

test('an address that lacks something is refused by what it lacks, and never quoted', () => {
  const lacks = (differs: Partial<PostalContact>): string => {
    const destined = destinationOf({ ...HAMBURG, ...differs }, 'DE', isPrintable)
    return destined.ok ? destined.destination.lines.join(' / ') : destined.why
  }
  assert.equal(lacks({ street: null, postalCode: null, city: ' ' }), 'no postal address on file')
  assert.equal(lacks({ name: null, city: null, country: null }), 'the postal address on file lacks a name, a city, a country')
  assert.equal(lacks({ postalCode: '2045' }), 'the postal code on file is none of DE')
  assert.equal(lacks({ street: 'a\nb\nc\nd\ne' }), 'the postal address on file does not fit into a window')
  assert.match(lacks({ name: 'نورة' }), /characters that our fonts do not have/)
  assert.match(lacks({ name: '😀 Berg' }), /characters that our fonts do not have/)
  assert.equal(lacks({}), 'Lee Berg / Deichstraße 1 / 20459 Hamburg')
  assert.equal(lacks({ name: ' Lee\n Berg\t' }), 'Lee Berg / Deichstraße 1 / 20459 Hamburg')
  assert.equal(lacks({ country: 'IE', postalCode: null, city: 'Cork' }), 'Lee Berg / Deichstraße 1 / Cork / IRELAND')
  assert.equal(lacks({ country: 'GB', postalCode: 'SW1A 1AA', city: 'London' }), 'Lee Berg / Deichstraße 1 / London / SW1A 1AA / UNITED KINGDOM') // prettier-ignore
  assert.equal(lacks({ country: 'CA', postalCode: 'K1A 0B1', city: 'Ottawa', region: 'CA-ON' }), 'Lee Berg / Deichstraße 1 / Ottawa ON K1A 0B1 / CANADA') // prettier-ignore
})

test('a letter’s number is read back, and one wrong digit or two changed places are noticed', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 99_999 }),
      fc.integer({ min: 1, max: 999_999 }),
      fc.nat(11),
      fc.nat(8),
      (printNo, sequence, at, by) => {
        const number = letterNumber({ printNo, sequence })
        assert.deepEqual(readLetterNumber(` ${number} `), { printNo, sequence })
        const place = at % number.length
        if (!/\d/.test(number[place]!)) return
        const other = String((Number(number[place]) + 1 + by) % 10)
        assert.equal(readLetterNumber(number.slice(0, place) + other + number.slice(place + 1)), null)
      },
    ),
  )
  assert.equal(readLetterNumber('12-000345-31')?.sequence, 345)
  for (const wrong of ['', '12-000354-31', '12-345-31', '0-000001-94', "12-000345-31' or 1=1"]) assert.equal(readLetterNumber(wrong), null)
})

test('lines fit, lose nothing, and begin with no mark that ends a sentence', () => {
  const measure = (text: string): number => [...text].length
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.stringMatching(/^[a-zé]{1,9}[.,]?$/), fc.stringMatching(/^[一-三]{1,6}[，。]?$/), fc.webUrl())),
      fc.integer({ min: 8, max: 40 }),
      (words, width) => {
        const text = words.join(' ')
        const lines = linesOf(text, width, measure)
        assert.equal(flat(lines.join('')), flat(text))
        for (const line of lines) {
          assert.ok(measure(line) <= width, line)
          assert.doesNotMatch(line, /^[，。]/)
        }
      },
    ),
  )
})

test('in each window stands the address and nothing else, and nothing leaves the paper', () => {
  const measureOf = (_weight: string, size: number) => (text: string) => [...text].length * size * 0.55
  const inch = 72
  const mm = 72 / 25.4
  // What a window may show, whichever way the sheet slips in its envelope.
  const seen = {
    a4: { left: 20 * mm, top: 45 * mm, right: 110 * mm, bottom: 90 * mm },
    letter: { left: 0, top: 2.04 * inch, right: 5.375 * inch, bottom: 3.63 * inch },
  }
  for (const { text } of lettersOfAll())
    for (const paper of ['a4', 'letter'] as const) {
      const lines = ['Lee Berg', 'Hinterhaus, dritter Stock', 'Deichstraße 1', '20459 Hamburg', 'GERMANY']
      const photos = new Map([[CUPKIN.images[0]!.url, { width: 600, height: 900 }]])
      const letter: LetterToSet = { paper, lines, number: '12-000345-31', sender: ['Larkspur', 'Hafenstraße 1', 'Hamburg'], text, photos }
      const pages: Page[] = layOut(letter, measureOf)
      const sheet = SHEETS[paper]
      const texts = pages[0]!.flatMap((drawn) => (drawn.kind === 'text' ? [drawn] : []))
      const shown = texts.filter(({ x, baseline }) => x >= seen[paper].left && x < seen[paper].right && baseline > seen[paper].top && baseline - 8 < seen[paper].bottom) // prettier-ignore
      const expected = [letter.number, ...(paper === 'a4' ? [letter.sender.join(' · ')] : []), ...lines]
      assert.deepEqual(shown.map((each) => each.text).toSorted(), expected.toSorted())
      assert.equal(pages.flat().filter((drawn) => drawn.kind === 'photo').length, 1)
      // No heading is left alone at the foot of a page.
      for (const page of pages.slice(0, -1)) assert.ok(page.at(-3)!.kind !== 'text' || (page.at(-3) as { size: number }).size !== 12, JSON.stringify(page.at(-3))) // prettier-ignore
      for (const page of pages)
        for (const drawn of page) {
          const bottom =
            drawn.kind === 'text' ? drawn.baseline : drawn.y + ('height' in drawn ? drawn.height : 'side' in drawn ? drawn.side : 0)
          assert.ok(drawn.x >= 0 && bottom <= sheet.height - 20, drawn.kind)
        }
    }
})

test('what is printed has its fonts inside, Chinese and Polish too', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'tocsin-print-'))
  try {
    const file = path.join(folder, 'a4-001.pdf')
    const print = openPrintFile(file, { paper: 'a4', title: 'x', at: AT })
    for (const { text, language, jurisdiction } of lettersOfAll()) {
      if (jurisdiction !== 'EU' || (language !== 'zh' && language !== 'pl')) continue
      await print.add({ paper: 'a4', lines: ['李小龙', 'Zażółć gęślą jaźń', 'Łódź'], number: '1-000001-94', sender: ['x', 'y'], text })
    }
    const { pages, bytes } = await print.end()
    const pdf = await readFile(file)
    assert.equal(pdf.length, bytes)
    assert.ok(pages >= 8 && bytes < 400_000, `${pages} pages, ${bytes} bytes`)
    // Each embedded font can be opened again and has outlines for what was set in it.
    const fonts = [...pdf.toString('latin1').matchAll(/\/FontFile2 (\d+) 0 R/g)].map(([, no]) => streamOf(pdf, Number(no)))
    assert.equal(fonts.length, 4)
    for (const font of fonts) {
      const read = create(font) as unknown as { numGlyphs: number; getGlyph: (id: number) => { path: { commands: unknown[] } } }
      const drawn = Array.from({ length: read.numGlyphs - 1 }, (_, id) => read.getGlyph(id + 1).path.commands.length)
      assert.ok(drawn.filter((commands) => commands > 0).length >= read.numGlyphs * 0.8, `${read.numGlyphs} glyphs`)
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

/** The bytes of an object's stream, unpacked. */
function streamOf(pdf: Buffer, no: number): Buffer {
  const text = pdf.toString('latin1')
  const at = text.search(new RegExp(`(?:^|\\n)${no} 0 obj`))
  const begins = text.indexOf('stream\n', at) + 7
  const length = Number(/\/Length (\d+)/.exec(text.slice(at, begins))![1])
  return inflateSync(pdf.subarray(begins, begins + length))
}

test('whose address letters bear is said in one setting, or refused with an example', () => {
  const read = (LETTER_FROM: string) => readConfig({ LETTER_FROM })
  for (const wrong of ['Larkspur', 'Larkspur; Hamburg', 'Larkspur; Hafenstraße 1; Hamburg; Germany', `${'x'.repeat(61)}; Hamburg; DE`]) {
    const config = read(wrong)
    assert.match(config.ok ? '' : config.problem.message, /LETTER_FROM: must look like Larkspur Market/)
  }
  const config = read('Larkspur Market; Hafenstraße 1; 20457 Hamburg; DE')
  assert.deepEqual(config.ok && config.value.webhooks.letterFrom, { lines: ['Larkspur Market', 'Hafenstraße 1', '20457 Hamburg'], country: 'DE' }) // prettier-ignore
})

test('a recall’s own characters that no font has cost a question mark, not the letter', () => {
  assert.ok(fontBytes('regular').length > 100_000)
  const recall = { ...CUPKIN, products: [{ ...CUPKIN.products[0]!, name: 'Cup 😀 كوب' }] }
  const notice = writeNotice({ ...CUPKIN_BRIEF, recall }, { language: 'en', answer: 'affected', baseUrl: BASE_URL })
  const text = letterOf(notice, { ...FACTS, notice: { ...FACTS.notice, answer: 'affected' } }, { sender: SENDER, at: AT })
  assert.equal(isPrintable(printedText(text)), false)
})
