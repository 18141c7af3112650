/** `tocsin campaign proposals|accept|refuse|release|confirm`: what the agency changed since a campaign opened, and releases of its listings. */
import { askReleases, confirmReleases, decideProposal, proposalListings, proposalsOf, type ProposalRow } from '../campaigns/index.ts'
import type { Runtime } from '../main.ts'
import type { Tx } from '../platform/db.ts'
import { once } from '../platform/idempotency.ts'
import type { Enqueue } from '../platform/jobs.ts'
import { snakeCase } from '../platform/json.ts'
import { fail, ok, type Result } from '../platform/result.ts'
import { say } from '../platform/terminal.ts'

export const CHANGE_ACTIONS = ['proposals', 'accept', 'refuse', 'release', 'confirm'] as const
export type ChangeAction = (typeof CHANGE_ACTIONS)[number]

export const CHANGES_HELP = `When the agency changes a recall whose campaign is open, what it would change here is proposed; nothing of it happens by itself, but that
listings which are surely affected are stopped. A release needs two people: one asks, another one confirms. Whoever uses this terminal counts
as one person: what was asked for here is confirmed by a safety officer at the desk, and the other way round.

  npx tocsin campaign proposals 23-774
  npx tocsin campaign accept 23-774 --revision 3 --scope --add LISTING --release LISTING --reason "The agency found more"
  npx tocsin campaign refuse 23-774 --revision 3 --reason "We act on all models already"
  npx tocsin campaign release 23-774 --listing LISTING --reason "The laboratory found no lead"
  npx tocsin campaign confirm 23-774 --listing LISTING`

export type ChangeValues = {
  reason?: string
  revision?: string
  scope: boolean
  add?: string[]
  release?: string[]
  listing?: string[]
  json: boolean
}

/** Listings that are named per proposal on the terminal; `--json` has all. */
const NAMED_MAX = 20

export async function runChange({ deps }: Runtime, action: ChangeAction, campaignId: string, values: ChangeValues): Promise<number> {
  const { database, clock, jobs } = deps
  if (action === 'proposals') return await showProposals(database.db, campaignId, values.json)
  const order = { campaignId, actor: 'cli', at: clock(), reason: values.reason ?? '' }
  const listingIds = values.listing ?? []
  // What is refused halfway is rolled back whole, as at the desk.
  const request = { principal: order.actor, route: `campaign ${action}`, key: null, content: values, at: order.at }
  const done = await once(database, request, async (tx) => {
    const acted = await act(tx, action, { ...order, listingIds, values }, jobs.enqueue)
    return acted.ok ? ok({ status: 201, body: snakeCase(acted.value) }) : acted
  })
  if (!done.ok) {
    say(done.problem.message)
    return 1
  }
  if (values.json) process.stdout.write(`${done.value.text}\n`)
  else say(SAID[action])
  return 0
}

type Order = { campaignId: string; actor: string; at: Date; reason: string; listingIds: string[]; values: ChangeValues }

async function act(tx: Tx, action: Exclude<ChangeAction, 'proposals'>, order: Order, enqueue: Enqueue): Promise<Result<object>> {
  const { listingIds, values } = order
  if (action === 'release' || action === 'confirm') {
    if (listingIds.length === 0) return fail('invalid', 'Name the listing: --listing LISTING.', 'listing')
    return await (action === 'release' ? askReleases(tx, order) : confirmReleases(tx, order))
  }
  const revision = Number(values.revision)
  if (!Number.isInteger(revision) || revision < 1) return fail('invalid', 'Say which revision: --revision NUMBER.', 'revision')
  const accept = action === 'refuse' ? null : { scope: values.scope, add: values.add ?? [], release: values.release ?? [] }
  return await decideProposal(tx, enqueue, { ...order, revision, accept })
}

const SAID: Record<Exclude<ChangeAction, 'proposals'>, string> = {
  accept: 'Done. New notices go out with a running server or worker; releases wait for a second person.',
  refuse: 'Kept, with the reason. The campaign goes on as it was decided.',
  release: 'Asked for. A safety officer confirms it at the desk; until then the listing stays stopped.',
  confirm: 'Released. Its seller reads why in the seller centre.',
}

async function showProposals(db: Tx['db'], campaignId: string, json: boolean): Promise<number> {
  const proposals = await proposalsOf(db, campaignId)
  if (json) {
    process.stdout.write(`${JSON.stringify(snakeCase(proposals))}\n`)
    return 0
  }
  if (proposals.length === 0) say('Nothing of consequence changed in its recalls since this campaign was opened.')
  for (const proposal of proposals) {
    say(proposalLines(proposal).join('\n'))
    const named = await proposalListings(db, campaignId, proposal.revision, {}, null, NAMED_MAX)
    for (const { listing_id: listingId, proposal: what, title } of named) say(`  ${what.padEnd(10)}  ${listingId}  ${title}`)
  }
  return 0
}

function proposalLines({ revision, from_revision: from, decision, fields, lines, listings }: ProposalRow): string[] {
  return [
    `Revision ${revision}, after revision ${from}: ${decision ?? 'waits for a decision'}`,
    ...fields.map((field) => `  ${field.field} (${field.direction}): ${said(field.before)} → ${said(field.after)}`),
    `  order lines: ${lines.into.lines} come in, ${lines.out.lines} fall out`,
    `  listings: ${listings.add} to add, ${listings.look_again} to look at again, ${listings.release} to release`,
  ]
}

function said(values: readonly string[]): string {
  return values.length === 0 ? 'not said' : values.join(', ')
}
