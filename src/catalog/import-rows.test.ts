/** What rows do to what is known: added, changed, unchanged or refused, and nothing that was there is lost. */
import { after, describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as fc from 'fast-check'
import { testDatabase } from '../../test/database.ts'
import {
  catalogInvariants,
  importFile,
  importRows,
  problemText,
  type ImportKind,
  type Listing,
  type OrderLine,
  type RowOf,
} from './index.ts'

const database = await testDatabase()
const folder = await mkdtemp(path.join(tmpdir(), 'tocsin-catalog-'))
const AT = new Date('2023-07-20T12:00:00Z')

after(() => rm(folder, { recursive: true }))

type Counts = { added: number; changed: number; unchanged: number; refused: number; warnings: number; problems: string[] }

async function take<K extends ImportKind>(kind: K, rows: object[]): Promise<Counts> {
  const account = await importRows(database, kind, rows as RowOf[K][], { at: AT, source: 'test' })
  const { added, changed, unchanged, refused, warnings } = account
  assert.equal(account.rowsRead, added + changed + unchanged + refused)
  return { added, changed, unchanged, refused, warnings, problems: account.problems.map(problemText) }
}

/** The same by way of a csv file. */
async function takeCsv(kind: ImportKind, text: string): Promise<Counts> {
  const file = path.join(folder, 'rows.csv')
  await writeFile(file, text)
  const taken = await importFile(database, kind, file, { at: AT })
  assert.ok(taken.ok, taken.ok ? '' : taken.problem.message)
  const { added, changed, unchanged, refused, warnings, problems } = taken.value
  return { added, changed, unchanged, refused, warnings, problems: problems.map(problemText) }
}

const CLEAN = { added: 0, changed: 0, unchanged: 0, refused: 0, warnings: 0, problems: [] as string[] }

function listing(listingId: string, other: Partial<Listing> = {}): Listing {
  return {
    listingId,
    sellerId: 'S-1',
    title: 'Stainless cups',
    brand: 'CUPKIN',
    model: 'C-8',
    gtin: '4006381333931',
    asin: 'B000000001',
    description: 'Two cups.',
    category: 'Cups',
    attributes: { color: 'Blue' },
    priceMinor: 1999,
    currency: 'USD',
    packUnits: 2,
    imageUrl: 'https://shop.example/1.png',
    ...other,
  }
}

function order(orderId: string, other: Partial<OrderLine> = {}): OrderLine {
  return {
    buyerId: 'B-1',
    orderId,
    lineNo: 1,
    listingId: 'L-1',
    orderedAt: '2022-05-01T10:00:00Z',
    quantity: 2,
    unitPriceMinor: 1999,
    currency: 'USD',
    state: 'open',
    centreId: 'C-1',
    lot: null,
    serial: null,
    ...other,
  }
}

async function stored(table: string, where: string): Promise<Record<string, unknown>> {
  const { rows } = await database.pool.query(`select * from catalog.${table} where ${where}`)
  assert.equal(rows.length, 1)
  return rows[0]
}

describe('listings', () => {
  it('with a bad field keep their row, and the field that was known', async () => {
    assert.deepEqual(await take('listings', [listing('L-1')]), { ...CLEAN, added: 1 })
    const again = await take('listings', [
      listing('L-1', { gtin: '4006381333932', imageUrl: 'ftp://x', priceMinor: -1, title: 'New title' }),
    ])
    assert.deepEqual(again, {
      ...CLEAN,
      changed: 1,
      warnings: 3,
      problems: [
        'line 1, gtin: 4006381333932 has the check digit 2, it should be 1',
        'line 1, price_minor: -1 is below 0',
        'line 1, image_url: "ftp://x" is not a web address that begins with https://',
      ],
    })
    const row = await stored('listings', `listing_id = 'L-1'`)
    assert.deepEqual(
      [row['title'], row['gtin'], row['price_minor'], row['image_url']],
      ['New title', '4006381333931', 1999, 'https://shop.example/1.png'],
    )
  })

  it('where a cell is empty or a column absent keep what was known', async () => {
    const short = await takeCsv('listings', 'listing_id,seller_id,title,currency,brand\nL-1,S-1,Shorter,USD,\n')
    assert.deepEqual(short, { ...CLEAN, changed: 1 })
    const row = await stored('listings', `listing_id = 'L-1'`)
    assert.deepEqual([row['brand'], row['model'], row['pack_units'], row['attributes']], ['CUPKIN', 'C-8', 2, { color: 'Blue' }])
  })

  it('must say how many units a piece has where the file has a column for it', async () => {
    const text =
      'listing_id,seller_id,title,currency,pack_units\nL-2,S-1,Pair,USD,2\nL-3,S-1,Unknown,USD,\nL-4,S-1,None,USD,0\nL-5,S-1,Half,USD,1.5\n'
    const { added, problems } = await takeCsv('listings', text)
    assert.equal(added, 1)
    assert.deepEqual(problems, [
      'line 3, pack_units: is missing',
      'line 4, pack_units: 0 is below 1',
      'line 5, pack_units: "1.5" is not a whole number',
    ])
    await takeCsv('listings', 'listing_id,seller_id,title,currency\nL-6,S-1,Single,USD\n')
    assert.equal((await stored('listings', `listing_id = 'L-6'`))['pack_units'], 1)
  })

  it('bring a seller that nobody told us of, and never pass to another', async () => {
    const text = 'listing_id,seller_id,seller_name,title,price,currency\nL-7,S-7,Seven Hills,Bowl,12.50,EUR\nL-8,S-8,,Plate,7,EUR\n'
    assert.equal((await takeCsv('listings', text)).added, 2)
    assert.equal((await stored('sellers', `seller_id = 'S-7'`))['name'], 'Seven Hills')
    assert.equal((await stored('sellers', `seller_id = 'S-8'`))['name'], 'S-8')
    assert.equal((await stored('listings', `listing_id = 'L-7'`))['price_minor'], 1250)
    const moved = await take('listings', [listing('L-7', { sellerId: 'S-1' })])
    assert.deepEqual(moved.problems, ["line 1, seller_id: this listing is known as seller S-7's, and a listing keeps its seller"])
    assert.deepEqual(await take('sellers', [{ sellerId: 'S-8', name: 'Eight Ltd', email: null, country: 'DE' }]), { ...CLEAN, changed: 1 })
  })

  it('priced in two columns that disagree lose the price only', async () => {
    const text = 'listing_id,seller_id,title,currency,price,price_minor\nL-9,S-1,Jar,USD,19.99,1999\nL-10,S-1,Jar,USD,19.99,2000\n'
    const { added, problems } = await takeCsv('listings', text)
    assert.equal(added, 2)
    assert.deepEqual(problems, ['line 3, price: 19.99 is not the 2000 minor units of price_minor'])
  })
})

describe('order lines', () => {
  it('that contradict what was bought are refused with the field and what is known', async () => {
    assert.deepEqual(
      await take(
        'orders',
        ['O-1', 'O-2', 'O-3', 'O-4', 'O-5', 'O-6'].map((id) => order(id)),
      ),
      { ...CLEAN, added: 6 },
    )
    const { problems, refused, changed } = await take('orders', [
      order('O-1', { quantity: 3 }),
      order('O-2', { listingId: 'L-2' }),
      order('O-3', { orderedAt: '2022-05-01T10:00:01Z' }),
      order('O-4', { unitPriceMinor: 1998 }),
      order('O-5', { currency: 'CAD' }),
      order('O-6', { listingId: 'L-NOWHERE' }),
      order('O-7', { listingId: 'L-NOWHERE' }),
    ])
    assert.deepEqual(problems, [
      'line 1, quantity: this order line is known with the quantity 2; what was bought does not change',
      'line 2, listing_id: this order line is known for the listing L-1; what was bought does not change',
      'line 3, ordered_at: this order line is known as ordered at 2022-05-01T10:00:00.000Z; what was bought does not change',
      'line 4, unit_price_minor: this order line is known at 1999 minor units of USD a piece; what was bought does not change',
      'line 5, currency: this order line is known in USD; what was bought does not change',
      'line 6, listing_id: this order line is known for the listing L-1; what was bought does not change',
      'line 7, listing_id: there is no listing L-NOWHERE; import the listings first',
    ])
    assert.deepEqual([refused, changed], [7, 0])
    assert.equal((await stored('order_lines', `order_id = 'O-1'`))['quantity'], 2)
  })

  it('ship or are cancelled once, and never go back', async () => {
    await take('orders', [order('O-11'), order('O-12')])
    const moved = [order('O-11', { state: 'shipped', lot: 'A7' }), order('O-12', { state: 'cancelled' })]
    assert.deepEqual(await take('orders', moved), { ...CLEAN, changed: 2 })
    assert.deepEqual(await take('orders', moved), { ...CLEAN, unchanged: 2 })
    const { problems } = await take('orders', [order('O-11'), order('O-12', { state: 'shipped' })])
    assert.deepEqual(problems, [
      'line 1, state: this order line is known as shipped, which is final',
      'line 2, state: this order line is known as cancelled, which is final',
    ])
    const row = await stored('order_lines', `order_id = 'O-11'`)
    assert.deepEqual([row['state'], row['lot'], row['centre_id']], ['shipped', 'A7', 'C-1'])
  })

  it('may learn their centre, lot and serial, and do not forget them', async () => {
    await take('orders', [order('O-21', { state: 'shipped', centreId: null })])
    assert.equal((await take('orders', [order('O-21', { state: 'shipped', lot: 'A1', serial: 'S9' })])).changed, 1)
    assert.equal((await take('orders', [order('O-21', { state: 'shipped', centreId: null })])).unchanged, 1)
    const row = await stored('order_lines', `order_id = 'O-21'`)
    assert.deepEqual([row['centre_id'], row['lot'], row['serial']], ['C-1', 'A1', 'S9'])
  })
})

describe('a key that comes twice in one file', () => {
  it('is unchanged where both say the same, and refused with both lines where not', async () => {
    const rows = [order('O-31'), order('O-31'), order('O-31', { quantity: 9 }), order('O-31', { state: 'shipped' }), order('O-32')]
    assert.deepEqual(await take('orders', rows), {
      ...CLEAN,
      added: 2,
      unchanged: 1,
      refused: 2,
      problems: [
        'line 3: says something else than line 1, which has the same key and is kept',
        'line 4: says something else than line 1, which has the same key and is kept',
      ],
    })
    assert.deepEqual([(await stored('order_lines', `order_id = 'O-31'`))['quantity']], [2])
    const unknown = await take('orders', [order('O-33', { listingId: 'L-X' }), order('O-33', { listingId: 'L-X' })])
    assert.equal(unknown.refused, 2, 'a repeat of a refused line is refused too')
  })

  it('is told however far apart they are, also where the first one changed nothing', async () => {
    const many = Array.from({ length: 50_000 }, (_, at) => order(`O-4${at}`))
    assert.equal((await take('orders', many)).added, 50_000)
    const again = [...many, order('O-47'), order('O-48', { state: 'shipped' }), order('O-4new'), order('O-4new', { quantity: 1 })]
    assert.deepEqual(await take('orders', again), {
      ...CLEAN,
      added: 1,
      unchanged: 50_001,
      refused: 2,
      problems: [
        'line 50002: says something else than line 9, which has the same key and is kept',
        'line 50004: says something else than line 50003, which has the same key and is kept',
      ],
    })
    assert.equal((await stored('order_lines', `order_id = 'O-48'`))['state'], 'open')
  })
})

describe('an import that dies half-way', () => {
  it('keeps whole batches, stands open in the books, and is completed by the next', async () => {
    const rows = Array.from({ length: 30_000 }, (_, at) => order(`O-5${at}`))
    function* source(): Generator<OrderLine> {
      yield* rows.slice(0, 25_000)
      throw new Error('the power went out')
    }
    await assert.rejects(importRows(database, 'orders', source(), { at: AT, source: 'dies' }), /the power went out/)
    const { rows: books } = await database.pool.query(`select rows_read, added, ended_at from catalog.imports where file_name = 'dies'`)
    assert.deepEqual(books, [{ rows_read: 20_000, added: 20_000, ended_at: null }])
    assert.deepEqual(await take('orders', rows), { ...CLEAN, added: 10_000, unchanged: 20_000 })
  })

  it('by a failure of the database says so, and leaves nothing of the failed batch', async () => {
    await database.pool.query(`alter table catalog.centres add constraint only_short check (length(name) < 9)`)
    try {
      const centres = ['Reno', 'Columbus, Ohio'].map((name, at) => ({ centreId: `C-X${at}`, name, country: null }))
      await assert.rejects(importRows(database, 'centres', centres, { at: AT, source: 'fails' }), /only_short/)
      const { rows } = await database.pool.query(`select 1 from catalog.centres where centre_id like 'C-X%'`)
      assert.deepEqual(rows, [])
    } finally {
      await database.pool.query('alter table catalog.centres drop constraint only_short')
    }
  })
})

describe('two imports at once', () => {
  it('of the same rows in opposite orders add each row once', async () => {
    const rows = Array.from({ length: 25_000 }, (_, at) => order(`O-6${at}`))
    const [one, other] = await Promise.all([take('orders', rows), take('orders', rows.toReversed())])
    assert.equal(one.added + other.added, 25_000)
    assert.equal(one.unchanged + other.unchanged, 25_000)
  })
})

describe('stock, buyers, sellers and centres', () => {
  it('of stock are refused where the listing is unknown or the count is below zero', async () => {
    const rows = [
      { listingId: 'L-1', centreId: 'C-NEW', lot: null, quantity: 5 },
      { listingId: 'L-1', centreId: 'C-NEW', lot: 'A1', quantity: 0 },
      { listingId: 'L-NOWHERE', centreId: 'C-NEW', lot: null, quantity: 5 },
      { listingId: 'L-2', centreId: 'C-NEW', lot: null, quantity: -5 },
    ]
    const first = await take('stock', rows)
    assert.deepEqual([first.added, first.refused], [2, 2])
    assert.deepEqual(first.problems, [
      'line 3, listing_id: there is no listing L-NOWHERE; import the listings first',
      'line 4, quantity: -5 is below 0',
    ])
    assert.deepEqual(await take('stock', rows.slice(0, 2)), { ...CLEAN, unchanged: 2 })
    assert.deepEqual(await take('stock', [{ ...rows[0], quantity: 3 }]), { ...CLEAN, changed: 1 })
    assert.equal((await stored('centres', `centre_id = 'C-NEW'`))['name'], 'C-NEW')
    assert.deepEqual(await take('centres', [{ centreId: 'C-NEW', name: 'New Bedford', country: 'US' }]), { ...CLEAN, changed: 1 })
  })

  it('of a buyer with a bad address keep the buyer and the address that was known, and keep it out of the books', async () => {
    const ann = { buyerId: 'B-1', name: 'Ann Odom', email: 'ann@mail.example', phone: null, locale: 'en-US', country: 'US', region: 'OH' }
    assert.deepEqual(await take('buyers', [ann]), { ...CLEAN, added: 1 })
    const again = await take('buyers', [{ ...ann, email: 'canary ann', region: 'IL' }])
    assert.deepEqual(again, { ...CLEAN, changed: 1, warnings: 1, problems: ['line 1, email: is not an e-mail address'] })
    const row = await stored('buyers', `buyer_id = 'B-1'`)
    assert.deepEqual([row['email'], row['region']], ['ann@mail.example', 'IL'])
    const { rows } = await database.pool.query(`select problem from catalog.import_errors where problem like '%canary%'`)
    assert.deepEqual(rows, [])
  })

  it('of a postal address are judged by its country, never quoted, and taken whole', async () => {
    const lee = { buyerId: 'B-POST', name: 'Lee Canary', country: 'DE', street: 'Canaryweg 4', postalCode: '2045', city: 'Hamburg' }
    const first = await take('buyers', [lee])
    assert.deepEqual(first, { ...CLEAN, added: 1, warnings: 1, problems: ['line 1, postal_code: is not a postal code of DE like 20457'] })
    const many = [
      { ...lee, postalCode: '20457', street: 'Hinterhaus\nCanaryweg 4\nCanary' },
      { ...lee, buyerId: 'B-LONG', postalCode: '20457', street: 'Canary'.repeat(11) },
    ]
    assert.deepEqual((await take('buyers', many)).problems, [
      'line 1, street: has 3 lines; at most 2 fit into an address',
      'line 2, street: has a line of 66 characters; at most 60 fit into an address window',
    ])
    await take('buyers', [{ ...lee, street: ' Hinterhaus \r\n Canaryweg 4 ', postalCode: '20457' }])
    const address = async () => {
      const row = await stored('buyers', `buyer_id = 'B-POST'`)
      return [row['street'], row['postal_code'], row['city']]
    }
    assert.deepEqual(await address(), ['Hinterhaus\nCanaryweg 4', '20457', 'Hamburg'])
    // A row without an address says nothing of it; one that names a new street leaves nothing of the old address.
    assert.deepEqual(await take('buyers', [{ buyerId: 'B-POST', country: 'DE' }]), { ...CLEAN, unchanged: 1 })
    await take('buyers', [{ buyerId: 'B-POST', street: 'Deichstraße 1' }])
    assert.deepEqual(await address(), ['Deichstraße 1', null, null])
    const { rows } = await database.pool.query(`select problem from catalog.import_errors where problem ilike '%canary%'`)
    assert.deepEqual(rows, [])
  })
})

describe('any rows whatever', () => {
  // Cells as files have them: now and then good, mostly anything.
  const junk = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom('', '1', '0', '-1', '19.99', 'USD', 'JPY', 'L-1', 'open', 'shipped', '2022-05-01', '2022-05-01T10:00:00+02:00', '\\N', '\\.', '\t', 'a\nb', '{"a":"\\\\"}', '{}', '4006381333931'), // prettier-ignore
    fc.integer(),
    fc.double(),
    fc.constantFrom(null, undefined, true),
  )
  const FIELDS: Record<ImportKind, string[]> = {
    sellers: ['sellerId', 'name', 'email', 'country'],
    centres: ['centreId', 'name', 'country'],
    listings: ['listingId', 'sellerId', 'title', 'brand', 'gtin', 'attributes', 'priceMinor', 'price', 'currency', 'packUnits', 'imageUrl'],
    buyers: ['buyerId', 'name', 'email', 'phone', 'locale', 'country', 'street', 'postalCode', 'city', 'administratorId'],
    orders: [
      'buyerId',
      'orderId',
      'lineNo',
      'listingId',
      'orderedAt',
      'quantity',
      'unitPriceMinor',
      'unitPrice',
      'currency',
      'state',
      'lot',
    ],
    stock: ['listingId', 'centreId', 'lot', 'quantity'],
  }

  for (const [kind, fields] of Object.entries(FIELDS) as [ImportKind, string[]][]) {
    it(`of ${kind} are accounted for and never break the import; the same rows again add nothing`, async () => {
      const row = fc.record(Object.fromEntries(fields.map((field) => [field, junk])), { requiredKeys: [] })
      await fc.assert(
        fc.asyncProperty(fc.array(row, { maxLength: 60 }), async (rows) => {
          const first = await take(kind, rows)
          const second = await take(kind, rows)
          assert.deepEqual([second.added, second.refused, second.warnings], [0, first.refused, first.warnings])
        }),
        { numRuns: 15 },
      )
    })
  }

  it('leave the catalogue’s promises whole', async () => {
    for (const invariant of catalogInvariants) assert.deepEqual(await invariant.check(database.db), [], invariant.name)
  })
})
