/** That every place shown really says the value: held by the readers themselves, over real recalls of every agency. */
import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { AGENCIES, HAZARDS, REMEDY_OPTIONS, type Agency, type Recall } from '../recalls/index.ts'
import { exampleRecall } from '../../test/example-recall.ts'
import { readDocument, sample } from '../../test/feed-samples.ts'
import { FEEDS } from './agencies.ts'
import { saysHazard, saysRemedy } from './evidence-classes.ts'
import { plainOf, tokensOf } from './evidence-map.ts'
import { saysOthers } from './evidence-others.ts'
import { smallestPart } from './evidence-part.ts'
import { parseFeedFiles, spanLines, type RecallLine } from './parse.ts'
import { spansOf, textNamed, valuesRead, type ValueSpan } from './evidence.ts'
import { readChildrensProduct } from './read/children.ts'
import { gtinOf } from './read/gtins.ts'
import { readIncidents } from './read/incidents.ts'
import { monthBefore, monthsIn } from './read/months.ts'
import { readNouns } from './read/nouns.ts'
import { NUMBER, readNumber } from './read/numbers.ts'
import { readPrice } from './read/price.ts'
import { readProofOfDestruction } from './read/remedies.ts'
import { readOnlineOnly, readOnlineOnlyFromProse } from './read/sellers.ts'
import { tidy } from './read/text.ts'
import { readUnits, readUnitsFromProse } from './read/units.ts'

const CPSC_FILE = path.join(import.meta.dirname, '../../db/demo/cpsc-9818.ndjson.gz')
const OTHERS: readonly (readonly [Agency, string])[] = [
  ['ACCC', 'accc/scraped.json'], ['FDA', 'fda/food-enforcement-50.json'], ['FDA', 'fda/drug-enforcement.json'], ['FSIS', 'fsis/api.json'],
  ['HC', 'health-canada/open-data.json'], ['NHTSA', 'nhtsa/flat.tsv'], ['OPSS', 'opss/2609-0229.json'], ['EUSG', 'safety-gate/weekly-report.xml'],
] // prettier-ignore

/** Every fiftieth recall of the CPSC, from 1973 on. */
function cpscRecalls(): Recall[] {
  const lines = gunzipSync(readFileSync(CPSC_FILE)).toString().trimEnd().split('\n')
  return lines
    .filter((_line, index) => index % 50 === 0)
    .flatMap((line, index) => {
      const { recall } = FEEDS.CPSC.parse({ bytes: Buffer.from(line), line: index + 1 })
      return recall.ok ? [recall.value] : []
    })
}

async function othersRecalls(): Promise<Recall[]> {
  const read = await Promise.all(OTHERS.map(([agency, file]) => readDocument(agency, sample(file))))
  return read.flatMap(({ recalls }) => recalls)
}

describe('the plain text and the way back', () => {
  const pieces = fc.array(
    fc.oneof(
      fc.constantFrom(
        '&amp;',
        '&nbsp;',
        '&rsquo;',
        '&',
        '®',
        '™',
        '’',
        '“',
        '–',
        ' ',
        '\u00a0',
        '\u200b',
        '\ufeff',
        '\n',
        ' ® ',
        'a',
        'Z9',
        '$5.00',
        '𝕏',
      ),
      fc.string(),
    ),
  )

  it('is the same as the readers are given, whatever the text', () => {
    fc.assert(fc.property(pieces, (parts) => assert.equal(plainOf(parts.join(''), 100_000).text, tidy(parts.join('')))))
  })

  it('leads every part of it to a part of the original that becomes the same again', () => {
    fc.assert(
      fc.property(pieces, fc.nat(), fc.nat(), (parts, a, b) => {
        const original = parts.join('')
        const plain = plainOf(original, 100_000)
        if (plain.text === '') return
        const [from, to] = [a % plain.text.length, b % plain.text.length].toSorted((x, y) => x - y) as [number, number]
        const { start, end } = plain.origin(from, to + 1)
        assert.ok(start >= 0 && start < end && end <= original.length)
        assert.equal(tidy(original.slice(start, end)), plain.text.slice(from, to + 1).trim())
      }),
    )
  })
})

