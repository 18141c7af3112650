import { after, describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as fc from 'fast-check'
import { openRepeats } from './repeats.ts'

describe('repeats', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tocsin-repeats-'))
  after(() => rmSync(folder, { recursive: true }))

  it('are found exactly, with the first line and whether it said the same, wherever batches end', async () => {
    const row = fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd', 'e'), content: fc.constantFrom('x', 'y'), flush: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 30 }), async (rows) => {
        const repeats = openRepeats({ bloomBitsLog2: 12, folder })
        try {
          const firsts = new Map<string, { line: number; content: string }>()
          for (const [at, { key, content, flush }] of rows.entries()) {
            const line = at + 2
            const first = firsts.get(key)
            const maybe = repeats.remember(key, content, line)
            if (first !== undefined) assert.ok(maybe, 'a repeat is never missed')
            const [found] = await repeats.resolve([{ key, content, line }])
            assert.deepEqual(found, first === undefined ? null : { line: first.line, same: first.content === content })
            if (first === undefined) firsts.set(key, { line, content })
            if (flush) await repeats.flush()
          }
        } finally {
          await repeats.close()
        }
      }),
      { numRuns: 100 },
    )
    assert.deepEqual(readdirSync(folder), [], 'no file of hashes stays behind')
  })

  it('give as few false alarms as the size of the filter promises', () => {
    // 2^22 bits for 80,000 keys are the 52 bits a key of the real filter with five million.
    const repeats = openRepeats({ bloomBitsLog2: 22, folder })
    let alarms = 0
    for (let i = 0; i < 80_000; i++) if (repeats.remember(`B-${i % 977}\u001fO-${i}\u001f1`, 'x', i)) alarms++
    assert.ok(alarms <= 5, `${alarms} false alarms`)
  })
})
