/** The promises of reach (design, §7), checked on any database by `tocsin doctor` and by the tests after every fault. */
import type { Invariant } from '../platform/invariants.ts'
import { toldByNothing } from './accounts/index.ts'
import { checksThatDisagreeWithLines } from './queries-self-check.ts'
import {
  buyersSkippedByAWave,
  buyersWithoutNotice,
  deliveriesThatContradictStates,
  linesCountedTwice,
  noticesThatDisagreeWithLines,
  reachThatDoesNotAddUp,
  unreachableTooEarly,
} from './queries-reach.ts'
import { contactsBesideTheBooks, toldBesideTheirSeller, waitingForNobody } from './seller-contacts/queries-promises.ts'

export const outreachInvariants: Invariant[] = [
  {
    name: 'outreach.one-notice-per-buyer',
    promise: 'Every affected buyer has exactly one notice per campaign, and nobody else has one.',
    check: buyersWithoutNotice,
  },
  {
    name: 'outreach.reach-adds-up',
    promise: 'Buyers identified = delivered + pending + unreachable.',
    check: reachThatDoesNotAddUp,
  },
  {
    name: 'outreach.units-agree',
    promise: 'Units on notices = units on affected lines.',
    check: noticesThatDisagreeWithLines,
  },
  {
    name: 'outreach.lines-counted-once',
    promise: 'No order line is both with a consumer and taken back before it shipped.',
    check: linesCountedTwice,
  },
  {
    name: 'outreach.delivered-was-taken',
    promise: 'Whatever is delivered was taken by a channel and has not come back, and whatever was taken is delivered.',
    check: deliveriesThatContradictStates,
  },
  {
    name: 'outreach.unreachable-after-every-channel',
    promise: 'Nobody is unreachable before every channel was tried.',
    check: unreachableTooEarly,
  },
  {
    name: 'outreach.nobody-skipped',
    promise: 'A wave that is done has tried everybody who was waiting when it began.',
    check: buyersSkippedByAWave,
  },
  {
    name: 'outreach.administrators-told-by-a-message',
    promise: 'Whatever administrator of a business account counts as told was sent what stands there, and their mail server took it.',
    check: toldByNothing,
  },
  {
    name: 'outreach.checks-agree-with-lines',
    promise: 'Every check is of a line in the books, and what was checked as affected stands there so.',
    check: checksThatDisagreeWithLines,
  },
  {
    name: 'outreach.told-once-in-a-wave',
    promise: 'No wave tells a buyer while their seller is to tell them, or just has.',
    check: toldBesideTheirSeller,
  },
  {
    name: 'outreach.no-wait-for-a-seller',
    promise: 'Nobody waits for a seller whose time has run out.',
    check: waitingForNobody,
  },
  {
    name: 'outreach.sellers-speak-of-their-own',
    promise: 'What a seller says is about their own lines in the campaign, and leaves nobody out for longer than was announced.',
    check: contactsBesideTheBooks,
  },
]
