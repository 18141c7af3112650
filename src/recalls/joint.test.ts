/** Which recalls are one, whose buyers each of them is for, and the queue of pairs that wait for a person. */
import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { ask, askAll, askJson, officer } from '../../test/as.ts'
import { testDatabase } from '../../test/database.ts'
import { exampleRecall } from '../../test/example-recall.ts'
import { addRecall } from '../../test/world.ts'
import { AGENCIES, recallId, type Recall } from './recall.ts'
import {
  COUNTRIES_OF, executedTogether, jointRecalls, JURISDICTIONS, jurisdictionOfAgency, jurisdictionOfCountry, linkedRecalls, linkRoutes, proposeLinks,
} from './index.ts' // prettier-ignore

const database = await testDatabase()
const { db, pool } = database
const AT = new Date('2026-11-01T10:00:00Z')
const routes = linkRoutes({ database, clock: () => AT })

/** Recalls of several agencies, two of them the CPSC's. */
const MEMBERS: Recall[] = (['CPSC', 'HC', 'EUSG', 'OPSS', 'ACCC', 'CPSC', 'FDA'] as const).map((agency, index) => ({
  ...exampleRecall(), agency, recallNumber: `J${index}`, publishedOn: `2024-01-0${index + 1}`, url: `https://agency.example/${index}`, jointWith: [],
})) // prettier-ignore
const IDS = MEMBERS.map(recallId)
for (const member of MEMBERS) await addRecall(database, member, AT)

describe('jurisdictions', () => {
  it('are told by agency, and by country in any spelling; what nobody speaks for is nobody’s', () => {
    assert.deepEqual([...new Set(AGENCIES.map(jurisdictionOfAgency))].toSorted(), [...JURISDICTIONS].toSorted())
    assert.deepEqual(['PR', 'us', ' ca ', 'DE', 'NO', 'GB', 'AU'].map(jurisdictionOfCountry), ['US', 'US', 'CA', 'EU', 'EU', 'GB', 'AU'])
    assert.deepEqual(['MX', 'CH', '', 'Canada', null].map(jurisdictionOfCountry), [null, null, null, null, null])
    const all = JURISDICTIONS.flatMap((each) => COUNTRIES_OF[each])
    assert.equal(new Set(all).size, all.length, 'no country is in two')
  })
})

async function link(edges: readonly (readonly [number, number])[]): Promise<void> {
  await pool.query('truncate recalls.links')
  for (const [from, to] of edges)
    await pool.query(
      `insert into recalls.links (recall_id, how, link_key, other_recall_id, other_agency, decided_by, decided_at)
       values ($1, 'declared', $2, $2, 'HC', 'rule:test', now()) on conflict do nothing`,
      [IDS[from], IDS[to]],
    )
}

/** The same by joining sets, edge by edge. */
function groups(edges: readonly (readonly [number, number])[]): string[][] {
  let sets = IDS.map((id) => new Set([id]))
  for (const [from, to] of edges) {
    const [one, other] = [IDS[from]!, IDS[to]!].map((id) => sets.find((set) => set.has(id))!)
    if (one !== other) sets = [...sets.filter((set) => set !== one && set !== other), new Set([...one!, ...other!])]
  }
  return IDS.map((id) => [...sets.find((set) => set.has(id))!].toSorted())
}

describe('the group of a recall', () => {
  it('is the same for each of its members, over any number of links, in whichever order and direction they were said', async () => {
    const node = fc.nat(IDS.length - 1)
    const edges = fc.array(fc.tuple(node, node).filter(([a, b]) => a !== b), { maxLength: 9 }) // prettier-ignore
    await fc.assert(
      fc.asyncProperty(edges, async (said) => {
        await link(said)
        const expected = groups(said)
        for (const [index, id] of IDS.entries()) {
          const group = await jointRecalls(db, id)
          assert.equal(group[0]?.recallId, id, 'asked for it, it comes first')
          assert.deepEqual(group.map((each) => each.recallId).toSorted(), expected[index])
          const { rows } = await pool.query('select member_id from recalls.joint_view where recall_id = $1 order by member_id', [id])
          assert.deepEqual(rows.map((row) => row.member_id), expected[index]!.length === 1 ? [] : expected[index]) // prettier-ignore
        }
      }),
      { numRuns: 40 },
    )
  })

  it('is executed by one campaign but for further recalls of one agency: the nearest of each', async () => {
    // The Canadian notice speaks of both American recalls, so all three hang together.
    await link([[1, 0], [1, 5], [5, 3]]) // prettier-ignore
    const together = async (index: number) => executedTogether(await jointRecalls(db, IDS[index]!)).map((each) => each.recallId)
    assert.deepEqual(await together(0), [IDS[0], IDS[1], IDS[3]])
    assert.deepEqual(await together(5), [IDS[5], IDS[1], IDS[3]])
    assert.deepEqual(await jointRecalls(db, 'CPSC-0'), [])
    assert.equal((await jointRecalls(db, IDS[6]!)).length, 1)
  })
})

