/** What people hand over by mistake: each ends in a clear problem that names file, line and field, and what was good is kept. */
import { after, before, describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { mkdtemp, open, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { testDatabase } from '../../test/database.ts'
import { importFile, importRows, problemText, type ImportAccount, type ImportKind } from './index.ts'

const database = await testDatabase()
const folder = await mkdtemp(path.join(tmpdir(), 'tocsin-catalog-'))
const AT = new Date('2023-07-20T12:00:00Z')
const HEADER = 'buyer_id,order_id,line_no,listing_id,ordered_at,quantity,unit_price_minor,currency,state'

/** A good order line, but for what is said otherwise. */
function line(
  order: number,
  other: Partial<Record<'listing' | 'at' | 'quantity' | 'price' | 'currency' | 'state' | 'number', string>> = {},
): string {
  const {
    listing = 'L-CUP',
    at = '2022-05-01T10:00:00Z',
    quantity = '1',
    price = '1999',
    currency = 'USD',
    state = 'shipped',
    number = '1',
  } = other
  return `B-${order},O-${order},${number},${listing},${at},${quantity},${price},${currency},${state}`
}

async function takeFile(kind: ImportKind, name: string, content: string | Buffer): ReturnType<typeof importFile> {
  const file = path.join(folder, name)
  await writeFile(file, content)
  return importFile(database, kind, file, { at: AT })
}

/** Imports a file that can be used and returns its account in short. */
async function take(
  kind: ImportKind,
  content: string | Buffer,
  name = 'orders.csv',
): Promise<{ account: ImportAccount; problems: string[] }> {
  const taken = await takeFile(kind, name, content)
  assert.ok(taken.ok, taken.ok ? '' : taken.problem.message)
  const { rowsRead, added, changed, unchanged, refused } = taken.value
  assert.equal(rowsRead, added + changed + unchanged + refused, 'every row is accounted for')
  return { account: taken.value, problems: taken.value.problems.map(problemText) }
}

/** What the file is refused for. */
async function refusal(kind: ImportKind, content: string | Buffer, name = 'orders.csv'): Promise<string> {
  const taken = await takeFile(kind, name, content)
  assert.ok(!taken.ok)
  return taken.problem.message
}

async function orders(): Promise<string[]> {
  const { rows } = await database.pool.query<{ order_id: string }>('select order_id from catalog.order_lines order by order_id')
  return rows.map((row) => row.order_id)
}

before(async () => {
  const cup = {
    title: 'Cups',
    brand: null,
    model: null,
    gtin: null,
    asin: null,
    description: null,
    category: null,
    attributes: {},
    imageUrl: null,
  }
  const listings = ['L-CUP', 'L-LID'].map((listingId) => ({
    ...cup,
    listingId,
    sellerId: 'S-1',
    priceMinor: 1999,
    currency: 'USD',
    packUnits: 2,
  }))
  await importRows(database, 'listings', listings, { at: AT, source: 'test' })
})

after(() => rm(folder, { recursive: true }))

describe('a file that is no table of ours', () => {
  it('is refused by name, and is in the books', async () => {
    assert.equal(await refusal('orders', ''), 'orders.csv: the file is empty')
    assert.equal(await refusal('orders', ' \n\n'), 'orders.csv: the file is empty')
    assert.match(await refusal('orders', '<!DOCTYPE html><html><body>Sign in</body></html>'), /^orders\.csv: this is an HTML or XML page/)
    assert.match(await refusal('orders', '\n  <html lang="en">'), /HTML/)
    assert.match(await refusal('orders', 'PK\u0003\u0004rest'), /Excel workbook/)
    assert.match(await refusal('orders', Buffer.from(`\ufeff${HEADER}\n`, 'utf16le')), /not UTF-8/)
    assert.match(await refusal('orders', '[{"buyer_id":"B-1"}]'), /one JSON object per line/)
    assert.match(await refusal('orders', 'x'.repeat(3_000_000)), /line 1 is 3000000 bytes long; this is not a table/)
    assert.match(await refusal('orders', 'buyer_id,"order_id\n1,2\n'), /line 1: the header has a quote that is not closed/)
    assert.match(await refusal('orders', Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3])), /gzip data/)
    assert.deepEqual(await orders(), [])
    const { rows } = await database.pool.query(`select stopped from catalog.imports where kind = 'orders' and ended_at is not null`)
    assert.equal(rows.length, 10)
    assert.ok(rows.every((row: { stopped: string | null }) => row.stopped !== null))
  })

  it('is refused where a required column is missing or there twice, all of them in one sentence', async () => {
    assert.equal(
      await refusal('orders', 'buyer_id,order_id,line_no,listing_id,ordered_at,currency,state\n'),
      'orders.csv: the columns quantity, unit_price_minor (or unit_price) are missing; the header has buyer_id, order_id, line_no, listing_id, ordered_at, currency, state',
    )
    assert.match(await refusal('orders', `${HEADER.replace('quantity', 'units')}\n${line(1)}\n`), /the column quantity is missing/)
    assert.match(await refusal('orders', `${HEADER},Quantity\n`), /the column quantity is there twice/)
  })

  it('is refused where there is none', async () => {
    const missing = await importFile(database, 'orders', path.join(folder, 'nowhere.csv'), { at: AT })
    assert.deepEqual(missing, { ok: false, problem: { code: 'not_found', message: 'nowhere.csv: there is no such file' } })
    const directory = await importFile(database, 'orders', folder, { at: AT })
    assert.ok(!directory.ok && directory.problem.message.endsWith('is not a file'))
  })
})

