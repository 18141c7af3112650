/** Pairs of recalls of two agencies that may be one: the queue, and what was ruled. */
import { useLoaderData, useSearchParams, Link, type LoaderFunctionArgs } from 'react-router'
import { get } from '../api.ts'
import type { List } from '../campaigns/types.ts'
import { api, paths } from '../paths.ts'
import { PageHead } from '../ui/blocks.tsx'
import { Empty } from '../ui/empty.tsx'
import { day, recallName } from '../ui/format.ts'
import { ChoiceFilter, Filters, ListFoot } from '../ui/list.tsx'
import { Table, type Column } from '../ui/table.tsx'
import { word } from '../ui/words.ts'
import type { RecallPair } from './types.ts'

const STANDINGS = ['linked', 'different'] as const

export function loader({ request }: LoaderFunctionArgs): Promise<List<RecallPair>> {
  const search = new URL(request.url).searchParams
  return get<List<RecallPair>>(api.links({ standing: search.get('standing') ?? 'proposed', cursor: search.get('cursor') }), request.signal)
}

const COLUMNS: readonly Column<RecallPair>[] = [
  { head: 'This recall', wide: true, cell: (pair) => <Side pair={pair} which="recall" /> },
  { head: 'And this one', wide: true, cell: (pair) => <Side pair={pair} which="other_recall" /> },
  { head: 'Why', wide: true, cell: (pair) => <span className="small">{strongest(pair)}</span> },
]

export function Component() {
  const { items, next } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const standing = search.get('standing')
  return (
    <>
      <PageHead
        title="Same recall?"
        lead={
          <p>
            Agencies often publish one recall together. Where neither notice names the other, the texts are compared, and a person decides
            whether both are one. Where a title says that it expands an earlier recall, a person decides which one that is.
          </p>
        }
      />
      <Filters>
        <ChoiceFilter name="standing" label="Ruled" values={STANDINGS} all="Not yet" />
      </Filters>
      {items.length > 0 ? (
        <Table
          label="Pairs of recalls"
          columns={COLUMNS}
          rows={items}
          rowKey={(pair) => `${pair.recall_id} ${pair.other_recall_id}`}
          phone="stacks"
        />
      ) : standing === null ? (
        <Empty title="No pair waits for you">
          <p>
            Recalls of different agencies are compared as they come in. Those that one notice names in the other are linked at once. A pair
            that only looks alike comes here.
          </p>
          <p>
            See <Link to={paths.links({ standing: 'linked' })}>what was ruled the same</Link>, or{' '}
            <Link to={paths.feeds()}>which agencies are heard</Link>: pairs need the recalls of at least two.
          </p>
        </Empty>
      ) : (
        <Empty title={`Nothing was ruled “${word(standing)}” yet`}>
          <p>
            <Link to={paths.links()}>Show what waits</Link>
          </p>
        </Empty>
      )}
      <ListFoot shown={items.length} next={next} csv={api.links({ standing: standing ?? 'proposed', format: 'csv' })} />
    </>
  )
}

function Side({ pair, which }: { pair: RecallPair; which: 'recall' | 'other_recall' }) {
  const recall = pair[which]
  return (
    <span>
      {which === 'recall' ? <Link to={paths.link(pair.recall_id, pair.other_recall_id)}>{recall.title}</Link> : recall.title}
      <br />
      <span className="dim small">
        {recallName(recall.agency, recall.recall_number)}, {day(recall.published_on)}
      </span>
    </span>
  )
}

function strongest(pair: RecallPair): string {
  const sorted = pair.reasons.toSorted((a, b) => b.weight - a.weight)
  const asks = pair.asks === 'expands' ? 'The first may expand the second. ' : ''
  return asks + sorted.slice(0, 3).map((reason) => reason.text).join(' ') // prettier-ignore
}
