/** One campaign as the desk shows it: what it is, its figures, its pictures, its timeline. */
import type { Db } from '../platform/db.ts'
import { isoTime } from '../platform/json.ts'
import { funnel, totals, waterfall, type Totals, type Waterfall } from './figures.ts'
import {
  campaignHead,
  ledger,
  lineFigures,
  outOfScopeUnits,
  reachFigures,
  refunded,
  response,
  supplyFigures,
  timeline,
  type ResponseDay,
} from './queries-figures.ts'
import { inSnapshot } from './snapshot.ts'

export type CampaignView = {
  campaign: Record<string, unknown>
  figures: Totals
  waterfall: Waterfall
  funnel: { stage: string; buyers: number }[]
  timeline: Record<string, unknown>[]
  response: ResponseDay[]
}

/** Everything the campaign's page says, of one moment; null where there is no such campaign. */
export async function campaignView(database: Db, campaignId: string): Promise<CampaignView | null> {
  return await inSnapshot(database, async (db) => {
    const head = await campaignHead(db, campaignId)
    if (head === null) return null
    const lines = await lineFigures(db, campaignId)
    const reach = await reachFigures(db, campaignId)
    const steps = await timeline(db, campaignId)
    return {
      campaign: { ...head, opened_at: isoTime(head.opened_at) },
      figures: totals(await supplyFigures(db, campaignId), reach, lines, await refunded(db, campaignId)),
      waterfall: waterfall(await ledger(db, campaignId), lines, await outOfScopeUnits(db, campaignId)),
      funnel: funnel(reach),
      timeline: steps.map((step) => ({ ...step, at: isoTime(step.at) })),
      response: await response(db, campaignId),
    }
  })
}
