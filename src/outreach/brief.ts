/**
 * What the notices of a campaign say: the recall as decided and what the buyer is offered. Kept per campaign and jurisdiction, so that a later
 * revision of the recall does not move it.
 */
import type { Jurisdiction, Recall, RemedyOption } from '../recalls/index.ts'

export type NoticeBrief = {
  /** Whose law says what a notice must contain, and whose buyers it is for. US: 16 CFR 1115.27. */
  jurisdiction: Jurisdiction
  recall: Recall
  /** What the marketplace offers, the first one first. */
  remedies: RemedyOption[]
  proof: 'photo_of_destruction' | 'none'
}

/**
 * A brief as it is kept. A campaign that takes over a newer revision writes its brief anew, with the next number from 1: who was told by an earlier
 * one keeps it. `own` is that of the campaign's own recall: it is for everyone whose jurisdiction
 * has no brief.
 */
export type KeptBrief = { jurisdiction: Jurisdiction; recallId: string; own: boolean; briefNo: number; brief: NoticeBrief }

/** Money in minor units of an ISO 4217 currency. */
export type Money = { amountMinor: number; currency: string }

/** `affected`, or `possibly` where only the buyer's lot or serial can tell. */
export type NoticeAnswer = 'affected' | 'possibly'

/** One affected order line as the buyer is told of it. `amount` is what they paid for it. */
export type NoticeLine = { title: string; orderedAt: Date; units: number; amount: Money }

/** What one buyer's notice is about. */
export type NoticeOfBuyer = {
  noticeId: string
  answer: NoticeAnswer
  units: number
  /** The first lines by date, at most as many as were asked for; `lineCount` counts all of them. */
  lines: NoticeLine[]
  lineCount: number
  /** What a full refund of the lines answered `affected` comes to, one entry per currency. */
  refund: Money[]
}
