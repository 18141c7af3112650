import { test } from 'node:test'
import assert from 'node:assert/strict'
import { parse } from 'csv-parse/sync'
import * as fc from 'fast-check'
import { Hono } from 'hono'
import { ask, askAll, nobody } from '../../test/as.ts'
import { csvCell, csvHead, csvLine } from './csv.ts'
import { problem, type AppEnv, type Routes } from './http.ts'
import { snakeCase } from './json.ts'
import { answerList, csvStream, dayFilter, readListRequest, textFilter, type Key, type ListShape } from './lists.ts'

type Row = { id: string; no: number; at: string }

const shape: ListShape<Row> = {
  name: 'things',
  key: ['text', 'integer', 'time'],
  keyOf: (row) => [row.id, row.no, row.at],
  item: (row) => ({ id: row.id, no: row.no, place: { name: `=${row.id}` } }),
  columns: ['id', 'no', 'place.name'],
}

const AT = '2026-11-20T09:00:00.123456Z'

/** A list of `count` rows without a database. `seen` collects what was fetched. */
function numbered(count: number, seen: { after: Key | null; limit: number }[] = []) {
  return async (after: Key | null, limit: number): Promise<Row[]> => {
    seen.push({ after, limit })
    const from = after === null ? 0 : (after[1] as number) + 1
    return Array.from({ length: Math.max(Math.min(limit, count - from), 0) }, (_, i) => ({ id: `t${from + i}`, no: from + i, at: AT }))
  }
}

function things(count: number): Routes {
  return new Hono<AppEnv>().get('/v1/things', (c) => {
    const read = readListRequest(c, { q: textFilter, on: dayFilter })
    return read.ok ? answerList(c, shape, read.value.page, numbered(count)) : problem(c, read.problem)
  })
}

function cursorOf(parts: unknown): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

test('what a list cannot answer is refused with the name of the parameter', async () => {
  const refused: [string, string][] = [
    ['limit=0', 'limit'],
    ['limit=501', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=many', 'limit'],
    ['format=xlsx', 'format'],
    ['stat=open', 'stat'],
    ['on=2026-02-30', 'on'],
    ['q=%00', 'q'],
    [`q=${'x'.repeat(201)}`, 'q'],
    ['cursor=!!!', 'cursor'],
    ['cursor=bm9wZQ', 'cursor'],
    [`cursor=${'A'.repeat(2_001)}`, 'cursor'],
    [`cursor=${cursorOf(['others', 'a', 1, AT])}`, 'cursor'],
    [`cursor=${cursorOf(['things', 'a', 1])}`, 'cursor'],
    [`cursor=${cursorOf(['things', 'a\0', 1, AT])}`, 'cursor'],
    [`cursor=${cursorOf(['things', 'a', 2 ** 31, AT])}`, 'cursor'],
    [`cursor=${cursorOf(['things', 'a', 1.5, AT])}`, 'cursor'],
    [`cursor=${cursorOf(['things', 'a', 1, '2026-02-31T09:00:00.123456Z'])}`, 'cursor'],
    [`cursor=${cursorOf(['things', 'a', 1, 'now()'])}`, 'cursor'],
    [`cursor=${cursorOf({ 0: 'things' })}`, 'cursor'],
  ]
  for (const [query, field] of refused) {
    const response = await ask(things(3), nobody, `/v1/things?${query}`)
    assert.equal(response.status, 422, query)
    assert.equal(response.headers.get('content-type'), 'application/problem+json')
    const body = (await response.json()) as { field: string; title: string }
    assert.equal(body.field, field, query)
    assert.match(body.title, /\w/)
  }
})

test('following next gives every row once, whatever the limit, and ends', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 45 }), async (count, limit) => {
      const items = await askAll<{ no: number }>(things(count), nobody, '/v1/things', limit)
      assert.deepEqual(
        items.map((item) => item.no),
        Array.from({ length: count }, (_, i) => i),
      )
    }),
    { numRuns: 40 },
  )
})

test('an empty parameter is none, and a list gives a hundred rows where no limit is named', async () => {
  const response = await ask(things(300), nobody, '/v1/things?q=&cursor=&limit=')
  const body = (await response.json()) as { items: unknown[]; next: string | null }
  assert.equal(body.items.length, 100)
  assert.equal(typeof body.next, 'string')
})

