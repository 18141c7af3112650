/** The recalls that are one: the same matter as several agencies published it, held together by the links that stand. */
import type { Db } from '../platform/db.ts'
import { jurisdictionOfAgency, type Jurisdiction } from './jurisdiction.ts'
import { jointFacts, linkedPairs } from './queries-joint.ts'
import type { Agency, RecallKind, RemedyOption } from './recall.ts'

/** `distance`: how many links lie between it and the recall asked for, which itself has 0. */
export type JointRecall = {
  recallId: string
  agency: Agency
  recallNumber: string
  jurisdiction: Jurisdiction
  kind: RecallKind
  title: string
  publishedOn: string
  url: string | null
  remedies: RemedyOption[]
  /** Who issued it, where one feed carries several. */
  authority: string | null
  distance: number
}

/** A group has as many recalls as agencies, seldom more. Beyond this bound a chain of links is a mistake in some notice. */
export const JOINT_RECALLS_MAX = 50

/**
 * The group of a recall: itself and every recall that links which stand lead to, directly or over others; the nearest first, then the first
 * published. A recall without links is a group of its own; one that is not here has none.
 */
export async function jointRecalls(db: Db, recallId: string): Promise<JointRecall[]> {
  const distances = new Map([[recallId, 0]])
  let frontier = [recallId]
  for (let distance = 1; frontier.length > 0 && distances.size < JOINT_RECALLS_MAX; distance++) {
    const next = nextOf(frontier, await linkedPairs(db, frontier), distances)
    frontier = next.slice(0, JOINT_RECALLS_MAX - distances.size)
    for (const id of frontier) distances.set(id, distance)
  }
  const facts = await jointFacts(db, [...distances.keys()])
  return facts
    .map((fact) => ({ ...fact, jurisdiction: jurisdictionOfAgency(fact.agency), distance: distances.get(fact.recallId)! }))
    .toSorted(nearestFirst)
}

/** What the links of a frontier lead to that was not reached before, in the order of the ids. Pure. */
export function nextOf(
  frontier: readonly string[],
  pairs: readonly (readonly [string, string])[],
  reached: ReadonlyMap<string, number>,
): string[] {
  const from = new Set(frontier)
  const found = pairs.flatMap(([one, other]) => (from.has(one) && !reached.has(other) ? [other] : []))
  return [...new Set(found)].toSorted()
}

function nearestFirst(a: JointRecall, b: JointRecall): number {
  const order = (recall: JointRecall): string => `${String(recall.distance).padStart(3, '0')} ${recall.publishedOn} ${recall.recallId}`
  return order(a) < order(b) ? -1 : 1
}

/**
 * Which recalls of a group a campaign on its first recall executes: that one, and of each other agency the nearest. One agency does not publish
 * one recall twice, so its other recalls are recalls of their own, joined only because another agency speaks of both in one notice. Pure.
 */
export function executedTogether(group: readonly JointRecall[]): JointRecall[] {
  const agencies = new Set<Agency>()
  return group.filter(({ agency }) => !agencies.has(agency) && agencies.add(agency))
}
