/** The weight of evidence as a waterfall: each reason's bar begins where the one before ended. Pure. */
import type { Line, MarkedReason } from './types.ts'

/** One bar, in bits; `no` is the reason's number on the page, the same as beside its places in the texts. */
export type Bar = { no: number; reason: MarkedReason; from: number; to: number }

export type Waterfall = { bars: Bar[]; total: number; min: number; max: number; lines: Line[] }

/** Reasons in the order they are numbered and drawn: where every comparison starts from, then what speaks for it, then what against. */
export function inOrder(reasons: readonly MarkedReason[]): MarkedReason[] {
  const group = (reason: MarkedReason) => (reason.field === 'prior' ? 0 : reason.weight >= 0 ? 1 : 2)
  return reasons.filter((reason) => reason.weight !== 0).toSorted((a, b) => group(a) - group(b) || Math.abs(b.weight) - Math.abs(a.weight))
}

/** The scale holds zero, every bar and every line, and is never empty. */
export function waterfall(reasons: readonly MarkedReason[], lines: readonly Line[]): Waterfall {
  const bars: Bar[] = []
  let at = 0
  for (const [index, reason] of inOrder(reasons).entries()) {
    bars.push({ no: index + 1, reason, from: at, to: at + reason.weight })
    at += reason.weight
  }
  const ends = [0, ...bars.map((bar) => bar.to), ...lines.map((line) => line.bits)]
  return { bars, total: at, min: Math.min(...ends, -1), max: Math.max(...ends, 1), lines: [...lines] }
}

/** Where a number of bits lies on the scale, in per cent. */
export function percentAt({ min, max }: Pick<Waterfall, 'min' | 'max'>, bits: number): number {
  return ((bits - min) / (max - min)) * 100
}
