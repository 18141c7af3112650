/** What must hold of the room's tables on any database. */
import type { Invariant } from '../platform/invariants.ts'
import { brokenDecisions, weightsThatDoNotAddUp } from './queries.ts'

export const matchingInvariants: readonly Invariant[] = [
  {
    name: 'matching.weights-add-up',
    promise: 'The weight of every match is the sum of the weights of its reasons.',
    check: async (db) =>
      (await weightsThatDoNotAddUp(db)).map(
        (match) => `${match.listing_id} × ${match.recall_id}: the weight is not the sum of its reasons`,
      ),
  },
  {
    name: 'matching.decisions-complete',
    promise: 'Decisions on a match are numbered without gaps and their match is kept.',
    check: async (db) =>
      (await brokenDecisions(db)).map((pair) => `${pair.listing_id} × ${pair.recall_id}: a decision or its match is missing`),
  },
]
