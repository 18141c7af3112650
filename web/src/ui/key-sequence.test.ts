import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { advance } from './key-sequence.ts'

const KNOWN = ['g c', 'g r', 't', '?']

describe('a key', () => {
  it('that nobody knows does nothing', () => assert.deepEqual(advance('', 'x', KNOWN), { run: null, pending: '' }))
  it('that is a shortcut runs it', () => assert.deepEqual(advance('', 't', KNOWN), { run: 't', pending: '' }))
  it('that begins a sequence waits for the next', () => assert.deepEqual(advance('', 'g', KNOWN), { run: null, pending: 'g' }))
  it('that ends a sequence runs it', () => assert.deepEqual(advance('g', 'c', KNOWN), { run: 'g c', pending: '' }))
  it('that does not go on with a sequence stands for itself', () => assert.deepEqual(advance('g', 't', KNOWN), { run: 't', pending: '' }))
  it('pressed twice at the beginning begins again', () => assert.deepEqual(advance('g', 'g', KNOWN), { run: null, pending: 'g' }))
})
