import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { testDatabase } from '../../test/database.ts'
import { gtinProblem, importRows, type Listing, type OrderLine } from '../../src/catalog/index.ts'
import { demoMarketplace, DEMO_KINDS, SIZES, type DemoScale } from './marketplace.ts'

const WINDOW = { from: '2018-01-01T00:00:00.000Z', before: '2023-04-01T00:00:00.000Z' }
const COLOUR_PAIRS = ['Blue and Green', 'Pink and Purple', 'Blue and Gray', 'Peach and Teal', 'Black and White', 'Coral and Yellow', 'Green and Pink', 'Polignac and Potpourri', 'Brown and Peach', 'Rust and Salmon', 'Aqua and Periwinkle', 'Cobalt and Mint'] // prettier-ignore

async function all<T>(rows: Iterable<T> | AsyncIterable<T>): Promise<T[]> {
  return Array.fromAsync(rows)
}

async function hash(scale: DemoScale, seed?: number): Promise<string> {
  const market = demoMarketplace(seed === undefined ? { scale } : { scale, seed })
  const digest = createHash('sha256')
  for (const kind of DEMO_KINDS) for await (const row of market.rows(kind)) digest.update(JSON.stringify(row))
  return digest.digest('hex')
}

/** The 24 recalled variants: by title, as a person would pick them out. */
function isRecalledCup(listing: Listing): boolean {
  return listing.brand === 'CUPKIN' && /Double-Walled Stainless Steel Children's Cups/.test(listing.title)
}