describe('the smallest part', () => {
  it('is none where the whole does not hold', () =>
    assert.equal(
      smallestPart('nothing here', () => false),
      null,
    ))

  it('holds, lies within, and has no word too many at either end', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('fire', 'a', 'hazard', 'of', 'the'), { minLength: 1, maxLength: 30 }), (words) => {
        const text = `${words.join(' ')} fire hazard.`
        const holds = (part: string) => /fire (?:\w+ ){0,3}hazard/.test(part)
        const part = smallestPart(text, holds)
        assert.ok(part !== null && part.start >= 0 && part.end <= text.length)
        const said = text.slice(part.start, part.end)
        assert.ok(holds(said) && said.startsWith('fire') && said.endsWith('hazard'), said)
      }),
    )
  })

  it('does not end on a word that means something else with the next one', () => {
    const reader = (part: string) => /\blead\b(?! to)|lead paint/.test(part)
    const text = 'Burns can lead to injury, and the toy has lead paint.'
    assert.equal(smallestPart(text, reader)?.start, text.indexOf('lead paint'))
  })
})

describe('the places of a recall', () => {
  it('are those that a person would point to', () => {
    const recall: Recall = {
      ...exampleRecall(),
      title: 'Cups Recalled Due to Violation of the Federal Lead Content Ban',
      description: 'This recall involves Cupkin® cups, model CK‑12 & lot numbers L100, L200 – L299 sold with straws. UPC 0 12345 67890 5.',
      hazardText: 'The cups contain levels of lead that exceed the federal lead content ban. Lead is toxic if ingested by young children.',
      remedyText: 'Consumers should stop using the cups and contact the firm for a full refund.',
      incidentText: 'None reported',
      soldText: 'Online at Amazon.com from January 2018 through March 2023 for about $20.',
      hazards: ['lead'],
      remedies: ['refund'],
      incidents: 0,
      scope: {
        ...exampleRecall().scope,
        brands: ['Cupkin'], models: ['CK-12'], lots: ['L100', 'L200 - L299'], gtins: ['012345678905'], soldFrom: '2018-01', soldTo: '2023-03',
        priceMinMinor: 2_000, priceMaxMinor: 2_000, soldAt: ['Amazon.com'], onlineOnly: true,
      }, // prettier-ignore
    }
    const said = new Map(spansOf(recall).map((span) => [`${span.field} ${span.value}`, `${span.text}: ${sliceOf(recall, span)}`]))
    assert.equal(said.get('brands Cupkin'), 'description: Cupkin')
    assert.equal(said.get('models CK-12'), 'description: CK‑12')
    assert.equal(said.get('lots L100'), 'description: L100')
    assert.equal(said.get('lots L200 - L299'), 'description: L200 – L299')
    assert.equal(said.get('gtins 012345678905'), 'description: 0 12345 67890 5')
    assert.equal(said.get('sold_from 2018-01'), 'soldText: January 2018')
    assert.equal(said.get('sold_to 2023-03'), 'soldText: March 2023')
    assert.equal(said.get('price_min 2000'), 'soldText: $20')
    assert.equal(said.get('sold_at Amazon.com'), 'soldText: Amazon.com')
    assert.equal(said.get('online_only true'), 'soldText: Online')
    assert.equal(said.get('hazards lead'), 'hazardText: levels of lead')
    assert.equal(said.get('remedies refund'), 'remedyText: refund')
    assert.equal(said.get('incidents 0'), 'incidentText: None')
  })

  it('are none for what the text does not say', () => {
    const recall: Recall = {
      ...exampleRecall(),
      title: 'Cups',
      description: 'Cups.',
      products: [],
      hazardText: '',
      remedyText: '',
      soldText: '',
    }
    const made = { ...recall, remedies: ['refund' as const], scope: { ...recall.scope, models: ['ZX-900'], units: 4_711 } }
    const fields = spansOf(made).map(({ field }) => field)
    assert.ok(!fields.includes('remedies') && !fields.includes('models') && !fields.includes('units'), String(fields))
  })

  it('say the value, in real recalls of the CPSC since 1973', () => {
    const recalls = cpscRecalls()
    assert.ok(recalls.length > 190)
    for (const recall of recalls) assertSupported(recall)
  })

  it('say the value, in the documents of the other agencies', async () => {
    const recalls = await othersRecalls()
    assert.equal(new Set(recalls.map(({ agency }) => agency)).size, AGENCIES.length - 1)
    for (const recall of recalls) assertSupported(recall)
  })

  it('are there for nearly every value', () => {
    const shares = cpscRecalls().map((recall) => {
      const found = new Set(spansOf(recall).map(({ field, value }) => `${field} ${value}`))
      const values = valuesRead(recall)
      return { values: values.length, found: values.filter(({ field, value }) => found.has(`${field} ${value}`)).length }
    })
    const [found, all] = [shares.reduce((sum, each) => sum + each.found, 0), shares.reduce((sum, each) => sum + each.values, 0)]
    assert.ok(found / all >= 0.97, `${found} of ${all}`)
  })
})

