import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { appAs, ask, buyer, nobody, officer, seller } from '../../test/as.ts'
import { testDatabase } from '../../test/database.ts'
import { documents, dump, openFeedWorld } from '../../test/feed-world.ts'
import { body } from '../../test/replay-server.ts'
import type { AccessTable } from '../platform/http.ts'
import { pullSource, type PullDeps } from './pull.ts'
import { openHolds } from './queries-holds.ts'
import { feedRoutes } from './routes.ts'
import type { Source } from './sources.ts'

const database = await testDatabase()
const AT = new Date('2026-11-23T08:00:00Z')
const world = await openFeedWorld(() => AT)
// `feeds` has the one agency that these tests speak as.
const deps = { ...world.deps, database } as unknown as PullDeps
const sources: Source[] = []
const routes = feedRoutes({ ...deps, sources, clock: () => AT })
const ada = officer()
const ADDRESS = '/v1/feeds/CPSC/hold-decisions'

/** A source whose last dump is held: it has 20 items, and 10 are usual. Recall numbers begin with `first`. */
async function held(name: string, first: number): Promise<Source> {
  const source = world.source(name, { kind: 'whole', address: `/${name}`, dump: true })
  world.replay.on(`/${name}`, body(dump(...documents(first, 10))), body(dump(...documents(first, 20))))
  for (const outcome of ['done', 'held']) {
    assert.equal((await pullSource(deps, source, { at: AT, actor: 'test' })).outcome, outcome)
  }
  sources.splice(0, sources.length, source)
  return source
}

function post(content: unknown): RequestInit {
  const text = typeof content === 'string' ? content : JSON.stringify(content)
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: text }
}

async function decide(content: unknown, address = ADDRESS): Promise<[number, Record<string, unknown>]> {
  const response = await ask(routes, ada, address, post(content))
  return [response.status, (await response.json()) as Record<string, unknown>]
}

async function recallsFrom(first: number): Promise<number> {
  const { rows } = await database.pool.query<{ recalls: number }>(
    `select count(*)::int as recalls from feeds.documents where recall_number between $1 and $2`,
    [String(first), String(first + 99)],
  )
  return rows[0]!.recalls
}

describe('a decision on what is held', () => {
  it('is refused to everyone but officers, with the table of access and without it', async () => {
    const officersOnly: AccessTable = { 'POST /v1/feeds/:agency/hold-decisions': { who: ['officer'], sees: 'everything' } }
    const decision = post({ ruling: 'release', reason: 'x' })
    for (const [principal, status] of [
      [nobody, 401],
      [seller('seller-1'), 403],
      [buyer('B-0000001'), 403],
    ] as const) {
      assert.equal((await appAs(routes, principal, officersOnly).request(ADDRESS, decision)).status, status)
      assert.equal((await ask(routes, principal, ADDRESS, decision)).status, 500)
    }
  })

  it('is refused where it cannot be read, or gives no ruling or no reason, and then decides nothing', async () => {
    const source = await held('unread', 100_000)
    const refused: [unknown, number, string | undefined][] = [
      ['{', 422, undefined],
      [{}, 422, 'ruling'],
      [{ ruling: 'maybe', reason: 'x' }, 422, 'ruling'],
      [{ ruling: 'release' }, 422, 'reason'],
      [{ ruling: 'release', reason: '  ' }, 422, 'reason'],
      [{ ruling: 'release', reason: 'x'.repeat(501) }, 422, 'reason'],
      [{ ruling: 'release', reason: 'a\0b' }, 422, 'reason'],
      [{ ruling: 'release', reason: 'x', source: 'unread' }, 422, ''],
      [{ ruling: 'release', reason: 'x'.repeat(9_000) }, 413, undefined],
    ]
    for (const [content, status, field] of refused) {
      const [answered, problem] = await decide(content)
      assert.deepEqual([answered, problem['field']], [status, field], JSON.stringify(content).slice(0, 80))
    }
    assert.equal((await openHolds(database.db, [source.name])).length, 1)
  })

  it('is not found for an agency that is none of ours, nor where nothing is held', async () => {
    await held('elsewhere', 200_000)
    assert.equal((await decide({ ruling: 'refuse', reason: 'x' }, '/v1/feeds/NASA/hold-decisions'))[0], 404)
    const [status, problem] = await decide({ ruling: 'refuse', reason: 'x' }, '/v1/feeds/FSIS/hold-decisions')
    assert.deepEqual([status, problem['title']], [404, 'No dump of FSIS is held.'])
  })

  it('to refuse takes nothing in, and is kept with who and why; asked again, there is nothing to decide', async () => {
    const source = await held('refused', 300_000)
    const [status, answer] = await decide({ ruling: 'refuse', reason: 'The agency withdrew it.' })
    const decided = [{ source: 'refused', items: 20, usual_items: 10, taken_in: null }]
    assert.deepEqual([status, answer], [201, { agency: 'CPSC', ruling: 'refuse', decided }])
    assert.deepEqual([await recallsFrom(300_000), await openHolds(database.db, [source.name])], [10, []])
    const { rows } = await database.pool.query(
      `select d.actor, d.decision, d.reason from feeds.hold_decisions d join feeds.holds h using (hold_id) where h.source = 'refused'`,
    )
    assert.deepEqual(rows, [{ actor: 'officer:user-Ada Officer', decision: 'refused', reason: 'The agency withdrew it.' }])
    assert.equal((await decide({ ruling: 'release', reason: 'After all.' }))[0], 404)
  })

  it('to release takes in what was held', async () => {
    const source = await held('released', 400_000)
    const [status, { decided }] = await decide({ ruling: 'release', reason: 'They published a backlog.' })
    const taken_in = { new_recalls: 10, new_revisions: 0, unchanged: 10, refused: 0 }
    assert.deepEqual([status, decided], [201, [{ source: 'released', items: 20, usual_items: 10, taken_in }]])
    assert.deepEqual([await recallsFrom(400_000), await openHolds(database.db, [source.name])], [20, []])
  })
})
