/** What the buyers of a campaign may choose, and the proof it asks of them. */
import type { Jurisdiction, RemedyOption } from '../recalls/index.ts'
import type { Tx } from '../platform/db.ts'
import { insertOffer } from './queries.ts'

/** The proofs a campaign can ask for. */
export const PROOFS_ASKED = ['photo_of_destruction', 'none'] as const
export type ProofAsked = (typeof PROOFS_ASKED)[number]

/** `jurisdiction`: whose buyers may choose. `own` is the offer of the campaign's own recall: it is for everyone whose jurisdiction has none. */
export type Offer = {
  campaignId: string
  recallId: string
  jurisdiction: Jurisdiction
  own: boolean
  options: RemedyOption[]
  proof: ProofAsked
}

/**
 * Writes what a campaign offers to a jurisdiction, once: buyers act on what they were told, so a second call changes nothing.
 * Of the options, a case can carry out `refund`; the others are told and not yet carried out here.
 */
export async function writeOffer(tx: Tx, offer: Offer & { at: Date }): Promise<void> {
  await insertOffer(tx.db, offer)
}
