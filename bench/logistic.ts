/** Logistic regression with a penalty on large weights, by Newton's method: small, exact, the same on every run. Pure. */
import type { Features } from '../src/feeds/read/learned.ts'

export type Example = { features: Features; yes: boolean; weight: number }

const STEPS = 12

/** The weights that fit the examples best; `penalty` is that of the squares of all but the constant "bias". */
export function fitLogistic(examples: readonly Example[], penalty: number): Record<string, number> {
  const names = [...new Set(examples.flatMap(({ features }) => Object.keys(features)))].toSorted()
  const at = new Map(names.map((name, index) => [name, index]))
  const rows = examples.map(({ features, yes, weight }) => ({
    yes: yes ? 1 : 0,
    weight,
    cells: Object.entries(features).flatMap(([name, value]): [number, number][] => (value === 0 ? [] : [[at.get(name)!, value]])),
  }))
  const size = names.length
  const weights = new Float64Array(size)
  for (let step = 0; step < STEPS; step++) {
    const gradient = new Float64Array(size)
    const curve = Array.from({ length: size }, () => new Float64Array(size))
    for (let index = 0; index < size; index++) {
      const force = names[index] === 'bias' ? 1e-6 : penalty
      gradient[index]! += force * weights[index]!
      curve[index]![index]! += force
    }
    for (const { yes, weight, cells } of rows) {
      let sum = 0
      for (const [index, value] of cells) sum += value * weights[index]!
      const likely = 1 / (1 + Math.exp(-sum))
      const steep = Math.max(likely * (1 - likely), 1e-6) * weight
      for (const [index, value] of cells) {
        gradient[index]! += (likely - yes) * value * weight
        const line = curve[index]!
        for (const [other, second] of cells) line[other]! += value * second * steep
      }
    }
    const move = solve(curve, gradient)
    for (let index = 0; index < size; index++) weights[index]! -= move[index]!
  }
  return Object.fromEntries(names.map((name, index) => [name, Math.round(weights[index]! * 1_000) / 1_000]))
}

/** Gauss's elimination with the largest pivot; the matrix is positive and small. */
function solve(matrix: Float64Array[], right: Float64Array): Float64Array {
  const size = right.length
  const lines = matrix.map((line, index) => Float64Array.from([...line, right[index]!]))
  for (let column = 0; column < size; column++) {
    let best = column
    for (let row = column + 1; row < size; row++) if (Math.abs(lines[row]![column]!) > Math.abs(lines[best]![column]!)) best = row
    ;[lines[column], lines[best]] = [lines[best]!, lines[column]!]
    const pivot = lines[column]!
    for (let row = column + 1; row < size; row++) {
      const factor = lines[row]![column]! / pivot[column]!
      if (factor !== 0) for (let cell = column; cell <= size; cell++) lines[row]![cell]! -= factor * pivot[cell]!
    }
  }
  const found = new Float64Array(size)
  for (let row = size - 1; row >= 0; row--) {
    let rest = lines[row]![size]!
    for (let cell = row + 1; cell < size; cell++) rest -= lines[row]![cell]! * found[cell]!
    found[row] = rest / lines[row]![row]!
  }
  return found
}
