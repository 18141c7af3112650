/** A decision learned from labelled recalls: a sum of weighed features. Pure. */

export type Features = Readonly<Record<string, number>>

/** Probability between 0 and 1 by the weights, which name the features that count. */
export function likelihood(features: Features, weights: Features): number {
  let sum = 0
  for (const name in features) {
    const value = features[name]!
    if (value !== 0) sum += value * (weights[name] ?? 0)
  }
  return 1 / (1 + Math.exp(-sum))
}