describe('the demo marketplace', () => {
  it('is the same for the same seed, and another for another', async () => {
    const first = await hash('test')
    assert.equal(await hash('test'), first)
    assert.notEqual(await hash('test', 7), first)
  })

  for (const scale of ['test', 'default'] as const) {
    it(`at ${scale} scale has exactly the lines and the pairs it promises`, async () => {
      const market = demoMarketplace({ scale })
      const listings = await all(market.rows('listings'))
      const cups = new Map(listings.filter(isRecalledCup).map((listing) => [listing.listingId, listing]))
      const tally = { lines: 0, affected: 0, cancelled: 0, open: 0, after: 0, buyers: new Map<string, number>() }
      let latest = ''
      const keys = new Set<string>()
      for await (const line of market.rows('orders')) {
        tally.lines++
        keys.add(`${line.buyerId} ${line.orderId} ${line.lineNo}`)
        assert.ok(line.orderedAt >= latest, 'in the order of time')
        latest = line.orderedAt
        if (cups.has(line.listingId)) count(tally, line)
      }
      assert.equal(tally.lines, SIZES[scale].lines)
      assert.equal(keys.size, tally.lines, 'no key twice')
      assert.ok(latest < '2023-07-20' && latest >= '2023-07-19')
      assert.equal(tally.affected, { test: 173, default: 1_730 }[scale], 'pairs shipped inside the window')
      assert.ok(tally.cancelled > 0 && tally.open > 0 && tally.after > 0)
      const affectedLines = [...tally.buyers.values()].reduce((sum, lines) => sum + lines, 0)
      assert.ok(tally.buyers.size < affectedLines && affectedLines < tally.affected, 'some buyers and some lines have more than one')
    })
  }

  it('tries the edges of the window', async () => {
    const market = demoMarketplace({ scale: 'test' })
    const cups = new Set((await all(market.rows('listings'))).filter(isRecalledCup).map((listing) => listing.listingId))
    const lines = (await all(market.rows('orders'))).filter((line) => cups.has(line.listingId) && line.state === 'shipped')
    const at = new Set(lines.map((line) => line.orderedAt))
    for (const edge of [WINDOW.from, '2023-03-31T23:59:59.000Z', WINDOW.before]) assert.ok(at.has(edge), edge)
    assert.ok(!lines.some((line) => line.orderedAt < WINDOW.from))
  })

  it('has the 24 recalled variants, sold as pairs by Soojimus, and hard neighbours', async () => {
    const market = demoMarketplace({ scale: 'default' })
    const soojimus = (await all(market.rows('sellers'))).find((seller) => seller.name === 'Soojimus')!.sellerId
    const listings = await all(market.rows('listings'))
    const cups = listings.filter(isRecalledCup)
    const variants = cups.map((cup) => `${cup.attributes['capacity']} ${cup.attributes['color']}`)
    assert.deepEqual(
      variants.toSorted(),
      ['8 oz', '12 oz'].flatMap((size) => COLOUR_PAIRS.map((colours) => `${size} ${colours}`)).toSorted(),
    )
    assert.ok(cups.every((cup) => cup.sellerId === soojimus && cup.packUnits === 2))
    const others = listings.filter((listing) => !isRecalledCup(listing))
    function some(sellers: 'own' | 'other', title: RegExp): void {
      const found = others.filter((listing) => title.test(listing.title) && (listing.sellerId === soojimus) === (sellers === 'own'))
      assert.ok(found.length >= 2, `${sellers} ${title}`)
    }
    some('own', /CUPKIN Spare Straws/)
    some('own', /CUPKIN Replacement Lids/)
    some('own', /CUPKIN Silicone Cup Sleeves/)
    some('other', /Sleeves?.* CUPKIN/)
    some('other', /Lids .*compatible with CUPKIN/)
    some('other', /Stainless Steel (Kids|Children's|Toddler) Cup/)
    some('other', /Double.Wall/)
    some('other', /Tumbler/)
  })

  it('has as many different listings as it says, with good GTINs and ids that are each one’s own', async () => {
    const listings = await all(demoMarketplace({ scale: 'default' }).rows('listings'))
    assert.equal(listings.length, 20_000)
    assert.equal(new Set(listings.map((listing) => listing.listingId)).size, listings.length)
    assert.equal(new Set(listings.map((listing) => listing.asin)).size, listings.length)
    const gtins = listings.flatMap((listing) => listing.gtin ?? [])
    assert.equal(new Set(gtins).size, gtins.length)
    assert.deepEqual(gtins.flatMap((gtin) => gtinProblem(gtin) ?? []), []) // prettier-ignore
    assert.equal(new Set(listings.map((listing) => listing.sellerId)).size, 400)
  })

  it('has nobody in it who could be written to', async () => {
    const market = demoMarketplace({ scale: 'test' })
    const people = [...(await all(market.rows('buyers'))), ...(await all(market.rows('sellers')))]
    for (const { email } of people) assert.match(email!, /@(?:[a-z-]+\.)?(?:example(?:\.com|\.org|\.net)?)$/)
    for (const { phone } of await all(market.rows('buyers'))) assert.match(phone ?? '+120255501', /^\+1\d{3}55501/)
  })

  it('goes through the import without a refusal or a warning, and the books count what it promised', async () => {
    const database = await testDatabase()
    const market = demoMarketplace({ scale: 'test' })
    const at = new Date('2023-07-20T12:00:00Z')
    let rows = 0
    for (const kind of DEMO_KINDS) {
      const account = await importRows(database, kind, market.rows(kind), { at, source: 'demo' })
      assert.deepEqual([account.refused, account.warnings, account.unchanged, account.unknownColumns], [0, 0, 0, []], kind)
      rows += account.rowsRead
    }
    assert.ok(Math.abs(rows - market.rowsTotal) < rows * 0.02, 'the total said in advance is about right')
    const { rows: counted } = await database.pool.query(
      `select sum(units)::int as cups
         from catalog.order_lines_view join catalog.listings using (listing_id)
        where brand = 'CUPKIN' and title like '%Children''s Cups%' and state = 'shipped' and ordered_at >= $1 and ordered_at < $2`,
      [WINDOW.from, WINDOW.before],
    )
    assert.deepEqual(counted, [{ cups: 346 }])
  })
})

function count(
  tally: { affected: number; cancelled: number; open: number; after: number; buyers: Map<string, number> },
  line: OrderLine,
): void {
  const inside = line.orderedAt >= WINDOW.from && line.orderedAt < WINDOW.before
  if (line.state === 'open') {
    assert.ok(line.orderedAt >= '2023-07-01')
    tally.open += line.quantity
  } else if (line.state === 'cancelled') tally.cancelled += line.quantity
  else if (!inside) tally.after += line.quantity
  else {
    tally.affected += line.quantity
    tally.buyers.set(line.buyerId, (tally.buyers.get(line.buyerId) ?? 0) + 1)
  }
}
