import { test } from 'node:test'
import assert from 'node:assert/strict'
import { documents, dump, openFeedWorld } from '../../test/feed-world.ts'
import { body, status } from '../../test/replay-server.ts'
import { testDatabase } from '../../test/database.ts'
import { feedHealth } from './health.ts'
import type { PullDeps } from './pull.ts'
import { pullDue } from './schedule.ts'
import { feedOverview } from './status.ts'

const database = await testDatabase()
let at = new Date('2026-11-23T08:00:00Z')
const world = await openFeedWorld(() => at)
const [often, rarely] = [60, 600].map((everyMinutes, n) => world.source(`s${n}`, { kind: 'whole', address: `/s${n}`, dump: true }, { everyMinutes })) // prettier-ignore
const deps = { ...world.deps, database, sources: [often, rarely] } as unknown as PullDeps

async function tick(minutesLater: number, signal = new AbortController().signal): Promise<string[]> {
  at = new Date(at.getTime() + minutesLater * 60_000)
  return (await Array.fromAsync(pullDue(deps, { actor: 'rule:schedule', signal }))).map((report) => `${report.source} ${report.outcome}`)
}

test('the schedule asks what is due and nothing else, and again soon after a failure', async () => {
  world.replay.on('/s0', body(dump(...documents(80_000, 4))))
  world.replay.on('/s1', body(dump(...documents(81_000, 4))))
  assert.deepEqual(await tick(0, AbortSignal.abort()), [])
  assert.deepEqual((await tick(0)).toSorted(), ['s0 done', 's1 done'])
  assert.deepEqual(await tick(5), [])
  world.replay.on('/s0', status(500))
  assert.deepEqual(await tick(56), ['s0 failed'])
  assert.deepEqual(await tick(1), [])
  world.replay.on('/s0', body(dump(...documents(80_000, 5))))
  assert.deepEqual(await tick(5), ['s0 done'])
  assert.deepEqual(await tick(600), ['s0 unchanged', 's1 unchanged'])
})

test('the health of an agency follows from its pulls and its recalls, and is null of one that was never asked', async () => {
  const [cpsc, ...others] = await feedHealth(database.db, at, [often!, rarely!])
  assert.deepEqual(others, [])
  assert.deepEqual([cpsc!.agency, cpsc!.newestPublishedOn, cpsc!.lagMinutes, cpsc!.alarms], ['CPSC', '2026-11-19', 0, []])
  const later = new Date('2026-12-11T09:00:00Z')
  const [silent] = await feedHealth(database.db, later, [often!, rarely!])
  assert.deepEqual(silent!.alarms.map((alarm) => alarm.kind), ['not_heard', 'not_heard']) // prettier-ignore
  await database.pool.query(
    `insert into feeds.imports (import_id, agency, source, started_at) values (gen_random_uuid(), 'ACCC', 'a.xml', now())`,
  )
  const overview = await feedOverview(database.db, at)
  assert.deepEqual(overview.map((each) => [each.agency, each.last?.source, each.health === null]), [['ACCC', 'a.xml', true], ['CPSC', 's0', false]]) // prettier-ignore
})
