import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { testDatabase } from '../../test/database.ts'
import { supplyRoutes } from './routes.ts'
import { addListing, statementFor, stopAndHold } from '../../test/small-catalogue.ts'

const database = await testDatabase()
const app = supplyRoutes({ database })
const AT = new Date('2023-07-14T09:00:00Z')

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
    const unknown = { listing_id: 'X', sellable: null, unknown: true, stops: [] }
    assert.deepEqual(await ask('?listing=X'), { status: 200, body: { ...unknown, items: [unknown] } })
  })

  it('says yes, and no with the campaign and the reason from the stop on', async () => {
    await addListing(database.db, 'L1')
    await addListing(database.db, 'L2')
    const free = { listing_id: 'L1', sellable: true, stops: [] }
    assert.deepEqual((await ask('?listing=L1')).body, { ...free, items: [free] })
    await stopAndHold(database, 'CPSC-23774', ['L2'], AT)
    const stopped = {
      listing_id: 'L2',
      sellable: false,
      stops: [{ campaign_id: 'CPSC-23774', since: AT.toISOString(), reason: statementFor('L2').what }],
    }
    assert.deepEqual((await ask('?listing=L2')).body, { ...stopped, items: [stopped] })
    assert.deepEqual((await ask('?listing=L2&listing=L1')).body, { items: [stopped, free] })
  })
})
