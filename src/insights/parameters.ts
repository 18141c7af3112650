/** The filters of the desk's lists, as query parameters. */
import { z } from 'zod'
import { AGENCIES, SEVERITIES } from '../recalls/index.ts'
import { dayFilter, textFilter } from '../platform/lists.ts'
import { ANSWERS, CASE_STATES, CHANNELS, NOTICE_STATES, OUTCOMES, REMEDY_STATES, STAGES } from './stages.ts'

/** One of these words. */
function choice<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values, { error: `Use one of: ${values.join(', ')}.` }).optional()
}

const yesOrNo = choice(['true', 'false'])

export const RecallParameters = { q: textFilter, touching: yesOrNo }
export const ReviewParameters = {
  answer: choice(ANSWERS),
  tier: choice(['auto', 'review', 'dismiss']),
  why: choice(['review', 'confirm', 'changed']),
  severity: choice(SEVERITIES),
  agency: choice(AGENCIES),
  recall: textFilter,
  seller: textFilter,
  by: choice(['mine', 'others']),
}
export const RulingParameters = {
  ruling: choice([...ANSWERS, 'withdrawn']),
  by: choice(['mine', 'others']),
  recall: textFilter,
  seller: textFilter,
}
export const MatchParameters = { answer: choice(ANSWERS), tier: choice(['auto', 'review', 'dismiss']) }
export const LineParameters = {
  answer: choice(['affected', 'possibly', 'cleared', 'out_of_scope']),
  remedy_state: choice(REMEDY_STATES),
  stopped: yesOrNo,
  buyer: textFilter,
}
export const BuyerParameters = {
  stage: choice(STAGES),
  state: choice(NOTICE_STATES),
  answer: choice(['affected', 'possibly']),
  acknowledged_on: dayFilter,
  q: textFilter,
  // `-` stands for what nobody stated.
  country: textFilter,
  region: textFilter,
  reason: textFilter,
}
export const DeliveryParameters = {
  channel: choice(CHANNELS),
  outcome: choice(OUTCOMES),
  wave: z.coerce.number({ error: 'Give the number of a wave.' }).int('Give the number of a wave.').min(0, 'Waves are numbered from 0.').max(10_000, 'There are not so many waves.').optional(), // prettier-ignore
  buyer: textFilter,
  domain: textFilter,
  came_back: choice(['true']),
}
export const CaseParameters = { state: choice(CASE_STATES), opened_on: dayFilter, refunded_on: dayFilter }
export const RefundParameters = { outcome: choice(['paid', 'refused', 'unsettled']) }
