/**
 * How far a buyer has come. The stages are nested: who did a later thing has passed the earlier ones, whatever the records of the earlier
 * ones say, so the funnel never widens. README.md defines each; `queries-stages.ts` says the same in SQL.
 */
export const STAGES = ['identified', 'notified', 'delivered', 'acknowledged', 'remedied'] as const
export type Stage = (typeof STAGES)[number]

export const NOTICE_STATES = ['pending', 'delivered', 'unreachable'] as const
export const CASE_STATES = ['awaiting_proof', 'refund_asked', 'refunded', 'refund_refused'] as const
/** Where the remedy of an affected line stands; `no_case` where no case covers the line. */
export const REMEDY_STATES = ['no_case', ...CASE_STATES] as const
export type RemedyState = (typeof REMEDY_STATES)[number]
export const CHANNELS = ['email', 'sms', 'push', 'letter', 'banner', 'page'] as const
/** `in_flight` is the absence of an outcome: the attempt was begun and nothing is known of its end. */
export const OUTCOMES = ['accepted', 'refused_for_now', 'refused', 'failed', 'no_contact', 'seen', 'not_seen', 'in_flight'] as const
export const ANSWERS = ['affected', 'possibly', 'no'] as const
