/**
 * The cups of recall 23774, and what lies beside them on the shelf and must not be taken for them: spare parts of the same brand, sleeves,
 * lids "compatible with" it, and other brands' cups and tumblers for children.
 */
import type { Listing } from '../../src/catalog/index.ts'
import { SOOJIMUS, sellerId } from './people.ts'

/** What a listing says apart from the ids that the marketplace gives it. */
export type Product = Pick<
  Listing,
  'title' | 'brand' | 'model' | 'description' | 'category' | 'attributes' | 'priceMinor' | 'packUnits'
> & {
  /** `null`: some other seller's. */
  sellerId: string | null
  /** Whether it carries a GTIN. */
  hasGtin: boolean
}

const CUPS = "Kitchen & Dining > Children's Drinkware > Cups"
const PARTS = "Kitchen & Dining > Children's Drinkware > Parts & Accessories"
const TUMBLERS = 'Kitchen & Dining > Drinkware > Tumblers'

/** The twelve colour pairs, as the recall prints them. */
const COLOUR_PAIRS = [
  'Blue and Green',
  'Pink and Purple',
  'Blue and Gray',
  'Peach and Teal',
  'Black and White',
  'Coral and Yellow',
  'Green and Pink',
  'Polignac and Potpourri',
  'Brown and Peach',
  'Rust and Salmon',
  'Aqua and Periwinkle',
  'Cobalt and Mint',
]

/** The 24 recalled variants: 8 and 12 oz, each in twelve colour pairs, sold as a pair of cups with straws. */
export function cupkinFamily(): Product[] {
  return [8, 12].flatMap((ounces) =>
    COLOUR_PAIRS.map((colours) => ({
      sellerId: sellerId(SOOJIMUS),
      title: `CUPKIN Double-Walled Stainless Steel Children's Cups with Straws, ${ounces} oz, Set of 2, ${colours}`,
      brand: 'CUPKIN',
      model: null,
      description:
        `Two stackable ${ounces} oz. stainless steel cups for children in ${colours.toLowerCase()}, each with a lid and a matching straw. ` +
        'Double-walled, so drinks stay cool and hands stay dry. "Cupkin" is printed on the front bottom of each cup.',
      category: CUPS,
      attributes: { color: colours, capacity: `${ounces} oz`, material: 'Stainless steel', pieces: '2' },
      priceMinor: ounces === 8 ? 1_999 : 2_099,
      packUnits: 2,
      hasGtin: true,
    })),
  )
}

type Neighbour = [seller: 'own' | 'other', brand: string | null, title: string, category: string, priceMinor: number, packUnits: number]

