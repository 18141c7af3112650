/** What became of a printed list of lots or serials: does the new one name codes that the old one did not, or the reverse? Pure. */
import { membership, readCodeList, type CodeList, type CodeRange } from './codes.ts'

/** Whether one of the entries names a code that `list` does not plainly name. Words that no program can evaluate are only ever the same words. */
export function namesMore(entries: readonly string[], list: readonly string[]): boolean {
  const printed = new Set(list.map((entry) => entry.trim()))
  const fresh = entries.filter((entry) => !printed.has(entry.trim()))
  if (fresh.length === 0) return false
  const known = readCodeList(list)
  const certain = mergedRanges(known.ranges.filter((range) => range.certain))
  const all = mergedRanges(known.ranges)
  return fresh.some((entry) => !names(known, { certain, all }, readCodeList([entry])))
}

/** Ranges with the same fixed beginning and end, put together where they touch. */
type Merged = Map<string, { from: bigint; to: bigint }[]>

function mergedRanges(ranges: readonly CodeRange[]): Merged {
  const merged: Merged = new Map()
  for (const { from, to, ...ends } of ranges.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))) {
    const key = keyOf(ends)
    const spans = merged.get(key) ?? []
    const last = spans.at(-1)
    if (last === undefined || from > last.to + 1n) spans.push({ from, to })
    else if (to > last.to) last.to = to
    merged.set(key, spans)
  }
  return merged
}

// A blank stands in no code.
function keyOf({ prefix, suffix }: Pick<CodeRange, 'prefix' | 'suffix'>): string {
  return `${prefix} ${suffix}`
}

function names(known: CodeList, merged: { certain: Merged; all: Merged }, entry: CodeList): boolean {
  if (entry.opaque) return false
  return (
    [...entry.exact].every((code) => membership(known, code) === 'in') &&
    entry.prefixes.every((prefix) => known.prefixes.some((other) => prefix.startsWith(other))) &&
    entry.ranges.every(
      (range) =>
        known.prefixes.some((prefix) => range.prefix.startsWith(prefix)) ||
        // What the new list only may mean, the old one may only have meant too.
        ((range.certain ? merged.certain : merged.all).get(keyOf(range)) ?? []).some(
          (span) => span.from <= range.from && range.to <= span.to,
        ),
    )
  )
}
