/** What an alert of the EU's Safety Gate says, whichever of its two forms it came in, as a recall. Pure. */
import { fail, ok, type Result } from '../../platform/result.ts'
import { isGtin } from '../../platform/gtin.ts'
import { HAZARDS, type Hazard, type MarketplaceId, type Recall, type RecallKind } from '../../recalls/index.ts'
import { isPlaceholder, recallOf, severityOf } from '../formats/recall-of.ts'
import { numberOf } from '../formats/shape.ts'
import { readChildrensProduct } from '../read/children.ts'
import { readHazards } from '../read/hazards.ts'
import { readNouns } from '../read/nouns.ts'
import { prose } from '../formats/prose.ts'
import { distinct } from '../read/text.ts'

export type Alert = {
  number: string
  numberField: string
  published: { field: string; said: string; day: string | null }
  url: string | null
  /** What it is: "Toy projector"; and the name on it, where it has one. */
  product: string
  name: string
  category: string
  brands: string[]
  models: string[]
  batches: string[]
  barcodes: string[]
  description: string
  packaging: string
  /** Kinds of danger as the feed lists them, in words: "damage to sight". */
  riskTypes: string[]
  danger: string
  provision: string
  measures: string[]
  level: string
  notifyingCountry: string
  originCountry: string
  soldOnline: boolean | null
  traders: { trader: string; id: string }[]
  imageUrls: string[]
  recallUrls: string[]
  madeText: string
  correction: string
}

/** Safety Gate's kinds of risk that are named otherwise here. */
const RISKS: readonly (readonly [RegExp, Hazard])[] = [
  [/damage to sight|sight/i, 'eye_injury'],
  [/damage to hearing|hearing/i, 'hearing'],
  [/^cuts?\b/i, 'laceration'],
  [/asphyxiation|suffocation/i, 'suffocation'],
  [/microbiological/i, 'infection'],
  [/chemical/i, 'chemical'],
  [/^burns?\b/i, 'burn'],
  [/electric shock/i, 'electric_shock'],
  [/^fire\b/i, 'fire'],
  [/drowning/i, 'drowning'],
  [/strangulation/i, 'strangulation'],
  [/choking/i, 'choking'],
  [/entrapment/i, 'entrapment'],
  [/carbon monoxide/i, 'carbon_monoxide'],
  [/explosion/i, 'explosion'],
  [/crush/i, 'pinch'],
]

export function readAlert(alert: Alert): Result<Recall> {
  const recallNumber = numberOf(alert.number)
  if (recallNumber === '') return fail('invalid', 'the case number is missing', alert.numberField)
  const { said, day, field } = alert.published
  if (day === null) return fail('invalid', said === '' ? 'the date is missing' : `${JSON.stringify(said)} is not a date`, field)
  const product = stated([alert.product])[0] ?? ''
  const name = stated([alert.name])[0] ?? ''
  const brands = distinct(stated(alert.brands))
  if (product === '' && name === '' && brands.length === 0) return fail('invalid', 'it names no product', 'product')
  const barcodes = stated(alert.barcodes)
    .flatMap((text) => text.split(/[;,/]\s*|\s+(?=\d{8,14}\b)/))
    .map((text) => text.trim())
  const codes = barcodes.filter((text) => text !== '' && gtinOf(text) === null)
  const models = distinct(stated(alert.models).flatMap(splitCodes))
  const texts = [alert.description, alert.packaging].map(prose).filter((text) => text !== '')
  return ok(
    recallOf('EUSG', 'EUR', {
      recallNumber,
      kind: kindOf(alert.measures),
      title: [brands.join(', '), product || name, name !== '' && product !== '' && name !== product ? `(${name})` : '']
        .filter((part) => part !== '')
        .join(' '),
      publishedOn: day,
      url: alert.url,
      description: [
        ...texts,
        alert.correction,
        codes.length === 0 ? '' : `Other codes printed as bar codes: ${codes.join(', ')}`,
        alert.madeText,
      ]
        .filter((text) => text !== '')
        .join('\n\n'),
      products: [
        { name: [brands[0] ?? '', product || name].filter((part) => part !== '').join(' '), model: models[0] ?? null, unitsText: null },
      ],
      hazardText: [alert.danger, alert.provision].filter((text) => text !== '').join(' '),
      remedyText: alert.measures.join('; '),
      hazards: hazardsOf(alert),
      countriesOfOrigin: stated([alert.originCountry]).filter((country) => !/^XX$/i.test(country)),
      images: alert.imageUrls.map((url) => ({ url, caption: null })),
      childrensProduct: /\b(?:toys?|child)/i.test(alert.category) ? true : readChildrensProduct([product, name], texts.join(' ')),
      ...severityOf(alert.level),
      ...(alert.notifyingCountry === '' ? {} : { authority: alert.notifyingCountry }),
      ...(alert.recallUrls.length === 0 ? {} : { contactText: `The firm’s own notice: ${alert.recallUrls.join(' ')}` }),
      scope: {
        brands,
        productNouns: readNouns([product]),
        models,
        gtins: distinct(barcodes.map((text) => gtinOf(text) ?? '')),
        lots: lotsOf(alert.batches),
        soldAt: tradersOf(alert.traders),
        onlineOnly: alert.soldOnline === false ? false : null,
        ...marketplaceIdsOf(alert.traders),
      },
    }),
  )
}

