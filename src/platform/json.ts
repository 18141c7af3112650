/** JSON as the API speaks it: names in snake_case, times in ISO 8601. */

/**
 * The same value with its camelCase names in snake_case, at every depth. Names that are data, such as the country codes of
 * `unitsElsewhere`, do not begin with a small letter and stay.
 */
export function snakeCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeCase)
  if (value === null || typeof value !== 'object' || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [snakeName(name), snakeCase(field)]))
}

function snakeName(name: string): string {
  return /^[a-z][A-Za-z0-9]*$/.test(name) ? name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : name
}

/** A time of a row as the API writes it; null where there is none. */
export function isoTime(at: Date | null): string | null {
  return at === null ? null : at.toISOString()
}
