/** Compares recalls with those of other agencies and proposes which are the same. */
import { transaction, type Database } from '../platform/db.ts'
import { candidatePairs, recallsToCompare, recordProposals, type Proposal, type SearchWord, type ToCompare } from './queries-links.ts'
import { nameWords, sameProduct } from './same-product.ts'

const PAGE_RECALLS = 1_000
/** Of brands that a recall names; some registers list a hundred. */
const BRANDS_MAX = 10

export type ProposeCounts = { compared: number; proposed: number }

/** Compares every recall whose newest revision was not compared yet. Safe to run twice, and to be killed: pages are committed one by one. */
export async function proposeLinks(database: Database, { at }: { at: Date }): Promise<ProposeCounts> {
  const counts: ProposeCounts = { compared: 0, proposed: 0 }
  while (true) {
    const page = await transaction(database, async (tx) => {
      const compared = await recallsToCompare(tx.db, PAGE_RECALLS)
      if (compared.length === 0) return 0
      const byId = new Map(compared.map((each) => [each.recallId, each.recall]))
      const words = compared.flatMap(searchWords).toSorted((a, b) => (a.publishedOn < b.publishedOn ? -1 : 1))
      const proposals = new Map<string, Proposal>()
      for (const { recallId, otherId, other } of await candidatePairs(tx.db, words)) {
        const recall = byId.get(recallId)!
        const evidence = sameProduct(recall, other)
        if (evidence === null) continue
        const ordered = recallId < otherId
        const proposal: Proposal = ordered
          ? { recallId, otherId, otherAgency: other.agency, evidence }
          : { recallId: otherId, otherId: recallId, otherAgency: recall.agency, evidence }
        proposals.set(`${proposal.recallId} ${proposal.otherId}`, proposal)
      }
      counts.proposed += await recordProposals(tx.db, compared, [...proposals.values()], at)
      return compared.length
    })
    counts.compared += page
    if (page < PAGE_RECALLS) return counts
  }
}

/** The first word of each brand, and the words of the title, for an agency that names no brands. */
function searchWords({ recallId, recall }: ToCompare): SearchWord[] {
  const { agency, publishedOn } = recall
  const brands = new Set(
    recall.scope.brands.slice(0, BRANDS_MAX).flatMap((brand) => nameWords(brand).find((word) => word.length >= 3) ?? []),
  )
  const title = new Set(nameWords(recall.title).filter((word) => word.length >= 3 && !brands.has(word)))
  return [...[...brands].map((word) => ({ word, isBrand: true })), ...[...title].map((word) => ({ word, isBrand: false }))].map((each) => ({
    recallId,
    agency,
    publishedOn,
    ...each,
  }))
}
