import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { inChunks } from '../../../test/feed-samples.ts'
import { splitJsonIn } from './wrapped-json.ts'

async function split(text: string, size = 16): Promise<string[]> {
  const parts: string[] = []
  for await (const part of splitJsonIn('results')(inChunks(Buffer.from(text), size))) {
    if (part.kind === 'item') parts.push(`${part.item.line} ${part.item.bytes.toString()}`)
    else parts.push(`${part.kind === 'broken' ? '!!' : '!'} ${part.problem.line} ${part.problem.problem}`)
  }
  return parts
}

describe('a list in an object', () => {
  it('that is cut off says so and keeps what was whole', async () => {
    assert.deepEqual(await split('{"meta":{},\n"results":[{"a":1},\n{"b":'), [
      '2 {"a":1}',
      '!! 3 the file ends inside this item: it is truncated',
    ])
    assert.deepEqual(await split('{"results":[{"a":1},'), ['1 {"a":1}', '!! 1 the file ends before its array is closed: it is truncated'])
    assert.deepEqual(await split('{"results":[{"a":1}],\n"total":'), [
      '1 {"a":1}',
      '!! 2 the file ends after the list, before its object is closed: it is truncated',
    ])
    assert.deepEqual(await split('{"meta":{"results":['), ['!! 1 the file ends inside this item: it is truncated'])
    assert.deepEqual(await split('{"results":[{"a":1}]} {"more":1}'), ['1 {"a":1}', '!! 1 there is text after the end of the array'])
  })

  it('gives its items with their bytes and lines', async () => {
    assert.deepEqual(await split('{"meta":{"results":[7]},\n "total":2, "results" :\n[{"a":"]}"} ,\n {"b":2}],"x":[1]\n}\n'), [
      '3 {"a":"]}"}',
      '4 {"b":2}',
    ])
    assert.deepEqual(await split('\ufeff{"results":[]}'), [])
  })

  it('is only the list of the outermost object, by its name', async () => {
    for (const item of [
      '{"a":{"results":[1]}}',
      '{"a":"results","b":[1]}',
      '{"results":{"a":[1]}}',
      '{"results":"[1]"}',
      '{"other":[1]}',
      '{}',
    ])
      assert.deepEqual(await split(item), [`1 ${item}`])
  })

  it('does not disturb files without it', async () => {
    assert.deepEqual(await split('[{"results":[1]},\n2]'), ['1 {"results":[1]}', '2 2'])
    assert.deepEqual(await split('{"a":1}\n{"b":[{"c":2}]}\n'), ['1 {"a":1}', '2 {"b":[{"c":2}]}'])
    assert.deepEqual(await split('nothing'), ['!! 1 the file is neither a JSON array nor JSON objects line by line'])
  })

  it('is found however the bytes arrive', async () => {
    const items = fc.array(fc.object({ maxDepth: 2 }), { maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(items, fc.object({ maxDepth: 2 }), fc.integer({ min: 1, max: 30 }), async (values, meta, size) => {
        const text = `{"meta":${JSON.stringify(meta)},"results":[${values.map((value) => JSON.stringify(value)).join(',\n')}],"end":null}`
        const parts = await split(text, size)
        assert.deepEqual(
          parts.map((part) => part.replace(/^\d+ /, '')),
          values.map((value) => JSON.stringify(value)),
        )
      }),
      { numRuns: 200 },
    )
  })
})