describe('the lines of feed parse', () => {
  it('have the spans only where they are asked for, with the words themselves', async () => {
    const plain = await firstLine(false)
    const { spans, ...rest } = await firstLine(true)
    assert.ok(!('spans' in plain))
    assert.deepEqual(rest, plain)
    const hazard = spans!.find(({ field }) => field === 'hazards')!
    assert.deepEqual(Object.keys(hazard).toSorted(), ['end', 'field', 'quote', 'start', 'text', 'value'])
    assert.equal(hazard.quote.length, hazard.end - hazard.start)
    assert.ok(spans!.every(({ text }) => /^[a-z_0-9.]+$/.test(text)))
  })

  it('name each value as it stands in the line', () => {
    const description = 'Lot numbers begin with R15563P3S. Serial numbers: A100-A200.'
    const said = spanLines({ ...exampleRecall(), description })
    const values = new Map(said.map(({ field, value, quote }) => [field, [value, quote]]))
    assert.deepEqual(values.get('price_max'), [20, '$20'])
    assert.deepEqual(values.get('lots'), ['R15563P3S', 'R15563P3S'])
    assert.deepEqual(values.get('serials'), ['A100-A200', 'A100-A200'])
  })

  async function firstLine(spans: boolean): Promise<RecallLine> {
    const file = path.join(import.meta.dirname, '../../test/fixtures/feeds/health-canada/open-data.json')
    for await (const part of parseFeedFiles('HC', [file], { spans })) if (part.kind === 'recall') return part.line
    throw new Error('the file has no recall')
  }
})

describe('the work', () => {
  function compared(codes: readonly string[]): number {
    const effort = { compared: 0 }
    const recall: Recall = { ...exampleRecall(), description: `Lot numbers: ${codes.join(', ')}.` }
    const spans = spansOf({ ...recall, scope: { ...recall.scope, lots: [...codes] } }, effort)
    assert.equal(spans.filter(({ field }) => field === 'lots').length, codes.length)
    return effort.compared
  }

  it('grows as the length of the text, for 200 KB of lot codes', () => {
    const codes = Array.from({ length: 20_000 }, (_, index) => `L${100_000 + index}AB`)
    const [half, whole] = [compared(codes.slice(0, 10_000)), compared(codes)]
    assert.ok(codes.join(', ').length > 200_000)
    assert.ok(whole <= 2.2 * half && whole < 20 * codes.length, `${half}, then ${whole}`)
  })

  it('grows as the length of the text, for codes that all begin with the same word', () => {
    const codes = Array.from({ length: 20_000 }, (_, index) => `AB-${100_000 + index}`)
    const [half, whole] = [compared(codes.slice(0, 10_000)), compared(codes)]
    assert.ok(whole <= 2.2 * half && whole < 200 * codes.length, `${half}, then ${whole}`)
  })
})

