/**
 * Larkspur Market, the one fictional marketplace of the tests: its people, its listings, the recalls that touch it, and the verbs with which
 * tests tell what happened there. What takes a scene of its own is built from these names in files beside this one.
 */
import { sql } from 'kysely'
import type { Buyer, Centre, Listing, OrderLineState, Seller } from '../src/catalog/index.ts'
import { transaction, type Database, type Db } from '../src/platform/db.ts'
import { derivedId, sha256 } from '../src/platform/ids.ts'
import type { Invariant } from '../src/platform/invariants.ts'
import { signLink } from '../src/platform/links.ts'
import { contentHash, recordRevisions, type Recall } from '../src/recalls/index.ts'

export const BASE_URL = 'https://recalls.larkspur.example'
export const SENDER = { name: 'Larkspur Market product safety', address: 'product-safety@larkspur.example' }
export const LINK_KEY = 'a key of the tests'

export const ANDERS = 'S-ANDERS'
/** Whose name a spreadsheet or a page could take for something else. */
export const BELMONT = 'S-BELMONT'

const SELLERS: Seller[] = [
  { sellerId: ANDERS, name: 'Anders Housewares', email: 'ops@anders.example', country: 'US' },
  { sellerId: BELMONT, name: 'Belmont, Kids & "Co"', email: 'help@belmont.example', country: 'US' },
]

/** Its id has the character that joins the parts of a ledger key. */
export const MEMPHIS = 'MEM:1'
export const RENO = 'RNO1'
/** Has no stock of anything that is recalled. */
export const COLUMBUS = 'CMH2'

const CENTRES: Centre[] = [
  { centreId: MEMPHIS, name: 'Memphis', country: 'US' },
  { centreId: RENO, name: 'Reno', country: 'US' },
  { centreId: COLUMBUS, name: 'Columbus', country: 'US' },
]

/** Three listings of Anders that sell the recalled cups two at a time. */
export const BLUE_PAIR = 'L-CUP-1'
export const PINK_PAIR = 'L-CUP-2'
export const LARGE_PAIR = 'L-CUP-3'
/** Belmont sells the cups one by one, under a title that a spreadsheet would run. */
export const SINGLE_CUP = 'L-CUP-4'
/** Only the lot tells whether these are the recalled cups. */
export const LOOKALIKE = 'L-LOOK-5'
/** Of the other recall. */
export const NIGHT_LAMP = 'L-LAMP-6'
/** Of none. */
export const WOODEN_SPOON = 'L-SAFE-7'

const LISTINGS: Listing[] = [
  listing(BLUE_PAIR, { title: 'CUPKIN Stainless Steel Kids Cups, 8 oz, pair, blue and green', packUnits: 2 }),
  listing(PINK_PAIR, { title: 'CUPKIN Stainless Steel Kids Cups, 8 oz, pair, pink and purple', packUnits: 2 }),
  listing(LARGE_PAIR, { title: 'CUPKIN Stainless Steel Kids Cups, 12 oz, pair', packUnits: 2 }),
  listing(SINGLE_CUP, { sellerId: BELMONT, title: '=Stainless cup, "single"' }),
  listing(LOOKALIKE, { sellerId: BELMONT, title: 'Cups with straw lid', brand: 'Cup Kin', packUnits: 2 }),
  listing(NIGHT_LAMP, { sellerId: BELMONT, title: 'Night lamp', brand: 'Lumo' }),
  listing(WOODEN_SPOON, { title: 'Wooden spoon', brand: null }),
]

export const ADA = 'ada'
export const BEN = 'ben'
export const CHLOE = 'chloe'
export const DEV = 'dev'
export const EVE = 'eve'
/** A customer who never bought anything that this world tells of. */
export const ZOE = 'zoe'

const BUYERS: Record<string, string> = {
  [ADA]: 'Ada Osei',
  [BEN]: 'Ben Ortiz',
  [CHLOE]: 'Chloé Martin',
  [DEV]: 'Dev Patel',
  [EVE]: 'Eve Lindqvist',
  [ZOE]: 'Zoë O’Hara',
}