// prettier-ignore
const NEIGHBOURS: Neighbour[] = [
  ['own', 'CUPKIN', 'CUPKIN Spare Straws for 8 oz Cups, Silicone, Pack of 4, Assorted Colors', PARTS, 799, 4],
  ['own', 'CUPKIN', 'CUPKIN Spare Straws for 12 oz Cups, Silicone, Pack of 4, Assorted Colors', PARTS, 849, 4],
  ['own', 'CUPKIN', 'CUPKIN Spare Straws for 8 oz Cups, Pack of 8 with Cleaning Brush', PARTS, 1_149, 8],
  ['own', 'CUPKIN', 'CUPKIN Straw Cleaning Brushes, Set of 3', PARTS, 499, 3],
  ['own', 'CUPKIN', 'CUPKIN Replacement Lids for 8 oz Stainless Steel Cups, Set of 2, Clear', PARTS, 899, 2],
  ['own', 'CUPKIN', 'CUPKIN Replacement Lids for 12 oz Stainless Steel Cups, Set of 2, Clear', PARTS, 949, 2],
  ['own', 'CUPKIN', 'CUPKIN Replacement Lids for 8 oz and 12 oz Cups, Set of 4, Blue', PARTS, 1_399, 4],
  ['own', 'CUPKIN', 'CUPKIN Silicone Cup Sleeves for 8 oz Cups, Set of 2, Blue and Green', PARTS, 999, 2],
  ['own', 'CUPKIN', 'CUPKIN Silicone Cup Sleeves for 12 oz Cups, Set of 2, Pink and Purple', PARTS, 1_049, 2],
  ['own', 'CUPKIN', 'CUPKIN Silicone Cup Sleeves for 12 oz Cups, Set of 2, Black and White', PARTS, 1_049, 2],
  ['other', 'Nibbleco', 'Nibbleco Neoprene Cup Sleeves, fit CUPKIN 12 oz, Set of 2', PARTS, 899, 2],
  ['other', 'Snugrip', "Snugrip Anti-Slip Sleeve for CUPKIN 8 oz Children's Cups", PARTS, 699, 1],
  ['other', 'Lidora', 'Lidora Replacement Lids compatible with CUPKIN 8 oz Cups, Pack of 2', PARTS, 799, 2],
  ['other', 'Lidora', 'Lidora Replacement Lids compatible with CUPKIN 12 oz Cups, Pack of 2', PARTS, 799, 2],
  ['other', 'Sipmates', 'Sipmates Spill-Proof Lids, compatible with CUPKIN stainless steel cups, Pack of 4', PARTS, 1_099, 4],
  ['other', null, 'Universal silicone lid for kids cups, compatible with CUPKIN and other brands', PARTS, 599, 1],
  ['other', 'Sipmates', 'Sipmates Reusable Silicone Straws compatible with CUPKIN 8 oz and 12 oz, Pack of 6', PARTS, 749, 6],
  ['other', 'Tinywell', 'Tinywell Stainless Steel Kids Cups with Straws, 8 oz, Set of 2, Blue and Green', CUPS, 1_899, 2],
  ['other', 'Tinywell', 'Tinywell Stainless Steel Kids Cups with Straws, 12 oz, Set of 2, Pink and Purple', CUPS, 1_999, 2],
  ['other', 'Tinywell', 'Tinywell Stainless Steel Toddler Cups, 8 oz, Set of 4, Pastel', CUPS, 2_599, 4],
  ['other', 'Mossling', "Mossling Stainless Steel Children's Cups, Single Wall, 8 oz, Set of 5", CUPS, 2_199, 5],
  ['other', 'Mossling', "Mossling Double-Walled Stainless Steel Children's Cup with Straw, 8 oz, Teal", CUPS, 1_199, 1],
  ['other', 'Mossling', "Mossling Double-Walled Stainless Steel Children's Cup with Straw, 12 oz, Coral", CUPS, 1_299, 1],
  ['other', 'Kindercup', 'Kindercup Double Wall Stainless Steel Kids Cups, 8 oz, Set of 2, Blue and Gray', CUPS, 1_949, 2],
  ['other', 'Kindercup', 'Kindercup Double Wall Stainless Steel Kids Cups, 12 oz, Set of 2, Peach and Teal', CUPS, 2_049, 2],
  ['other', 'Cup King', 'Cup King Insulated Coffee Mug, 12 oz, Black', TUMBLERS, 1_599, 1],
  ['other', 'Cupkins Bakery', 'Cupkins Bakery Paper Cupcake Liners, 200 Count', 'Kitchen & Dining > Bakeware', 899, 200],
  ['other', 'Brightbee', 'Brightbee Toddler Straw Tumbler, Stainless Steel, 10 oz, Lavender', TUMBLERS, 1_399, 1],
  ['other', 'Brightbee', 'Brightbee Toddler Straw Tumbler, Stainless Steel, 10 oz, Ocean', TUMBLERS, 1_399, 1],
  ['other', 'Brightbee', 'Brightbee Kids Insulated Tumbler with Lid, 14 oz, Sunset', TUMBLERS, 1_649, 1],
  ['other', 'Northpup', 'Northpup Kids Tumbler with Straw, Double Wall Vacuum Insulated, 12 oz, Forest', TUMBLERS, 1_749, 1],
  ['other', 'Northpup', 'Northpup Kids Tumbler with Straw, Double Wall Vacuum Insulated, 12 oz, Berry', TUMBLERS, 1_749, 1],
  ['other', 'Hollowware', 'Hollowware Double-Walled Glass Espresso Cups, 3 oz, Set of 4', TUMBLERS, 2_399, 4],
  ['other', 'Hollowware', 'Hollowware Double-Walled Stainless Steel Tumbler for Adults, 20 oz, Steel', TUMBLERS, 2_299, 1],
  ['other', 'Campgear', 'Campgear Double-Walled Stainless Steel Camping Cups, 10 oz, Set of 2', TUMBLERS, 2_199, 2],
  ['other', 'Pebblebay', 'Pebblebay Bamboo Fiber Kids Cups, 8 oz, Set of 4, Rainbow', CUPS, 1_599, 4],
  ['other', 'Pebblebay', 'Pebblebay Silicone Training Cup, 6 oz, Sage', CUPS, 1_099, 1],
]

export function neighbours(): Product[] {
  return NEIGHBOURS.map(([seller, brand, title, category, priceMinor, packUnits]) => ({
    sellerId: seller === 'own' ? sellerId(SOOJIMUS) : null,
    title,
    brand,
    model: null,
    description: `${title}. ${category === PARTS ? 'Accessory only; cups are not included.' : 'Hand wash recommended.'}`,
    category,
    attributes: { pieces: String(packUnits) },
    priceMinor,
    packUnits,
    hasGtin: brand !== null,
  }))
}
