/** The notices of several agencies on one recall, as a campaign takes them up: which it executes, and whom each of them is for. */
import { addBrief, noticesMayGo, writeBrief, type NoticeBrief } from '../outreach/index.ts'
import { writeOffer } from '../remedies/index.ts'
import type { Db, Tx } from '../platform/db.ts'
import type { Result } from '../platform/result.ts'
import {
  AGENCY_NAMES,
  currentRecall,
  executedTogether,
  jointRecalls,
  type Agency,
  type Jurisdiction,
  type Recall,
} from '../recalls/index.ts'
import { campaignsExecuting } from './queries-joint.ts'
import { remediesElsewhere, type Remedies } from './remedies-offered.ts'

/** A recall that a campaign executes beside its own. */
export type Beside = { recallId: string; revision: number; jurisdiction: Jurisdiction; recall: Recall }

/** The same recall of other agencies that a campaign on this one executes too, but for those that another campaign executes. */
export async function recallsBeside(db: Db, recallId: string): Promise<Beside[]> {
  const together = executedTogether(await jointRecalls(db, recallId)).filter((each) => each.recallId !== recallId)
  const taken = new Set((await campaignsExecuting(db, together.map((each) => each.recallId))).map((each) => each.recallId)) // prettier-ignore
  const beside: Beside[] = []
  for (const { recallId: id, jurisdiction } of together) {
    const current = taken.has(id) ? null : await currentRecall(db, id)
    if (current !== null) beside.push({ recallId: id, revision: current.revision, jurisdiction, recall: current.recall })
  }
  return beside
}

/**
 * The open campaign that a recall belongs to and is not in: one on the same recall of another agency, opened before the link was known. Null where
 * there is none, and where that campaign has a recall of the same agency already, which then is another recall.
 */
export async function campaignToJoin(db: Db, recallId: string): Promise<{ campaignId: string; recallId: string } | null> {
  const group = await jointRecalls(db, recallId)
  const own = group.find((each) => each.recallId === recallId)
  if (own === undefined) return null
  const executing = await campaignsExecuting(db, group.map((each) => each.recallId)) // prettier-ignore
  for (const { campaignId } of executing) {
    const recalls = executing.filter((each) => each.campaignId === campaignId).map((each) => each.recallId)
    if (!recalls.some((id) => agencyOf(id) === own.agency)) return { campaignId, recallId: recalls[0]! }
  }
  return null
}

/** The agency in a recall's id. */
function agencyOf(recallId: string): Agency {
  return recallId.slice(0, recallId.indexOf('-')) as Agency
}

/** "Health Canada's" notice in a sentence: the agency by its short name, or by its full one where that is shorter than an explanation. */
export function agencyOfRecall(recallId: string): string {
  return AGENCY_NAMES[agencyOf(recallId)]
}

type Telling = { campaignId: string; chosen: Remedies; at: Date }

/** Whether what the campaign would tell its buyers may be sent: its own brief and those of the other jurisdictions. */
export function tellingMayGo(own: NoticeBrief, beside: readonly Beside[], chosen: Remedies): Result<null> {
  const others = beside.filter(({ jurisdiction }) => jurisdiction !== own.jurisdiction)
  return noticesMayGo([own, ...others.map((each) => briefOf(each, { campaignId: '', chosen, at: new Date(0) }).brief)])
}

/** Writes the briefs and offers of the other jurisdictions while a campaign opens: of each the first recall, none for the campaign's own. */
export async function tellElsewhere(tx: Tx, own: Jurisdiction, beside: readonly Beside[], telling: Telling): Promise<void> {
  const told = new Set([own])
  for (const each of beside) {
    if (told.has(each.jurisdiction)) continue
    told.add(each.jurisdiction)
    await writeBrief(tx, { ...briefOf(each, telling), own: false })
    await offerTo(tx, each, telling)
  }
}

/** The same for one that joins an open campaign: whoever of its jurisdiction was not told yet is told by it. Returns how many those are. */
export async function tellFromNowOn(tx: Tx, joined: Beside, telling: Telling): Promise<number> {
  const { moved } = await addBrief(tx, briefOf(joined, telling))
  await offerTo(tx, joined, telling)
  return moved
}

function briefOf({ recallId, jurisdiction, recall }: Beside, { campaignId, chosen, at }: Telling) {
  const { options, proof } = remediesElsewhere(chosen, recall)
  return { campaignId, recallId, brief: { jurisdiction, recall, remedies: options, proof }, at }
}

async function offerTo(tx: Tx, { recallId, jurisdiction, recall }: Beside, { campaignId, chosen, at }: Telling): Promise<void> {
  await writeOffer(tx, { campaignId, recallId, jurisdiction, own: false, ...remediesElsewhere(chosen, recall), at })
}