describe('the queue of pairs', () => {
  const lamp: Recall = {
    ...exampleRecall(), recallNumber: '30000', title: 'Lumo lamps recalled', publishedOn: '2025-02-01', jointWith: [],
    products: [{ name: 'Lumo folding desk lamps', model: null, unitsText: null }],
    scope: { ...exampleRecall().scope, brands: ['Lumo'], unitsElsewhere: {}, gtins: [], models: [] },
  } // prettier-ignore
  const lampe: Recall = { ...lamp, agency: 'ACCC', recallNumber: 'lumo', publishedOn: '2025-02-20' }
  const pair = { recall_id: 'CPSC-30000', other_recall_id: 'ACCC-lumo' }

  async function rule(body: object): Promise<{ status: number; json: Record<string, unknown> }> {
    const headers = { 'content-type': 'application/json' }
    const answer = await ask(routes, officer('Ada'), '/v1/recall-links/decisions', { method: 'POST', headers, body: JSON.stringify(body) })
    return { status: answer.status, json: (await answer.json()) as Record<string, unknown> }
  }

  it('is empty at first, and refuses what it cannot read', async () => {
    await pool.query('truncate recalls.links')
    assert.deepEqual(await askJson(routes, officer(), '/v1/recall-links?standing=proposed'), { items: [], next: null })
    for (const address of ['?standing=perhaps', '?recall_id=CPSC-1', '?nothing=1', '?cursor=x'])
      assert.equal((await ask(routes, officer(), `/v1/recall-links${address}`)).status, 422, address)
    const cases: [object, number, string | undefined][] = [
      [{ ...pair, ruling: 'maybe', reason: 'x' }, 422, 'ruling'],
      [{ ...pair, ruling: 'same' }, 422, 'reason'],
      [{ ...pair, ruling: 'same', reason: ' ' }, 422, 'reason'],
      [{ ...pair, ruling: 'same', reason: 'x'.repeat(2_001) }, 422, 'reason'],
      [{ ...pair, recall_id: 'a\0', ruling: 'same', reason: 'x' }, 422, 'recall_id'],
      [{ ...pair, ruling: 'same', reason: 'Never proposed.' }, 404, undefined],
    ]
    for (const [body, status, field] of cases) {
      const answer = await rule(body)
      assert.deepEqual([answer.status, answer.json['field']], [status, field], JSON.stringify(body).slice(0, 90))
    }
  })

  it('shows both recalls with the reasons, and takes a ruling and its withdrawal', async () => {
    await addRecall(database, lamp, AT)
    await addRecall(database, lampe, AT)
    await proposeLinks(database, { at: AT })
    const items = await askAll<Record<string, unknown>>(routes, officer(), '/v1/recall-links?standing=proposed', 1)
    const found = items.find((each) => each['recall_id'] === 'ACCC-lumo')!
    assert.equal(found['other_recall_id'], 'CPSC-30000')
    assert.equal((found['other_recall'] as Record<string, unknown>)['published_on'], '2025-02-01')
    assert.ok((found['reasons'] as { field: string }[]).some((reason) => reason.field === 'brand'))
    const counted = async () => (await askJson<{ proposed: number }>(routes, officer(), '/v1/recall-links/count')).proposed
    const waiting = await counted()
    assert.equal(waiting, items.length)

    const same = await rule({ ...pair, ruling: 'same', reason: ' One lamp on both photographs. ' })
    assert.equal(same.status, 201)
    assert.deepEqual([same.json['standing'], (same.json['ruling'] as Record<string, unknown>)['reason']], ['linked', 'One lamp on both photographs.']) // prettier-ignore
    assert.equal(await counted(), waiting - 1)
    assert.deepEqual((await jointRecalls(db, 'ACCC-lumo')).map((each) => each.recallId), ['ACCC-lumo', 'CPSC-30000']) // prettier-ignore

    const back = await rule({ ...pair, ruling: 'withdrawn', reason: 'Pressed the wrong key.' })
    assert.equal(back.json['standing'], 'proposed')
    assert.equal(await counted(), waiting)
    assert.deepEqual(await linkedRecalls(db, 'ACCC-lumo'), [])
    const { rows } = await pool.query(`select ruling, decided_by from recalls.link_decisions order by decision_no`)
    assert.deepEqual(rows, [{ ruling: 'same', decided_by: 'officer:user-Ada' }, { ruling: 'withdrawn', decided_by: 'officer:user-Ada' }]) // prettier-ignore
    const [one] = (await askJson<{ items: Record<string, unknown>[] }>(routes, officer(), '/v1/recall-links?recall_id=CPSC-30000&other_recall_id=ACCC-lumo')).items // prettier-ignore
    assert.equal(one?.['recall_id'], 'ACCC-lumo', 'a pair is found in either order')
  })

  it('keeps what was ruled when the evidence is no more', async () => {
    await rule({ ...pair, ruling: 'same', reason: 'The photographs show one lamp.' })
    await addRecall(database, { ...lampe, title: 'Something else', products: [{ name: 'Something else', model: null, unitsText: null }], scope: { ...lampe.scope, brands: ['Other'] } }, AT) // prettier-ignore
    await proposeLinks(database, { at: AT })
    assert.deepEqual((await linkedRecalls(db, 'CPSC-30000')).map((each) => each.recallId), ['ACCC-lumo']) // prettier-ignore
  })
})
