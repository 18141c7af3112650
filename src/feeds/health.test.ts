import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { dueAt } from './due.ts'
import { agencyHealth } from './health.ts'
import type { SourceState } from './queries-health.ts'
import { silenceOf } from './silence.ts'
import { RHYTHMS, SOURCES, type Rhythm, type Source } from './sources.ts'

const CPSC = RHYTHMS.CPSC
const DAY_MS = 86_400_000

function dayAfter(day: string, days = 1): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

/** The days between two recalls on which the agency counts as silent. */
function silentDays(rhythm: Rhythm, newestOn: string, nextOn: string): string[] {
  const days: string[] = []
  for (let day = newestOn; day <= nextOn; day = dayAfter(day)) if (silenceOf(rhythm, newestOn, day).silent) days.push(day)
  return days
}

describe('the silence of the CPSC, which publishes on Thursdays', () => {
  it('is none on any day of the ordinary gaps, holidays and Christmases there were', () => {
    // The longest real gaps between dates of recalls since 2020 that were no shutdown: Thanksgiving, Independence Day, turns of the year.
    const gaps = [
      ['2019-12-20', '2020-01-09'], ['2020-03-19', '2020-04-02'], ['2021-06-16', '2021-06-24'], ['2022-11-23', '2022-12-01'],
      ['2024-07-03', '2024-07-11'], ['2024-09-26', '2024-10-10'], ['2024-11-21', '2024-12-05'], ['2025-01-08', '2025-01-16'],
      ['2025-11-26', '2025-12-04'], ['2025-12-18', '2026-01-08'],
    ] as const // prettier-ignore
    for (const [from, to] of gaps) assert.deepEqual(silentDays(CPSC, from, to), [], `${from} to ${to}`)
  })

  it('is an alarm on the day after the second Thursday that passed without a recall', () => {
    assert.deepEqual(silenceOf(CPSC, '2026-10-08', '2026-10-22'), { silent: false, missed: ['2026-10-15'] })
    assert.deepEqual(silenceOf(CPSC, '2026-10-08', '2026-10-23'), { silent: true, missed: ['2026-10-15', '2026-10-22'] })
    // The shutdown of 2018 to 2019 lasted 41 days: the pause at the turn of the year hides its beginning, not its length.
    assert.equal(silentDays(CPSC, '2018-12-20', '2019-01-30')[0], '2019-01-18')
    // 2013: nineteen days.
    assert.equal(silentDays(CPSC, '2013-10-03', '2013-10-22')[0], '2013-10-18')
  })

  it('counts no day of the two weeks at Christmas, in whichever year', () => {
    for (let year = 2000; year < 2060; year++) {
      for (let day = `${year}-12-20`; day < `${year + 1}-01-08`; day = dayAfter(day))
        assert.deepEqual(silenceOf(CPSC, `${year}-12-18`, day).missed, [], day)
      // Three weeks into the new year, the pause excuses nothing any more.
      assert.equal(silenceOf(CPSC, `${year}-12-18`, `${year + 1}-01-23`).silent, true)
    }
  })
})

describe('silence', () => {
  it('is that of an agency of which nothing was ever heard', () => {
    assert.deepEqual(silenceOf(CPSC, null, '2026-11-23'), { silent: true, missed: [] })
  })

  it('is not made by a misprinted date in the future, and does not outlast a recall of today', () => {
    assert.equal(silenceOf(CPSC, '2062-11-19', '2026-11-23').silent, false)
    assert.equal(silenceOf(CPSC, '2026-11-23', '2026-11-23').silent, false)
  })

  it('is found for every agency within two months, and never within its first three days, whatever the day', () => {
    for (const [agency, rhythm] of Object.entries(RHYTHMS)) {
      for (let day = '2025-01-01'; day <= '2026-12-31'; day = dayAfter(day)) {
        assert.equal(silenceOf(rhythm, day, dayAfter(day, 3)).silent, false, `${agency} on ${day}`)
        assert.equal(silenceOf(rhythm, day, dayAfter(day, 60)).silent, true, `${agency} after ${day}`)
      }
    }
  })

  it('looks back a year at most', () => {
    assert.ok(silenceOf(CPSC, '1973-06-08', '2026-11-23').missed.length < 54)
  })
})

const source: Source = { ...SOURCES[0]!, everyMinutes: 60 }
const AT = new Date('2026-11-23T08:00:00Z')

function minutesAgo(minutes: number): Date {
  return new Date(AT.getTime() - minutes * 60_000)
}

function stateOf(more: Partial<SourceState>): SourceState {
  return {
    source: source.name,
    agency: 'CPSC',
    lastPullAt: minutesAgo(10),
    lastEndedAt: minutesAgo(9),
    lastOutcome: 'done',
    lastReason: null,
    lastSaid: '',
    notBefore: null,
    lastSuccessAt: minutesAgo(10),
    failuresSince: 0,
    heardTo: '2026-11-23',
    fullAt: minutesAgo(600),
    fullItems: 10_000,
    hold: null,
    ...more,
  }
}

/** Minutes from the last pull to the next. */
function pauseAfter(more: Partial<SourceState>): number {
  const state = stateOf(more)
  return (dueAt(source, state).getTime() - state.lastPullAt.getTime()) / 60_000
}