describe('a bad row', () => {
  it('is named by line and field, and the rows beside it are kept', async () => {
    const bad = [
      HEADER,
      line(101),
      line(102, { quantity: '-3' }),
      line(103, { quantity: '0' }),
      line(104, { quantity: '999999999999999999999' }),
      line(105, { listing: 'L-NOWHERE' }),
      line(106, { at: '31.12.2022' }),
      line(107, { currency: 'US$' }),
      line(108, { price: '19.99' }),
      line(109, { state: 'lost', quantity: '' }),
      'B-110,"O-110,1,L-CUP',
      line(111),
    ]
    const { account, problems } = await take('orders', `${bad.join('\n')}\n`)
    assert.deepEqual(problems, [
      'line 3, quantity: -3 is below 1',
      'line 4, quantity: 0 is below 1',
      'line 5, quantity: 999999999999999999999 is above 100000',
      'line 6, listing_id: there is no listing L-NOWHERE; import the listings first',
      'line 7, ordered_at: "31.12.2022" is not a date and time like 2023-07-19T10:30:00Z',
      'line 8, currency: "US$" is not a currency code of ISO 4217 like USD',
      'line 9, unit_price_minor: "19.99" has decimals; this column holds whole minor units (cents), decimal prices go in unit_price',
      'line 10, quantity: is missing',
      'line 10, state: "lost" is not one of open, shipped, cancelled',
      'line 11, order_id: a quote is opened here and never closed',
    ])
    assert.deepEqual([account.added, account.refused, account.warnings], [2, 9, 0])
    assert.deepEqual(await orders(), ['O-101', 'O-111'])
    const { rows } = await database.pool.query('select count(*) as kept from catalog.import_errors where import_id = $1', [
      account.importId,
    ])
    assert.equal(rows[0].kept, 10)
  })

  it('of 50 megabytes is skipped in constant memory', async () => {
    const file = path.join(folder, 'long.csv')
    const handle = await open(file, 'w')
    await handle.write(`${HEADER}\n${line(201)}\nB-202,O-202,`)
    for (let i = 0; i < 50; i++) await handle.write(Buffer.alloc(1_000_000, 120))
    await handle.write(`\n${line(203)}\n`)
    await handle.close()
    const taken = await importFile(database, 'orders', file, { at: AT })
    assert.ok(taken.ok)
    assert.deepEqual(taken.value.problems.map(problemText), ['line 3: the line is 50000012 bytes long; at most 1048576 are read'])
    assert.deepEqual([taken.value.added, taken.value.refused], [2, 1])
  })

  it('with bytes that are not UTF-8 is refused, and its neighbours are not', async () => {
    const rows = [HEADER, line(301), line(302), line(303)].join('\n').replace('O-302', 'O-302\u00e9')
    const { account, problems } = await take('orders', Buffer.from(rows, 'latin1'))
    assert.deepEqual(problems, ['line 3, order_id: is not UTF-8 text; save the file as UTF-8'])
    assert.equal(account.added, 2)
  })

  it('of JSON that is cut off, no object, or of lists is refused', async () => {
    const good = { buyerId: 'B-401', orderId: 'O-401', lineNo: 1, listingId: 'L-CUP', orderedAt: '2022-05-01T10:00:00Z', quantity: 1, unitPrice: 19.99, currency: 'USD', state: 'open' } // prettier-ignore
    const rows = [
      JSON.stringify(good),
      '[1,2]',
      JSON.stringify({ ...good, order_id: ['O-402'], orderId: undefined }),
      JSON.stringify({ ...good, orderId: 'O-403', quantity: undefined }),
      '{"order_id": 12345678901234567890}',
      'nonsense',
      JSON.stringify({ ...good, orderId: 'O-404' }).slice(0, 60),
    ]
    const { account, problems } = await take('orders', rows.join('\n'), 'orders.jsonl')
    assert.deepEqual(problems, [
      'line 2: is not a JSON object',
      'line 3, order_id: is a list or an object, not text or a number',
      'line 4, quantity: is missing',
      'line 5, order_id: is a number too large to be exact; write it as text in quotes',
      'line 6: is not JSON',
      'line 7: is not JSON: the line ends before its object does',
    ])
    assert.equal(account.added, 1)
    const { rows: stored } = await database.pool.query(`select unit_price_minor, state from catalog.order_lines where order_id = 'O-401'`)
    assert.deepEqual(stored, [{ unit_price_minor: 1999, state: 'open' }])
  })

  it('of which there are very many fills neither the account nor the database', async () => {
    const rows = Array.from({ length: 12_000 }, (_, at) => line(500_000 + at, { quantity: '0' }))
    const { account } = await take('orders', [HEADER, ...rows].join('\n'))
    assert.equal(account.refused, 12_000)
    assert.equal(account.problems.length, 100)
    const { rows: kept } = await database.pool.query('select count(*) as kept from catalog.import_errors where import_id = $1', [
      account.importId,
    ])
    assert.equal(kept[0].kept, 10_000)
  })
})

