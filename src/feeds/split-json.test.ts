import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { fail, ok, type Result } from '../platform/result.ts'
import { ITEM_BYTES_MAX, splitJson } from './split-json.ts'

/** The parts of a text that comes in pieces of `size` bytes: `12 {"a":1}` for an item on line 12, `! 3 …` for a problem, `!! 3 …` for the file. */
async function split(text: string | Buffer, size = 64): Promise<string[]> {
  const bytes = Buffer.from(text)
  async function* chunks(): AsyncGenerator<Result<Buffer>> {
    for (let at = 0; at < bytes.length; at += size) yield ok(bytes.subarray(at, at + size))
  }
  return await partsOf(chunks())
}

async function partsOf(bytes: AsyncIterable<Result<Buffer>>): Promise<string[]> {
  const parts: string[] = []
  for await (const part of splitJson(bytes)) {
    if (part.kind === 'item') parts.push(`${part.item.line} ${part.item.bytes.toString()}`)
    else parts.push(`${part.kind === 'broken' ? '!!' : '!'} ${part.problem.line} ${part.problem.problem}`)
  }
  return parts
}

describe('a file that is no feed', () => {
  it('is said to be what it is', async () => {
    const empty = ['!! 1 the file is empty']
    for (const text of ['', ' ', '\n\n  \n']) assert.deepEqual(await split(text), empty)
    const page = 'the file is an HTML or XML page, not JSON: the agency may have answered with an error page'
    assert.deepEqual(await split('<!doctype html><html><title>Access denied</title>'), [`!! 1 ${page}`])
    assert.deepEqual(await split('\n\n <?xml version="1.0"?>'), [`!! 3 ${page}`])
    assert.deepEqual(await split('Bad gateway'), ['!! 1 the file is neither a JSON array nor JSON objects line by line'])
    assert.deepEqual(await split(Buffer.from('\ufeff[]', 'utf16le')), ['!! 1 the file is UTF-16 text, not UTF-8'])
  })

  it('breaks off with what was good before', async () => {
    assert.deepEqual(await split('[{"a":1},\n{"b":"tr'), ['1 {"a":1}', '!! 2 the file ends inside this item: it is truncated'])
    assert.deepEqual(await split('[{"a":1},'), ['1 {"a":1}', '!! 1 the file ends before its array is closed: it is truncated'])
    assert.deepEqual(await split('[{"a":1}] <html>'), ['1 {"a":1}', '!! 1 there is text after the end of the array'])
    async function* damaged(): AsyncGenerator<Result<Buffer>> {
      yield ok(Buffer.from('{"a":1}\n{"b'))
      yield fail('invalid', 'its gzip data is damaged')
    }
    assert.deepEqual(await partsOf(damaged()), ['1 {"a":1}', '!! 2 its gzip data is damaged'])
  })
})

describe('the items of a file', () => {
  it('are those of an array or of lines, with the line where each begins', async () => {
    assert.deepEqual(await split('[]'), [])
    assert.deepEqual(await split('\ufeff [ ] \n'), [])
    assert.deepEqual(await split('{"a":1}\n\n{"b":2}'), ['1 {"a":1}', '3 {"b":2}'])
    assert.deepEqual(await split('[\n {"a":"]}\\"{"},\n {\n  "b": [1]\n }\n]\n'), ['2 {"a":"]}\\"{"}', '3 {\n  "b": [1]\n }'])
    assert.deepEqual(await split('{\n "a": {\n  "b": 1\n }\n}\n'), ['1 {\n "a": {\n  "b": 1\n }\n}'])
  })

  it('are given even where they are no objects, for the agency to refuse', async () => {
    assert.deepEqual(await split('[1, null , "x,]", [2, {}], {"a":1}]'), ['1 1', '1 null', '1 "x,]"', '1 [2, {}]', '1 {"a":1}'])
    assert.deepEqual(await split('{"a":1}\ngarbage\n{"b":2}\n'), ['1 {"a":1}', '2 garbage', '3 {"b":2}'])
  })

  it('do not suffer for a broken neighbour', async () => {
    assert.deepEqual(await split('{"a":1}\n{"b":"open\n{"c":3}\n'), ['1 {"a":1}', '2 {"b":"open', '3 {"c":3}'])
    assert.deepEqual(await split('[\n{"b":{"x":1,\n{"c":3}\n]'), ['2 {"b":{"x":1,', '3 {"c":3}'])
  })

  it('are refused where they are larger than allowed, and the next is taken', async () => {
    const huge = `{"a":"${'x'.repeat(ITEM_BYTES_MAX)}"}`
    assert.deepEqual(await split(`${huge}\n{"b":2}\n`, 65_536), [
      `! 1 the item has ${huge.length} bytes, more than the 5 MB allowed`,
      '2 {"b":2}',
    ])
    const largest = `{"a":"${'x'.repeat(ITEM_BYTES_MAX - 8)}"}`
    assert.deepEqual((await split(largest, 65_536)).length, 1)
    assert.equal((await split(largest, 65_536))[0], `1 ${largest}`)
  })

  it('are not held in memory beyond what is allowed', async () => {
    const chunk = Buffer.alloc(65_536, 'x')
    let peak = 0
    async function* endless(): AsyncGenerator<Result<Buffer>> {
      yield ok(Buffer.from('{"a":"'))
      for (let n = 0; n < 3_000; n++) {
        peak = Math.max(peak, process.memoryUsage().arrayBuffers)
        yield ok(chunk)
      }
      yield ok(Buffer.from('"}\n{"b":2}'))
    }
    const before = process.memoryUsage().arrayBuffers
    assert.deepEqual(await partsOf(endless()), ['! 1 the item has 196608008 bytes, more than the 5 MB allowed', '2 {"b":2}'])
    assert.ok(Math.max(peak, process.memoryUsage().arrayBuffers) - before < 4 * ITEM_BYTES_MAX)
  })

  it('are the same however the bytes arrive, and byte for byte what was written', async () => {
    const values = fc.array(fc.oneof(fc.object({ maxDepth: 2 }), fc.record({ text: fc.string({ unit: 'binary' }) })), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(
        values,
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        fc.constantFrom(undefined, 1, '\t'),
        async (values, size, array, indent) => {
          const items = values.map((value) => JSON.stringify(value, null, indent))
          const text = array ? `[${items.join(' ,\r\n ')}]` : items.join('\n')
          if (!array && items.length === 0) return
          const parts = await split(text, size)
          assert.deepEqual(
            parts.map((part) => part.replace(/^\d+ /, '')),
            items,
          )
          assert.deepEqual(await split(text, 10_000), parts)
        },
      ),
      { numRuns: 100 },
    )
  })
})
