/** How dangerous a recall is, where the agency does not say so itself. Pure; `recalls.severity_of` in SQL says the same, and a test holds both together. */
import type { Hazard, Recall, Severity } from './recall.ts'

/** What kills or maims when it happens. */
const SERIOUS: ReadonlySet<Hazard> = new Set([
  'fire', 'electric_shock', 'choking', 'ingestion', 'strangulation', 'suffocation', 'entrapment', 'tip_over', 'drowning', 'poisoning', 'lead',
  'carbon_monoxide', 'explosion', 'crash', 'amputation', 'magnet', 'allergen',
]) // prettier-ignore
const MEDIUM: ReadonlySet<Hazard> = new Set(['pinch', 'mold'])

/**
 * What the agency states holds; else it is read from deaths and kinds of hazard. A withdrawal for other reasons than safety is low, and a
 * danger that nobody classified counts as high: unknown never becomes harmless.
 */
export function severityOf(recall: Pick<Recall, 'severity' | 'deaths' | 'injuries' | 'kind' | 'hazards'>): Severity {
  if (recall.severity !== undefined) return recall.severity
  if ((recall.deaths ?? 0) > 0) return 'serious'
  if (recall.kind === 'market_withdrawal') return 'low'
  if (recall.hazards.some((hazard) => SERIOUS.has(hazard))) return 'serious'
  if ((recall.injuries ?? 0) > 0) return 'high'
  return recall.hazards.length > 0 && recall.hazards.every((hazard) => MEDIUM.has(hazard)) ? 'medium' : 'high'
}
