import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { complaints, readDocument, sample } from '../../test/feed-samples.ts'
import { isGtin } from '../platform/gtin.ts'
import { AGENCIES, HAZARDS, REMEDY_OPTIONS, type Agency } from '../recalls/index.ts'
import { agencyNamed, FEEDS } from './agencies.ts'

/** File and how many recalls it holds. */
const SAMPLES: [Agency, string, number][] = [
  ['FDA', 'fda/food-enforcement.json', 3],
  ['FDA', 'fda/food-enforcement-50.json', 51],
  ['FDA', 'fda/drug-enforcement.json', 2],
  ['FDA', 'fda/ires.json', 15],
  ['FDA', 'fda/press.xml', 20],
  ['FSIS', 'fsis/api.json', 2],
  ['FSIS', 'fsis/staged.json', 41],
  ['FSIS', 'fsis/rss.xml', 7],
  ['NHTSA', 'nhtsa/flat.tsv', 2],
  ['NHTSA', 'nhtsa/recalls-by-vehicle.json', 3],
  ['HC', 'health-canada/open-data.json', 7],
  ['EUSG', 'safety-gate/10099440.json', 1],
  ['EUSG', 'safety-gate/10119139.json', 1],
  ['EUSG', 'safety-gate/weekly-report.xml', 2],
  ['OPSS', 'opss/search.json', 4],
  ['OPSS', 'opss/2609-0229.json', 1],
  ['ACCC', 'accc/scraped.json', 2],
  ['ACCC', 'accc/feed.xml', 2],
]
const OTHERS = AGENCIES.filter((agency) => agency !== 'CPSC')

describe('a file that is not what its agency serves', () => {
  it('is refused by saying what it is', async () => {
    for (const agency of OTHERS) {
      assert.deepEqual(await complaints(agency, ''), ['1 : the file is empty'], agency)
      const page = await complaints(agency, '<!DOCTYPE html>\n<html><head><title>Access Denied</title></head></html>')
      assert.match(page.join(), /^1 : the file is an HTML/, agency)
      const text = await complaints(agency, 'Service unavailable')
      assert.ok(text.length > 0 && text.every((each) => each.startsWith('1 ')), `${agency}: ${text.join()}`)
      assert.match((await complaints(agency, Buffer.from('\ufeff[]', 'utf16le'))).join(), /UTF-16/, agency)
      assert.match(
        (await complaints(agency, '[{"a":1},\n{"b":')).join(' | '),
        /2 : the file ends inside this item: it is truncated/,
        agency,
      )
      assert.match((await complaints(agency, '[17]')).join(), /^1 : the item is not a JSON object$/, agency)
    }
  })

  it('is refused where another agency serves it', async () => {
    for (const [agency, file] of SAMPLES) {
      for (const other of OTHERS.filter((each) => each !== agency)) {
        const { recalls, problems, broken } = await readDocument(other, sample(file))
        // RSS and the FDA's and USDA's press feeds are alike but for their addresses.
        if (/(?:press|rss|feed)\.xml$/.test(file) && ['FDA', 'FSIS', 'ACCC'].includes(other)) continue
        assert.equal(recalls.length, 0, `${file} as ${other}`)
        assert.ok(problems.length > 0 || broken !== null, `${file} as ${other}`)
      }
    }
  })
})

describe('every sample', () => {
  for (const [agency, file, recalls] of SAMPLES) {
    it(`${file} is read whole, however its bytes arrive`, async () => {
      const read = await readDocument(agency, sample(file))
      assert.deepEqual([read.problems, read.broken, read.items, read.recalls.length], [[], null, recalls, recalls])
      const numbers = new Set(read.recalls.map((recall) => recall.recallNumber))
      assert.equal(numbers.size, recalls, 'each recall has a number of its own')
      assert.deepEqual(await readDocument(agency, sample(file), 7), read)
      for (const recall of read.recalls) {
        assert.equal(recall.agency, agency)
        assert.match(recall.recallNumber, /^[0-9A-Za-z]+(?:-[0-9A-Za-z]+)*$/, 'can stand in an address')
        assert.match(recall.publishedOn, /^\d{4}-\d\d-\d\d$/)
        assert.ok(recall.title !== '')
        assert.ok(recall.hazards.every((hazard) => HAZARDS.includes(hazard)))
        assert.ok(recall.remedies.every((remedy) => REMEDY_OPTIONS.includes(remedy)) && !recall.remedies.includes('none'))
        assert.ok(recall.scope.gtins.every(isGtin))
        assert.deepEqual(JSON.parse(JSON.stringify(recall)), recall, 'is stored as it is')
      }
    })
  }
})

describe('an agency', () => {
  it('is found by its id and by what people call it', () => {
    for (const agency of AGENCIES) assert.equal(agencyNamed(agency.toLowerCase()), agency)
    for (const [name, agency] of [
      ['openFDA', 'FDA'],
      ['safety-gate', 'EUSG'],
      ['Health Canada', 'HC'],
      ['USDA', 'FSIS'],
      ['nobody', null],
    ] as const)
      // prettier-ignore
      assert.equal(agencyNamed(name), agency)
    assert.deepEqual(Object.keys(FEEDS), [...AGENCIES])
    for (const agency of AGENCIES) assert.equal(FEEDS[agency].agency, agency)
  })
})

/** Every text of a JSON value made long and tiresome. */
function worsened(value: unknown, hostile: string): unknown {
  if (typeof value === 'string') return value.length > 24 ? value + hostile : value
  if (Array.isArray(value)) return value.map((each) => worsened(each, hostile))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, worsened(each, hostile)]))
}

const HOSTILE = [
  '<tr>',
  '<td',
  '<script>',
  '<!--',
  ' ',
  '1-',
  'A1 ',
  '"',
  '$1',
  '(',
  'a.',
  'Lot ',
  '&#1',
  'Brand ',
  '0',
  'No. ',
  '• ',
  '\n',
  'Aa',
].map((piece) => piece.repeat(Math.ceil(150_000 / piece.length)))

describe('a document that is made to take long', () => {
  for (const [agency, file] of [
    ['FDA', 'fda/drug-enforcement.json'],
    ['FSIS', 'fsis/api.json'],
    ['NHTSA', 'nhtsa/recalls-by-vehicle.json'],
    ['HC', 'health-canada/open-data.json'],
    ['EUSG', 'safety-gate/10119139.json'],
    ['OPSS', 'opss/2609-0229.json'],
    ['ACCC', 'accc/scraped.json'],
  ] as const) {
    it(`does not: ${file}`, () => {
      const document = JSON.parse(sample(file).toString('utf8')) as Record<string, unknown>
      const list = Array.isArray(document) ? document : (document['results'] ?? document['records'] ?? [document])
      const item = (list as unknown[])[0]
      for (const hostile of HOSTILE) {
        const bytes = Buffer.from(JSON.stringify(worsened(item, hostile)))
        const started = performance.now()
        FEEDS[agency].parse({ bytes, line: 1 })
        const seconds = (performance.now() - started) / 1_000
        assert.ok(seconds < 8, `${seconds} s for ${JSON.stringify(hostile.slice(0, 12))}`)
      }
    })
  }
})
