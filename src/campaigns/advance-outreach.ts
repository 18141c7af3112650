/** Takes the outreach of every campaign on: fall-back channels, reminders, and who has become unreachable. What the clock asks for. */
import { transaction } from '../platform/db.ts'
import { advance, type Channel } from '../outreach/index.ts'
import type { CampaignDeps } from './open-campaign.ts'
import { SEND_WAVE_JOB } from './line.ts'
import { campaignIds, insertStep, lockRecall } from './queries.ts'

/** What one campaign's turn came to. Waves that were started are asked for in the same transaction. */
export type AdvancedCampaign = { waves: number; unreachable: number; reopened: number }

/**
 * Gives every campaign its turn, each in a transaction of its own. Asked twice, or by two workers at once, each wave starts once. `connected` are
 * the channels that this installation can send by.
 */
export async function advanceCampaigns(
  deps: Pick<CampaignDeps, 'database' | 'enqueue'>,
  order: { connected: readonly Channel[]; at: Date; actor: string; signal?: AbortSignal },
): Promise<Record<string, AdvancedCampaign>> {
  const advanced: Record<string, AdvancedCampaign> = {}
  for (const campaignId of await campaignIds(deps.database.db)) {
    if (order.signal?.aborted === true) break
    advanced[campaignId] = await advanceCampaign(deps, { ...order, campaignId })
  }
  return advanced
}

/** The turn of one campaign. */
export async function advanceCampaign(
  deps: Pick<CampaignDeps, 'database' | 'enqueue'>,
  order: { campaignId: string; connected: readonly Channel[]; at: Date; actor: string },
): Promise<AdvancedCampaign> {
  const { campaignId, actor, at } = order
  return transaction(deps.database, async (tx) => {
    await lockRecall(tx.db, campaignId)
    const { started, unreachable, reopened } = await advance(tx, order)
    for (const { wave, buckets, reminderNo } of started) {
      const counts = reminderNo === null ? { wave, buckets } : { wave, buckets, reminder: reminderNo }
      await insertStep(tx.db, { campaignId, step: 'wave_started', actor, at, counts })
      await deps.enqueue(tx, SEND_WAVE_JOB, { campaignId, wave })
    }
    return { waves: started.length, unreachable, reopened }
  })
}
