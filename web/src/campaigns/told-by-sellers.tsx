/** What sellers told their buyers themselves, beside our own account: figures per seller, and the announcements that an officer may end. */
import { Button, Textarea } from '@mantine/core'
import { Link, useFetcher } from 'react-router'
import { post, newKey } from '../api.ts'
import { api, paths, type Search } from '../paths.ts'
import { count, counted } from '../ui/format.ts'
import { Table, type Column } from '../ui/table.tsx'
import { Ago, Ahead } from '../ui/time.tsx'
import { word } from '../ui/words.ts'
import styles from './campaigns.module.css'
import type { ReachAccount, SellerAccount } from './reach.ts'
import type { List } from './types.ts'

export type SellerListItem = {
  list_id: string
  seller_id: string
  kind: 'told' | 'plan'
  until: string | null
  recorded_at: string
  orders: number
  standing: number
  covering: number
}

type Revoked = { list: string; ok: boolean; message: string }

/** Ends a list by an officer's word. */
export async function revoke(campaignId: string, form: FormData): Promise<Revoked> {
  const [list, reason] = [String(form.get('list_id') ?? ''), String(form.get('reason') ?? '').trim()]
  if (reason === '') return { list, ok: false, message: 'Write why. The seller reads it.' }
  const done = await post<{ ended: number }>(api.revokeSellerList(campaignId, list), { reason }, newKey())
  if (!done.ok) return { list, ok: false, message: done.problem.message }
  return { list, ok: true, message: `${counted(done.value.ended, 'order')} ended. We tell those buyers with the next wave.` }
}

function columns(id: string): Column<SellerAccount>[] {
  const rows = (head: string, standing: keyof SellerAccount & string, unit?: string): Column<SellerAccount> => ({
    head,
    ...(unit === undefined ? {} : { unit }),
    numeric: true,
    cell: (row) => <Rows id={id} of={{ seller: row.seller_id, standing }} value={Number(row[standing])} />,
  })
  const buyers = (state: 'delivered' | 'pending' | 'unreachable'): Column<SellerAccount> => ({
    head: `${word(state)} with us`,
    unit: 'of these buyers',
    numeric: true,
    cell: (row) => count(row[state]),
  })
  return [
    {
      head: 'Seller',
      cell: (row) => (
        <>
          {row.seller_name ?? 'Not known any more'} <span className="dim small mono">{row.seller_id}</span>
        </>
      ),
    },
    rows(word('told'), 'told', 'rows'),
    {
      head: 'Buyers told',
      numeric: true,
      cell: (row) => <Rows id={id} of={{ seller: row.seller_id, standing: 'told' }} value={row.buyers_told} />,
    },
    buyers('delivered'),
    buyers('pending'),
    buyers('unreachable'),
    rows(word('not_reached'), 'not_reached', 'rows'),
    rows(word('announced'), 'announced', 'orders'),
    rows('Time ran out', 'lapsed', 'orders'),
  ]
}

export function ToldBySellers({ account, lists }: { account: ReachAccount; lists: List<SellerListItem> }) {
  const { campaign_id: id, told_by_sellers: told, sellers } = account
  return (
    <section className="stack" aria-labelledby="told-by-sellers">
      <h2 id="told-by-sellers">Told by the seller</h2>
      {sellers.items.length === 0 ? (
        <p className="dim">No seller has said that they told a buyer. They can in the seller centre; officers by the command line.</p>
      ) : (
        <>
          <p>
            Sellers say that they told {counted(told.buyers, 'buyer')}. It is their word: it delivers no notice, and the figures above do
            not change by it. Of these, {count(told.delivered)} are delivered with us, {count(told.pending)} pending,{' '}
            {count(told.unreachable)} unreachable.{sellers.more && ' The largest sellers; the file has all.'}
          </p>
          <Table label="Told by the seller" columns={columns(id)} rows={sellers.items} rowKey={(row) => row.seller_id} />
          <p className="no-print">
            <a href={api.reachTable(id, 'sellers')} download>
              Download as CSV<span className="visually-hidden">: Told by the seller</span>
            </a>
          </p>
          <Standing lists={lists} />
        </>
      )}
    </section>
  )
}

/** Lists that officers see at once; a seller may hand in many of one order each. */
const STANDING_SHOWN_MAX = 10

/** Lists that leave somebody out of our waves at this moment. */
function Standing({ lists }: { lists: List<SellerListItem> }) {
  const fetcher = useFetcher<Revoked>()
  const standing = lists.items.filter((list) => list.covering > 0)
  const shown = standing.slice(0, STANDING_SHOWN_MAX)
  const said = fetcher.state === 'idle' && fetcher.data?.ok === true ? fetcher.data.message : ''
  return (
    <>
      <output className={styles['said']}>{said}</output>
      {shown.map((list) => (
        <details key={list.list_id} className="no-print">
          <summary>
            {counted(list.covering, 'order')} of {list.seller_id} left out of waves, {list.kind === 'plan' ? 'announced' : 'told'}{' '}
            <Ago at={list.recorded_at} />
            {list.until !== null && (
              <>
                , ends <Ahead at={list.until} />
              </>
            )}
          </summary>
          <End list={list} fetcher={fetcher} />
        </details>
      ))}
      {(standing.length > shown.length || lists.next !== null) && (
        <p className="dim">These are the latest. “tocsin contacts” names all of them.</p>
      )}
    </>
  )
}

function End({ list, fetcher }: { list: SellerListItem; fetcher: ReturnType<typeof useFetcher<Revoked>> }) {
  const problem = fetcher.data?.list === list.list_id && !fetcher.data.ok ? fetcher.data.message : null
  return (
    <fetcher.Form method="post" noValidate className={styles['endList']}>
      <input type="hidden" name="list_id" value={list.list_id} />
      <Textarea
        id={`end-${list.list_id}`}
        name="reason"
        label="Why we tell these buyers ourselves now"
        description="The seller reads it. It is kept with your name."
        rows={2}
        maxLength={4000}
        error={problem}
      />
      <div className="row">
        <Button type="submit" variant="default" loading={fetcher.state !== 'idle'}>
          End it: we tell them
        </Button>
      </div>
    </fetcher.Form>
  )
}

function Rows({ id, of, value }: { id: string; of: Search; value: number }) {
  return value === 0 ? <span className="dim">0</span> : <Link to={paths.campaignList(id, 'seller-contacts', of)}>{count(value)}</Link>
}