/** The recall of the cups, as the CPSC wrote it and its feed is read. */
export const CUPKIN: Recall = {
  agency: 'CPSC', recallNumber: '23774', kind: 'recall', publishedOn: '2023-07-20',
  title: "Soojimus Recalls CUPKIN Stainless Steel Children's Cups Due to Violation of Federal Lead Content Ban (Recall Alert)",
  url: 'https://www.cpsc.gov/Recalls/2023/Soojimus-Recalls-CUPKIN-Stainless-Steel-Childrens-Cups-Due-to-Violation-of-Federal-Lead-Content-Ban-Recall-Alert',
  description:
    'This recall involves improperly manufactured 8 oz. and 12 oz. models of CUPKIN Double-Walled Stainless Steel Children\'s Cups sold in pairs. Both sizes of the recalled cups were sold in 12 different color combinations including a matching straw: blue and green, pink and purple, blue and gray, peach and teal, black and white, coral and yellow, green and pink, polignac and potpourri, brown and peach, rust and salmon, aqua and periwinkle, and cobalt and mint. "Cupkin" is printed on the front bottom of the cups.',
  products: [{ name: "CUPKIN Double-Walled Stainless Steel Children's Cups", model: null, unitsText: 'About 346,000' }],
  hazardText:
    'The stainless-steel cups contain levels of lead that exceed the federal lead content ban. Lead is toxic if ingested by young children and can cause adverse health effects.',
  remedyText:
    'Consumers should immediately take the cups away from children and stop using them. Contact Soojimus for a full refund. Soojimus and Amazon are contacting all known purchasers directly.',
  incidentText: 'None reported', soldText: 'Online at Amazon.com and Cupkin.com from January 2018 through March 2023 for about $20.', contactText: null,
  firms: [], countriesOfOrigin: ['China'],
  images: [
    { url: 'https://www.cpsc.gov/s3fs-public/cupkin12oz_0.png', caption: null },
    { url: 'https://www.cpsc.gov/s3fs-public/cupkin8oz.png', caption: null },
  ],
  hazards: ['lead'], remedies: ['refund'], proofOfDestruction: false, incidents: 0, injuries: 0, deaths: null, expands: [], childrensProduct: true,
  scope: {
    brands: ['CUPKIN'], productNouns: ["children's cup"], models: [], gtins: [], lots: [], serials: [], manufacturedFrom: null, manufacturedTo: null,
    soldFrom: '2018-01', soldTo: '2023-03', units: 346_000, unitsElsewhere: {}, priceMinMinor: 2_000, priceMaxMinor: 2_000, currency: 'USD',
    soldAt: ['Amazon.com', 'Cupkin.com'], onlineOnly: true,
  },
} // prettier-ignore

/** Health Canada's notice of the same cups, invented: sold for longer, put right by replacing them, and linked with the CPSC's by its address. */
export const CUPKIN_IN_CANADA: Recall = {
  ...CUPKIN, agency: 'HC', recallNumber: 'RA-73917', title: 'CUPKIN children’s cups recalled due to lead', publishedOn: '2023-07-21',
  url: 'https://recalls-rappels.canada.ca/en/alert-recall/cupkin-childrens-cups-recalled-due-lead', remedies: ['replace', 'refund'],
  remedyText: 'Canadians should stop using the cups and contact Soojimus Canada for a replacement.', contactText: 'Soojimus Canada at 1-888-555-0142',
  soldText: 'From May 2020 to June 2023.', images: [],
  scope: { ...CUPKIN.scope, soldFrom: '2020-05', soldTo: '2023-06', units: 1_200, currency: 'CAD' },
  jointWith: [{ agency: 'CPSC', url: CUPKIN.url, number: null, how: 'declared' }],
} // prettier-ignore

