import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { testDatabase } from '../../test/database.ts'
import { supplyRoutes } from './routes.ts'
import { statementFor, stopAndHold } from '../../test/stop-and-hold.ts'
import { BLUE_PAIR, CUPKIN_ID, openMarketplace, WOODEN_SPOON } from '../../test/world.ts'

const database = await testDatabase()
const app = supplyRoutes({ database })
const AT = new Date('2023-07-21T09:00:00Z')

async function ask(query: string): Promise<{ status: number; body: unknown }> {
  const answer = await app.request(`/v1/sellable${query}`)
  return { status: answer.status, body: await answer.json() }
}

describe('GET /v1/sellable', () => {
  it('refuses a question without a listing, and one about too many', async () => {
    const { status, body } = await ask('')
    assert.equal(status, 422)
    assert.deepEqual(body, {
      type: 'urn:tocsin:problem:invalid',
      title: 'listing is missing: ask /v1/sellable?listing=ID',
      status: 422,
      field: 'listing',
    })
    assert.equal((await ask('?listing=')).status, 422)
    assert.equal((await ask(`?${Array.from({ length: 501 }, (_, n) => `listing=L${n}`).join('&')}`)).status, 422)
  })

  it('says unknown for a listing nobody told us of', async () => {
    const unknown = { listing_id: 'X', sellable: null, unknown: true, stops: [], gates: [] }
    assert.deepEqual(await ask('?listing=X'), { status: 200, body: { ...unknown, items: [unknown] } })
  })

  it('says yes, and no with the campaign and the reason from the stop on', async () => {
    await openMarketplace(database.db)
    const free = { listing_id: WOODEN_SPOON, sellable: true, stops: [], gates: [] }
    assert.deepEqual((await ask(`?listing=${WOODEN_SPOON}`)).body, { ...free, items: [free] })
    await stopAndHold(database, CUPKIN_ID, [BLUE_PAIR], AT)
    const stopped = {
      listing_id: BLUE_PAIR,
      sellable: false,
      stops: [{ campaign_id: CUPKIN_ID, since: AT.toISOString(), reason: statementFor(BLUE_PAIR).what }],
      gates: [],
    }
    assert.deepEqual((await ask(`?listing=${BLUE_PAIR}`)).body, { ...stopped, items: [stopped] })
    assert.deepEqual((await ask(`?listing=${BLUE_PAIR}&listing=${WOODEN_SPOON}`)).body, { items: [stopped, free] })
  })
})
