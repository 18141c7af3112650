/** Marks within texts: nothing of a text is lost or said twice, whatever overlaps. */
import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { exampleRecall } from '../../test/example-recall.ts'
import { markedNodes, type MarkedNode } from './marks.ts'
import { evidenceOf, type EvidencePlace } from './recall-evidence.ts'

const TEXT = 'abcdefghijklmnopqrstuvwxyz'

const somePlaces = fc
  .array(fc.tuple(fc.nat(TEXT.length - 1), fc.integer({ min: 1, max: 12 })), { maxLength: 12 })
  .map((ranges) =>
    ranges
      .map(([start, length], index): EvidencePlace => ({ id: `said-${index}`, factId: `fact-${index}`, start, end: Math.min(TEXT.length, start + length) }))
      .toSorted((a, b) => a.start - b.start || b.end - a.end),
  ) // prettier-ignore

function plain(nodes: readonly MarkedNode<EvidencePlace>[]): string {
  return nodes.map((node) => (typeof node === 'string' ? node : plain(node.nodes))).join('')
}

function marks(nodes: readonly MarkedNode<EvidencePlace>[]): { id: string; begins: boolean; said: string }[] {
  return nodes.flatMap((node) =>
    typeof node === 'string' ? [] : [{ id: node.place.id, begins: node.begins, said: plain(node.nodes) }, ...marks(node.nodes)],
  )
}

describe('marks', () => {
  it('leave the text as it is, and each address once', () => {
    fc.assert(
      fc.property(somePlaces, fc.nat(26), fc.nat(26), (places, a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)]
        const nodes = markedNodes(TEXT, [from, to], places)
        assert.equal(plain(nodes), TEXT.slice(from, to))
        const addresses = marks(nodes).filter(({ begins }) => begins).map(({ id }) => id) // prettier-ignore
        assert.equal(new Set(addresses).size, addresses.length)
        assert.ok(marks(nodes).every(({ said }) => said !== ''))
      }),
    )
  })

  it('have each address in one of two paragraphs, that in which it begins', () => {
    fc.assert(
      fc.property(somePlaces, fc.nat(26), (places, cut) => {
        const both = [...marks(markedNodes(TEXT, [0, cut], places)), ...marks(markedNodes(TEXT, [cut, TEXT.length], places))]
        const addresses = both.filter(({ begins }) => begins).map(({ id }) => id) // prettier-ignore
        assert.deepEqual(addresses.toSorted(), places.map(({ id }) => id).toSorted()) // prettier-ignore
      }),
    )
  })

  it('stand one within the other, and of two that cross the later begins where the earlier ends', () => {
    const place = (id: string, start: number, end: number): EvidencePlace => ({ id, factId: id, start, end })
    const nodes = markedNodes(TEXT, [0, 8], [place('outer', 1, 5), place('inner', 2, 3), place('crossing', 4, 7)])
    assert.deepEqual(
      marks(nodes).map(({ id, said }) => `${id} ${said}`),
      ['outer bcde', 'inner c', 'crossing fg'],
    )
  })
})

describe('the evidence of a recall', () => {
  it('has one place for values that the same words say, and none for what is not shown', () => {
    const recall = exampleRecall()
    const evidence = evidenceOf(recall, [
      { field: 'price_min', value: 2_000 },
      { field: 'price_max', value: 2_000 },
    ])
    assert.deepEqual(evidence.of('price_min', 2_000).places, evidence.of('price_max', 2_000).places)
    assert.equal(evidence.in('soldText').length, 1)
    assert.deepEqual(evidence.of('hazards', 'lead'), { factId: '', places: [] })
    assert.deepEqual(evidence.in('hazardText'), [])
  })
})
