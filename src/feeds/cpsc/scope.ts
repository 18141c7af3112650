/**
 * The scope and the facts of a CPSC recall, put together from the readers. Since about 2001 the agency has a field for each matter, written as
 * prose; before, and where a field is empty, the whole press release stands in the description.
 */
import type { Hazard, Recall } from '../../recalls/index.ts'
import { tradeMarks } from '../read/brand-words.ts'
import { readChildrensProduct } from '../read/children.ts'
import { readCodes } from '../read/codes.ts'
import { readExpands } from '../read/expands.ts'
import { gtinOf, readGtins } from '../read/gtins.ts'
import { hazardSentences, isCategories, readHazards } from '../read/hazards.ts'
import { readIncidents } from '../read/incidents.ts'
import { readMade } from '../read/made.ts'
import { tableNames } from '../read/model-names.ts'
import { readNames, type NamedTexts } from '../read/names.ts'
import { readNouns } from '../read/nouns.ts'
import { readPrice, readPriceFromProse } from '../read/price.ts'
import { readProofOfDestruction, readRemedies } from '../read/remedies.ts'
import { readOnlineOnly, readOnlineOnlyFromProse, readSellers } from '../read/sellers.ts'
import { readSold, readSoldFromProse } from '../read/sold.ts'
import { distinct, tidy } from '../read/text.ts'
import { firmName } from '../read/title.ts'
import { readUnits, readUnitsFromProse } from '../read/units.ts'
import type { CpscRecall } from './shape.ts'

/** What the readers give. */
type Read = Pick<
  Recall,
  'hazards' | 'remedies' | 'proofOfDestruction' | 'incidents' | 'injuries' | 'deaths' | 'expands' | 'childrensProduct' | 'scope'
>

export function readScope(document: CpscRecall, recallNumber: string): Read {
  const texts = readTexts(document)
  const { title, whole, description, sold, remedy, productNames } = texts
  const hazard = joined(document.Hazards)
  const unitsTexts = document.Products.slice(0, ENTRIES_MAX).map((product) => prose(product.NumberOfUnits, NAME_MAX))
  const release = sold === '' && remedy === ''
  const window = sold === '' ? readSoldFromProse(description) : readSold(sold)
  const price = sold === '' ? readPriceFromProse(description) : readPrice(sold)
  const made = readMade(description)
  const stated = readUnits(unitsTexts)
  const names = readNames(namedTexts(document, texts))
  const codes = readCodes(whole)
  const rows = tableNames(description, names.brands, codes.models)
  return {
    hazards: hazardsOf(title, hazard, description),
    remedies: readRemedies(
      document.RemedyOptions.map((each) => each.Option),
      remedy || description,
    ),
    proofOfDestruction: readProofOfDestruction(remedy),
    ...readIncidents(texts.injuries || (release ? description.slice(0, FIELD_MAX) : '')),
    expands: readExpands([title, description, ...unitsTexts], recallNumber),
    childrensProduct: readChildrensProduct([title, ...productNames], `${description} ${remedy}`),
    scope: {
      brands: names.brands,
      productNouns: readNouns(productNames, names.brands),
      models: distinct([
        ...names.modelNames,
        ...rows,
        ...document.Products.map((product) => tidy(product.Model)),
        ...codes.models.filter((code) => !rows.some((name) => name.includes(code) && name !== code)),
      ]),
      gtins: distinct([...document.ProductUPCs.map((each) => gtinOf(each.UPC.replace(/\D/g, '')) ?? ''), ...readGtins(description)]),
      lots: codes.lots,
      serials: codes.serials,
      manufacturedFrom: made.from,
      manufacturedTo: made.to,
      soldFrom: window.from,
      soldTo: window.to,
      units: stated.units ?? readUnitsFromProse(sold === '' ? description.slice(0, FIELD_MAX) : ''),
      unitsElsewhere: stated.elsewhere,
      priceMinMinor: price.minMinor,
      priceMaxMinor: price.maxMinor,
      currency: 'USD',
      soldAt: readSellers(sold),
      onlineOnly: sold === '' ? readOnlineOnlyFromProse(description) : readOnlineOnly(sold),
    },
  }
}

/** `description` is as much of the whole as readers of sentences take. */
type ReadTexts = Record<'title' | 'whole' | 'description' | 'sold' | 'remedy' | 'injuries', string> & { productNames: string[] }

/** The texts of a document in the form in which readers take them. */
function readTexts(document: CpscRecall): ReadTexts {
  const whole = prose(document.Description, CODES_MAX)
  return {
    title: prose(document.Title, NAME_MAX),
    whole,
    description: whole.slice(0, DESCRIPTION_MAX),
    sold: joined(document.Retailers),
    remedy: joined(document.Remedies),
    injuries: joined(document.Injuries),
    productNames: document.Products.slice(0, ENTRIES_MAX).map((product) => prose(product.Name, NAME_MAX)),
  }
}

/** The texts in which a recall names what it is about. */
export function namedTexts(document: CpscRecall, texts = readTexts(document)): NamedTexts {
  const { title, description, sold, remedy, injuries, productNames } = texts
  const firms = [...document.Manufacturers, ...document.Importers, ...document.Distributors].map((firm) => prose(firm.Name, NAME_MAX))
  const release = sold === '' && remedy === ''
  return {
    title,
    productNames,
    description: release ? '' : description,
    release: release ? description.slice(0, FIELD_MAX) : '',
    soldText: sold,
    marked: tradeMarks([...document.Products.slice(0, ENTRIES_MAX).map((product) => product.Name), document.Description].join(' . ')),
    prose: release ? '' : `${injuries} ${remedy}`,
    firms: firms.map(firmName),
  }
}

/** The agency's bare categories count only where its sentences name no danger. */
function hazardsOf(title: string, hazard: string, description: string): Hazard[] {
  if (hazard !== '' && !isCategories(hazard)) return readHazards([title, hazard])
  const said = readHazards([title, hazardSentences(description)]).filter((each) => each !== 'other')
  return said.length > 0 ? said : readHazards([title, hazard || description])
}

/**
 * Characters read of a text, several times what the longest real one has. Readers look around what they find, so that time grows faster than
 * length; lists of codes, which may be long, have a reader and a measure of their own.
 */
const DESCRIPTION_MAX = 40_000
const CODES_MAX = 400_000
const FIELD_MAX = 8_000
const NAME_MAX = 600
const ENTRIES_MAX = 200

function prose(text: string, lengthMax: number): string {
  return tidy(text.slice(0, lengthMax * 2)).slice(0, lengthMax)
}

function joined(entries: readonly { Name: string }[]): string {
  return entries
    .slice(0, ENTRIES_MAX)
    .map((entry) => prose(entry.Name, FIELD_MAX))
    .filter((text) => text !== '')
    .join(' ')
    .slice(0, FIELD_MAX)
}
