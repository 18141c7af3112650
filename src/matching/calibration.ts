/**
 * From bits of evidence to a probability that holds: of a hundred matches said to be right with 0.97, about 97 are. Pure.
 *
 * The sum of the fields' weights overstates what is known, because fields depend on each other, so a logistic curve is laid through labelled
 * pairs (Platt, 1999): log-odds in bits = slope × weight + offset. There is one curve for answers where all that decides is stated, and one
 * for those that miss something. The constants are fitted by `fitCalibration` on the labelled pairs; the benchmark prints how well they hold.
 */

export type Curve = { slope: number; offset: number }

export const CALIBRATION: { stated: Curve; unstated: Curve } = {
  stated: { slope: 1.1, offset: -1.6 },
  unstated: { slope: 0.7, offset: -2.9 },
}

/** The probability that the product is one of those recalled. `isUnstated`: the listing does not state what decides. */
export function probabilityOf(weight: number, isUnstated = false): number {
  const { slope, offset } = isUnstated ? CALIBRATION.unstated : CALIBRATION.stated
  return onCurve({ slope, offset }, weight)
}

export function onCurve({ slope, offset }: Curve, weight: number): number {
  return 1 / (1 + 2 ** -(slope * weight + offset))
}

/** A match whose truth is known. */
export type Known = { weight: number; isRight: boolean }

const ROUNDS = 60
/** Pulls the curve towards `slope 1, offset 0` where there is little to learn from. */
const SHRINK = 0.5

/** The curve of greatest likelihood, by Newton's method; the same for the same matches in whatever order. */
export function fitCalibration(known: readonly Known[]): Curve {
  let slope = 1
  let offset = 0
  for (let round = 0; round < ROUNDS; round++) {
    let [g1, g0, h11, h10, h00] = [SHRINK * (slope - 1), SHRINK * offset, SHRINK, 0, SHRINK]
    for (const { weight, isRight } of known) {
      const p = onCurve({ slope, offset }, weight)
      const error = (p - (isRight ? 1 : 0)) * Math.LN2
      const curvature = p * (1 - p) * Math.LN2 * Math.LN2
      g1 += error * weight
      g0 += error
      h11 += curvature * weight * weight
      h10 += curvature * weight
      h00 += curvature
    }
    const determinant = h11 * h00 - h10 * h10
    const [d1, d0] = [(h00 * g1 - h10 * g0) / determinant, (h11 * g0 - h10 * g1) / determinant]
    slope -= d1
    offset -= d0
    if (Math.abs(d1) + Math.abs(d0) < 1e-10) break
  }
  return { slope, offset }
}

/** Matches of about the same probability: what was predicted of them on average, and what share was right. */
export type Bin = { from: number; to: number; matches: number; predicted: number; observed: number }

export const BIN_EDGES: readonly number[] = [0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 1]

/** Predicted beside observed; `error` is their distance, weighed by matches. */
export function reliability(points: readonly { probability: number; isRight: boolean }[]): { bins: Bin[]; error: number } {
  const bins: Bin[] = []
  for (let i = 0; i + 1 < BIN_EDGES.length; i++) {
    const [from, to] = [BIN_EDGES[i]!, BIN_EDGES[i + 1]!]
    const inside = points.filter(({ probability }) => probability >= from && (probability < to || to === 1))
    if (inside.length === 0) continue
    const predicted = inside.reduce((sum, { probability }) => sum + probability, 0) / inside.length
    bins.push({ from, to, matches: inside.length, predicted, observed: inside.filter(({ isRight }) => isRight).length / inside.length })
  }
  const error = bins.reduce((sum, bin) => sum + bin.matches * Math.abs(bin.predicted - bin.observed), 0) / Math.max(points.length, 1)
  return { bins, error }
}