describe('a file that breaks off', () => {
  it('keeps the whole rows before a cut in the gzip, and says where it stopped', async () => {
    const rows = Array.from({ length: 30_000 }, (_, at) => line(600_000 + at, { price: String(1000 + ((at * 7919) % 8999)) }))
    const packed = gzipSync([HEADER, ...rows].join('\n'))
    const { account } = await take('orders', packed.subarray(0, Math.floor(packed.length / 2)), 'orders.csv.gz')
    assert.equal(account.stopped, 'the gzip data ends before its end: the file is cut off')
    assert.ok(account.added > 1_000 && account.added < 30_000, `${account.added} rows`)
    assert.equal(account.refused, 0)
    const whole = await take('orders', packed, 'orders.csv.gz')
    assert.deepEqual([whole.account.added, whole.account.unchanged], [30_000 - account.added, account.added])
    assert.equal(whole.account.stopped, null)
  })

  it('keeps the whole rows before damage in the gzip', async () => {
    const rows = Array.from({ length: 30_000 }, (_, at) => line(700_000 + at, { price: String(1000 + ((at * 7919) % 8999)) }))
    const packed = gzipSync([HEADER, ...rows].join('\n'))
    packed.fill(0xff, packed.length - 4_000, packed.length - 3_000)
    const { account } = await take('orders', packed, 'orders.csv.gz')
    assert.match(account.stopped!, /^the gzip data is damaged/)
    assert.ok(account.added > 1_000)
  })
})

describe('a good file', () => {
  it('may be csv, tsv or JSON lines, with semicolons, a byte order mark, other spellings of the header, gzip, CRLF', async () => {
    const plain = [HEADER, line(801)].join('\n')
    const tabs = [HEADER, line(802)].join('\r\n').replaceAll(',', '\t')
    const semicolons = [HEADER.replace('buyer_id', 'Buyer ID').replace('order_id', 'order-id'), line(803)].join('\n').replaceAll(',', ';')
    const marked = `\ufeff${[HEADER, line(804)].join('\r\n')}\r\n`
    for (const [name, content] of [
      ['a.csv', plain],
      ['b.tsv', tabs],
      ['c.csv', semicolons],
      ['d.csv', marked],
      ['e.csv.gz', gzipSync([HEADER, line(805)].join('\n'))],
      ['f.txt', `\n\n${HEADER}\n${line(806)}\n\n`],
    ] as const) {
      const { account, problems } = await take('orders', content, name)
      assert.deepEqual(problems, [], name)
      assert.equal(account.added, 1, name)
    }
  })

  it('with only a header adds nothing and is no problem', async () => {
    const { account } = await take('orders', `${HEADER}\n`)
    assert.equal(account.rowsRead, 0)
  })

  it('says once which columns mean nothing here', async () => {
    const { account } = await take('orders', `${HEADER},gift_wrap,Sales Channel\n${line(811)},yes,web\n${line(812)},no,web\n`)
    assert.deepEqual(account.unknownColumns, ['gift_wrap', 'sales_channel'])
    assert.deepEqual([account.added, account.problems.length], [2, 0])
    const json = await take('buyers', '{"buyer_id":"B-1","loyalty":"gold"}\n{"buyerId":"B-2","loyalty":"none"}\n', 'buyers.jsonl')
    assert.deepEqual(json.account.unknownColumns, ['loyalty'])
    assert.equal(json.account.added, 2)
  })

  it('reports how far it is and leaves no file of its own behind', async () => {
    const seen: number[] = []
    const rows = Array.from({ length: 45_000 }, (_, at) => line(900_000 + at))
    const file = path.join(folder, 'many.csv')
    await writeFile(file, [HEADER, ...rows].join('\n'))
    const taken = await importFile(database, 'orders', file, {
      at: AT,
      onProgress: (count, bytes) => seen.push(count, bytes!.read, bytes!.total),
    })
    assert.ok(taken.ok)
    assert.deepEqual(
      seen.filter((_, at) => at % 3 === 0),
      [20_000, 40_000, 45_000],
    )
    assert.equal(seen.at(-2), seen.at(-1), 'the whole file was read')
    assert.equal(taken.value.added, 45_000)
    assert.ok((await readdir(folder)).every((name) => !name.startsWith('tocsin-import')))
  })
})
