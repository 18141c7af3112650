/** What follows when recalls came in or were corrected: what changed is screened, and the open campaigns take up what is theirs. */
import { proposeFromRevisions, sweepCampaigns, type CampaignCounts, type ProposedCounts } from './campaigns/index.ts'
import { followUpOwed, importsOwed, markFollowedUp } from './feeds/index.ts'
import { screenChanged, screeningOwed, type Progress, type ScreenCounts } from './matching/index.ts'
import { transaction, type Database, type Db } from './platform/db.ts'
import type { Enqueue } from './platform/jobs.ts'
import { correctionsOwed, markCorrectionsFollowedUp, proposeLinks } from './recalls/index.ts'
import { tellGates } from './supply/index.ts'

export type FollowUp = { screened: ScreenCounts; swept: Record<string, CampaignCounts>; proposed: ProposedCounts }

/** Whether recalls came in or were corrected, or listings came in or changed, that nothing followed yet. */
export async function isFollowUpOwed(db: Db): Promise<boolean> {
  return (await followUpOwed(db)) || (await correctionsOwed(db)).length > 0 || (await screeningOwed(db))
}

/**
 * Screens what is new or changed, sweeps every campaign, tells sellers what is kept from sale without a campaign, proposes to open campaigns what their recalls' newest revisions change and which recalls
 * of several agencies are one, and only then counts the imports and corrections up to its beginning as followed up: a process that dies in
 * between leaves that owed, and the next follow-up does it.
 */
export async function followUp(
  deps: { database: Database; enqueue: Enqueue },
  order: { at: Date; actor: string; onProgress?: Progress },
): Promise<FollowUp> {
  const { at, actor, onProgress } = order
  const { db } = deps.database
  const [imports, corrections] = [await importsOwed(db), await correctionsOwed(db)]
  const screened = await screenChanged(deps.database, { at, ...(onProgress === undefined ? {} : { onProgress }) })
  const swept = await sweepCampaigns(deps, { actor, at })
  const proposed = await proposeFromRevisions(deps, { actor, at })
  await transaction(deps.database, (tx) => tellGates(tx, { listingIds: null, actor, at }))
  await proposeLinks(deps.database, { at })
  await markFollowedUp(db, imports, at)
  await markCorrectionsFollowedUp(db, corrections, at)
  return { screened, swept, proposed }
}
