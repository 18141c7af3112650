/** One of a campaign's tables: the rows behind its numbers, filtered by the address, page by page, and as CSV. */
import { useLoaderData, useLocation, useParams, useSearchParams, type LoaderFunctionArgs } from 'react-router'
import { get } from '../api.ts'
import { api, CAMPAIGN_LISTS, type CampaignList, type Search } from '../paths.ts'
import { Empty } from '../ui/empty.tsx'
import { ChoiceFilter, Filters, ListFoot, Narrowed, SearchBox } from '../ui/list.tsx'
import { Table } from '../ui/table.tsx'
import { CampaignHead, LIST_NAMES } from './campaign-head.tsx'
import { useCampaign } from './campaign.ts'
import { DEFINITIONS, type Definition } from './lists.tsx'
import type { List, ListOf } from './types.ts'

/** Loads the list whose name ends the address. */
export function loader({ params, request }: LoaderFunctionArgs): Promise<List<unknown>> {
  const { pathname, searchParams } = new URL(request.url)
  const list = listOf(pathname)
  return get<ListOf<CampaignList>>(api.campaignList(params['campaignId'] ?? '', list, asked(list, searchParams)), request.signal)
}

export function Component() {
  const list = listOf(useLocation().pathname)
  return <ListPage list={list} definition={DEFINITIONS[list] as Definition<unknown>} />
}

function ListPage({ list, definition }: { list: CampaignList; definition: Definition<unknown> }) {
  const { items, next } = useLoaderData() as List<unknown>
  const { campaignId = '' } = useParams()
  const { figures } = useCampaign()
  const [search] = useSearchParams()
  const filtered = Object.values(filtersOf(definition, search)).some(Boolean)
  return (
    <>
      <CampaignHead title={LIST_NAMES[list]} lead={<p>{definition.lead(figures)}</p>} below={[]} />
      <ListFilters definition={definition} />
      {items.length === 0 ? (
        <Empty title={filtered || search.has('cursor') ? 'No rows match these filters' : definition.empty.title}>
          <p>{filtered || search.has('cursor') ? 'Choose “All”, or search for something shorter.' : definition.empty.text}</p>
        </Empty>
      ) : (
        <Table label={LIST_NAMES[list]} columns={definition.columns} rows={items} rowKey={definition.rowKey} />
      )}
      <ListFoot
        shown={items.length}
        next={next}
        csv={api.campaignList(campaignId, list, { ...filtersOf(definition, search), format: 'csv' })}
      />
    </>
  )
}

function ListFilters({ definition }: { definition: Definition<unknown> }) {
  const [search] = useSearchParams()
  const alone = definition.filters.find((filter) => filter.alone !== undefined && filter.alone === search.get(filter.name))
  const shown = alone === undefined ? definition.filters : [alone]
  const narrowed = Object.entries(definition.narrowing).flatMap(([name, text]) => {
    const value = search.get(name)
    return value === null ? [] : [{ name, text: text(value) }]
  })
  if (shown.length === 0 && definition.search === undefined && narrowed.length === 0) return null
  const others = (name: string) =>
    [...definition.filters.map((filter) => filter.name), ...Object.keys(definition.narrowing), 'q'].filter((each) => each !== name)
  return (
    <Filters>
      {definition.search !== undefined && <SearchBox {...definition.search} keep={others('q')} />}
      {shown.map(({ alone: aloneValue, ...filter }) => (
        <ChoiceFilter key={filter.name} {...filter} clears={aloneValue === undefined ? {} : { [aloneValue]: others(filter.name) }} />
      ))}
      {narrowed.map(({ name, text }) => (
        <Narrowed key={name} name={name} text={text} />
      ))}
    </Filters>
  )
}

function listOf(pathname: string): CampaignList {
  const last = pathname.split('/').findLast((part) => part !== '')
  return CAMPAIGN_LISTS.find((list) => list === last) ?? 'listings'
}

function asked(list: CampaignList, search: URLSearchParams): Search {
  return { ...filtersOf(DEFINITIONS[list] as Definition<unknown>, search), cursor: search.get('cursor') }
}

/** The filters of the address that this list knows. */
function filtersOf(definition: Definition<unknown>, search: URLSearchParams): Search {
  const names = [
    ...definition.filters.map((filter) => filter.name),
    ...Object.keys(definition.narrowing),
    ...(definition.search === undefined ? [] : ['q']),
  ]
  return Object.fromEntries(names.map((name) => [name, search.get(name)]))
}