test('CSV is the whole list whatever the limit, with a name for the file', async () => {
  const response = await ask(things(2_500), nobody, '/v1/things?format=csv&limit=2')
  assert.equal(response.status, 200)
  assert.equal(response.headers.get('content-type'), 'text/csv; charset=utf-8; header=present')
  assert.equal(response.headers.get('content-disposition'), 'attachment; filename="things.csv"')
  const lines = (await response.text()).split('\r\n')
  assert.equal(lines[0], 'id,no,place_name')
  assert.equal(lines[1], "t0,0,'=t0")
  assert.equal(lines.length, 2_502)
  assert.equal(lines.at(-1), '')
})

test('an empty list is a CSV of its head', async () => {
  assert.equal(await (await ask(things(0), nobody, '/v1/things?format=csv')).text(), 'id,no,place_name\r\n')
})

test('300,000 rows stream page by page: nothing is fetched before the reader took what came before', async () => {
  const seen: { after: Key | null; limit: number }[] = []
  const rows = numbered(300_000, seen)
  const first = await rows(null, 2_000)
  let read = 0
  let largest = 0
  let lines = 0
  for await (const chunk of csvStream(shape, first, rows)) {
    read++
    largest = Math.max(largest, chunk.length)
    for (const byte of chunk) if (byte === 10) lines++
    assert.ok(seen.length <= read + 1, `${seen.length} pages fetched after ${read} were read`)
  }
  assert.equal(lines, 300_001)
  assert.ok(largest < 100_000, `the largest piece has ${largest} bytes`)
  assert.ok(seen.every((page) => page.limit === 2_000))
})

test('a reader that goes away ends the fetching', async () => {
  const seen: { after: Key | null; limit: number }[] = []
  const rows = numbered(300_000, seen)
  const reader = csvStream(shape, await rows(null, 2_000), rows).getReader()
  await reader.read()
  await reader.cancel()
  assert.ok(seen.length <= 2)
})

test('a page that fails breaks the stream off instead of ending it', async () => {
  const rows = numbered(10_000)
  const stream = csvStream(shape, await rows(null, 2_000), async () => {
    throw new Error('the database went away')
  })
  await assert.rejects(new Response(stream).text(), /went away/)
})

test('text that a spreadsheet would run is shown as text; numbers stay numbers', () => {
  assert.equal(csvCell('=HYPERLINK("http://evil","x")'), `"'=HYPERLINK(""http://evil"",""x"")"`)
  for (const text of ['+1', '-1', '@SUM(A1)', '\tx', '\rx', '\n=1', ' =1+1', '＝1', '＋1', '－1', '＠a']) {
    assert.match(csvCell(text), /^"?'/, JSON.stringify(text))
  }
  assert.equal(csvCell(-5), '-5')
  assert.equal(csvCell('a-5'), 'a-5')
  assert.equal(csvCell(null), '')
  assert.equal(csvCell(false), 'false')
  assert.equal(csvCell(new Date(0)), '1970-01-01T00:00:00.000Z')
})

test('any text survives CSV and a reader of RFC 4180, but for the apostrophe that disarms a formula', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { minLength: 2, maxLength: 4 }), (texts) => {
      const columns = texts.map((_, i) => `c${i}`)
      const item = Object.fromEntries(texts.map((text, i) => [`c${i}`, text]))
      const csv = csvHead(columns) + csvLine(columns, item)
      const [head, cells] = parse(csv, { record_delimiter: '\r\n' }) as string[][]
      assert.deepEqual(head, columns)
      assert.deepEqual(
        cells,
        texts.map((text) => (csvCell(text).replace(/^"/, '').startsWith("'") && !text.startsWith("'") ? `'${text}` : text)),
      )
      for (const cell of cells ?? []) assert.doesNotMatch(cell, /^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/)
    }),
  )
})

test('names become snake_case at every depth; data that stands as a name does not', () => {
  assert.deepEqual(snakeCase({ soldFrom: '2018-01', unitsElsewhere: { CA: 1 }, products: [{ unitsText: null }], at: new Date(0) }), {
    sold_from: '2018-01',
    units_elsewhere: { CA: 1 },
    products: [{ units_text: null }],
    at: new Date(0),
  })
})
