/** Everything about one buyer's state in one campaign: the notice, the case, the lines, every attempt to reach them. */
import { Link, useLoaderData, type LoaderFunctionArgs } from 'react-router'
import { get } from '../api.ts'
import { api, paths } from '../paths.ts'
import { Actor } from '../ui/actor.tsx'
import { Facts } from '../ui/blocks.tsx'
import { counted, money } from '../ui/format.ts'
import { State } from '../ui/state.tsx'
import { Table } from '../ui/table.tsx'
import { Ago, Exact } from '../ui/time.tsx'
import { inSentence, word } from '../ui/words.ts'
import { CampaignHead } from './campaign-head.tsx'
import { useCampaign } from './campaign.ts'
import styles from './campaigns.module.css'
import { eventText, photoHash } from './case-events.ts'
import { DEFINITIONS } from './lists.tsx'
import type { BuyerDetail, CaseEvent } from './types.ts'

export function loader({ params, request }: LoaderFunctionArgs): Promise<BuyerDetail> {
  return get<BuyerDetail>(api.campaignBuyer(params['campaignId'] ?? '', params['buyerId'] ?? ''), request.signal)
}

// The page is about one buyer, so the tables leave that column out.
const LINE_COLUMNS = DEFINITIONS.lines.columns.slice(1)
const DELIVERY_COLUMNS = DEFINITIONS.deliveries.columns.slice(1)

export function Component() {
  const { buyer, notice, lines, deliveries, case: opened } = useLoaderData<typeof loader>()
  const { campaign } = useCampaign()
  const place = [buyer.region, buyer.country].filter(Boolean).join(', ')
  return (
    <>
      <CampaignHead
        title={`Buyer ${buyer.buyer_id}`}
        lead={<p>{[buyer.name ?? 'Name not known', place, counted(notice.units, 'unit')].filter((text) => text !== '').join(' · ')}</p>}
        below={[{ to: paths.campaignList(campaign.campaign_id, 'buyers'), name: 'Buyers' }]}
      />
      <div className={styles['overview']}>
        <section className="stack" aria-labelledby="notice-title">
          <h2 id="notice-title">Notice</h2>
          <Notice notice={notice} />
        </section>
        <section className="stack" aria-labelledby="case-title">
          <h2 id="case-title">Case</h2>
          {opened === null ? (
            <p className="dim">No case yet. It opens when the buyer chooses a remedy on the page their notice leads to.</p>
          ) : (
            <Case opened={opened} campaignId={campaign.campaign_id} />
          )}
        </section>
        <section className="stack" aria-labelledby="lines-title">
          <h2 id="lines-title">Order lines</h2>
          <Table label="Order lines of this buyer" columns={LINE_COLUMNS} rows={lines} rowKey={(row) => `${row.order_id} ${row.line_no}`} />
        </section>
        <section className="stack" aria-labelledby="deliveries-title">
          <h2 id="deliveries-title">Deliveries</h2>
          {deliveries.length === 0 ? (
            <p className="dim">Nothing was sent to this buyer yet.</p>
          ) : (
            <Table
              label="Deliveries to this buyer"
              columns={DELIVERY_COLUMNS}
              rows={deliveries}
              rowKey={(row) => `${row.wave} ${row.channel} ${row.attempt}`}
            />
          )}
          <p>
            <Link to={paths.campaignList(campaign.campaign_id, 'seller-contacts', { buyer: buyer.buyer_id })}>
              What sellers say that they told this buyer
            </Link>
          </p>
        </section>
      </div>
    </>
  )
}

function Notice({ notice }: { notice: BuyerDetail['notice'] }) {
  return (
    <Facts
      facts={[
        ['State', <State key="state" state={notice.state} />],
        ['Since', <Moment key="since" at={notice.state_at} />],
        ['Why', notice.state_reason],
        ['Made', <Moment key="made" at={notice.created_at} />],
        ['Acknowledged', <Acknowledged key="acknowledged" at={notice.acknowledged_at} how={notice.acknowledged_how} />],
      ]}
    />
  )
}

function Acknowledged({ at, how }: { at: string | null; how: string | null }) {
  if (at === null) return <span className="dim">not yet</span>
  return (
    <>
      <Moment at={at} />
      {how !== null && `, ${inSentence(how)}`}
    </>
  )
}

function Moment({ at }: { at: string }) {
  return (
    <>
      <Ago at={at} />{' '}
      <span className="dim">
        (<Exact at={at} />)
      </span>
    </>
  )
}

function Case({ opened, campaignId }: { opened: NonNullable<BuyerDetail['case']>; campaignId: string }) {
  const sums = opened.refunds.map((refund) => money(refund.amount_minor, refund.currency)).join(' + ')
  return (
    <>
      <Facts
        facts={[
          ['State', <State key="state" state={opened.state} />],
          ['Remedy', `${word(opened.remedy)} for ${counted(opened.units, 'unit')}${sums === '' ? '' : `, ${sums}`}`],
        ]}
      />
      <ol className={styles['timeline']} aria-label="What happened to this case">
        {opened.events.map((event) => (
          <Event key={event.event_no} event={event} campaignId={campaignId} />
        ))}
      </ol>
    </>
  )
}

function Event({ event, campaignId }: { event: CaseEvent; campaignId: string }) {
  const hash = photoHash(event)
  return (
    <li>
      <span className="dim">
        <Exact at={event.at} />
      </span>
      <span>
        <strong>{word(event.kind)}</strong> <span className="dim">{eventText(event)}</span>
        {hash !== null && (
          <a href={api.proof(campaignId, hash)} target="_blank" rel="noreferrer" className={styles['proof']}>
            <img src={api.proof(campaignId, hash)} alt="" loading="lazy" />
            See the photo at full size
          </a>
        )}
      </span>
      <span className="dim">
        by <Actor actor={event.actor} />
      </span>
    </li>
  )
}
