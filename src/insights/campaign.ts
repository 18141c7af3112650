/** One campaign as the desk shows it: what it is, its figures, its pictures, its timeline. */
import type { Db } from '../platform/db.ts'
import { isoTime } from '../platform/json.ts'
import { funnel, reachOf, totals, waterfall, type Money, type Reach, type Totals, type Waterfall } from './figures.ts'
import {
  answersByDay,
  campaignHead,
  ledger,
  lineFigures,
  noticeFigures,
  outOfScopeUnits,
  refunded,
  supplyFigures,
  timeline,
  type AnswerDay,
  type CampaignHead,
  type SupplyFigures,
} from './queries-figures.ts'
import { campaignRecalls } from './queries-joint.ts'
import { inSnapshot } from './snapshot.ts'

/** Everything counted of one campaign. */
export type Counted = { head: CampaignHead; supply: SupplyFigures; totals: Totals; waterfall: Waterfall; reach: Reach; days: AnswerDay[] }

/** Counts a campaign; null where there is no such campaign. The figures belong together where `db` is a snapshot. */
export async function countCampaign(db: Db, campaignId: string): Promise<Counted | null> {
  const head = await campaignHead(db, campaignId)
  if (head === null) return null
  const supply = await supplyFigures(db, campaignId)
  const lines = await lineFigures(db, campaignId)
  const notices = await noticeFigures(db, campaignId)
  const days = await answersByDay(db, campaignId)
  const reach = reachOf(notices, days)
  const money: Money[] = await refunded(db, campaignId)
  const units = waterfall(await ledger(db, campaignId), lines, await outOfScopeUnits(db, campaignId))
  return { head, supply, totals: totals(supply, notices, reach, lines, money), waterfall: units, reach, days }
}

export type CampaignView = {
  campaign: Record<string, unknown>
  figures: Totals
  waterfall: Waterfall
  funnel: { stage: string; buyers: number }[]
  timeline: Record<string, unknown>[]
  response: { day: string; acknowledged: number; cases: number; refunded: number }[]
}

/** Everything the campaign's page says, of one moment; null where there is no such campaign. */
export async function campaignView(database: Db, campaignId: string): Promise<CampaignView | null> {
  return await inSnapshot(database, async (db) => {
    const counted = await countCampaign(db, campaignId)
    if (counted === null) return null
    const steps = await timeline(db, campaignId)
    return {
      campaign: {
        ...counted.head,
        opened_at: isoTime(counted.head.opened_at),
        recalls: (await campaignRecalls(db, campaignId, counted.head.recall_id)).map((each) => ({
          ...each,
          added_at: isoTime(each.added_at),
        })),
      },
      figures: counted.totals,
      waterfall: counted.waterfall,
      funnel: funnel(counted.reach),
      timeline: steps.map((step) => ({ ...step, at: isoTime(step.at) })),
      response: counted.days.map(({ day, acknowledged, cases, refunded }) => ({ day, acknowledged, cases, refunded })),
    }
  })
}
