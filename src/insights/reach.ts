/** The reach account: every buyer of a campaign accounted for, by time, place, channel, mail domain and reason. */
import { sellerAccounts, toldBySellers, type SellerAccount } from '../outreach/index.ts'
import type { Db } from '../platform/db.ts'
import { isoTime } from '../platform/json.ts'
import type { Item, Key, ListShape } from '../platform/lists.ts'
import { campaignHead, noticeFigures } from './queries-figures.ts'
import {
  channelRows,
  domainRows,
  reachTimes,
  reasonRows,
  regionRows,
  type ChannelRow,
  type DomainRow,
  type ReasonRow,
  type RegionRow,
} from './queries-reach.ts'
import { inSnapshot } from './snapshot.ts'

/** Rows of each table that the account itself shows, the largest first; the table's own address has all of them. */
const SHOWN_MAX = 25
/** Regions or domains that are read to find the largest. */
const READ_MAX = 5_000

const ATTEMPTS = [
  'attempts',
  'buyers',
  'accepted',
  'refused',
  'refused_for_now',
  'failed',
  'no_contact',
  'seen',
  'not_seen',
  'in_flight',
  'came_back',
]

export type ReachTables = { regions: RegionRow; channels: ChannelRow; domains: DomainRow; reasons: ReasonRow; sellers: SellerAccount }
export type ReachTable<Row> = {
  shape: ListShape<Row>
  rows: (db: Db, campaignId: string, after: Key | null, limit: number, at: Date) => Promise<Row[]>
}

/** The tables of the account, each a list with a CSV of its own. */
export const REACH_TABLES: { [Name in keyof ReachTables]: ReachTable<ReachTables[Name]> } = {
  regions: {
    shape: {
      name: 'reach-regions',
      key: ['text', 'text'],
      keyOf: (row) => [row.country, row.region],
      item: (row) => row,
      columns: ['country', 'region', 'buyers', 'delivered', 'pending', 'unreachable', 'acknowledged'],
    },
    rows: regionRows,
  },
  channels: {
    shape: { name: 'reach-channels', key: ['text'], keyOf: (row) => [row.channel], item: (row) => row, columns: ['channel', ...ATTEMPTS] },
    rows: channelRows,
  },
  domains: {
    shape: { name: 'reach-domains', key: ['text'], keyOf: (row) => [row.domain], item: (row) => row, columns: ['domain', ...ATTEMPTS] },
    rows: domainRows,
  },
  reasons: {
    shape: {
      name: 'reach-reasons',
      key: ['text', 'text'],
      keyOf: (row) => [row.state, row.reason],
      item: (row) => row,
      columns: ['state', 'reason', 'buyers'],
    },
    rows: reasonRows,
  },
  // What sellers say that they told their buyers themselves: beside our own account, never part of it.
  sellers: {
    shape: {
      name: 'reach-sellers',
      key: ['text'],
      keyOf: (row) => [row.seller_id],
      item: (row) => row,
      columns: ['seller_id', 'seller_name', 'told', 'not_reached', 'announced', 'lapsed', 'ended', 'buyers_told', 'delivered', 'pending', 'unreachable', 'acknowledged'], // prettier-ignore
    },
    rows: (db, campaignId, after, limit, at) => sellerAccounts(db, campaignId, at, after, limit),
  },
}

/** The account of one moment; null where there is no such campaign. `more` says that a table has more rows than are shown. */
export async function reachAccount(database: Db, campaignId: string, at: Date): Promise<Item | null> {
  return await inSnapshot(database, async (db) => {
    const head = await campaignHead(db, campaignId)
    if (head === null) return null
    const { notices, delivered_buyers, pending_buyers, unreachable_buyers } = await noticeFigures(db, campaignId)
    const times = await reachTimes(db, campaignId, head.opened_at)
    const regions = await regionRows(db, campaignId, null, READ_MAX)
    const channels = await channelRows(db, campaignId, null, READ_MAX)
    const domains = await domainRows(db, campaignId, null, READ_MAX)
    const reasons = await reasonRows(db, campaignId, null, READ_MAX)
    const sellers = await sellerAccounts(db, campaignId, at, null, READ_MAX)
    return {
      campaign_id: campaignId,
      opened_at: isoTime(head.opened_at),
      buyers: { identified: notices, delivered: delivered_buyers, pending: pending_buyers, unreachable: unreachable_buyers },
      times: times.map((time) => ({ ...time, sent_at: isoTime(time.sent_at), delivered_at: isoTime(time.delivered_at) })),
      places: placesOf(regions),
      regions: largest(regions, (row) => row.buyers),
      channels: { items: channels, more: false },
      domains: largest(domains, (row) => row.attempts),
      reasons: largest(reasons, (row) => row.buyers),
      told_by_sellers: await toldBySellers(db, campaignId, at),
      sellers: largest(sellers, (row) => row.buyers_told + row.announced),
    }
  })
}

/** Countries whose regions are drawn one by one; of others the country is one place. */
const DRAWN_BY_REGION = ['US', 'CA']

/** What the map is drawn from: every region of the countries that are drawn by region, every other country as a whole. */
function placesOf(regions: readonly RegionRow[]): { country: string; region: string | null; buyers: number; delivered: number }[] {
  const byPlace = Map.groupBy(regions, (row) => (DRAWN_BY_REGION.includes(row.country) ? `${row.country} ${row.region}` : row.country))
  return [...byPlace.values()].map((rows) => ({
    country: rows[0]!.country,
    region: DRAWN_BY_REGION.includes(rows[0]!.country) ? rows[0]!.region : null,
    buyers: rows.reduce((sum, row) => sum + row.buyers, 0),
    delivered: rows.reduce((sum, row) => sum + row.delivered, 0),
  }))
}

function largest<Row>(rows: readonly Row[], size: (row: Row) => number): { items: Row[]; more: boolean } {
  return { items: rows.toSorted((a, b) => size(b) - size(a)).slice(0, SHOWN_MAX), more: rows.length > SHOWN_MAX }
}
