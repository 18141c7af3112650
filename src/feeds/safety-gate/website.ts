/** An alert as the Safety Gate website's own interface gives it: `…/public/api/notification/{id}?language=en`. */
import { z } from 'zod'
import type { ItemReading } from '../contract.ts'
import { isoDay } from '../formats/dates.ts'
import { checkShape, listOf, numberOf, text, textOrNumber } from '../formats/shape.ts'
import { readAlert } from './alert.ts'

const option = z.object({ key: text, name: text }).nullish()
const language = z.object({ key: text }).nullish()

const shape = z.object({
  id: textOrNumber,
  reference: text,
  publicationDate: text,
  country: z.object({ key: text }).nullish(),
  product: z.object({
    productCategory: option,
    nameSpecific: text,
    brands: listOf(z.object({ brand: text })),
    versions: listOf(z.object({ language, name: text, description: text, packageDescription: text })),
    barcodes: listOf(z.object({ barcode: text })),
    batchNumbers: listOf(z.object({ batchNumber: text })),
    modelTypes: listOf(z.object({ modelType: text })),
    photos: listOf(z.object({ id: textOrNumber })),
  }),
  risk: z
    .object({
      riskType: listOf(z.object({ key: text, name: text })),
      versions: listOf(z.object({ language, riskDescription: text, legalProvision: text })),
    })
    .nullish(),
  measureTaken: z
    .object({
      measures: listOf(z.object({ measureCategory: option, measureType: option })),
      companyRecalls: listOf(z.object({ url: text, link: text }).partial()),
    })
    .nullish(),
  traceability: z.object({ countryOrigin: z.object({ key: text, name: text }).nullish(), isSoldOnline: option }).nullish(),
  versions: listOf(z.object({ language, corrigendum: text })),
  onlineTraderProductIdentifierReference: listOf(z.object({ onlineTrader: text, uniqueProductIdentifier: text })),
})

const SITE = 'https://ec.europa.eu/safety-gate-alerts'

export function readWebsiteAlert(value: Record<string, unknown>): ItemReading {
  const checked = checkShape(shape, value)
  if (!checked.ok) return { isDocument: true, recallNumber: null, recall: checked }
  const { id, reference, publicationDate, country, product, risk, measureTaken, traceability, versions, ...rest } = checked.value
  const said = english(product.versions)
  const danger = english(risk?.versions ?? [])
  const online = traceability?.isSoldOnline?.key ?? ''
  const recall = readAlert({
    number: reference,
    numberField: 'reference',
    published: { field: 'publicationDate', said: publicationDate, day: isoDay(publicationDate) },
    url: id === '' ? null : `${SITE}/screen/webReport/alertDetail/${encodeURIComponent(id)}?lang=en`,
    product: said?.name ?? '',
    name: product.nameSpecific,
    category: product.productCategory?.name ?? '',
    brands: product.brands.map((each) => each.brand),
    models: product.modelTypes.map((each) => each.modelType),
    batches: product.batchNumbers.map((each) => each.batchNumber),
    barcodes: product.barcodes.map((each) => each.barcode),
    description: said?.description ?? '',
    packaging: said?.packageDescription ?? '',
    riskTypes: (risk?.riskType ?? []).map((each) => words(each.name || each.key)),
    danger: danger?.riskDescription ?? '',
    provision: danger?.legalProvision ?? '',
    measures: (measureTaken?.measures ?? []).map((each) => words(each.measureCategory?.name ?? '')).filter((measure) => measure !== ''),
    level: '',
    notifyingCountry: country?.key ?? '',
    originCountry: traceability?.countryOrigin?.key === 'XX' ? '' : (traceability?.countryOrigin?.name ?? ''),
    soldOnline: online.endsWith('.yes') ? true : online.endsWith('.no') ? false : null,
    traders: rest.onlineTraderProductIdentifierReference.map((each) => ({ trader: each.onlineTrader, id: each.uniqueProductIdentifier })),
    imageUrls: product.photos
      .filter((photo) => photo.id !== '')
      .map((photo) => `${SITE}/public/api/notification/image/${encodeURIComponent(photo.id)}`),
    recallUrls: (measureTaken?.companyRecalls ?? []).map((each) => each.url ?? each.link ?? '').filter((url) => /^https?:\/\//.test(url)),
    madeText: '',
    correction: english(versions)?.corrigendum ?? '',
  })
  return { isDocument: true, recallNumber: numberOf(reference) || null, recall }
}

/** The English version, or the first where there is none. */
function english<T extends { language?: { key: string } | null | undefined }>(versions: readonly T[]): T | undefined {
  return versions.find((version) => version.language?.key.toUpperCase() === 'EN') ?? versions[0]
}

/** `DAMAGE_TO_SIGHT` → damage to sight. */
function words(name: string): string {
  return name.replace(/^.*\./, '').replaceAll('_', ' ').toLowerCase()
}