function stated(texts: readonly string[]): string[] {
  return texts.map(prose).filter((text) => !isPlaceholder(text))
}

/** A bar code whose number has the right check digit; what a firm prints as a bar code for itself ("BCD25042500206593") is none. */
function gtinOf(text: string): string | null {
  const digits = text.replace(/[\s-]/g, '')
  return isGtin(digits) ? digits : null
}

/** "A1, A2; B3" are three numbers, "Playstation 5 (black)" is one. */
function splitCodes(text: string): string[] {
  return text
    .split(/\s*[;\n]\s*|\s*,\s+|\s*,(?=[A-Z0-9-]*\d)/)
    .map((part) =>
      part
        .replace(/^(?:Model|Type|Item|Art(?:icle)?\.?|SKU|Ref(?:erence)?\.?|No\.?|Nr\.?)(?:\s*(?:number|no\.?|nr\.?|code))?\s*[:#]\s*/i, '')
        .trim(),
    )
    .filter((part) => part !== '' && !isPlaceholder(part))
}

/** The batches printed. A text that is more than codes lists none that could exclude a unit, so it ends with a star. */
function lotsOf(batches: readonly string[]): string[] {
  const texts = stated(batches)
  if (texts.some((text) => /^\W*all\b/i.test(text))) return []
  const codes = distinct(texts.flatMap(splitCodes))
  if (codes.length === 0) return []
  const whole = codes.every((code) => /\d/.test(code) && code.split(/\s+/).length <= 3 && !/[a-z]{4,}/.test(code))
  return whole ? codes : [...codes, '*']
}

const IS_ID = /^(?=.*\d)[\w-]{5,40}$/

/** Only what can be the id of a listing: "TIKTOK shop" is where it was sold. */
function marketplaceIdsOf(traders: readonly { trader: string; id: string }[]): { marketplaceIds?: MarketplaceId[] } {
  const ids = traders.flatMap(({ trader, id }) =>
    IS_ID.test(id.trim()) ? [{ marketplace: isPlaceholder(trader) ? '' : trader.trim(), id: id.trim() }] : [],
  )
  return ids.length === 0 ? {} : { marketplaceIds: ids }
}

function tradersOf(traders: readonly { trader: string; id: string }[]): string[] {
  const names = traders.map(({ trader, id }) => (isPlaceholder(trader) && !IS_ID.test(id.trim()) ? id : trader))
  return distinct(stated(names))
}

function hazardsOf(alert: Alert): Hazard[] {
  const listed = alert.riskTypes.flatMap((type) => RISKS.filter(([said]) => said.test(type)).map(([, hazard]) => hazard))
  const read = readHazards([prose(alert.danger)])
  const found = new Set(listed.length > 0 ? [...listed, ...read.filter((hazard) => hazard !== 'other' && hazard !== 'infection')] : read)
  if (found.size === 0 && alert.riskTypes.some((type) => !isPlaceholder(type))) found.add('other')
  return HAZARDS.filter((hazard) => found.has(hazard))
}

/** A recall is one from those who have it; withdrawals, bans and removals of listings concern traders and warn everybody else. */
function kindOf(measures: readonly string[]): RecallKind {
  return measures.some((measure) => /\brecall/i.test(measure)) ? 'recall' : 'safety_alert'
}
