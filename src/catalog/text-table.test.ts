import { test } from 'node:test'
import assert from 'node:assert/strict'
import { readTextTable } from './text-table.ts'

test('what is no table is refused by what it is', () => {
  for (const [text, said] of [
    ['', /empty/],
    [' \n\n', /empty/],
    ['PK\u0003\u0004rest', /Excel workbook/],
    ['<!doctype html><p>Sign in', /HTML/],
    ['[{"order_id":"1"}]', /JSON/],
    ['order_id,order_id\n1,2', /twice/],
    ['"order_id\n1', /quote/],
  ] as const) {
    const read = readTextTable(text)
    assert.equal(read.ok, false, text)
    assert.match(read.ok ? '' : read.problem.message, said)
  }
})

test('rows are read by their header, and a broken one costs only itself', () => {
  const read = readTextTable('\ufeff\nOrder ID;Told-At\r\nO-1;2026-01-01\r\nO-2\r\n"O;3";"a ""b"""\n')
  assert.ok(read.ok)
  assert.deepEqual(read.value.header, ['order_id', 'told_at'])
  assert.deepEqual(read.value.rows, [
    { line: 3, cells: { order_id: 'O-1', told_at: '2026-01-01' } },
    { line: 5, cells: { order_id: 'O;3', told_at: 'a "b"' } },
  ])
  assert.deepEqual(
    read.value.problems.map(({ line }) => line),
    [4],
  )
})
