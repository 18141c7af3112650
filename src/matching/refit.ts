/**
 * Weights fitted anew from people's rulings, offline. Pure and deterministic; what comes out is a proposal with its figures, and nothing
 * changes by it.
 *
 * Each match is its fields' values and whether a person ruled it affected; logistic regression gives the bits that a value is worth. It is
 * pulled towards the weights in use, so that a field seen in few rulings stays as it is, and no weight changes its sign: a field that speaks
 * for a match never comes to speak against it.
 */
import type { Reason } from './reasons.ts'
import { FIELDS, type Field, type Weights } from './weights.ts'

/** Values in the order of `FIELDS`. */
export type Example = { values: Float64Array; isAffected: boolean }

/** The values behind the reasons of a match: what a reason weighs, over what its field is worth. */
export function exampleOf(reasons: readonly Reason[], weights: Weights, isAffected: boolean): Example {
  const values = new Float64Array(FIELDS.length)
  for (const { field, weight } of reasons) {
    const at = FIELDS.indexOf(field)
    if (at >= 0 && weights[field] !== 0) values[at]! += weight / weights[field]
  }
  return { values, isAffected }
}

/** How strongly the weights in use are held to, per field: as much as this many rulings. */
const HELD = 4
const ROUNDS = 40

/** Newton's method on the penalised likelihood; the same for the same examples. */
export function refit(examples: readonly Example[], before: Weights): Weights {
  const n = FIELDS.length
  const start = FIELDS.map((field) => before[field])
  const weights = [...start]
  for (let round = 0; round < ROUNDS; round++) {
    const slope = weights.map((weight, k) => ((weight - start[k]!) * HELD) / scaleOf(start[k]!))
    const curvature = Array.from({ length: n }, (_, k) => Array.from({ length: n }, (__, j) => (j === k ? HELD / scaleOf(start[k]!) : 0)))
    for (const { values, isAffected } of examples) {
      const p = probability(values, weights)
      const error = (p - (isAffected ? 1 : 0)) * Math.LN2
      const bend = p * (1 - p) * Math.LN2 * Math.LN2
      for (let k = 0; k < n; k++) {
        const value = values[k]!
        if (value === 0) continue
        slope[k]! += error * value
        for (let j = 0; j <= k; j++) if (values[j] !== 0) curvature[k]![j]! += bend * value * values[j]!
      }
    }
    const step = solved(curvature, slope)
    if (!descend(weights, step, (at) => costOf(at, start, examples))) break
  }
  return Object.fromEntries(FIELDS.map((field, k) => [field, signHeld(weights[k]!, start[k]!)])) as Weights
}

/** Halvings of a step that would go too far. */
const HALVINGS = 12

/** Goes the step, or the part of it that lowers the cost; false where there is nothing more to gain. */
function descend(weights: number[], step: readonly number[], cost: (weights: readonly number[]) => number): boolean {
  const now = cost(weights)
  for (let part = 1, halved = 0; halved < HALVINGS; part /= 2, halved++) {
    const tried = weights.map((weight, k) => weight - part * step[k]!)
    const gain = now - cost(tried)
    if (!(gain > 0)) continue
    for (const [k, weight] of tried.entries()) weights[k] = weight
    return gain > 1e-10
  }
  return false
}

/** What Newton's method lowers: surprise at the rulings, and distance from the weights in use. */
function costOf(weights: readonly number[], start: readonly number[], examples: readonly Example[]): number {
  let cost = 0
  for (const [k, weight] of weights.entries()) cost += (HELD * (weight - start[k]!) ** 2) / (2 * scaleOf(start[k]!))
  for (const { values, isAffected } of examples) {
    let sum = 0
    for (let k = 0; k < values.length; k++) sum += weights[k]! * values[k]!
    cost += Math.log1p(2 ** (isAffected ? -sum : sum))
  }
  return cost
}

/** Rare fields of great weight may move by more bits than common ones of little. */
function scaleOf(weight: number): number {
  return Math.max(1, weight * weight)
}

