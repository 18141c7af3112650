/** Who tells the buyers of a seller's orders in one recall: the orders, saying whom one has told, announcing it, taking it back. */
import { Link, useLoaderData, useSearchParams, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router'
import { get, newKey, post } from '../api.ts'
import type { List } from '../campaigns/types.ts'
import { api, paths } from '../paths.ts'
import { PageHead } from '../ui/blocks.tsx'
import { Empty } from '../ui/empty.tsx'
import { count, counted, recallName } from '../ui/format.ts'
import { ChoiceFilter, Filters, ListFoot, SearchBox } from '../ui/list.tsx'
import { State } from '../ui/state.tsx'
import { Table, type Column } from '../ui/table.tsx'
import { Ago, Ahead, Exact } from '../ui/time.tsx'
import { inSentence } from '../ui/words.ts'
import styles from './sellers.module.css'
import { announced, oneOrder, ORDER_STATES, type ContactList, type Recorded, type SellerCampaign, type SellerOrder } from './told.ts'
import { Announce, SayTold, type ToldAnswer } from './told-forms.tsx'
import { ContactLists } from './told-lists.tsx'

/** Orders on one page: what is above and below them stays near. */
const ORDERS_SHOWN = '25'

type Loaded = { campaign: SellerCampaign; orders: List<SellerOrder>; lists: List<ContactList> }

export async function loader({ params, request }: LoaderFunctionArgs): Promise<Loaded> {
  const id = params['campaignId'] ?? ''
  const search = new URL(request.url).searchParams
  const asked = { state: search.get('state'), q: search.get('q'), cursor: search.get('cursor'), limit: ORDERS_SHOWN }
  const [campaign, orders, lists] = await Promise.all([
    get<SellerCampaign>(api.sellerCampaign(id), request.signal),
    get<List<SellerOrder>>(api.sellerOrders(id, asked), request.signal),
    get<List<ContactList>>(api.sellerContactLists(id), request.signal),
  ])
  return { campaign, orders, lists }
}

export async function action({ params, request }: ActionFunctionArgs): Promise<ToldAnswer> {
  const id = params['campaignId'] ?? ''
  const form = await request.formData()
  const text = (name: string) => String(form.get(name) ?? '')
  const intent = text('intent')
  if (intent === 'withdraw') {
    const listId = text('list_id')
    if (text('reason').trim() === '') return { form: listId, ok: false, field: 'reason', message: 'Write why you take it back.' }
    const done = await post<{ ended: number }>(api.withdrawContactList(id, listId), { reason: text('reason') }, newKey())
    return done.ok
      ? { form: listId, ok: true, recorded: null, message: `${counted(done.value.ended, 'order')} taken back. We tell their buyers.` }
      : { form: listId, ok: false, field: done.problem.field, message: done.problem.message }
  }
  const sending = intent === 'file' ? await fileOf(form) : intent === 'plan' ? announced({ orders: text('orders'), hours: text('hours') }, new Date()) : oneOrder({ order: text('order'), channel: text('channel'), at: text('at'), outcome: text('outcome') }) // prettier-ignore
  if (!sending.ok) return { form: intent, ...sending }
  const done = await post<Recorded>(api.sellerContactLists(id), sending.body, newKey())
  if (!done.ok) return { form: intent, ok: false, field: intent === 'file' ? 'file' : done.problem.field, message: done.problem.message }
  return { form: intent, ok: true, recorded: done.value, message: '' }
}

async function fileOf(form: FormData): Promise<ReturnType<typeof oneOrder>> {
  const file = form.get('file')
  if (!(file instanceof File) || file.size === 0) return { ok: false, field: 'file', message: 'Choose a file.' }
  return { ok: true, body: { kind: 'told', csv: await file.text() } }
}

const COLUMNS: readonly Column<SellerOrder>[] = [
  { head: 'Order', cell: (row) => <span className="mono nowrap">{row.order_id}</span> },
  { head: 'Where it stands', wide: true, cell: (row) => <State state={`order:${row.state}`} /> },
  { head: 'Told by us', cell: (row) => (row.told_at === null ? <span className="dim">not yet</span> : <Ago at={row.told_at} />) },
  { head: 'You say', cell: (row) => <YouSay order={row} /> },
  { head: 'Units', numeric: true, cell: (row) => count(row.units) },
]

function YouSay({ order }: { order: SellerOrder }) {
  if (order.your_told_at !== null) {
    return (
      <span>
        {order.your_outcome === 'not_reached' ? 'not reached' : order.your_outcome === 'answered' ? 'answered' : 'told'}{' '}
        <Ago at={order.your_told_at} />, {inSentence(`by:${order.your_channel ?? ''}`)}
      </span>
    )
  }
  if (order.left_to_you_until === null) return <span className="dim">nothing yet</span>
  return (
    <span>
      to be told <Ahead at={order.left_to_you_until} />
    </span>
  )
}

export function Component() {
  const { campaign, orders, lists } = useLoaderData<typeof loader>()
  const { recall } = campaign
  return (
    <>
      <PageHead
        title="Who tells your buyers"
        crumbs={[{ to: paths.seller(), name: 'Seller centre' }]}
        lead={
          <>
            <p>
              {counted(campaign.orders, 'order')} of yours, recall {recallName(recall.agency, recall.recall_number)}:{' '}
              {recall.url === null ? (
                recall.title
              ) : (
                <a href={recall.url} rel="noreferrer" target="_blank">
                  {recall.title}
                </a>
              )}
            </p>
            <p>
              We tell every buyer, and keep at it until they answer. If you tell some of them too, say so here: then nobody hears it from
              both of us at once.
            </p>
          </>
        }
      />
      <div className={styles['page']}>
        <div className={styles['pair']}>
          <SayTold campaign={campaign} />
          <Announce campaign={campaign} />
        </div>
        <ContactLists lists={lists} />
        <Orders campaign={campaign} orders={orders} />
      </div>
    </>
  )
}

function Orders({ campaign, orders }: { campaign: SellerCampaign; orders: List<SellerOrder> }) {
  const [search] = useSearchParams()
  const asked = { state: search.get('state'), q: search.get('q') }
  const present = ORDER_STATES.filter((state) => campaign.states[state] > 0 || asked.state === state)
  return (
    <section className="stack" aria-labelledby="orders-title">
      <h2 id="orders-title">Your orders</h2>
      <p>
        {present.length === 0
          ? 'None.'
          : `${present.map((state) => `${count(campaign.states[state])} ${inSentence(`order:${state}`)}`).join(', ')}.`}{' '}
        <span className="dim">Answered: the buyer has confirmed it or asked for their remedy.</span>
      </p>
      <Filters>
        <SearchBox label="Order number" placeholder="The whole number" keep={['state']} />
        <ChoiceFilter name="state" label="Where it stands" values={present} word={(state) => `order:${state}`} />
      </Filters>
      {orders.items.length === 0 ? (
        <Empty title="No order of yours matches">
          <p>
            Choose “All”, or write a whole order number. <Link to={paths.sellerTold(campaign.campaign_id)}>Show all orders</Link>
          </p>
        </Empty>
      ) : (
        <Table label="Your orders in this recall" columns={COLUMNS} rows={orders.items} rowKey={(row) => row.order_id} phone="stacks" />
      )}
      <ListFoot shown={orders.items.length} next={orders.next} csv={api.sellerOrders(campaign.campaign_id, { ...asked, format: 'csv' })} />
      <p className="dim small">
        Opened <Exact at={campaign.opened_at} />. You see your own order numbers and nothing else of a buyer.
      </p>
    </section>
  )
}
