/** The closing account: what a campaign has done so far, in figures for programs and in ten sentences for a terminal. */
import { printedNumber } from '../recalls/index.ts'
import type { Db } from '../platform/db.ts'
import { countCampaign } from './campaign.ts'
import { marketplaceCounts } from './queries-campaigns.ts'
import { inSnapshot } from './snapshot.ts'

/** Names are those of `npm start -- --exit --json`. Units are units of the product. */
export type CampaignAccount = {
  campaign_id: string
  recall_number: string
  title: string
  /** Recalls known, and what the marketplace consists of. */
  recalls: number
  listings: number
  sellers: number
  stopped_listings: number
  held_units: number
  held_centres: number
  intercepted_lines: number
  intercepted_units: number
  affected_lines: number
  affected_units: number
  possible_units: number
  affected_buyers: number
  notices: number
  mails_accepted: number
  delivered: number
  pending: number
  unreachable: number
  cases: number
  refunded_units: number
  received_units: number
  consumer_units: number
  /** The units received are those that the accounts hold, and those with consumers are those of the order lines. */
  balanced: boolean
}

/** The account of one campaign, of one moment. Throws where there is no such campaign. */
export async function campaignAccount(database: Db, campaignId: string): Promise<CampaignAccount> {
  return await inSnapshot(database, async (db) => {
    const counted = await countCampaign(db, campaignId)
    if (counted === null) throw new Error(`There is no campaign ${campaignId}.`)
    const { head, supply, totals: figures, waterfall: units } = counted
    const counts = await marketplaceCounts(db)
    return {
      campaign_id: head.campaign_id,
      recall_number: head.recall_number,
      title: head.title,
      ...counts,
      stopped_listings: figures.listings_stopped,
      held_units: figures.held_units,
      held_centres: supply.held_centres,
      intercepted_lines: figures.intercepted_lines,
      intercepted_units: figures.intercepted_units,
      affected_lines: figures.affected_lines,
      affected_units: figures.affected_units,
      possible_units: figures.possible_units,
      affected_buyers: figures.affected_buyers,
      notices: figures.notices,
      mails_accepted: figures.mails_accepted,
      delivered: figures.delivered_buyers,
      pending: figures.pending_buyers,
      unreachable: figures.unreachable_buyers,
      cases: figures.cases,
      refunded_units: figures.refunded_units,
      received_units: units.received,
      consumer_units: units.steps.find((step) => step.account === 'with_consumers')!.units,
      balanced: units.balanced && units.consumers.balanced,
    }
  })
}

const NUMBER = new Intl.NumberFormat('en-US')

/** `1 unit`, `3,460 units`. */
function of(count: number, one: string, many = `${one}s`): string {
  return `${NUMBER.format(count)} ${count === 1 ? one : many}`
}

function verb(count: number, one: string, many: string): string {
  return count === 1 ? one : many
}

/** The account in ten plain sentences, one per line. Pure. */
export function accountLines(account: CampaignAccount): string[] {
  const a = account
  const possibly = a.possible_units === 0 ? '' : ` ${of(a.possible_units, 'more unit')} may be affected.`
  return [
    `${of(a.recalls, 'recall')} of the agency ${verb(a.recalls, 'is', 'are')} known here.`,
    `The marketplace has ${of(a.listings, 'listing')} of ${of(a.sellers, 'seller')}.`,
    `Recall ${printedNumber(a.recall_number)} stopped ${of(a.stopped_listings, 'listing')}: ${a.title}`,
    `${of(a.held_units, 'unit')} ${verb(a.held_units, 'is', 'are')} held in ${of(a.held_centres, 'centre')}.`,
    `${of(a.intercepted_lines, 'open order line')} with ${of(a.intercepted_units, 'unit')} ${verb(a.intercepted_lines, 'was', 'were')} taken back before shipping.`,
    `${of(a.affected_units, 'unit')} in ${of(a.affected_lines, 'order line')} ${verb(a.affected_units, 'is', 'are')} affected.${possibly}`,
    `${of(a.affected_buyers, 'buyer')} ${verb(a.affected_buyers, 'has', 'have')} affected units, and ${of(a.notices, 'notice')} ${verb(a.notices, 'was', 'were')} made.`,
    `${of(a.mails_accepted, 'mail')} ${verb(a.mails_accepted, 'was', 'were')} accepted: ${of(a.delivered, 'buyer')} reached, ${NUMBER.format(a.pending)} pending, ${NUMBER.format(a.unreachable)} unreachable.`,
    `${of(a.cases, 'buyer')} asked for a remedy, and ${of(a.refunded_units, 'unit')} ${verb(a.refunded_units, 'is', 'are')} refunded.`,
    a.balanced
      ? `The books balance: all ${of(a.received_units, 'unit')} received are accounted for, ${NUMBER.format(a.consumer_units)} of them with consumers.`
      : `The books do not balance: of ${of(a.received_units, 'unit')} received some are unaccounted for. Run npx tocsin doctor.`,
  ]
}
