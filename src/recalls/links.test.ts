/** Links between recalls on a real database, and the rule that proposes them. */
import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { testDatabase } from '../../test/database.ts'
import { exampleRecall } from '../../test/example-recall.ts'
import { transaction } from '../platform/db.ts'
import { sha256 } from '../platform/ids.ts'
import { contentHash, decideLink, linkedRecalls, proposeLinks, recallId, recordRevisions, sameProduct, type Recall } from './index.ts'

const database = await testDatabase()
const at = new Date('2026-11-01T00:00:00Z')
const ADDRESS = 'https://recalls-rappels.canada.ca/en/alert-recall/cups'

const american = exampleRecall()
/** Health Canada's notice of the same cups: no models, no codes, its own title. */
const canadian: Recall = {
  ...american,
  agency: 'HC',
  recallNumber: 'RA-1',
  title: 'Soojimus CUPKIN Children’s Cups recalled due to lead',
  publishedOn: '2023-07-21',
  url: `${ADDRESS}/`,
  products: [{ name: 'CUPKIN stainless steel children’s cups', model: null, unitsText: null }],
  jointWith: [{ agency: 'CPSC', url: null, number: null, how: 'marker' }],
  scope: { ...american.scope, brands: [], models: [], gtins: [], units: 1_200, unitsElsewhere: {} },
}

async function say(recall: Recall): Promise<void> {
  await transaction(database, (tx) =>
    recordRevisions(tx.db, [{ recall, documentSha256: sha256(JSON.stringify(recall)), contentSha256: contentHash(recall) }], at),
  )
}

describe('the same product', () => {
  it('is not proposed for one agency, far days, another brand, or a brand alone', () => {
    assert.equal(sameProduct(american, { ...american, recallNumber: '23775' }), null)
    assert.equal(sameProduct(american, { ...canadian, publishedOn: '2024-07-21' }), null)
    assert.equal(sameProduct(american, { ...canadian, publishedOn: 'unknown' }), null)
    const other: Recall = { ...canadian, title: 'Lumo lamps recalled', products: [{ name: 'Lumo lamps', model: null, unitsText: null }] }
    assert.equal(sameProduct(american, other), null)
    const sameBrand: Recall = {
      ...canadian,
      title: 'CUPKIN folding bicycles recalled due to fall hazard',
      products: [{ name: 'CUPKIN folding bicycles', model: null, unitsText: null }],
      scope: { ...canadian.scope, units: 77 },
    }
    assert.equal(sameProduct(american, sameBrand), null)
    // An empty bar code, model or number in common is nothing in common.
    const bare = { ...sameBrand, scope: { ...sameBrand.scope, units: null } }
    assert.equal(sameProduct({ ...american, scope: { ...american.scope, unitsElsewhere: {}, models: [], gtins: [] } }, bare), null)
  })

  it('is proposed with its reasons, whichever is asked first', () => {
    const evidence = sameProduct(american, canadian)
    assert.ok(evidence !== null)
    assert.deepEqual(evidence.reasons.map((reason) => reason.field).toSorted(), ['brand', 'date', 'hazard', 'marker', 'title', 'units']) // prettier-ignore
    assert.equal(sameProduct(canadian, american)?.weight, evidence.weight)
    assert.equal(
      evidence.weight,
      evidence.reasons.reduce((sum, reason) => sum + reason.weight, 0),
    )
  })

  it('is told by a bar code whatever its length, and by a model that is no short number', () => {
    const plain: Recall = {
      ...canadian,
      title: 'CUPKIN recall',
      products: [],
      scope: { ...canadian.scope, units: null, gtins: ['04006381333931'], models: ['CK-8', '12'] },
    }
    const fields = sameProduct(american, plain)!.reasons.map((reason) => reason.field)
    assert.ok(fields.includes('gtin'))
    assert.ok(fields.includes('model') === false, 'three letters and digits tell nothing')
    const named = { ...plain, scope: { ...plain.scope, gtins: [], models: ['ck 1200'] } }
    const us = { ...american, scope: { ...american.scope, models: ['CK-1200'] } }
    assert.ok(sameProduct(us, named)!.reasons.some((reason) => reason.field === 'model'))
  })
})

