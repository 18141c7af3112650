/** The rest of the shelf: plausible products of many kinds, of invented brands. */
import type { Product } from './cups.ts'
import type { Draw } from './random.ts'

type Kind = { category: string; nouns: string[]; forms: string[]; details: string[]; from: number; to: number }

// prettier-ignore
const KINDS: Kind[] = [
  { category: 'Kitchen & Dining > Cookware', nouns: ['Frying Pan', 'Saucepan', 'Dutch Oven', 'Stock Pot', 'Wok'], forms: ['Nonstick', 'Cast Iron', 'Stainless Steel', 'Ceramic'], details: ['8 in', '10 in', '12 in', '3 qt', '5 qt'], from: 1_900, to: 9_900 },
  { category: 'Kitchen & Dining > Small Appliances', nouns: ['Blender', 'Toaster', 'Rice Cooker', 'Hand Mixer', 'Electric Kettle', 'Waffle Maker'], forms: ['Compact', 'Programmable', 'Two-Speed', 'Quiet'], details: ['600 W', '1.7 L', '2 Slice', '6 Cup', '900 W'], from: 2_400, to: 12_900 },
  { category: 'Kitchen & Dining > Storage', nouns: ['Food Containers', 'Spice Jars', 'Bread Box', 'Canisters'], forms: ['Airtight', 'Stackable', 'Glass', 'Bamboo'], details: ['Set of 4', 'Set of 6', 'Large', 'with Labels'], from: 1_200, to: 4_900 },
  { category: 'Home > Bedding', nouns: ['Sheet Set', 'Duvet Cover', 'Pillowcases', 'Weighted Blanket', 'Mattress Pad'], forms: ['Cotton', 'Linen', 'Microfiber', 'Bamboo'], details: ['Twin', 'Queen', 'King', 'Full'], from: 1_800, to: 11_900 },
  { category: 'Home > Lighting', nouns: ['Table Lamp', 'Floor Lamp', 'Night Light', 'String Lights', 'Desk Lamp'], forms: ['LED', 'Dimmable', 'Brass', 'Rattan'], details: ['Warm White', 'with USB Port', '20 ft', 'Set of 2'], from: 1_400, to: 8_900 },
  { category: 'Home > Furniture', nouns: ['Bookcase', 'Nightstand', 'Coffee Table', 'Bar Stool', 'Shoe Rack', 'Side Table'], forms: ['Solid Wood', 'Folding', 'Industrial', 'Narrow'], details: ['Walnut', 'Oak', 'White', '3 Tier', '5 Tier'], from: 3_900, to: 24_900 },
  { category: 'Toys & Games', nouns: ['Building Blocks', 'Jigsaw Puzzle', 'Plush Bear', 'Wooden Train', 'Stacking Rings', 'Play Kitchen'], forms: ['Classic', 'Jumbo', 'Wooden', 'Soft'], details: ['100 Pieces', '500 Pieces', 'Ages 3+', 'Ages 1+'], from: 900, to: 8_900 },
  { category: 'Baby', nouns: ['Swaddle Blankets', 'Bibs', 'Play Mat', 'Bath Towel', 'Stroller Organizer', 'Teething Ring'], forms: ['Organic', 'Muslin', 'Silicone', 'Quick-Dry'], details: ['Pack of 3', 'Pack of 5', 'Gray', 'Sage'], from: 900, to: 5_900 },
  { category: 'Sports & Outdoors', nouns: ['Yoga Mat', 'Resistance Bands', 'Camping Chair', 'Headlamp', 'Trekking Poles', 'Dry Bag'], forms: ['Lightweight', 'Extra Thick', 'Foldable', 'Rechargeable'], details: ['6 mm', 'Set of 5', '20 L', 'Carbon'], from: 1_200, to: 9_900 },
  { category: 'Sports & Outdoors > Cycling', nouns: ['Bike Lock', 'Tail Light', 'Water Bottle Cage', 'Floor Pump', 'Bike Bell'], forms: ['Steel', 'Mini', 'Universal', 'Alloy'], details: ['Black', '100 Lumens', 'with Mount', '120 PSI'], from: 900, to: 6_900 },
  { category: 'Electronics > Accessories', nouns: ['USB-C Cable', 'Wall Charger', 'Phone Stand', 'Laptop Sleeve', 'HDMI Cable', 'Screen Protector'], forms: ['Braided', 'Fast', 'Adjustable', 'Slim'], details: ['6 ft', '10 ft', '30 W', '13 in', '2 Pack'], from: 700, to: 4_900 },
  { category: 'Electronics > Audio', nouns: ['Wireless Earbuds', 'Bluetooth Speaker', 'Headphones', 'Sound Bar'], forms: ['Noise Cancelling', 'Waterproof', 'Over-Ear', 'Portable'], details: ['Black', '20 h Battery', 'with Case', 'White'], from: 1_900, to: 14_900 },
  { category: 'Tools', nouns: ['Screwdriver Set', 'Tape Measure', 'Utility Knife', 'Level', 'Socket Set', 'Clamp'], forms: ['Magnetic', 'Heavy Duty', 'Precision', 'Folding'], details: ['25 ft', '32 Pieces', '9 in', 'Metric'], from: 800, to: 8_900 },
  { category: 'Garden', nouns: ['Garden Hose', 'Pruning Shears', 'Planter', 'Solar Path Lights', 'Bird Feeder', 'Gloves'], forms: ['Expandable', 'Bypass', 'Self-Watering', 'Hanging'], details: ['50 ft', 'Set of 3', 'Large', 'Copper'], from: 900, to: 6_900 },
  { category: 'Pet Supplies', nouns: ['Dog Bed', 'Cat Tree', 'Leash', 'Food Bowl', 'Chew Toy', 'Grooming Brush'], forms: ['Orthopedic', 'Retractable', 'Slow Feed', 'Durable'], details: ['Small', 'Medium', 'Large', '2 Pack'], from: 800, to: 9_900 },
  { category: 'Clothing', nouns: ['Crew Socks', 'Rain Jacket', 'Fleece Vest', 'Leggings', 'T-Shirt', 'Beanie'], forms: ['Merino', 'Packable', 'Everyday', 'Thermal'], details: ['S', 'M', 'L', 'XL', '6 Pack'], from: 900, to: 7_900 },
  { category: 'Office', nouns: ['Notebook', 'Gel Pens', 'Desk Organizer', 'Stapler', 'Whiteboard', 'File Box'], forms: ['Dotted', 'Quick-Dry', 'Mesh', 'Magnetic'], details: ['A5', '12 Count', 'Letter Size', '24 x 36 in'], from: 500, to: 4_900 },
  { category: 'Beauty & Care', nouns: ['Hair Dryer', 'Makeup Brushes', 'Shower Cap', 'Nail Kit', 'Vanity Mirror'], forms: ['Ionic', 'Vegan', 'Travel', 'Lighted'], details: ['1800 W', 'Set of 10', 'Rose', '10x'], from: 700, to: 6_900 },
]
const BRAND_STARTS = ['Al', 'Bren', 'Cor', 'Dal', 'Evo', 'Fen', 'Gal', 'Hal', 'Ister', 'Jor', 'Kest', 'Lum', 'Mar', 'Nord', 'Or', 'Pel', 'Quil', 'Rav', 'Sol', 'Tam'] // prettier-ignore
const BRAND_ENDS = [
  'ado',
  'bury',
  'crest',
  'dune',
  'elle',
  'field',
  'gen',
  'hart',
  'iva',
  'jet',
  'kin',
  'lane',
  'mont',
  'nix',
  'ora',
  'pine',
]
const COLOURS = ['Black', 'White', 'Gray', 'Navy', 'Sage', 'Terracotta', 'Natural', 'Blue', 'Green', 'Red']

