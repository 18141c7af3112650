/** The tables of a campaign: their columns, filters and words. */
import { Link, useParams } from 'react-router'
import { paths, type CampaignList } from '../paths.ts'
import { Actor } from '../ui/actor.tsx'
import { count, counted, day, money, share } from '../ui/format.ts'
import { State } from '../ui/state.tsx'
import type { Column } from '../ui/table.tsx'
import { Ago, Exact } from '../ui/time.tsx'
import { inSentence, word } from '../ui/words.ts'
import type { Figures, Rows } from './types.ts'

/** `alone` is a value that no other filter goes with. */
export type ListFilter = { name: string; label: string; values: readonly string[]; alone?: string }

export type Definition<Row> = {
  /** Counts first: the sentence above the rows. */
  lead: (figures: Figures) => string
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  filters: readonly ListFilter[]
  /** Filters that a link may set and that have no row of choices; they are shown while they are set. */
  narrowing: Readonly<Record<string, (value: string) => string>>
  /** The search box, where the list has one. */
  search?: { label: string; placeholder: string }
  empty: { title: string; text: string }
}

const UNITS = { head: 'Units', numeric: true } as const

/** A buyer of the campaign on show, by the marketplace's own id. */
export function BuyerLink({ buyerId }: { buyerId: string }) {
  const { campaignId = '' } = useParams()
  return (
    <Link to={paths.campaignBuyer(campaignId, buyerId)} className="mono nowrap">
      {buyerId}
    </Link>
  )
}

function buyerColumn<Row extends { buyer_id: string }>(): Column<Row> {
  return { head: 'Buyer', cell: (row) => <BuyerLink buyerId={row.buyer_id} /> }
}

export function Mono({ text }: { text: string }) {
  return <span className="mono nowrap">{text}</span>
}

function Titled({ title, id }: { title: string; id: string }) {
  return (
    <>
      {title}
      <span className="dim small mono" style={{ display: 'block' }}>
        {id}
      </span>
    </>
  )
}

const listings: Definition<Rows['listings']> = {
  lead: (figures) =>
    `${counted(figures.listings_stopped, 'listing')} ${figures.listings_stopped === 1 ? 'was' : 'were'} stopped by this campaign. Units are counted over all centres.`,
  rowKey: (row) => row.listing_id,
  filters: [],
  narrowing: {},
  columns: [
    { head: 'Listing', wide: true, cell: (row) => <Titled title={row.title} id={row.listing_id} /> },
    { head: 'Seller', cell: (row) => <Titled title={row.seller_name} id={row.seller_id} /> },
    { head: 'Stopped', cell: (row) => <Ago at={row.placed_at} /> },
    { head: 'Released', cell: (row) => (row.released_at === null ? <span className="dim">no</span> : <Ago at={row.released_at} />) },
    {
      head: 'By',
      cell: (row) => (
        <span className="nowrap">
          <Actor actor={row.placed_by} />
        </span>
      ),
    },
    { head: 'Received', unit: 'units', numeric: true, cell: (row) => count(row.units.received) },
    { head: 'Sellable', unit: 'units', numeric: true, cell: (row) => count(row.units.sellable) },
    { head: 'Held', unit: 'units', numeric: true, cell: (row) => count(row.units.held) },
    { head: 'In transit', unit: 'units', numeric: true, cell: (row) => count(row.units.in_transit) },
    { head: 'With consumers', unit: 'units', numeric: true, cell: (row) => count(row.units.with_consumers) },
  ],
  empty: {
    title: 'No listing is stopped',
    text: 'A listing is stopped when a rule or a person says that this recall affects it. Rule on the matches of the recall to stop one.',
  },
}

const stock: Definition<Rows['stock']> = {
  lead: (figures) =>
    `${counted(figures.held_units, 'unit')} may not leave their centre. They stay until someone disposes of them or releases them.`,
  rowKey: (row) => `${row.listing_id} ${row.centre_id} ${row.lot}`,
  filters: [],
  narrowing: {},
  columns: [
    { head: 'Listing', wide: true, cell: (row) => <Titled title={row.title} id={row.listing_id} /> },
    { head: 'Centre', cell: (row) => <Titled title={row.centre_name} id={row.centre_id} /> },
    { head: 'Lot', cell: (row) => (row.lot === '' ? <span className="dim">not told apart</span> : <Mono text={row.lot} />) },
    { head: 'Held', cell: (row) => <Ago at={row.placed_at} /> },
    { ...UNITS, cell: (row) => count(row.units) },
  ],
  empty: { title: 'No stock is held', text: 'The stopped listings had no units on a shelf when the campaign opened.' },
}

