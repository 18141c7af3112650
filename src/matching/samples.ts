/** Recalls and listings for the tests of this room: the texts are CPSC's, cut to what matters. */
import type { Recall } from '../recalls/index.ts'
import type { ScreenedListing } from './listing-features.ts'

export function sampleRecall(change: Partial<Recall> & { recallNumber: string }): Recall {
  return {
    agency: 'CPSC', kind: 'recall', title: '', publishedOn: '2023-07-20', url: null, description: '', products: [], hazardText: '', remedyText: '',
    incidentText: '', soldText: '', contactText: null, firms: [], countriesOfOrigin: [], images: [], hazards: [], remedies: [], proofOfDestruction: false,
    incidents: null, injuries: null, deaths: null, expands: [], childrensProduct: null,
    scope: {
      brands: [], productNouns: [], models: [], gtins: [], lots: [], serials: [], manufacturedFrom: null, manufacturedTo: null, soldFrom: null,
      soldTo: null, units: null, unitsElsewhere: {}, priceMinMinor: null, priceMaxMinor: null, currency: 'USD', soldAt: [], onlineOnly: null,
    },
    ...change,
  } // prettier-ignore
}

export function sampleListing(listingId: string, title: string, change: Partial<ScreenedListing> = {}): ScreenedListing {
  return { listingId, title, brand: null, model: null, gtin: null, asin: null, description: null, category: null, attributes: {}, priceMinor: null, currency: 'USD', ...change } // prettier-ignore
}

export const CUPS = sampleRecall({
  recallNumber: '23774',
  title: "Soojimus Recalls CUPKIN Stainless Steel Children's Cups Due to Violation of Federal Lead Content Ban (Recall Alert)",
  description:
    'This recall involves improperly manufactured 8 oz. and 12 oz. models of CUPKIN Double-Walled Stainless Steel Children\'s Cups sold in pairs. Both sizes of the recalled cups were sold in 12 different color combinations including a matching straw: blue and green, pink and purple. "Cupkin" is printed on the front bottom of the cups.',
  products: [{ name: "CUPKIN Double-Walled Stainless Steel Children's Cups", model: null, unitsText: 'About 346,000' }],
  soldText: 'Online at Amazon.com and Cupkin.com from January 2018 through March 2023 for about $20.',
})

export const POWER_BANKS = sampleRecall({
  recallNumber: '25248',
  title: 'Baseus Power Banks Recalled Due to Fire Hazard',
  description:
    'This recall involves Baseus 65W 30000mAh Power Banks with model number BS-30KP365. The model number is printed on the back.',
  products: [{ name: 'Baseus 65W 30000mAh Power Banks', model: null, unitsText: 'About 55,000' }],
  soldText: 'Online at Amazon.com from August 2022 through March 2024 for about $70.',
})

export const RANGES = sampleRecall({
  recallNumber: '13031',
  title: 'LG Electronics Recalls Electric Ranges Due to Burn and Fire Hazards',
  description:
    'The recalled ranges involve models LRE30451, LRE30453, LRE30755, LRE30757, and LRE30955ST. They were sold in black, white and stainless steel. Models LRE99999 are not included in this recall.',
  products: [{ name: 'LG Electric Ranges', model: null, unitsText: 'About 161,000' }],
  soldText: 'Best Buy, Home Depot and Sears nationwide from January 2006 to June 2010 for between $800 and $1999.',
})

export const STEAMERS = sampleRecall({
  recallNumber: '23034',
  title: 'Empower Brands Recalls Black+Decker Garment Steamers Due to Burn Hazard',
  description:
    'This recall involves BLACK+DECKER Model HGS011 Easy Garment Steamers with date codes 102ZJ through 210ZJ. Model Date Codes UPC HGS011F 102ZJ - 210ZJ 0 50875 82840 7',
  products: [{ name: 'BLACK+DECKER Model HGS011 Easy Garment Steamers', model: null, unitsText: 'About 518,500' }],
})
