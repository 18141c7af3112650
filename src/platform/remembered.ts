/** What is made once and used again. */

/**
 * The same function, which makes each thing once: a wave writes the same days, sums and counts a hundred thousand times.
 * `keyOf` tells values apart; at most `most` things are kept.
 */
export function remembered<Value, Made>(
  keyOf: (value: Value) => number | string,
  make: (value: Value) => Made,
  most = 2_000,
): (value: Value) => Made {
  const made = new Map<number | string, Made>()
  return (value) => {
    const key = keyOf(value)
    const known = made.get(key)
    if (known !== undefined) return known
    // Dropped whole when full: what is used is soon there again.
    if (made.size >= most) made.clear()
    const thing = make(value)
    made.set(key, thing)
    return thing
  }
}
