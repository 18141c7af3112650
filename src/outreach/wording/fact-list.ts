/**
 * The facts of a notice as a list that machines read too (schema.org microdata): Implementing Regulation (EU) 2024/1435 asks for what identifies
 * the product in a written form that is machine-readable. Pure.
 */
import type { FactId } from './catalogue.ts'
import { escape, langAttribute } from './html.ts'
import type { Fact, Notice } from './notice.ts'

const PROPERTIES: Partial<Record<FactId, string>> = {
  product: 'name',
  brands: 'brand',
  models: 'model',
  gtins: 'gtin',
  serials: 'serialNumber',
  lots: 'identifier',
  description: 'description',
  origin: 'countryOfOrigin',
}

export function factList(notice: Notice, facts: readonly Fact[]): string {
  const product = facts.some(({ id }) => id === 'product') ? ' itemscope itemtype="https://schema.org/Product"' : ''
  const rows = facts.map(({ id, term, text, lang }) => {
    const property = product === '' ? undefined : PROPERTIES[id]
    const named = property === undefined ? '' : ` itemprop="${property}"`
    return `<div><dt>${escape(term)}</dt><dd${langAttribute(notice, lang)}${named}>${escape(text)}</dd></div>`
  })
  return `<dl class="facts"${product}>${rows.join('')}</dl>`
}