/** An invented warning about the night lamps, without an address of its own. */
export const LAMPS: Recall = {
  ...CUPKIN, recallNumber: '20001', kind: 'safety_alert', publishedOn: '2020-01-05', title: 'Lumo night lamps can overheat', url: null,
  description: 'Night lamps.', products: [{ name: 'Lumo night lamps', model: null, unitsText: null }], hazardText: 'The lamps can overheat.',
  remedyText: 'Throw the lamps away.', soldText: '', images: [], hazards: ['fire'], remedies: ['dispose'],
  scope: { ...CUPKIN.scope, brands: ['Lumo'], productNouns: ['night lamp'], soldFrom: null, soldTo: null, units: null },
} // prettier-ignore

/** An invented recall of what nobody sells here. */
export const LADDERS: Recall = {
  ...LAMPS, recallNumber: '19001', kind: 'recall', publishedOn: '2019-02-01', title: 'Ladders can collapse', description: 'Ladders.',
  products: [{ name: 'Ladders', model: null, unitsText: null }], hazardText: 'The ladders can collapse.', hazards: ['fall'],
  scope: { ...LAMPS.scope, brands: [], productNouns: ['ladder'] },
} // prettier-ignore

/** The ids of these recalls, and of their campaigns. */
export const CUPKIN_ID = 'CPSC-23774'
export const CUPKIN_IN_CANADA_ID = 'HC-RA-73917'
export const LAMPS_ID = 'CPSC-20001'
export const LADDERS_ID = 'CPSC-19001'

/** Sellers, centres and the listings above, in a database that may have them already. */
export async function openMarketplace(db: Db): Promise<void> {
  for (const each of SELLERS)
    await sql`insert into catalog.sellers (seller_id, name, email, country) values (${each.sellerId}, ${each.name}, ${each.email}, ${each.country})
              on conflict do nothing`.execute(db)
  for (const each of CENTRES)
    await sql`insert into catalog.centres (centre_id, name, country) values (${each.centreId}, ${each.name}, ${each.country})
              on conflict do nothing`.execute(db)
  const { rows } = await sql<{ listing_id: string }>`select listing_id from catalog.listings`.execute(db)
  const known = new Set(rows.map((row) => row.listing_id))
  for (const each of LISTINGS) if (!known.has(each.listingId)) await insertListing(db, each)
}

/** One more listing of Anders that sells the cups, one a piece unless said otherwise. */
export async function addListing(db: Db, listingId: string, differs: Partial<Listing> = {}): Promise<void> {
  await insertListing(db, listing(listingId, differs))
}

function listing(listingId: string, differs: Partial<Listing>): Listing {
  return {
    listingId, sellerId: ANDERS, title: `Cups ${listingId}`, brand: 'CUPKIN', model: null, gtin: null, asin: null, description: null, category: null,
    attributes: {}, priceMinor: 1_999, currency: 'USD', packUnits: 1, imageUrl: null, ...differs,
  } // prettier-ignore
}

async function insertListing(db: Db, each: Listing): Promise<void> {
  await sql`insert into catalog.listings (listing_id, seller_id, title, brand, model, gtin, asin, description, category, attributes,
                                          price_minor, currency, pack_units, image_url, content_sha256, updated_at)
            values (${each.listingId}, ${each.sellerId}, ${each.title}, ${each.brand}, ${each.model}, ${each.gtin}, ${each.asin},
                    ${each.description}, ${each.category}, ${JSON.stringify(each.attributes)}, ${each.priceMinor}, ${each.currency},
                    ${each.packUnits}, ${each.imageUrl}, sha256(${each.listingId}::bytea), '2023-01-01Z')`.execute(db)
  // As a screening by older rules left it: it may be sold, and the next screening compares it anew.
  await sql`insert into matching.screened_listings (listing_id, updated_at, rules, tokens)
            values (${each.listingId}, '2023-01-01Z', 'of the tests', '{}')`.execute(db)
}

/** A buyer whose address is of their id, in a database that may have them already. */
export async function addBuyer(db: Db, buyerId: string, differs: Partial<Buyer> = {}): Promise<void> {
  const buyer = { name: BUYERS[buyerId] ?? `Buyer ${buyerId}`, email: `${buyerId}@buyers.example`, phone: null, country: null, ...differs }
  await sql`insert into catalog.buyers (buyer_id, name, email, phone, country)
            values (${buyerId}, ${buyer.name}, ${buyer.email}, ${buyer.phone}, ${buyer.country})
            on conflict do nothing`.execute(db)
}