/** Sixty-fourths of a bit, of the sign the field had. */
function signHeld(weight: number, before: number): number {
  const held = before > 0 ? Math.max(0, weight) : before < 0 ? Math.min(0, weight) : 0
  return Math.round(held * 64) / 64
}

function probability(values: Float64Array, weights: readonly number[]): number {
  let sum = 0
  for (let k = 0; k < values.length; k++) sum += weights[k]! * values[k]!
  return 1 / (1 + 2 ** -sum)
}

/** Cholesky's decomposition of a symmetric matrix, of which the lower half is given. */
function solved(matrix: number[][], right: readonly number[]): number[] {
  const n = right.length
  const lower = matrix.map((row) => [...row])
  for (let k = 0; k < n; k++) {
    for (let j = 0; j <= k; j++) {
      let sum = lower[k]![j]!
      for (let i = 0; i < j; i++) sum -= lower[k]![i]! * lower[j]![i]!
      lower[k]![j] = k === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / lower[j]![j]!
    }
  }
  const middle: number[] = []
  for (let k = 0; k < n; k++) {
    let sum = right[k]!
    for (let i = 0; i < k; i++) sum -= lower[k]![i]! * middle[i]!
    middle.push(sum / lower[k]![k]!)
  }
  const out = Array.from({ length: n }, () => 0)
  for (let k = n - 1; k >= 0; k--) {
    let sum = middle[k]!
    for (let i = k + 1; i < n; i++) sum -= lower[i]![k]! * out[i]!
    out[k] = sum / lower[k]![k]!
  }
  return out
}

export type FitFigures = {
  /** Of the examples, those people ruled affected. */
  affected: number
  f1: number
  /** Bits of surprise per ruling: less is better. */
  surprise: number
}

/** How well weights foretell rulings, at `line` bits. */
export function fitFigures(examples: readonly Example[], weights: Weights, line = 0): FitFigures {
  return figuresOfEach(
    examples.map((example) => ({ example, weights })),
    line,
  )
}

function figuresOfEach(judged: readonly { example: Example; weights: Weights }[], line: number): FitFigures {
  let [affected, said, right, surprise] = [0, 0, 0, 0]
  for (const { example, weights } of judged) {
    const ordered = FIELDS.map((field) => weights[field])
    const p = probability(example.values, ordered)
    const isSaid = Math.log2(p / (1 - p)) >= line
    if (example.isAffected) affected++
    if (isSaid) said++
    if (isSaid && example.isAffected) right++
    surprise -= Math.log2(Math.max(example.isAffected ? p : 1 - p, 1e-9))
  }
  return { affected, f1: (2 * right) / Math.max(affected + said, 1), surprise: surprise / Math.max(judged.length, 1) }
}

export const FOLDS = 5

/** Each fifth judged by weights fitted on the other four: what fitting would do on rulings not seen. */
export function crossValidated(examples: readonly Example[], before: Weights, line = 0): FitFigures {
  const judged = Array.from({ length: FOLDS }, (_, fold) => {
    const weights = refit(
      examples.filter((__, i) => i % FOLDS !== fold),
      before,
    )
    return examples.filter((__, i) => i % FOLDS === fold).map((example) => ({ example, weights }))
  })
  return figuresOfEach(judged.flat(), line)
}

export type Refit = {
  rulings: number
  before: FitFigures
  after: FitFigures
  weights: Weights
  /** Fields whose weight would move, the farthest first. */
  moved: { field: Field; from: number; to: number }[]
}

/** Fewer rulings teach nothing that can be trusted. */
export const RULINGS_MIN = 50

export function proposeRefit(examples: readonly Example[], before: Weights, line = 0): Refit {
  const weights = refit(examples, before)
  const moved = FIELDS.map((field) => ({ field, from: before[field], to: weights[field] }))
    .filter(({ from, to }) => Math.abs(from - to) >= 1 / 64)
    .toSorted((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from))
  return {
    rulings: examples.length,
    before: fitFigures(examples, before, line),
    after: crossValidated(examples, before, line),
    weights,
    moved,
  }
}
