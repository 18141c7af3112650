/** Compares recalls with those of other agencies, and with earlier ones of their own, and proposes which are the same and which expand another. */
import { transaction, type Database, type Db } from '../platform/db.ts'
import { expandsEarlier, saysItExpands } from './expands.ts'
import { earlierCandidates, recordExpansions, type ProposedExpansion } from './queries-expansions.ts'
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
      counts.proposed += await proposeExpansions(tx.db, compared, at)
      return compared.length
    })
    counts.compared += page
    if (page < PAGE_RECALLS) return counts
  }
}

/** Of the recalls that say so, which earlier ones they may expand: of each the likeliest, the nearest in time first among equals. */
async function proposeExpansions(db: Db, compared: readonly ToCompare[], at: Date): Promise<number> {
  const saying = compared.filter(({ recall }) => saysItExpands(recall))
  const byId = new Map(saying.map((each) => [each.recallId, each.recall]))
  const words = saying.flatMap((each) => searchWords(each).filter(({ isBrand }) => isBrand))
  const found = new Map<string, (ProposedExpansion & { publishedOn: string })[]>()
  for (const { recallId, otherId, other } of await earlierCandidates(db, words)) {
    const evidence = expandsEarlier(byId.get(recallId)!, other)
    if (evidence === null) continue
    found.set(recallId, [...(found.get(recallId) ?? []), { recallId, earlierId: otherId, evidence, publishedOn: other.publishedOn }])
  }
  const likeliest = [...found.values()].flatMap((each) =>
    each
      .toSorted((a, b) => b.evidence.weight - a.evidence.weight || (a.publishedOn < b.publishedOn ? 1 : -1))
      .slice(0, EARLIER_PROPOSED_MAX),
  )
  return await recordExpansions(db, compared.map((each) => each.recallId), likeliest, at) // prettier-ignore
}

/** Earlier recalls proposed per recall: a brand of many recalls is not all of them. */
const EARLIER_PROPOSED_MAX = 3

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