const interceptions: Definition<Rows['interceptions']> = {
  lead: (figures) =>
    `${counted(figures.intercepted_units, 'unit')} in ${counted(figures.intercepted_lines, 'open order line')} were kept back before they shipped.`,
  rowKey: (row) => `${row.buyer_id} ${row.order_id} ${row.line_no}`,
  filters: [],
  narrowing: {},
  columns: [
    buyerColumn(),
    { head: 'Order', cell: (row) => <Mono text={row.order_id} /> },
    { head: 'Line', numeric: true, cell: (row) => row.line_no },
    { head: 'Listing', cell: (row) => <Mono text={row.listing_id} /> },
    { head: 'Intercepted', cell: (row) => <Ago at={row.intercepted_at} /> },
    { ...UNITS, cell: (row) => count(row.units) },
  ],
  empty: { title: 'No order was intercepted', text: 'No order of a stopped listing was still open when the campaign opened.' },
}

const lines: Definition<Rows['lines']> = {
  lead: (figures) =>
    `${counted(figures.affected_units, 'unit')} in ${counted(figures.affected_lines, 'affected order line')}, ${counted(figures.possible_units, 'unit')} possibly affected: only the buyer's lot or serial can tell.`,
  rowKey: (row) => `${row.buyer_id} ${row.order_id} ${row.line_no}`,
  filters: [
    { name: 'answer', label: 'Answer', values: ['affected', 'possibly', 'cleared', 'out_of_scope'], alone: 'out_of_scope' },
    { name: 'remedy_state', label: 'Remedy', values: ['no_case', 'awaiting_proof', 'refund_asked', 'refunded', 'refund_refused'] },
  ],
  narrowing: {
    stopped: (value) => (value === 'true' ? 'Only lines of stopped listings' : 'Only lines of listings that are not stopped'),
    buyer: (value) => `Only buyer ${value}`,
  },
  columns: [
    {
      head: 'Buyer',
      // Only buyers with a notice have a page.
      cell: (row) => (row.answer === 'out_of_scope' ? <Mono text={row.buyer_id} /> : <BuyerLink buyerId={row.buyer_id} />),
    },
    { head: 'Order', cell: (row) => <Mono text={row.order_id} /> },
    { head: 'Line', numeric: true, cell: (row) => row.line_no },
    { head: 'Listing', cell: (row) => <Mono text={row.listing_id} /> },
    { head: 'Ordered', cell: (row) => <Ago at={row.ordered_at} /> },
    { head: 'Answer', cell: (row) => <State state={row.answer} /> },
    {
      head: 'Remedy',
      cell: (row) => (row.remedy_state === null ? <span className="dim">none due</span> : <State state={row.remedy_state} />),
    },
    { ...UNITS, cell: (row) => count(row.units) },
    { head: 'Paid', numeric: true, cell: (row) => money(row.amount_minor, row.currency) },
  ],
  empty: { title: 'No order line is affected', text: 'No shipped order of a stopped listing falls into the scope of this recall.' },
}