export function product(draw: Draw, index: number): Product {
  const kind = draw.pick(KINDS, index, 0)
  const brand = draw.pick(BRAND_STARTS, index, 1) + draw.pick(BRAND_ENDS, index, 2)
  const [form, noun, detail, colour] = [draw.pick(kind.forms, index, 3), draw.pick(kind.nouns, index, 4), draw.pick(kind.details, index, 5), draw.pick(COLOURS, index, 6)] // prettier-ignore
  const model = draw.share(index, 7) < 0.6 ? `${noun.slice(0, 2).toUpperCase()}-${100 + draw.below(9_900, index, 8)}` : null
  const inTitle = model !== null && draw.share(index, 9) < 0.5 ? ` ${model}` : ''
  return {
    sellerId: null,
    title: `${brand} ${form} ${noun}${inTitle}, ${detail}, ${colour}`,
    brand: draw.share(index, 10) < 0.92 ? brand : null,
    model,
    description: `${form} ${noun.toLowerCase()} by ${brand}, ${detail}, in ${colour.toLowerCase()}. ${draw.pick(PROMISES, index, 11)}`,
    category: kind.category,
    attributes: { color: colour, size: detail },
    priceMinor: kind.from + draw.below((kind.to - kind.from) / 100, index, 12) * 100 + 99,
    packUnits: 1,
    hasGtin: draw.share(index, 13) < 0.7,
  }
}

const PROMISES = [
  'Made for everyday use.',
  'Easy to clean and easy to store.',
  'A year of replacement parts included.',
  'Ships in recyclable packaging.',
  'Designed with families in mind.',
  'Tested for years of use.',
]