describe('a source is due', () => {
  it('at once where it was never asked, where its pull was killed, and where we stopped it', () => {
    assert.ok(dueAt(source, null) < AT)
    assert.equal(pauseAfter({ lastOutcome: null, lastEndedAt: null }), 0)
    assert.equal(pauseAfter({ lastOutcome: 'failed', lastReason: 'stopped' }), 0)
  })

  it('in its rhythm where all is well, soon where a list goes on', () => {
    assert.equal(pauseAfter({}), 60)
    assert.equal(pauseAfter({ lastOutcome: 'held', lastReason: 'unusual_size' }), 60)
    assert.equal(pauseAfter({ lastReason: 'more' }), 5)
  })

  it('soon after a failure, then ever more rarely, and never more often than in its rhythm where we are refused', () => {
    const pauses = [1, 2, 3, 4, 5, 9, 99].map((failuresSince) => pauseAfter({ lastOutcome: 'failed', lastReason: 'server', failuresSince }))
    assert.deepEqual(pauses, [5, 10, 20, 40, 60, 60, 60])
    assert.equal(pauseAfter({ lastOutcome: 'failed', lastReason: 'forbidden', failuresSince: 1 }), 60)
  })

  it('not before the agency said', () => {
    const notBefore = new Date(AT.getTime() + 7_200_000)
    assert.deepEqual(dueAt(source, stateOf({ lastOutcome: 'failed', lastReason: 'throttled', failuresSince: 1, notBefore })), notBefore)
  })
})

describe('the alarms of an agency', () => {
  function alarms(more: Partial<SourceState>, newest: string | null = '2026-11-19'): string[] {
    return agencyHealth('CPSC', [source], [stateOf(more)], newest, AT).alarms.map((alarm) => alarm.kind)
  }

  it('are none where it is heard and publishes, nor for one failure', () => {
    assert.deepEqual(alarms({}), [])
    assert.deepEqual(alarms({ lastOutcome: 'failed', failuresSince: 1 }), [])
  })

  it('say that it is not heard, with the reason, and then nothing of its silence', () => {
    const state = { lastOutcome: 'failed', lastReason: 'forbidden', lastSaid: 'it answers with status 403', failuresSince: 30 } as const
    assert.deepEqual(alarms({ ...state, lastSuccessAt: minutesAgo(60 * 30) }, '2026-10-01'), ['not_heard'])
    assert.deepEqual(alarms({ ...state, lastSuccessAt: null }, null), ['not_heard'])
    const [alarm] = agencyHealth('CPSC', [source], [stateOf({ ...state, lastSuccessAt: minutesAgo(60 * 30) })], null, AT).alarms
    assert.equal(alarm!.said, 'It was last heard 30 hours ago. The last try: it answers with status 403.')
  })

  it('say that it fails, is silent, or waits for a person', () => {
    assert.deepEqual(alarms({ lastOutcome: 'failed', failuresSince: 2 }), ['failing'])
    assert.deepEqual(alarms({}, '2026-10-08'), ['silent'])
    const hold = { heldAt: minutesAgo(600), reason: 'it has 20 items and the last one had 10', items: 20, usualItems: 10 }
    assert.deepEqual(alarms({ lastOutcome: 'held', hold, lastSuccessAt: minutesAgo(60 * 48) }), ['held'])
  })

  it('ask for no decision on a dump that a person has decided on', () => {
    const said = 'it has 3 items; nothing of it is taken in until a person has looked: tocsin feed release CPSC'
    const state = stateOf({ lastOutcome: 'held', lastSaid: said, hold: null, lastSuccessAt: minutesAgo(60 * 48) })
    const [alarm] = agencyHealth('CPSC', [source], [state], '2026-11-19', AT).alarms
    assert.equal(
      alarm!.said,
      'It was last heard 48 hours ago. The last try: it brought a dump of unusual size, on which a person has decided since.',
    )
  })

  it('count the lag from when the last of its sources was heard', () => {
    const other = { ...source, name: 'other' }
    const states = [stateOf({}), stateOf({ source: 'other', lastSuccessAt: minutesAgo(45) })]
    assert.equal(agencyHealth('CPSC', [source, other], states, '2026-11-19', AT).lagMinutes, 45)
  })
})

describe('the sources', () => {
  it('have names of their own, public https addresses, and a rhythm for each agency', () => {
    assert.equal(new Set(SOURCES.map((each) => each.name)).size, SOURCES.length)
    for (const { walk, name } of SOURCES) {
      const addresses = walk.kind === 'days' ? [...walk.byDays, ...(walk.whole === null ? [] : [walk.whole])] : [walk.address]
      for (const address of addresses) assert.equal(new URL(address).protocol, 'https:', name)
    }
    assert.deepEqual([...new Set(SOURCES.map((each) => each.agency))].toSorted(), Object.keys(RHYTHMS).toSorted())
  })

  it('are asked politely: with pauses, and within what an agency allows in a day', () => {
    for (const each of SOURCES) assert.ok(each.pauseMs >= 200 && each.requestsMax <= 1_500 && each.everyMinutes >= 30, each.name)
    const openFda = SOURCES.filter((each) => each.name.startsWith('FDA ') && each.walk.kind === 'days')
    const aDay = openFda.reduce((sum, each) => sum + each.requestsMax * ((24 * 60) / each.everyMinutes), 0)
    assert.ok(openFda.length === 3 && aDay <= 1_000, String(aDay))
  })
})
