import { beforeEach, describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { documentOf, documents, dump, openFeedWorld } from '../../test/feed-world.ts'
import { body, byQuery, drip, gzipBomb, hangUp, redirect, silence, status, tagged, zip, type Act } from '../../test/replay-server.ts'
import { testDatabase } from '../../test/database.ts'
import { sha256 } from '../platform/ids.ts'
import { currentRecall } from '../recalls/index.ts'
import { decideHolds } from './holds.ts'
import { feedInvariants } from './queries-invariants.ts'
import { pullFeed, pullSource, type PullDeps, type PullReport } from './pull.ts'
import { followUpOwed, sourceStates } from './queries-health.ts'
import { openHolds } from './queries-holds.ts'
import { cursorOf, startPull, type Cursor } from './queries-pulls.ts'
import type { Source } from './sources.ts'

const database = await testDatabase()
const START = new Date('2026-11-23T08:00:00Z')
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
let at = START
const world = await openFeedWorld(() => at)
const { replay, pauses } = world
const AGENCY_ERROR =
  '[{"RecallID":0,"RecallNumber":null,"RecallDate":null,"Title":"Error retrieving Recalls: The underlying provider failed on Open.","Products":[]}]'

// `feeds` has the one agency that these tests speak as.
const deps = { ...world.deps, database } as unknown as PullDeps

beforeEach(() => {
  at = START
  replay.asked.length = 0
  pauses.length = 0
})

let names = 0
/** A source of its own for each test, below a path of its own; recall numbers begin with the number of the test. */
function wholeSource(more: Partial<Source> = {}): { source: Source; path: string; first: number } {
  const n = ++names
  return {
    source: world.source(`whole ${n}`, { kind: 'whole', address: `/whole-${n}`, dump: true }, more),
    path: `/whole-${n}`,
    first: n * 1_000 + 100_000,
  }
}

function daysSource(more: Partial<Source> = {}): { source: Source; path: string; first: number } {
  const n = ++names
  const path = `/days-${n}`
  const byDays = [`${path}?LastPublishDateStart={from}&LastPublishDateEnd={to}`, `${path}?RecallDateStart={from}&RecallDateEnd={to}`]
  const walk = { kind: 'days', whole: path, byDays, since: '2020-01-01', dates: 'YYYY-MM-DD', overlapDays: 14 } as const
  return { source: world.source(`days ${n}`, walk, more), path, first: n * 1_000 + 100_000 }
}

async function pulling(source: Source, mode?: 'full'): Promise<PullReport> {
  const report = await pullSource(deps, source, { at, actor: 'test', ...(mode === undefined ? {} : { mode }) })
  at = new Date(at.getTime() + HOUR_MS)
  return report
}

async function cursor(source: Source): Promise<Cursor> {
  return await cursorOf(database.db, source.name)
}

async function recallsFrom(first: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from recalls.recalls where recall_number between ${String(first)} and ${String(first + 999)}`.execute(database.db)
  return rows[0]!.n
}

function outcome(report: PullReport): [string, string | null] {
  return [report.outcome, report.reason]
}

describe('a source that answers wrongly', () => {
  const wrong: [name: string, act: Act, reason: string, attempts: number][] = [
    ['says nothing', silence(), 'idle_timeout', 3],
    ['drips', drip(20), 'total_timeout', 3],
    ['refuses us', status(403, 'Access Denied'), 'forbidden', 1],
    ['has a fault', status(500, 'oops'), 'server', 3],
    ['hangs up', hangUp('[{"RecallID":1'), 'truncated', 3],
    ['answers an error with status 200', body(AGENCY_ERROR), 'agency_error', 3],
    ['answers with a page', body('<!DOCTYPE html><html><body>We are sorry</body></html>'), 'not_the_format', 3],
    ['answers with nothing', body(''), 'truncated', 3],
    ['answers in UTF-16', body(Buffer.from('\ufeff[{"RecallID":1}]', 'utf16le')), 'encoding', 1],
    ['sends us into our own network', redirect('https://10.0.0.1/'), 'address_refused', 1],
    ['sends a gzip bomb', body(gzipBomb(60 * 1024 * 1024)), 'too_large', 1],
    ['sends a zip bomb', body(zip({ name: 'a.json', content: Buffer.alloc(60 * 1024 * 1024, ' '), statedBytes: 10 })), 'too_large', 1],
    [
      'sends a zip of two files',
      body(zip({ name: 'a', content: Buffer.from('[]') }, { name: 'b', content: Buffer.from('[]') })),
      'damaged',
      3,
    ],
    ['sends half a zip', body(zip({ name: 'a', content: Buffer.from('[1,2,3]'.repeat(999)) }).subarray(0, 60)), 'damaged', 3],
    ['sends half a gzip', body(gzipSync(`[${' '.repeat(9_999)}]`).subarray(0, 20)), 'damaged', 3],
  ]
  for (const [name, act, reason, attempts] of wrong) {
    it(`and ${name} is asked ${attempts === 1 ? 'once' : `${attempts} times`}, loses nothing, and is heard by the next pull`, async () => {
      const { source, path, first } = wholeSource()
      replay.on(path, act)
      const failed = await pulling(source)
      assert.deepEqual(outcome(failed), ['failed', reason], failed.said)
      assert.equal(replay.asked.length, attempts)
      const state = (await sourceStates(database.db)).find((each) => each.source === source.name)!
      assert.deepEqual([state.lastOutcome, state.lastReason, state.failuresSince, state.lastSuccessAt], ['failed', reason, 1, null])
      assert.notEqual(state.lastSaid, '')
      assert.equal((await cursor(source)).fullAt, null)
      replay.on(path, body(dump(...documents(first, 3))))
      assert.deepEqual(outcome(await pulling(source)), ['done', null])
      assert.equal(await recallsFrom(first), 3)
      assert.deepEqual((await cursor(source)).fullItems, 3)
    })
  }

  it('and asks us to come again later is left until then, and waited for where that is soon', async () => {
    const { source, path, first } = wholeSource()
    replay.on(path, status(429, '', { 'retry-after': '7' }), body(dump(...documents(first, 1))))
    assert.deepEqual(outcome(await pulling(source)), ['done', null])
    assert.ok(pauses.includes(7_000))
    replay.on(path, status(429, '', { 'retry-after': '3600' }))
    const told = new Date(at.getTime() + HOUR_MS)
    assert.deepEqual(outcome(await pulling(source)), ['failed', 'throttled'])
    const state = (await sourceStates(database.db)).find((each) => each.source === source.name)!
    assert.ok(Math.abs(state.notBefore!.getTime() - told.getTime()) < 5_000, String(state.notBefore))
  })

  it('and ends too early has its whole items taken in, and is asked for all of them again', async () => {
    const { source, path, first } = wholeSource()
    replay.on(path, body(dump(...documents(first, 4)).slice(0, -40)))
    const cut = await pulling(source)
    assert.deepEqual(outcome(cut), ['failed', 'truncated'])
    assert.match(cut.said, /truncated; 4 whole items|; 3 whole items that came were taken in/)
    assert.equal(await recallsFrom(first), 3)
    assert.equal((await cursor(source)).etag, null)
    replay.on(path, body(dump(...documents(first, 4))))
    assert.deepEqual([(await pulling(source)).newRecalls, await recallsFrom(first)], [1, 4])
  })

  it('and has items that are no text is asked again although its ETag is the same', async () => {
    const { source, path, first } = wholeSource()
    const latin1 = Buffer.from(dump(documentOf(String(first), { Title: 'Café lamps recalled' }), documentOf(String(first + 1))), 'latin1')
    replay.on(path, body(latin1, { etag: '"same"' }))
    const torn = await pulling(source)
    assert.deepEqual([...outcome(torn), torn.newRecalls, torn.refused], ['incomplete', 'unread_items', 1, 1])
    assert.match(torn.problems[0]!.problem, /not valid UTF-8/)
    assert.equal((await cursor(source)).etag, null)
    replay.on(path, tagged(latin1.toString('latin1'), '"same"'))
    assert.deepEqual([(await pulling(source)).newRecalls, await recallsFrom(first)], [1, 2])
  })
})

describe('a source that is asked by days', () => {
  it('that answers with an error in place of recalls is asked for half of the days, and half of those', async () => {
    const { source, path, first } = daysSource()
    const good = dump(...documents(first, 2))
    replay.on(path, byQuery([['RecallDateStart=2020-01-01', 'End=2026-11-24'], body(AGENCY_ERROR)], [['RecallDateStart=2020-01-01'], body(good)],
      [['RecallDateStart'], body(dump(documentOf(String(first + 2))))], [[], body(AGENCY_ERROR)])) // prettier-ignore
    const report = await pulling(source)
    assert.deepEqual(outcome(report), ['done', null])
    assert.equal(await recallsFrom(first), 3)
    const asked = replay.asked.map((each) => each.path.split('?')[1] ?? 'all')
    assert.deepEqual(
      [...new Set(asked)],
      ['all', 'RecallDateStart=2020-01-01&RecallDateEnd=2023-06-13', 'RecallDateStart=2023-06-14&RecallDateEnd=2026-11-24'],
    )
    assert.deepEqual((await cursor(source)).heardTo, '2026-11-23')
  })

  it('that cannot be asked by one date is asked by the other, and only for what is new', async () => {
    const { source, path, first } = daysSource()
    replay.on(path, body(dump(...documents(first, 5))))
    await pulling(source)
    replay.asked.length = 0
    replay.on(
      path,
      byQuery(
        [['LastPublishDate'], status(400, 'bad parameter')],
        [['RecallDateStart=2026-11-09'], body(dump(documentOf(String(first + 9))))],
      ),
    )
    const report = await pulling(source)
    assert.deepEqual([...outcome(report), report.mode, report.newRecalls], ['done', null, 'new', 1])
    assert.deepEqual(replay.asked.map((each) => each.path.split('?')[1]), ['LastPublishDateStart=2026-11-09&LastPublishDateEnd=2026-11-24', 'RecallDateStart=2026-11-09&RecallDateEnd=2026-11-24']) // prettier-ignore
  })

  it('that sends everything, whichever days it is asked for, is found out, and what is new in it is taken in', async () => {
    const { source, path, first } = daysSource()
    replay.on(path, body(dump(...documents(first, 120))))
    await pulling(source)
    replay.on(path, body(dump(...documents(first, 121))))
    const report = await pulling(source)
    assert.deepEqual([...outcome(report), report.mode, report.newRecalls], ['failed', 'window_ignored', 'new', 1])
    assert.match(report.said, /asked for the days from 2026-11-09, it answers with 121 items, and there are about 120 in all/)
    replay.on(path, byQuery([['LastPublishDate'], body(dump(...documents(first, 121)))], [[], body(dump(documentOf(String(first + 200))))]))
    assert.deepEqual([outcome(await pulling(source)), await recallsFrom(first)], [['done', null], 122])
  })

  it('is heard for what is new while its rescan fails, and rescanned a day later', async () => {
    const { source, path, first } = daysSource()
    replay.on(path, body(dump(...documents(first, 5))))
    await pulling(source)
    at = new Date(START.getTime() + 8 * DAY_MS)
    replay.on(path, byQuery([['LastPublishDate'], body(dump(documentOf(String(first + 7))))], [[], status(500)]))
    assert.deepEqual([await pulling(source), await pulling(source)].map((each) => [each.mode, each.outcome]), [['full', 'failed'], ['new', 'done']]) // prettier-ignore
    assert.equal(await recallsFrom(first), 6)
    at = new Date(START.getTime() + 9 * DAY_MS + HOUR_MS)
    replay.on(path, body(dump(...documents(first, 8))))
    assert.deepEqual(
      [await pulling(source)].map((each) => [each.mode, each.outcome]),
      [['full', 'done']],
    )
    assert.equal(await recallsFrom(first), 8)
  })

  it('is followed through its pages, and has nothing to say where it answers 404 in those words', async () => {
    const n = ++names
    const first = n * 1_000 + 100_000
    const walk = {
      kind: 'days',
      whole: null,
      byDays: [`/pages-${n}?search=[{from}+TO+{to}]`],
      since: '2004-01-01',
      dates: 'YYYYMMDD',
      overlapDays: 30,
    } as const
    const source = world.source(`pages ${n}`, walk, { noneSays: 'NOT_FOUND', pauseMs: 500 })
    const next = { link: `</pages-${n}?search_after=2>; rel="next"` }
    replay.on(`/pages-${n}`, byQuery([['search_after=2'], body(dump(documentOf(String(first + 1))), { link: '<https://elsewhere.example/>; rel="next"' })],
      [['search=[20040101+TO+20261124]'], body(dump(documentOf(String(first))), next)])) // prettier-ignore
    assert.deepEqual(outcome(await pulling(source)), ['done', null])
    assert.deepEqual([await recallsFrom(first), replay.asked.length, pauses], [2, 2, [500]])
    replay.on(`/pages-${n}`, status(404, '{"error":{"code":"NOT_FOUND"}}'))
    assert.deepEqual(outcome(await pulling(source)), ['done', null])
    replay.on(`/pages-${n}`, status(404, '<html>moved</html>'))
    assert.deepEqual(outcome(await pulling(source)), ['failed', 'not_found'])
  })
})

describe('a dump of unusual size', () => {
  for (const [name, count] of [
    ['twice as large', 20],
    ['half as large', 5],
    ['empty', 0],
  ] as const) {
    it(`${name} is held, changes nothing, and is taken in when a person says so`, async () => {
      const { source, path, first } = wholeSource()
      replay.on(path, body(dump(...documents(first, 10))))
      await pulling(source)
      const before = await cursor(source)
      replay.on(path, body(dump(...documents(first + 500, count))))
      const held = await pulling(source)
      assert.deepEqual([...outcome(held), held.newRecalls], ['held', 'unusual_size', 0])
      assert.match(held.said, /tocsin feed release CPSC/)
      assert.deepEqual([await recallsFrom(first), await cursor(source)], [10, before])
      // The same dump again is the same question.
      await pulling(source)
      assert.equal((await openHolds(database.db, [source.name])).length, 1)
      const release = { ruling: 'release', actor: 'officer:dana', reason: 'The agency said so.', at } as const
      const decided = await decideHolds({ ...deps, sources: [source] }, 'CPSC', release)
      assert.ok(decided.ok)
      assert.deepEqual([await recallsFrom(first), (await cursor(source)).fullItems], [10 + count, count])
      assert.deepEqual(outcome(await pulling(source)), ['unchanged', null])
      const { rows } = await sql<{ action: string }>`select action from platform.audit_log where actor = 'officer:dana' and detail->>'source' = ${source.name}`.execute(database.db) // prettier-ignore
      assert.deepEqual(rows.map((row) => row.action), ['feeds.dump_released']) // prettier-ignore
    })
  }

  it('that a person refused is never taken in and not asked about again; what comes after it is', async () => {
    const { source, path, first } = wholeSource()
    replay.on(path, body(dump(...documents(first, 10))))
    await pulling(source)
    replay.on(path, body(dump(...documents(first + 500, 3))))
    await pulling(source)
    const deciding = { ...deps, sources: [source] }
    const unreasoned = await decideHolds(deciding, 'CPSC', { ruling: 'refuse', actor: 'cli', reason: ' ', at })
    assert.equal(unreasoned.ok, false)
    await decideHolds(deciding, 'CPSC', { ruling: 'refuse', actor: 'cli', reason: 'The wrong file.', at })
    const again = await decideHolds(deciding, 'CPSC', { ruling: 'release', actor: 'cli', reason: 'x', at })
    assert.equal(again.ok, false)
    assert.deepEqual(outcome(await pulling(source)), ['failed', 'refused_before'])
    assert.deepEqual([await recallsFrom(first), (await openHolds(database.db, [source.name])).length], [10, 0])
    replay.on(path, body(dump(...documents(first, 11))))
    assert.deepEqual([outcome(await pulling(source)), await recallsFrom(first)], [['done', null], 11])
  })

  it('whose bytes are lost is not said to be taken in', async () => {
    const { source, path, first } = wholeSource()
    replay.on(path, body(dump(...documents(first, 10))), body(dump(...documents(first + 500, 20))))
    await pulling(source)
    await pulling(source)
    const before = await cursor(source)
    await world.bodies.forget(sha256(dump(...documents(first + 500, 20))))
    const release = await decideHolds({ ...deps, sources: [source] }, 'CPSC', { ruling: 'release', actor: 'cli', reason: 'x', at })
    assert.match(release.ok ? '' : release.problem.message, /cannot be read any more \(the file cannot be opened: there is no such file\)/)
    assert.deepEqual([await cursor(source), (await openHolds(database.db, [source.name])).length], [before, 1])
  })

  it('is no question any more when one of the usual size follows', async () => {
    const { source, path, first } = wholeSource()
    replay.on(path, body(dump(...documents(first, 10))), body(dump(...documents(first, 5))), body(dump(...documents(first, 11))))
    assert.deepEqual([await pulling(source), await pulling(source), await pulling(source)].map((each) => each.outcome), ['done', 'held', 'done']) // prettier-ignore
    assert.deepEqual([await openHolds(database.db, [source.name]), await recallsFrom(first)], [[], 11])
  })

  it('holds up no news of a source that is asked by days', async () => {
    const { source, path, first } = daysSource()
    replay.on(path, body(dump(...documents(first, 10))))
    await pulling(source)
    at = new Date(START.getTime() + 8 * DAY_MS)
    replay.on(path, byQuery([['LastPublishDate'], body(dump(documentOf(String(first + 50))))], [[], body(dump(...documents(first, 4)))]))
    assert.deepEqual([await pulling(source), await pulling(source)].map((each) => [each.mode, each.outcome]), [['full', 'held'], ['new', 'done']]) // prettier-ignore
    assert.equal(await recallsFrom(first), 11)
    assert.equal((await openHolds(database.db, [source.name])).length, 1)
  })
})

describe('documents', () => {
  it('that come twice, or after their correction, change nothing', async () => {
    const { source, path, first } = wholeSource()
    const [original, corrected] = [documentOf(String(first)), documentOf(String(first), { Products: [{ NumberOfUnits: 'About 400' }] })]
    const others = documents(first + 1, 3)
    replay.on(path, body(dump(original, original, ...others)), body(dump(...others, corrected, corrected)), body(dump(...others, original, corrected)),
      body(dump(corrected, ...others, original))) // prettier-ignore
    const counts = []
    for (let pull = 0; pull < 4; pull++) {
      const { outcome, newRecalls, newRevisions } = await pulling(source)
      counts.push([outcome, newRecalls, newRevisions])
    }
    assert.deepEqual(counts, [['done', 4, 0], ['done', 0, 1], ['done', 0, 0], ['done', 0, 0]]) // prettier-ignore
    const current = await currentRecall(database.db, `CPSC-${first}`)
    assert.deepEqual([current?.revision, current?.recall.scope.units], [2, 400])
  })

  it('with 200 KB of lot codes are taken in whole', async () => {
    const { source, path, first } = wholeSource()
    const lots = Array.from({ length: 20_000 }, (_, n) => `L${String(n).padStart(8, '0')}`).join(', ')
    const Description = `This recall involves Acme lamps with lot numbers ${lots}.`
    assert.ok(Description.length > 200_000)
    replay.on(path, body(dump(documentOf(String(first), { Description }))))
    assert.deepEqual(outcome(await pulling(source)), ['done', null])
    assert.equal((await currentRecall(database.db, `CPSC-${first}`))?.recall.description, Description)
  })

  it('that could not be read are kept, counted and named, and hold nothing up', async () => {
    const { source, path, first } = wholeSource()
    replay.on(path, body(dump(documentOf(String(first), { RecallDate: '' }), documentOf(String(first + 1)))))
    const report = await pulling(source)
    assert.deepEqual([...outcome(report), report.refused, report.problems.map((each) => each.field)], ['done', null, 1, ['RecallDate']])
  })
})

describe('a pull', () => {
  it('asks for nothing that it has: by ETag, and by content where the tag changes and the content does not', async () => {
    const { source, path, first } = wholeSource()
    const content = dump(...documents(first, 3))
    replay.on(path, tagged(content, '"a"'))
    await pulling(source)
    const unchanged = await pulling(source)
    assert.deepEqual([...outcome(unchanged), unchanged.bytes], ['unchanged', null, 0])
    replay.on(path, tagged(gzipSync(content) as unknown as string, '"b"'))
    const repacked = await pulling(source)
    assert.deepEqual([...outcome(repacked), (await cursor(source)).etag], ['unchanged', null, '"b"'])
    at = new Date(START.getTime() + 8 * DAY_MS)
    await pulling(source)
    assert.equal(replay.asked.at(-1)!.headers['if-none-match'], undefined, 'a rescan asks for everything')
  })

  it('finds the source busy while another pulls it', async () => {
    const { source, path, first } = wholeSource()
    let answer = (): void => {}
    const asked = new Promise<void>((resolve) => {
      replay.on(path, (response) => {
        answer = () => void response.writeHead(200).end(dump(...documents(first, 1)))
        resolve()
      })
    })
    const running = pulling(source)
    await asked
    assert.deepEqual(outcome(await pullSource(deps, source, { at, actor: 'test' })), ['busy', 'busy'])
    answer()
    assert.deepEqual(outcome(await running), ['done', null])
  })

  it('that was killed says so, and what it did not commit is asked again', async () => {
    const { source, path, first } = wholeSource()
    const pullId = '01936000-0000-7000-8000-000000000001'
    await startPull(database.db, { pullId, source: source.name, agency: 'CPSC', actor: 'test', mode: 'full', window: null, at })
    replay.on(path, body(dump(...documents(first, 2))))
    assert.deepEqual([outcome(await pulling(source)), await recallsFrom(first)], [['done', null], 2])
    const { rows } = await sql<{ outcome: string }>`select outcome from feeds.pulls where pull_id = ${pullId}`.execute(database.db)
    assert.equal(rows[0]!.outcome, 'died')
  })

  it('whose process is killed while it takes items in loses none: what it committed stands, the next one brings the rest', async () => {
    const { source, path } = wholeSource()
    const first = 500_000 // 2,000 numbers of its own
    replay.on(path, tagged(dump(...documents(first, 2_000)), '"x"'))
    const puller = new URL('../../test/feed-puller.ts', import.meta.url).pathname
    const child = spawn(process.execPath, [puller, database.url, world.home, replay.origin, path, source.name, '1500'], {
      stdio: 'inherit',
    })
    assert.deepEqual(await once(child, 'exit'), [null, 'SIGKILL'])
    const taken = (await recallsFrom(first)) + (await recallsFrom(first + 1_000))
    assert.equal(taken, 1_000, 'one batch was committed')
    assert.deepEqual([(await cursor(source)).etag, await followUpOwed(database.db)], [null, true])
    await locksLetGo()
    const report = await pulling(source)
    assert.deepEqual([...outcome(report), report.newRecalls], ['done', null, 1_000])
    const { rows } = await sql<{ outcome: string }>`select outcome from feeds.pulls where source = ${source.name} order by started_at, pull_id`.execute(database.db) // prettier-ignore
    assert.deepEqual(rows.map((row) => row.outcome).toSorted(), ['died', 'done']) // prettier-ignore
  })

  /** The server lets go of a killed process's locks when it notices that its connection is gone. */
  async function locksLetGo(): Promise<void> {
    for (let tries = 0; ; tries++) {
      const { rows } = await sql`
        select from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`.execute(
        database.db,
      )
      if (rows.length === 0) return
      assert.ok(tries < 400, 'the locks of a killed process are let go')
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  }

  it('that fails in the middle of taking in moves no cursor, and the next one completes it', async () => {
    const { source, path, first } = wholeSource()
    replay.on(path, tagged(dump(...documents(first, 2)), '"x"'))
    const fault = { ...deps, feeds: { CPSC: { ...world.deps.feeds.CPSC, parse: failingAt(3) } } } as unknown as PullDeps
    await assert.rejects(pullSource(fault, source, { at, actor: 'test' }), /a bug/)
    assert.equal((await cursor(source)).etag, null)
    const state = (await sourceStates(database.db)).find((each) => each.source === source.name)!
    assert.deepEqual([state.lastOutcome, state.lastReason], ['failed', 'fault'])
    assert.deepEqual([outcome(await pulling(source)), await recallsFrom(first)], [['done', null], 2])
  })

  /** Looking through the body reads its first items; the failure comes when they are taken in. */
  function failingAt(
    call: number,
  ): (item: Parameters<typeof world.deps.feeds.CPSC.parse>[0]) => ReturnType<typeof world.deps.feeds.CPSC.parse> {
    let calls = 0
    return (item) => {
      if (++calls === call) throw new Error('a bug')
      return world.deps.feeds.CPSC.parse(item)
    }
  }

  it('that is stopped says so and is nobody’s failure', async () => {
    const { source, path } = wholeSource()
    replay.on(path, silence())
    const stopping = new AbortController()
    const running = pullSource(deps, source, { at, actor: 'test', signal: stopping.signal })
    stopping.abort()
    assert.deepEqual(outcome(await running), ['failed', 'stopped'])
  })

  it('keeps the bodies of its last pulls and forgets older ones', async () => {
    const { source, path, first } = wholeSource()
    for (let n = 0; n < 8; n++) {
      replay.on(path, body(dump(...documents(first, 10 + n))))
      await pulling(source)
    }
    const { rows } = await sql<{ kept: number; all: number }>`
      select count(*) filter (where file_kept) as kept, count(*) as all
        from feeds.pull_bodies join feeds.pulls using (pull_id) where source = ${source.name}`.execute(database.db)
    assert.deepEqual(rows[0], { kept: 5, all: 8 })
  })

  it('of an agency hears each of its sources, whatever becomes of the others', async () => {
    const [broken, well] = [wholeSource(), wholeSource()]
    replay.on(broken.path, status(403))
    replay.on(well.path, body(dump(...documents(well.first, 1))))
    const reports = await pullFeed({ ...deps, sources: [broken.source, well.source] }, 'CPSC', { at, actor: 'test' })
    assert.deepEqual(reports.map((each) => each.outcome), ['failed', 'done']) // prettier-ignore
  })
})

describe('the promises of pulling', () => {
  it('hold after all of this, and are found broken where they are', async () => {
    async function broken(): Promise<string[][]> {
      return await Promise.all(feedInvariants.map((each) => each.check(database.db)))
    }
    assert.deepEqual(await broken(), [[], []])
    const { source, path, first } = wholeSource()
    replay.on(path, body(dump(...documents(first, 4))), body(dump(...documents(first, 2))))
    await pulling(source)
    await pulling(source)
    await sql`update feeds.cursors set pull_id = (select pull_id from feeds.pulls where source = ${source.name} and outcome = 'held')
               where source = ${source.name}`.execute(database.db)
    await sql`update feeds.pull_bodies set committed_at = received_at
               where pull_id = (select pull_id from feeds.holds where source = ${source.name})`.execute(database.db)
    assert.deepEqual((await broken()).map((each) => each.length), [1, 1]) // prettier-ignore
  })
})

describe('a list of documents', () => {
  it('is read to its end once, and then as far as it is new; changed entries are asked again', async () => {
    const n = ++names
    const first = n * 1_000 + 100_000
    const source = world.source(`list ${n}`, { kind: 'list', address: `/list-${n}?count={size}&start={start}`, list: 'gov-uk-search', pageSize: 3, again: { new: 0, full: 0 } }, { requestsMax: 6 }) // prettier-ignore
    function entry(item: number, version = 'a'): object {
      replay.on(`/api/content/item-${n}-${item}`, body(JSON.stringify(documentOf(String(first + item), { Description: version }))))
      return { link: `/item-${n}-${item}`, public_timestamp: version }
    }
    function list(items: object[]): Act {
      return (response, request) => {
        const start = Number(new URL(request.url!, 'http://replay').searchParams.get('start'))
        response.writeHead(200).end(JSON.stringify({ results: items.slice(start, start + 3) }))
      }
    }
    const items = [5, 4, 3, 2, 1].map((item) => entry(item))
    replay.on(`/list-${n}`, list(items))
    const begun = await pulling(source)
    assert.deepEqual(
      [...outcome(begun), begun.newRecalls, begun.said],
      ['done', 'more', 4, '1 documents of the list are left for the next pull'],
    )
    assert.deepEqual([(await pulling(source)).newRecalls, await recallsFrom(first)], [1, 5])
    replay.asked.length = 0
    await pulling(source)
    assert.equal(replay.asked.length, 1, 'the first page holds nothing new')
    replay.on(`/list-${n}`, list([entry(6), entry(2, 'b'), ...items]))
    const report = await pulling(source)
    assert.deepEqual([report.newRecalls, report.newRevisions], [1, 1])
    replay.on(`/list-${n}`, body('<html>'))
    assert.deepEqual(outcome(await pulling(source)), ['failed', 'not_the_format'])
  })
})
