/** What the room's lists are: their order, their items, their CSV columns. Columns are only ever added, at the end. */
import { isoTime, snakeCase } from '../platform/json.ts'
import type { ListShape } from '../platform/lists.ts'
import type { ProposalListingRow, ProposalRow } from './queries-proposals.ts'
import type { ReleaseRow } from './queries-releases.ts'

/** The newest revision first; the key is the negative number, so that keys ascend. */
export const proposalShape: ListShape<ProposalRow> = {
  name: 'proposals',
  key: ['integer'],
  keyOf: (row) => [-row.revision],
  item: (row) => ({
    campaign_id: row.campaign_id,
    revision: row.revision,
    from_revision: row.from_revision,
    recorded_at: isoTime(row.recorded_at),
    cause: row.cause,
    proposed_at: isoTime(row.proposed_at),
    proposed_by: row.proposed_by,
    change: snakeCase(row.change),
    fields: row.fields,
    lines: row.lines,
    listings: row.listings,
    decision:
      row.decision === null
        ? null
        : {
            decision: row.decision,
            scope: row.scope,
            added: row.added,
            released: row.released,
            decided_by: row.decided_by,
            decided_at: isoTime(row.decided_at),
            reason: row.decision_reason,
          },
  }),
  columns: [
    'revision', 'from_revision', 'recorded_at', 'cause', 'proposed_at', 'change.wider', 'change.narrower', 'listings.add', 'listings.look_again',
    'listings.release', 'lines.into.lines', 'lines.into.units', 'lines.into.buyers', 'lines.out.lines', 'lines.out.units', 'lines.out.buyers',
    'decision.decision', 'decision.scope', 'decision.decided_by', 'decision.decided_at', 'decision.reason',
  ], // prettier-ignore
}

export const proposalListingShape: ListShape<ProposalListingRow> = {
  name: 'proposal-listings',
  key: ['text'],
  keyOf: (row) => [row.listing_id],
  item: (row) => ({ ...row, edited_at: isoTime(row.edited_at), found_at: isoTime(row.found_at) }),
  columns: [
    'listing_id', 'title', 'seller_id', 'seller_name', 'proposal', 'engine_answer', 'tier', 'weight', 'ruling', 'ruling_reason', 'edited_at',
    'found_at',
  ], // prettier-ignore
}

export const releaseShape: ListShape<ReleaseRow> = {
  name: 'releases',
  key: ['text', 'integer'],
  keyOf: (row) => [row.listing_id, row.request_no],
  item: (row) => ({
    ...row,
    asked_at: isoTime(row.asked_at),
    answered_at: isoTime(row.answered_at),
    released_at: isoTime(row.released_at),
  }),
  columns: [
    'listing_id', 'request_no', 'title', 'seller_id', 'seller_name', 'revision', 'asked_by', 'asked_at', 'reason', 'answer', 'answered_by',
    'answered_at', 'answer_reason', 'released_at',
  ], // prettier-ignore
}
