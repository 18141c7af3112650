/** How many of the values that are read from recalls have a place in the text to be shown with. Counts only; that each place says its value is tested. */
import { EVIDENCE_FIELDS, spansOf, valuesRead } from '../src/feeds/evidence.ts'
import type { Recall } from '../src/recalls/index.ts'

/** `share` is between 0 and 1, over all values of the field or of all fields. */
export type EvidenceFigures = {
  recalls: number
  share: number
  fields: Record<string, { values: number; share: number }>
  millisecondsPerRecall: number
}

export function evidenceFigures(recalls: readonly Recall[]): EvidenceFigures {
  const counts = new Map(EVIDENCE_FIELDS.map((field) => [field, { values: 0, placed: 0 }]))
  const started = performance.now()
  for (const recall of recalls) {
    const placed = new Set(spansOf(recall).map(({ field, value }) => `${field} ${value}`))
    for (const { field, value } of valuesRead(recall)) {
      const count = counts.get(field)!
      count.values++
      if (placed.has(`${field} ${value}`)) count.placed++
    }
  }
  const took = performance.now() - started
  const all = [...counts.values()]
  const [values, placed] = [sum(all.map((count) => count.values)), sum(all.map((count) => count.placed))]
  return {
    recalls: recalls.length,
    share: shareOf(placed, values),
    fields: Object.fromEntries(
      [...counts].map(([field, count]) => [field, { values: count.values, share: shareOf(count.placed, count.values) }]),
    ),
    millisecondsPerRecall: Math.round((took / Math.max(recalls.length, 1)) * 1_000) / 1_000,
  }
}

export function evidenceTable(sets: Readonly<Record<string, EvidenceFigures>>): string {
  const head = (name: string, { recalls, share, millisecondsPerRecall }: EvidenceFigures) =>
    `\nvalues with a place in the text, ${name}: ${share.toFixed(4)} of ${recalls.toLocaleString('en-US')} recalls, ${millisecondsPerRecall} ms each\n`
  return Object.entries(sets)
    .map(([name, figures]) => {
      const rows = Object.entries(figures.fields)
        .filter(([, { values }]) => values > 0)
        .map(([field, { values, share }]) => `  ${field.padEnd(22)} ${share.toFixed(3)}  of ${values.toLocaleString('en-US')}`)
      return `${head(name, figures)}${rows.join('\n')}\n`
    })
    .join('')
}

function shareOf(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole
}

function sum(values: readonly number[]): number {
  return values.reduce((total, each) => total + each, 0)
}
