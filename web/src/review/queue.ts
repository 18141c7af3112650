/** The queue as the address asks for it; the list and the match opened from it share it. */
import { useRouteLoaderData, type LoaderFunctionArgs } from 'react-router'
import { get } from '../api.ts'
import { api, type Search } from '../paths.ts'
import type { Queue } from './types.ts'

export const QUEUE_ROUTE = 'review-queue'

/** The filters in the address that the queue knows. */
export const QUEUE_FILTERS = ['why', 'severity', 'answer', 'tier', 'agency', 'by', 'recall', 'seller'] as const

export function filtersIn(search: URLSearchParams): Search {
  return Object.fromEntries(QUEUE_FILTERS.map((name) => [name, search.get(name)]))
}

export function loader({ request }: LoaderFunctionArgs): Promise<Queue> {
  const search = new URL(request.url).searchParams
  return get<Queue>(api.review({ ...filtersIn(search), cursor: search.get('cursor') }), request.signal)
}

export function useQueue(): Queue {
  const queue = useRouteLoaderData<typeof loader>(QUEUE_ROUTE)
  if (queue === undefined) throw new Error('This is no page of the queue.')
  return queue
}