const buyers: Definition<Rows['buyers']> = {
  lead: (figures) =>
    `${counted(figures.notices, 'buyer')}: ${count(figures.delivered_buyers)} delivered (${share(figures.delivered_buyers, figures.notices)}), ${count(figures.pending_buyers)} pending, ${count(figures.unreachable_buyers)} unreachable.`,
  rowKey: (row) => row.buyer_id,
  search: { label: 'Find', placeholder: 'Buyer or order number' },
  filters: [
    { name: 'state', label: 'Notice', values: ['pending', 'delivered', 'unreachable'] },
    { name: 'stage', label: 'Reached', values: ['notified', 'delivered', 'acknowledged', 'remedied'] },
    { name: 'answer', label: 'Answer', values: ['affected', 'possibly'] },
  ],
  narrowing: {
    acknowledged_on: (value) => `Only those who answered on ${day(value)} (UTC)`,
    country: (value) => (value === '-' ? 'Only those whose country is not stated' : `Only those in ${value}`),
    region: (value) => (value === '-' ? 'Only those whose region is not stated' : `Only those in ${value}`),
    reason: (value) => `Only those with the reason “${value}”`,
  },
  columns: [
    buyerColumn(),
    { head: 'Answer', cell: (row) => <State state={row.answer} /> },
    { head: 'Notice', cell: (row) => <State state={row.state} /> },
    { head: 'Since', cell: (row) => <Ago at={row.state_at} /> },
    { head: 'Why', wide: true, cell: (row) => row.state_reason },
    {
      head: 'Last attempt',
      cell: (row) =>
        row.last_channel === null ? (
          <span className="dim">none yet</span>
        ) : (
          `${word(row.last_channel)}: ${word(row.last_outcome ?? 'pending').toLowerCase()}`
        ),
    },
    {
      head: 'Acknowledged',
      cell: (row) => (row.acknowledged_at === null ? <span className="dim">not yet</span> : <Ago at={row.acknowledged_at} />),
    },
    { head: 'Case', cell: (row) => <State state={row.case_state ?? 'no_case'} /> },
    { ...UNITS, cell: (row) => count(row.units) },
  ],
  empty: { title: 'No buyer is affected', text: 'Nobody bought an affected unit here, so there is nobody to write to.' },
}

const deliveries: Definition<Rows['deliveries']> = {
  lead: (figures) =>
    `${counted(figures.notices, 'notice')}; the mail server accepted ${counted(figures.mails_accepted, 'mail')}. One row per attempt, addresses are never kept here.`,
  rowKey: (row) => `${row.buyer_id} ${row.wave} ${row.channel} ${row.attempt}`,
  filters: [
    {
      name: 'outcome',
      label: 'Outcome',
      values: ['accepted', 'refused_for_now', 'refused', 'failed', 'no_contact', 'seen', 'not_seen', 'in_flight'],
    },
    { name: 'channel', label: 'Channel', values: ['email', 'sms', 'push', 'letter', 'banner', 'page'] },
  ],
  narrowing: {
    wave: (value) => `Only wave ${value}`,
    buyer: (value) => `Only buyer ${value}`,
    came_back: () => 'Only what came back after it was taken',
    domain: (value) => (value === '-' ? 'Only buyers without an address' : `Only to ${value}`),
  },
  columns: [
    buyerColumn(),
    { head: 'Wave', numeric: true, cell: (row) => row.wave },
    { head: 'Channel', cell: (row) => word(row.channel) },
    { head: 'Attempt', numeric: true, cell: (row) => row.attempt },
    { head: 'Started', cell: (row) => <Ago at={row.started_at} /> },
    { head: 'Outcome', cell: (row) => (row.outcome === null ? <span className="dim">in flight</span> : <State state={row.outcome} />) },
    { head: 'Domain', cell: (row) => row.recipient_domain ?? <span className="dim">none</span> },
    { head: 'Answer', wide: true, cell: (row) => row.answer_text ?? <span className="dim">none</span> },
  ],
  empty: {
    title: 'Nothing was sent yet',
    text: 'The first wave of mails starts when the campaign opens. Each attempt and its answer appears here.',
  },
}

const cases: Definition<Rows['cases']> = {
  lead: (figures) =>
    `${counted(figures.cases, 'case')}, ${counted(figures.refunded_units, 'unit')} refunded${figures.refunded.length === 0 ? '' : `: ${figures.refunded.map((sum) => money(sum.amount_minor, sum.currency)).join(' + ')}`}.`,
  rowKey: (row) => row.case_id,
  filters: [{ name: 'state', label: 'State', values: ['awaiting_proof', 'refund_asked', 'refunded', 'refund_refused'] }],
  narrowing: {
    opened_on: (value) => `Only cases opened on ${day(value)} (UTC)`,
    refunded_on: (value) => `Only cases refunded on ${day(value)} (UTC)`,
  },
  columns: [
    buyerColumn(),
    { head: 'State', cell: (row) => <State state={row.state} /> },
    { head: 'Since', cell: (row) => <Ago at={row.state_at} /> },
    { head: 'Remedy', cell: (row) => word(row.remedy) },
    { ...UNITS, cell: (row) => count(row.units) },
    {
      head: 'Refund',
      numeric: true,
      cell: (row) => (row.refund === null ? <span className="dim">none yet</span> : money(row.refund.amount_minor, row.refund.currency)),
    },
  ],
  empty: { title: 'No case yet', text: 'A case opens when a buyer chooses a remedy on the page their notice leads to.' },
}