describe('links', () => {
  it('are declared by an address before the other notice is here, and found from both ends once it is', async () => {
    await say(american)
    assert.deepEqual(await linkedRecalls(database.db, 'CPSC-23774'), [{ recallId: null, agency: 'HC', url: ADDRESS, title: null }])
    await say(canadian)
    assert.deepEqual(await linkedRecalls(database.db, 'CPSC-23774'), [
      { recallId: 'HC-RA-1', agency: 'HC', url: ADDRESS, title: canadian.title },
    ])
    const back = await linkedRecalls(database.db, 'HC-RA-1')
    assert.ok(back.some((link) => link.recallId === 'CPSC-23774'))
    assert.ok(
      back.some((link) => link.recallId === null && link.agency === 'CPSC'),
      'the marker stands beside it',
    )
  })

  it('are those of the newest revision', async () => {
    const { jointWith: _jointWith, ...alone } = american
    await say(alone)
    assert.deepEqual(await linkedRecalls(database.db, 'CPSC-23774'), [])
    await say({ ...american, title: 'Cups, again' })
    assert.equal((await linkedRecalls(database.db, 'CPSC-23774')).length, 1)
  })

  it('are proposed once, never linked by that, and only for what was not compared yet', async () => {
    const lamp: Recall = { ...american, recallNumber: '30000', title: 'Lumo lamps recalled', publishedOn: '2024-02-01', jointWith: [], products: [{ name: 'Lumo folding desk lamps', model: null, unitsText: null }], scope: { ...american.scope, brands: ['Lumo'], unitsElsewhere: {}, gtins: [], models: [] } } // prettier-ignore
    const lampe: Recall = { ...lamp, agency: 'ACCC', recallNumber: 'lumo', publishedOn: '2024-02-20', scope: { ...lamp.scope, brands: [] } }
    await say(lamp)
    assert.deepEqual(await proposeLinks(database, { at }), { compared: 3, proposed: 0 }, 'the cups are declared: no proposal')
    // What comes later and names no brand is found by its title.
    await say(lampe)
    assert.deepEqual(await proposeLinks(database, { at }), { compared: 1, proposed: 1 })
    assert.deepEqual(await proposeLinks(database, { at }), { compared: 0, proposed: 0 })
    assert.deepEqual(await linkedRecalls(database.db, recallId(lamp)), [])
    const { rows } = await database.pool.query(`select recall_id, other_recall_id, standing from recalls.links_view where how = 'evidence' and recall_id like '%lumo'`) // prettier-ignore
    assert.deepEqual(rows, [{ recall_id: 'ACCC-lumo', other_recall_id: 'CPSC-30000', standing: 'proposed' }])
  })

  it('are decided by a person who says why, and the last ruling holds, also when both are compared again', async () => {
    const pair = { recallId: 'CPSC-30000', otherId: 'ACCC-lumo', actor: 'officer:ada', at }
    const ruled = (ruling: 'same' | 'different', reason: string, otherId = pair.otherId) =>
      transaction(database, (tx) => decideLink(tx, { ...pair, otherId, ruling, reason }))
    assert.equal((await ruled('same', ' ')).ok, false)
    assert.equal((await ruled('same', 'The same lamp.', 'HC-RA-1')).ok, false, 'never proposed')
    assert.equal((await ruled('same', 'The photographs show one lamp.')).ok, true)
    assert.deepEqual((await linkedRecalls(database.db, 'CPSC-30000')).map((link) => link.recallId), ['ACCC-lumo']) // prettier-ignore
    assert.deepEqual((await linkedRecalls(database.db, 'ACCC-lumo')).map((link) => link.recallId), ['CPSC-30000']) // prettier-ignore
    await database.pool.query('delete from recalls.compared')
    await proposeLinks(database, { at })
    assert.equal((await linkedRecalls(database.db, 'CPSC-30000')).length, 1)
    assert.equal((await ruled('different', 'Another voltage.')).ok, true)
    assert.deepEqual(await linkedRecalls(database.db, 'CPSC-30000'), [])
  })
})
