import { test } from 'node:test'
import assert from 'node:assert/strict'
import { fileSize, jobStands, stepOf, type PrintJob } from './letters.ts'

test('a print job stands where its last step left it, whatever became of its files', () => {
  const step = (name: PrintJob['steps'][number]['step']) => ({ step: name, at: '2026-03-02T09:00:00.000Z', by: 'cli', note: '' })
  const job = (...names: PrintJob['steps'][number]['step'][]): PrintJob => ({ print_job_id: 'x', print_no: 1, letters: 1, steps: names.map(step), files: [] }) // prettier-ignore
  assert.equal(jobStands(job('asked')), 'asked')
  assert.equal(jobStands(job('asked', 'made', 'handed_over', 'files_deleted')), 'handed_over')
  assert.equal(stepOf(job('asked'), 'made'), null)
})

test('sizes are said as people say them', () => {
  assert.deepEqual([12, 12_400, 999_999, 3_449_000].map(fileSize), ['1 KB', '12 KB', '1000 KB', '3.4 MB'])
})
