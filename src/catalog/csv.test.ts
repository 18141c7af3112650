import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { parse } from 'csv-parse/sync'
import { tableParser, type TableFormat, type TableRow } from './csv.ts'
import { LINE_BYTES_MAX } from './lines.ts'
import { problemText, type LineProblem } from './rows.ts'

const CSV: TableFormat = { delimiter: ',', quotes: true }

/** Reads a table handed over in pieces of whole lines; with a header of n cells, rows of other lengths are refused. */
function readAll(pieces: string[], header: string[] | null, format = CSV): { rows: TableRow[]; problems: string[] } {
  const problems: LineProblem[] = []
  const parser = tableParser(format, header, 1, problems)
  const rows = [...pieces.flatMap((piece) => parser.push(piece, true)), ...parser.end()]
  return { rows, problems: problems.map(problemText) }
}

describe('a broken row', () => {
  it('whose quote is never closed costs its own line only', () => {
    const { rows, problems } = readAll(['1,a\n2,"b\n3,c\n4,d\n'], ['n', 'title'])
    assert.deepEqual(rows, [
      { line: 1, cells: ['1', 'a'] },
      { line: 3, cells: ['3', 'c'] },
      { line: 4, cells: ['4', 'd'] },
    ])
    assert.deepEqual(problems, ['line 2, title: a quote is opened here and never closed'])
  })

  it('whose quote is closed by a later row’s quote costs its own line only', () => {
    const { rows, problems } = readAll(['1,"a\n2,"b"\n3,c\n'], ['n', 'title'])
    assert.deepEqual(
      rows.map((row) => row.line),
      [2, 3],
    )
    assert.equal(problems.length, 1)
    assert.match(problems[0]!, /^line 1, title: something follows the closing quote/)
  })

  it('with too few or too many cells is refused', () => {
    const { rows, problems } = readAll(['1,a\n2\n3,c,x\n'], ['n', 'title'])
    assert.deepEqual(rows, [{ line: 1, cells: ['1', 'a'] }])
    assert.deepEqual(problems, ['line 2: has 1 cells, the header has 2', 'line 3: has 3 cells, the header has 2'])
  })

  it('whose quote swallows a megabyte is given up, and what it swallowed is read', () => {
    const line = `1,${'x'.repeat(1_000)}\n`
    const many = Math.ceil((LINE_BYTES_MAX * 2) / line.length)
    const pieces = ['0,"open\n', ...Array.from({ length: 10 }, () => line.repeat(Math.ceil(many / 10)))]
    const { rows, problems } = readAll(pieces, ['n', 'title'])
    assert.equal(rows.length, Math.ceil(many / 10) * 10)
    assert.deepEqual(problems, ['line 1, title: a quote is opened here and never closed'])
    assert.equal(rows.at(-1)!.line, rows.length + 1)
  })

  it('that is too long to be handed over is named with its line, also after an open quote', () => {
    const problems: LineProblem[] = []
    const parser = tableParser(CSV, ['n', 'title'], 1, problems)
    const rows = [...parser.push('1,a\n2,"open\n', true), ...parser.skipLine(50_000_000), ...parser.push('4,d\n', true), ...parser.end()]
    assert.deepEqual(
      rows.map((row) => row.line),
      [1, 4],
    )
    assert.deepEqual(problems.map(problemText), [
      'line 2, title: a quote is opened here and never closed',
      `line 3: the line is 50000000 bytes long; at most ${LINE_BYTES_MAX} are read`,
    ])
  })

  it('with bytes that are not UTF-8 is refused by its cell', () => {
    const problems: LineProblem[] = []
    const parser = tableParser(CSV, ['n', 'title'], 1, problems)
    assert.deepEqual(parser.push('1,caf\ufffd\n2,tea\n', false), [{ line: 2, cells: ['2', 'tea'] }])
    assert.deepEqual(problems.map(problemText), ['line 1, title: is not UTF-8 text; save the file as UTF-8'])
  })
})

describe('a good row', () => {
  it('may hold quotes, delimiters and line ends inside quotes, and quotes inside unquoted text', () => {
    const { rows, problems } = readAll(['1,"say ""hi"", ok"\r\n2,"two\nlines"\r\n\r\n3,8" cup\n4,""\n'], ['n', 'title'])
    assert.deepEqual(problems, [])
    assert.deepEqual(rows, [
      { line: 1, cells: ['1', 'say "hi", ok'] },
      { line: 2, cells: ['2', 'two\nlines'] },
      { line: 5, cells: ['3', '8" cup'] },
      { line: 6, cells: ['4', ''] },
    ])
  })

  it('of a tab-separated table has no quotes', () => {
    const { rows } = readAll(['1\t"a\n2\tb"\n'], ['n', 'title'], { delimiter: '\t', quotes: false })
    assert.deepEqual(
      rows.map((row) => row.cells[1]),
      ['"a', 'b"'],
    )
  })

  it('is read as csv-parse reads it, wherever the text is cut', () => {
    const cell = fc.stringMatching(/^[ab,"\n\r; é]{0,6}$/)
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n'), fc.integer({ min: 1, max: 7 }), (rows, end, every) => {
        const written = rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',') + end).join('')
        const expected = parse(written, { relax_column_count: true }) as string[][]
        const lines = written.split(/(?<=\n)/)
        const pieces = lines.flatMap((_, at) => (at % every === 0 ? [lines.slice(at, at + every).join('')] : []))
        const got = readAll(pieces, null)
        assert.deepEqual(got.problems, [])
        assert.deepEqual(
          got.rows.map((row) => row.cells),
          expected,
        )
      }),
      { numRuns: 500 },
    )
  })
})