const refunds: Definition<Rows['refunds']> = {
  lead: (figures) =>
    figures.refunded.length === 0
      ? 'No refund has been paid yet.'
      : `${figures.refunded.map((sum) => money(sum.amount_minor, sum.currency)).join(' + ')} paid. One row per buyer and currency.`,
  rowKey: (row) => `${row.buyer_id} ${row.currency}`,
  filters: [{ name: 'outcome', label: 'Outcome', values: ['paid', 'refused', 'unsettled'] }],
  narrowing: {},
  columns: [
    buyerColumn(),
    { head: 'Outcome', cell: (row) => <State state={row.outcome ?? 'unsettled'} /> },
    { head: 'Asked', cell: (row) => <Ago at={row.asked_at} /> },
    { head: 'Settled', cell: (row) => (row.settled_at === null ? <span className="dim">not yet</span> : <Ago at={row.settled_at} />) },
    { head: 'Attempts', numeric: true, cell: (row) => count(row.attempts) },
    {
      head: 'Reference',
      cell: (row) => (row.payment_reference === null ? <span className="dim">none yet</span> : <Mono text={row.payment_reference} />),
    },
    { head: 'Amount', numeric: true, cell: (row) => money(row.amount_minor, row.currency) },
  ],
  empty: {
    title: 'No refund asked yet',
    text: 'A refund is asked of the payment side when a buyer has chosen it and shown what was asked for.',
  },
}

const sellerContacts: Definition<Rows['seller-contacts']> = {
  lead: () => 'What sellers say: whom they told themselves, and whom they are about to tell. It delivers no notice.',
  rowKey: (row) => `${row.buyer_id} ${row.order_id} ${row.seller_id} ${row.contact_no}`,
  filters: [{ name: 'standing', label: 'What was said', values: ['told', 'not_reached', 'announced', 'lapsed', 'ended'] }],
  narrowing: {
    seller: (value) => `Only of seller ${value}`,
    buyer: (value) => `Only of buyer ${value}`,
  },
  columns: [
    buyerColumn(),
    { head: 'Order', cell: (row) => <Mono text={row.order_id} /> },
    { head: 'Seller', cell: (row) => <Mono text={row.seller_id} /> },
    {
      head: 'Said',
      cell: (row) => <State state={row.kind === 'plan' ? 'announced' : row.outcome === 'not_reached' ? 'not_reached' : 'told'} />,
    },
    {
      head: 'Told',
      cell: (row) =>
        row.told_at === null ? (
          <span className="dim">not yet</span>
        ) : (
          <>
            <Ago at={row.told_at} />, {inSentence(`by:${row.channel ?? ''}`)}
          </>
        ),
    },
    { head: 'Written down', cell: (row) => <Ago at={row.recorded_at} /> },
    {
      head: 'Left out of waves',
      cell: (row) => (row.covers_until === null ? <span className="dim">no</span> : <Until at={row.covers_until} />),
    },
    {
      head: 'Ended',
      wide: true,
      cell: (row) =>
        row.ended_at === null ? (
          <span className="dim">no</span>
        ) : (
          <>
            <Ago at={row.ended_at} />: {row.ended_why}
          </>
        ),
    },
  ],
  empty: {
    title: 'No seller has said anything yet',
    text: 'Sellers say in the seller centre whom of their own buyers they told. It comes here row by row.',
  },
}

/** The end of a time, whichever side of now it lies on. */
function Until({ at }: { at: string }) {
  return (
    <>
      until <Exact at={at} />
    </>
  )
}

export const DEFINITIONS: { [Name in CampaignList]: Definition<Rows[Name]> } = {
  listings,
  stock,
  interceptions,
  lines,
  buyers,
  deliveries,
  cases,
  refunds,
  'seller-contacts': sellerContacts,
}
