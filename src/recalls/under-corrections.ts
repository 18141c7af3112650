/** A recall as it is read, and as it stands under people's corrections. Pure. */
import { valueOf, withValue } from './correction-fields.ts'
import type { CorrectionField, Recall } from './recall.ts'

/** A correction that holds: at most one of each field of a recall. */
export type StandingCorrection = { correctionNo: number; field: CorrectionField; value: unknown }

/** The recall as it is read from its document, without any correction. */
export function asRead(recall: Recall): Recall {
  const { corrected = {}, ...rest } = recall
  return Object.entries(corrected).reduce<Recall>(
    (read, [field, { read: value }]) => withValue(read, field as CorrectionField, value),
    rest,
  )
}

/**
 * The recall under these corrections, whatever stood above it before. What is read is remembered beside each corrected value; a recall
 * without corrections is exactly what is read, so that its hash is that of its document's content.
 */
export function underCorrections(recall: Recall, standing: readonly StandingCorrection[]): Recall {
  const read = asRead(recall)
  if (standing.length === 0) return read
  const corrected: NonNullable<Recall['corrected']> = {}
  let stands = read
  for (const { correctionNo, field, value } of standing.toSorted((a, b) => a.correctionNo - b.correctionNo)) {
    corrected[field] = { read: valueOf(read, field), correctionNo }
    stands = withValue(stands, field, value)
  }
  return { ...stands, corrected }
}
