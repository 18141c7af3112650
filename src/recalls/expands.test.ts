/** Recalls that expand an earlier one of their agency: proposed by what both say, shown as such once a person has said so. */
import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { ask, askAll, officer } from '../../test/as.ts'
import { testDatabase } from '../../test/database.ts'
import { exampleRecall } from '../../test/example-recall.ts'
import { addRecall } from '../../test/world.ts'
import { expandsEarlier } from './expands.ts'
import { expansionsOf, jointRecalls, linkedRecalls, linkRoutes, proposeLinks, type Recall } from './index.ts'

const database = await testDatabase()
const { db } = database
const AT = new Date('2026-11-01T10:00:00Z')
const routes = linkRoutes({ database, clock: () => AT })

const earlier: Recall = {
  ...exampleRecall(), recallNumber: '20100', title: 'Lumo Recalls Desk Lamps Due to Fire Hazard', publishedOn: '2020-03-01', jointWith: [], expands: [],
  products: [{ name: 'Lumo folding desk lamps', model: null, unitsText: null }], hazards: ['fire'],
  scope: { ...exampleRecall().scope, brands: ['Lumo'], models: [], gtins: [] },
} // prettier-ignore
const later: Recall = { ...earlier, recallNumber: '22050', title: 'Lumo Expands Recall of Folding Desk Lamps Due to Fire Hazard', publishedOn: '2021-09-01' } // prettier-ignore

describe('expanding an earlier recall', () => {
  it('is not proposed without the word, for another agency, brand or product, for a later one, or after ten years', () => {
    assert.equal(expandsEarlier({ ...later, title: 'Lumo Recalls Folding Desk Lamps' }, earlier), null)
    assert.equal(expandsEarlier(later, { ...earlier, agency: 'HC' }), null)
    assert.equal(expandsEarlier(earlier, later), null)
    assert.equal(expandsEarlier(later, { ...earlier, publishedOn: later.publishedOn }), null)
    assert.equal(expandsEarlier(later, { ...earlier, publishedOn: '2011-08-01' }), null)
    assert.equal(expandsEarlier(later, { ...earlier, publishedOn: 'unknown' }), null)
    assert.equal(expandsEarlier(later, { ...earlier, title: 'Other', products: [{ name: 'Other desk lamps', model: null, unitsText: null }], scope: { ...earlier.scope, brands: ['Other'] } }), null) // prettier-ignore
    assert.equal(expandsEarlier(later, { ...earlier, title: 'Lumo Recalls Kettles', products: [{ name: 'Lumo electric kettles', model: null, unitsText: null }] }), null) // prettier-ignore
  })

  it('is proposed with its reasons, also where it is announced again', () => {
    const evidence = expandsEarlier(later, earlier)!
    assert.deepEqual(evidence.reasons.map((reason) => reason.field).toSorted(), ['brand', 'date', 'hazard', 'title']) // prettier-ignore
    assert.ok(evidence.reasons.some((reason) => reason.text === 'Published 18 months later.'))
    for (const title of ['Lumo Reannounces Recall of Desk Lamps', 'Lumo Re-announces Recall of Desk Lamps', 'Expansion of Lumo Desk Lamp Recall', 'Lumo Expanded Recall of Desk Lamps'])
      assert.ok(expandsEarlier({ ...later, title }, earlier) !== null, title) // prettier-ignore
  })

  it('waits in the queue of pairs, is no joint recall whatever is ruled, and is told from both ends once it is', async () => {
    await addRecall(database, earlier, AT)
    await addRecall(database, { ...earlier, recallNumber: '19000', title: 'Lumo Recalls Kettles', products: [{ name: 'Lumo electric kettles', model: null, unitsText: null }] }, AT) // prettier-ignore
    await addRecall(database, later, AT)
    assert.deepEqual(await proposeLinks(database, { at: AT }), { compared: 3, proposed: 1 })
    const [pair, ...others] = await askAll<Record<string, unknown>>(routes, officer(), '/v1/recall-links?standing=proposed')
    assert.deepEqual([pair?.['recall_id'], pair?.['other_recall_id'], pair?.['asks'], others], ['CPSC-22050', 'CPSC-20100', 'expands', []]) // prettier-ignore
    assert.deepEqual((await expansionsOf(db, 'CPSC-20100')).map((each) => each.standing), ['proposed']) // prettier-ignore

    const rule = async (ruling: string) => {
      const body = JSON.stringify({ recall_id: 'CPSC-20100', other_recall_id: 'CPSC-22050', ruling, reason: 'Both speak of one lamp.' })
      return (await ask(routes, officer(), '/v1/recall-links/decisions', { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status // prettier-ignore
    }
    assert.equal(await rule('same'), 201)
    assert.deepEqual(await expansionsOf(db, 'CPSC-22050'), [{ direction: 'expands', recallId: 'CPSC-20100', title: earlier.title, publishedOn: '2020-03-01', standing: 'linked' }]) // prettier-ignore
    assert.deepEqual((await expansionsOf(db, 'CPSC-20100')).map((each) => each.direction), ['expanded_by']) // prettier-ignore
    assert.deepEqual(await linkedRecalls(db, 'CPSC-22050'), [])
    assert.equal((await jointRecalls(db, 'CPSC-22050')).length, 1)

    // What was ruled on stays when the agency corrects the title; a ruling of "different" is no expansion.
    await addRecall(database, { ...later, title: 'Lumo Recalls Folding Desk Lamps' }, AT)
    assert.deepEqual(await proposeLinks(database, { at: AT }), { compared: 1, proposed: 0 })
    assert.equal((await expansionsOf(db, 'CPSC-22050')).length, 1)
    assert.equal(await rule('different'), 201)
    assert.deepEqual(await expansionsOf(db, 'CPSC-22050'), [])
  })
})
