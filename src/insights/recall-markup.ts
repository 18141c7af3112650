/**
 * A recall for machines, as schema.org JSON-LD. schema.org has no type for a recall, so it is what it is: a page, based on the notice of a
 * government organisation, about a product with its brand, models and bar codes. No offer is made: the product is not for sale. Pure.
 */
import type { Recall } from '../recalls/index.ts'
import { agencyName } from './recall-words.ts'

/** `sameAs`: other pages about the same recall. */
export type PageFacts = { url: string; product: string; description: string; modifiedAt: Date; sameAs: readonly string[] }

/** Codes beyond these say nothing to a search engine. */
const CODES_MAX = 100
const IMAGES_MAX = 10

export function recallMarkup(recall: Recall, page: PageFacts): Record<string, unknown> {
  const organisation = { '@type': 'GovernmentOrganization', name: agencyName(recall) }
  return {
    '@context': 'https://schema.org',
    '@type': 'WebPage',
    '@id': page.url,
    url: page.url,
    ...some('sameAs', page.sameAs),
    name: recall.title,
    description: page.description,
    inLanguage: recall.language ?? 'en',
    datePublished: recall.publishedOn,
    dateModified: page.modifiedAt.toISOString(),
    creditText: agencyName(recall),
    sourceOrganization: organisation,
    ...(webAddress(recall.url) ? { isBasedOn: { '@type': 'WebPage', url: recall.url, publisher: organisation } } : {}),
    about: {
      '@type': 'Product',
      name: page.product,
      ...some('brand', recall.scope.brands.map((name) => ({ '@type': 'Brand', name }))), // prettier-ignore
      ...some('model', [...recall.scope.models, ...recall.products.flatMap((each) => each.model ?? [])]),
      ...some('gtin', recall.scope.gtins),
      ...some('manufacturer', recall.firms.filter((firm) => firm.role === 'manufacturer').map(({ name }) => ({ '@type': 'Organization', name }))), // prettier-ignore
      ...some('image', recall.images.map((image) => image.url).filter(webAddress).slice(0, IMAGES_MAX)), // prettier-ignore
    },
  }
}

function some(name: string, values: readonly unknown[]): Record<string, unknown> {
  return values.length === 0 ? {} : { [name]: values.slice(0, CODES_MAX) }
}

function webAddress(url: string | null): boolean {
  return url !== null && /^https?:\/\//i.test(url)
}

/** JSON that can stand between script tags: nothing in it can end them or begin a comment, and it stays the same JSON. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