function sliceOf(recall: Recall, { text, start, end }: ValueSpan): string {
  return textNamed(recall, text).slice(start, end)
}

function assertSupported(recall: Recall): void {
  const spans = spansOf(recall)
  for (const span of spans) {
    const original = textNamed(recall, span.text)
    assert.ok(span.start >= 0 && span.start < span.end && span.end <= original.length, JSON.stringify(span))
    const said = tidy(original.slice(span.start, span.end))
    const parts = spans.filter(({ field, value }) => field === span.field && value === span.value).length
    assert.ok(says(recall, span, said, parts > 1), `${recall.agency} ${recall.recallNumber}: ${JSON.stringify(span)}: ${said}`)
  }
}

/** Whether the words say the value, or, of a sum, a part of it. */
function says(recall: Recall, { field, value }: ValueSpan, said: string, isPart: boolean): boolean {
  const amount = (read: number | null) => read === value || (isPart && read !== null && read > 0 && read < Number(value))
  switch (field) {
    case 'brands':
    case 'models':
    case 'sold_at':
      return sameWords(said, String(value))
    case 'lots':
    case 'serials':
      return value === '*' ? saysOthers(said, field) : sameWords(said, String(value))
    case 'product_nouns':
      return sameNoun(said, String(value)) || [[], recall.scope.brands].some((brands) => readNouns([said], brands).includes(String(value)))
    case 'gtins':
      return [said.replace(/\D/g, ''), gtinOf(said.replace(/\D/g, ''))].includes(String(value)) || `0${said.replace(/\D/g, '')}` === value
    case 'manufactured_from':
    case 'manufactured_to':
    case 'sold_from':
    case 'sold_to':
      return monthsIn(said).some(({ month }) => month === value || monthBefore(month) === value)
    case 'price_min':
    case 'price_max':
      return [readPrice(said).minMinor, readPrice(said).maxMinor].includes(Number(value))
    case 'units':
      return (
        [...numbersIn(said), readUnits([said]).units, readUnitsFromProse(said)].some(amount) ||
        numbersIn(said).reduce((a, b) => a + b, 0) === value
      )
    case 'units_elsewhere': {
      const [country, units] = String(value).split(' ')
      const read = readUnits([said]).elsewhere[country!] ?? 0
      return read === Number(units) || (read > 0 && read < Number(units))
    }
    case 'hazards':
      return saysHazard(
        said,
        HAZARDS.find((each) => each === value)!,
      )
    case 'remedies':
      return saysRemedy(
        said,
        REMEDY_OPTIONS.find((each) => each === value)!,
      )
    case 'incidents':
    case 'injuries':
    case 'deaths':
      return amount(readIncidents(said)[field])
    case 'online_only':
      return [readOnlineOnly(said), readOnlineOnly(said.toLowerCase()), readOnlineOnlyFromProse(said)].includes(value === true)
    case 'proof_of_destruction':
      return readProofOfDestruction(said)
    case 'childrens_product':
      return readChildrensProduct([said], said) === true
    case 'expands':
      return said.replace('-', '') === value
    default:
      return field satisfies never
  }
}

function numbersIn(text: string): number[] {
  return [...text.matchAll(new RegExp(NUMBER, 'gi'))].map((match) => readNumber(match[0]))
}

function sameWords(one: string, other: string): boolean {
  const words = (text: string) => tokensOf(text).map(({ word }) => word).join(' ') // prettier-ignore
  return words(one) === words(other)
}

function sameNoun(said: string, noun: string): boolean {
  return [noun, `${noun}s`, `${noun}es`, noun.replace(/y$/, 'ies')].some((form) => sameWords(said, form))
}
