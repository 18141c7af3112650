/**
 * Chance that is the same every time: a draw is a function of the seed, the stream's name and the draw's number. Nothing is kept between
 * draws, so a row of five million can be made alone, in any order, and in constant memory.
 */
export type Draw = {
  /** A number in [0, 1) for row `index`; `salt` tells the draws of one row apart. */
  share: (index: number, salt: number) => number
  /** A whole number in [0, below). */
  below: (below: number, index: number, salt: number) => number
  /** One of the list. */
  pick: <T>(list: readonly T[], index: number, salt: number) => T
}

export function draws(seed: number, stream: string): Draw {
  let base = seed >>> 0
  for (const unit of stream) base = mixed(base ^ unit.charCodeAt(0))
  function share(index: number, salt: number): number {
    return mixed(mixed(base ^ Math.imul(index + 1, 0x9e3779b1)) ^ Math.imul(salt + 1, 0x85ebca77)) / 2 ** 32
  }
  function below(limit: number, index: number, salt: number): number {
    return Math.floor(share(index, salt) * limit)
  }
  return { share, below, pick: (list, index, salt) => list[below(list.length, index, salt)]! }
}

/** A bijection of 32-bit numbers in which every input bit reaches every output bit (multiply, xor, shift). */
function mixed(value: number): number {
  let x = value
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad)
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97)
  return (x ^ (x >>> 15)) >>> 0
}

/** `12` → `0012`. */
export function padded(value: number, digits: number): string {
  return String(value).padStart(digits, '0')
}
