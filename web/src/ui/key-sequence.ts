/** The rule of key sequences, without a browser. */

/**
 * What one more key means after `pending`: a known sequence to run, or a beginning of one to remember.
 * A key that does not continue what was begun starts afresh.
 */
export function advance(pending: string, key: string, known: readonly string[]): { run: string | null; pending: string } {
  const candidates = pending === '' ? [key] : [`${pending} ${key}`, key]
  for (const sequence of candidates) {
    if (known.includes(sequence)) return { run: sequence, pending: '' }
    if (known.some((each) => each.startsWith(`${sequence} `))) return { run: null, pending: sequence }
  }
  return { run: null, pending: '' }
}
