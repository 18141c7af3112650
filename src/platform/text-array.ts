/** Arrays of PostgreSQL as text (documentation of arrays, "Array Input and Output Syntax"), for statements that take a block of rows. Pure. */

const SPECIAL = /["\\]/
const SPECIALS = /["\\]/g

/** `{"a","b",NULL}`. The client's own way costs several times as much, which a block of a million messages would feel. */
export function textArray(values: readonly (string | null)[]): string {
  return `{${values.map(element).join(',')}}`
}

function element(value: string | null): string {
  if (value === null) return 'NULL'
  return `"${SPECIAL.test(value) ? value.replace(SPECIALS, '\\$&') : value}"`
}
