/** What is made once and used again. */

const REMEMBERED_MAX = 2_000

/**
 * The same function, which makes each thing once: a wave writes the same days, sums and counts a hundred thousand times.
 * `keyOf` tells values apart.
 */
export function remembered<Value, Made>(keyOf: (value: Value) => number | string, make: (value: Value) => Made): (value: Value) => Made {
  const made = new Map<number | string, Made>()
  return (value) => {
    const key = keyOf(value)
    const known = made.get(key)
    if (known !== undefined) return known
    // Dropped whole when full: what is used is soon there again.
    if (made.size >= REMEMBERED_MAX) made.clear()
    const thing = make(value)
    made.set(key, thing)
    return thing
  }
}
