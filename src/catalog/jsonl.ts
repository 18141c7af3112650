/** JSON lines: one object per line, its keys in any of the spellings a header may have. */
import { fail, ok, type Result } from '../platform/result.ts'
import { headerName } from './columns.ts'
import type { Cells, LineProblem } from './rows.ts'

export type JsonRow = { line: number; cells: Cells }

// So many unknown keys are named; a file of noise must not fill the memory with more.
const UNKNOWN_MAX = 50

export type JsonReader = {
  /** Reads whole lines; rows that are no objects go to `problems`. */
  push: (text: string, utf8: boolean) => JsonRow[]
  skipLine: (problem: string) => void
  /** Keys that no column has. */
  unknown: Set<string>
}

/** `names` are the accepted columns; a row's cells stand in their order. */
export function jsonReader(names: readonly string[], problems: LineProblem[]): JsonReader {
  const cellsOf = objectReader(names)
  let line = 0

  function refuse(problem: string, field = ''): void {
    problems.push({ line, field, problem, refused: 'row' })
  }

  function readLine(text: string, utf8: boolean): Cells | null {
    if (!utf8 && text.includes('\ufffd')) return (refuse('is not UTF-8 text; save the file as UTF-8'), null)
    let parsed: unknown
    try {
      parsed = JSON.parse(text)
    } catch {
      return (refuse(isCutOff(text.trim()) ? 'is not JSON: the line ends before its object does' : 'is not JSON'), null)
    }
    if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) return (refuse('is not a JSON object'), null)
    const cells = cellsOf.read(parsed)
    return cells.ok ? cells.value : (refuse(cells.problem.message, cells.problem.field), null)
  }

  return {
    unknown: cellsOf.unknown,
    push(text, utf8) {
      const rows: JsonRow[] = []
      for (let at = 0; at < text.length;) {
        let end = text.indexOf('\n', at)
        if (end < 0) end = text.length
        line++
        const one = text.slice(at, end)
        if (one.trim() !== '') {
          const cells = readLine(one, utf8)
          if (cells !== null) rows.push({ line, cells })
        }
        at = end + 1
      }
      return rows
    },
    skipLine(problem) {
      line++
      refuse(problem)
    },
  }
}

function isCutOff(line: string): boolean {
  return line.startsWith('{') && !line.endsWith('}')
}

export type ObjectReader = {
  read: (object: object) => Result<Cells>
  unknown: Set<string>
}

/** Cells of an object: `null` is an empty cell, numbers and booleans become text, an object is kept only as `attributes`. */
export function objectReader(names: readonly string[]): ObjectReader {
  const places = new Map(names.map((name, at) => [name, at]))
  const unknown = new Set<string>()
  const spellings = new Map<string, number>()
  const blank: (string | undefined)[] = names.map(() => undefined)

  function placeOf(key: string): number {
    let place = spellings.get(key)
    if (place === undefined) {
      place = places.get(headerName(key)) ?? -1
      if (place < 0 && unknown.size < UNKNOWN_MAX) unknown.add(key.slice(0, 100))
      if (spellings.size < 1_000) spellings.set(key, place)
    }
    return place
  }

  function read(object: object): Result<Cells> {
    const cells = blank.slice()
    for (const key in object) {
      const place = placeOf(key)
      if (place < 0) continue
      const value: unknown = (object as Record<string, unknown>)[key]
      const cell = cellOf(value, names[place]!)
      if (typeof cell !== 'string') return fail('invalid', cell.problem, names[place]!)
      cells[place] = cell
    }
    return ok(cells)
  }

  return { read, unknown }
}

function cellOf(value: unknown, name: string): string | { problem: string } {
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') {
    // A JSON number beyond 2^53 has already lost digits when it arrives here.
    if (Number.isInteger(value) && !Number.isSafeInteger(value))
      return { problem: 'is a number too large to be exact; write it as text in quotes' }
    return String(value)
  }
  if (typeof value === 'boolean') return String(value)
  return name === 'attributes' ? JSON.stringify(value) : { problem: 'is a list or an object, not text or a number' }
}