/** `count` buyers `B-0000001` … at once, with telephones, in nine regions; the word in their addresses shows wherever one leaks. */
export async function addCrowd(db: Db, count: number): Promise<void> {
  await sql`insert into catalog.buyers (buyer_id, name, email, phone, locale, country, region)
            select id, 'Name ' || i, 'canary.' || id || '@buyers.example', '+1555' || i, 'en-US', 'US', 'Region ' || i % 9
              from generate_series(1, ${count}::int) i, lateral (select 'B-' || lpad(i::text, 7, '0') as id) b`.execute(db)
}

export type TestLine = {
  buyer: string
  order?: string
  line?: number
  listing?: string
  at?: string
  quantity?: number
  price?: number
  state?: OrderLineState
  lot?: string | null
  centre?: string | null
}

/** A buyer, known or new, ordered something: one pair of blue cups that was shipped, unless said otherwise. */
export async function addLine(db: Db, bought: TestLine): Promise<void> {
  const { buyer, order = `O-${buyer}`, line = 1, listing: id = BLUE_PAIR, at = '2022-05-01T12:00:00Z' } = bought
  const { quantity = 1, price = 1_999, state = 'shipped', lot = null, centre = null } = bought
  await addBuyer(db, buyer)
  await sql`insert into catalog.order_lines
                   (buyer_id, order_id, line_no, listing_id, ordered_at, quantity, unit_price_minor, currency, state, centre_id, lot)
            values (${buyer}, ${order}, ${line}, ${id}, ${at}, ${quantity}, ${price}, 'USD', ${state}, ${centre}, ${lot})`.execute(db)
}

export async function addLines(db: Db, lines: readonly TestLine[]): Promise<void> {
  for (const line of lines) await addLine(db, line)
}

export async function setLineState(db: Db, order: string, state: OrderLineState): Promise<void> {
  await sql`update catalog.order_lines set state = ${state} where order_id = ${order}`.execute(db)
}

/** Sets a shelf to so many pieces. */
export async function setStock(db: Db, listingId: string, centreId: string, lot: string, quantity: number): Promise<void> {
  await sql`insert into catalog.stock (listing_id, centre_id, lot, quantity) values (${listingId}, ${centreId}, ${lot}, ${quantity})
            on conflict (listing_id, centre_id, lot) do update set quantity = excluded.quantity`.execute(db)
}

/** The agency publishes a recall, or corrects one. */
export async function addRecall(database: Database, recall: Recall, at = new Date('2023-07-20T12:00:00Z')): Promise<void> {
  const revision = { recall, documentSha256: sha256(JSON.stringify(recall)), contentSha256: contentHash(recall) }
  await transaction(database, (tx) => recordRevisions(tx.db, [revision], at))
}

/** What screening would have found. */
export async function addMatch(db: Db, recallId: string, listingId: string, answer: 'affected' | 'possibly' | 'no'): Promise<void> {
  const tier = { affected: 'auto', possibly: 'review', no: 'dismiss' }[answer]
  const reasons = [{ field: 'brand_same', weight: 9.5, text: 'Both say CUPKIN.', recallSpan: { field: 'title', start: 0, end: 6 } }]
  await sql`insert into matching.matches (listing_id, recall_id, revision, answer, weight, tier, reasons, screened_at)
            values (${listingId}, ${recallId}, 1, ${answer}, 9.5, ${tier}, ${JSON.stringify(reasons)}, now())`.execute(db)
}

/** The address of a buyer's notice, as their message has it. */
export function noticeLink(campaignId: string, buyerId: string): string {
  return `/n/${signLink(LINK_KEY, 'notice', derivedId(campaignId, buyerId))}`
}

/** Every violation of these promises, `name: violation`. */
export async function brokenPromises(db: Db, promises: readonly Invariant[]): Promise<string[]> {
  const found = await Promise.all(promises.map(async ({ name, check }) => (await check(db)).map((violation) => `${name}: ${violation}`)))
  return found.flat()
}
