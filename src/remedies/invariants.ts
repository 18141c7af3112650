/** What must hold of remedies on any database: the promises of design §7 that this room keeps. */
import type { Invariant } from '../platform/invariants.ts'
import {
  refundsBeyondEntitlement,
  doubtfulRefunds,
  unitsOutOfState,
  statesAgainstPayments,
  statesAgainstEvents,
} from './queries-invariants.ts'

export const remedyInvariants: Invariant[] = [
  {
    name: 'remedies.refunds-within-entitlement',
    promise: 'Nobody is refunded more than was paid for their affected lines.',
    check: refundsBeyondEntitlement,
  },
  {
    name: 'remedies.one-refund-per-case',
    promise:
      'Each case asks at most one refund per currency, under one key bound to case, currency and amount, and the demo ledger pays it once.',
    check: doubtfulRefunds,
  },
  {
    name: 'remedies.one-state-per-unit',
    promise: 'Each affected unit with a consumer is in exactly one remedy state: in no case, or in one case that has one state.',
    check: unitsOutOfState,
  },
  {
    name: 'remedies.refunded-is-paid',
    promise: 'A case says refunded exactly when all its refunds are paid, and what the demo ledger paid is what the refunds say.',
    check: statesAgainstPayments,
  },
  {
    name: 'remedies.state-follows-events',
    promise: 'The state of a case is what its events say, and its events are numbered without a gap.',
    check: statesAgainstEvents,
  },
]
