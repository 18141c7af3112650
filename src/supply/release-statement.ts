/**
 * The statement of reasons that a seller reads when a stop ends: what is free, why, and what stays as it was done. Pure. Its field names are
 * those of the stored row and of every answer that carries it.
 */

export type ReleaseStatement = {
  /** What it means for the listing: on sale again, or still stopped by another recall. */
  what: string
  /** Why the stop ends, in the words of the one who decided. */
  why: string
  /** What becomes of the stock that was held. */
  stock: string
  /** What the release does not undo. */
  stays: string
  /** Whom to ask. */
  redress: string
}

/** What a statement is made from. `othersStand`: other recalls still stop the listing. */
export type ReleaseCase = { listing: { listingId: string; title: string }; recallNumber: string; why: string; othersStand: boolean }

/** The statement for ending the stop of one listing under one recall. */
export function releaseStatement({ listing, recallNumber, why, othersStand }: ReleaseCase): ReleaseStatement {
  const named = `“${listing.title}” (listing ${listing.listingId})`
  return {
    what: othersStand
      ? `Recall ${recallNumber} no longer stops ${named}. Another recall still does, so nobody can buy it here yet.`
      : `Recall ${recallNumber} no longer stops ${named}. It may be sold here again from now on.`,
    why,
    stock: othersStand
      ? 'Its stock stays in our centres, because the other recall holds it.'
      : 'Its stock in our centres is free again. You may sell it, or have it sent back.',
    stays:
      'Orders that we took back before they shipped stay cancelled. Buyers whom we told about the recall keep what they were offered. ' +
      'The record of the stop is kept, with this release beside it.',
    redress: 'If something about this release is wrong or not clear, write to our safety team. A person answers.',
  }
}

/** The elements that must be said in words. */
export const RELEASE_TEXTS = ['what', 'why', 'stock', 'stays', 'redress'] as const

/** The elements that a stored statement lacks; empty when it is whole. */
export function missingFromRelease(statement: ReleaseStatement): string[] {
  return RELEASE_TEXTS.filter((element) => statement[element].trim() === '')
}
