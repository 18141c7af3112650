/** Texts that are made once and used again. */

const REMEMBERED_MAX = 10_000

/**
 * The same function, which makes each text once: a wave writes the same days, sums and counts a hundred thousand times.
 * `keyOf` tells values apart.
 */
export function remembered<Value>(keyOf: (value: Value) => number | string, make: (value: Value) => string): (value: Value) => string {
  const texts = new Map<number | string, string>()
  return (value) => {
    const key = keyOf(value)
    const known = texts.get(key)
    if (known !== undefined) return known
    // Dropped whole when full: what is used is soon there again.
    if (texts.size >= REMEMBERED_MAX) texts.clear()
    const text = make(value)
    texts.set(key, text)
    return text
  }
}
