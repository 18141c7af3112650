/** The scope as we read it from the text. What the agency did not say is said to be unsaid: unknown never means "none". */
import type { ReactNode } from 'react'
import { Facts } from '../ui/blocks.tsx'
import { count, listed, money, monthRange } from '../ui/format.ts'
import type { Recall, Scope } from './types.ts'

const UNSAID = (
  <span key="unsaid" className="dim">
    not stated
  </span>
)

export function ScopeFacts({ recall }: { recall: Recall }) {
  const { scope } = recall
  const facts: [string, ReactNode][] = [
    ['Brands', words(scope.brands)],
    ['Product', words(scope.product_nouns)],
    ['Models', codes(scope.models)],
    ['GTINs', codes(scope.gtins)],
    ['Lots', codes(scope.lots)],
    ['Serials', codes(scope.serials)],
    ['Sold', monthRange(scope.sold_from, scope.sold_to) ?? UNSAID],
    ['Made', monthRange(scope.manufactured_from, scope.manufactured_to) ?? UNSAID],
    ['Sold at', soldAt(scope)],
    ['Price', prices(scope)],
    ['Units', units(scope)],
  ]
  if (recall.childrens_product !== null) facts.push(["Children's product", recall.childrens_product ? 'yes' : 'no'])
  if (recall.firms.length > 0) facts.push(['Firms', recall.firms.map((firm) => `${firm.name} (${firm.role})`).join(', ')])
  if (recall.expands.length > 0) facts.push(['Expands', recall.expands.join(', ')])
  return <Facts facts={facts} />
}

function words(values: readonly string[]): ReactNode {
  return values.length === 0 ? UNSAID : values.join(', ')
}

const CODES_SHOWN_MAX = 12

function codes(values: readonly string[]): ReactNode {
  if (values.length === 0) return UNSAID
  if (values.length <= CODES_SHOWN_MAX) return <span className="mono">{values.join(', ')}</span>
  return (
    <details>
      <summary>
        {count(values.length)}: <span className="mono">{values.slice(0, 3).join(', ')} …</span>
      </summary>
      <span className="mono">{values.join(', ')}</span>
    </details>
  )
}

function soldAt(scope: Scope): ReactNode {
  const places = words(scope.sold_at)
  return scope.online_only === true ? <>{places}, online only</> : places
}

function prices({ price_min_minor: min, price_max_minor: max, currency }: Scope): ReactNode {
  if (min !== null && max !== null) return min === max ? money(min, currency) : `${money(min, currency)} to ${money(max, currency)}`
  if (min !== null) return `from ${money(min, currency)}`
  if (max !== null) return `up to ${money(max, currency)}`
  return UNSAID
}

function units(scope: Scope): ReactNode {
  const elsewhere = Object.entries(scope.units_elsewhere).map(([country, value]) => `${count(value)} in ${country}`)
  const own = scope.units === null ? [] : [count(scope.units)]
  return own.length + elsewhere.length === 0 ? UNSAID : listed([...own, ...elsewhere])
}
