/** CSV as RFC 4180 has it, safe to open in a spreadsheet. */

/** A spreadsheet takes text that begins so for a formula and would run it (OWASP, "CSV Injection"), the full-width signs included. */
const FORMULA = /^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/
const NEEDS_QUOTES = /[",\r\n]/

/** One line of CSV with its line break: the fields of an item named by `columns`. */
export function csvLine(columns: readonly string[], item: Record<string, unknown>): string {
  return `${columns.map((column) => csvCell(field(item, column))).join(',')}\r\n`
}

/** The first line: `units.held` of an item is the column `units_held`. */
export function csvHead(columns: readonly string[]): string {
  return `${columns.map((column) => csvCell(column.replaceAll('.', '_'))).join(',')}\r\n`
}

/** The value at `a.b` of an item; undefined where a part of the way is missing. */
export function field(item: Record<string, unknown>, path: string): unknown {
  let value: unknown = item
  for (const name of path.split('.')) {
    if (value === null || typeof value !== 'object') return undefined
    value = (value as Record<string, unknown>)[name]
  }
  return value
}

/**
 * One value. Nothing is an empty cell, lists and objects are JSON. Text that a spreadsheet would run gets an apostrophe in front, which
 * it shows as text; numbers are written as they are, so that -5 stays a number.
 */
export function csvCell(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  const text = typeof value === 'string' ? value : value instanceof Date ? value.toISOString() : JSON.stringify(value)
  const safe = FORMULA.test(text) ? `'${text}` : text
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
