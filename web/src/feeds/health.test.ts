import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { AGENCIES } from '../../../src/recalls/index.ts'
import { AGENCY_NAMES, alarmGroups, decisionText, feedState, foldText, notBegun, sizeText, type AlarmKind } from './health.ts'
import type { FeedSource, FeedStatus } from './types.ts'

const AT = '2026-11-23T08:00:00.000Z'

function feed(agency: string, more: Partial<FeedStatus> = {}): FeedStatus {
  return {
    agency,
    last_import_at: AT,
    source: agency,
    items: 10,
    new_recalls: 1,
    new_revisions: 0,
    refused: 0,
    documents: 10,
    problems: [],
    last_success_at: AT,
    lag_minutes: 5,
    newest_published_on: '2026-11-19',
    alarms: [],
    sources: [source()],
    ...more,
  }
}

function source(more: Partial<FeedSource> = {}): FeedSource {
  return {
    source: 'CPSC',
    last_pull_at: AT,
    last_outcome: 'done',
    last_said: '',
    last_success_at: AT,
    lag_minutes: 5,
    failures: 0,
    next_pull_at: AT,
    hold: null,
    ...more,
  }
}

function alarmed(agency: string, ...kinds: AlarmKind[]): FeedStatus {
  return feed(agency, { alarms: kinds.map((kind) => ({ kind, source: agency, said: `${kind} of ${agency}` })) })
}

describe('alarms', () => {
  it('are none where all is well, and none for an agency that nobody has begun with', () => {
    assert.deepEqual(alarmGroups([]), [])
    assert.deepEqual(alarmGroups([feed('CPSC'), feed('FDA', { sources: [] })]), [])
  })

  it('stand by kind, the gravest first, none lost', () => {
    const groups = alarmGroups([alarmed('CPSC', 'failing', 'held'), alarmed('FDA', 'not_heard'), alarmed('HC', 'not_heard', 'silent')])
    assert.deepEqual(
      groups.map(({ title, alarms }) => [title, alarms.map((alarm) => alarm.agency)]),
      [
        ['2 agencies are not heard', ['FDA', 'HC']],
        ['A dump of CPSC is held', ['CPSC']],
        ['HC is silent', ['HC']],
        ['The last tries to hear CPSC failed', ['CPSC']],
      ],
    )
  })

  it('of two sources of one agency are of one agency', () => {
    assert.equal(alarmGroups([alarmed('FDA', 'not_heard', 'not_heard')])[0]!.title, 'FDA is not heard')
  })
})

describe('the state of an agency', () => {
  it('is its gravest alarm', () => {
    assert.equal(feedState(alarmed('CPSC', 'failing', 'held')), 'held')
    assert.equal(feedState(alarmed('CPSC', 'silent', 'not_heard')), 'not_heard')
  })

  it('says how its recalls come in where there is none', () => {
    assert.equal(feedState(feed('CPSC')), 'heard')
    assert.equal(feedState(feed('CPSC', { last_success_at: null })), 'not_heard_yet')
    assert.equal(feedState(feed('CPSC', { last_success_at: null, sources: [] })), 'from_a_file')
  })
})

describe('the agencies', () => {
  it('are those that the server can hear', () => assert.deepEqual(Object.keys(AGENCY_NAMES), [...AGENCIES]))

  it('that nobody has begun with are those neither asked nor taken in', () => {
    const asked = feed('FSIS', { last_import_at: null, last_success_at: null })
    assert.deepEqual(notBegun([feed('CPSC', { sources: [] }), asked]), ['FDA', 'NHTSA', 'HC', 'EUSG', 'OPSS', 'ACCC'])
    assert.equal(notBegun([]).length, AGENCIES.length)
  })
})

describe('a fold', () => {
  it('says closed what is in it', () => {
    const hold = { held_at: AT, reason: 'it is large', items: 20, usual_items: 10 }
    const problems = [{ line: 1, field: 'Title', problem: 'is missing', excerpt: '{}' }]
    assert.equal(foldText(feed('CPSC', { sources: [] })), 'never asked')
    assert.equal(foldText(feed('FDA', { sources: [source({ hold }), source()], problems })), '2 sources, 1 held, 1 problem')
  })
})

describe('a held dump', () => {
  it('is measured by the usual one', () => {
    assert.equal(sizeText(0, 1_000), 'none of the usual 1,000')
    assert.equal(sizeText(5, 0), 'none is usual')
    assert.equal(sizeText(5, 9_818), 'less than 1 % of the usual 9,818')
    assert.equal(sizeText(480, 1_000), '48 % of the usual 1,000')
    assert.equal(sizeText(2_100, 1_000), '2.1 times the usual 1,000')
  })

  it('that was decided on says what became of it', () => {
    const one = { source: 'CPSC', items: 20, usual_items: 10 }
    const refused = decisionText({ agency: 'CPSC', ruling: 'refuse', decided: [{ ...one, taken_in: null }] })
    assert.equal(refused, 'Refused. Nothing of the held dump of CPSC was taken in. The next pull asks again.')
    const taken_in = { new_recalls: 9, new_revisions: 1, unchanged: 9, refused: 1 }
    const released = decisionText({ agency: 'CPSC', ruling: 'release', decided: [{ ...one, taken_in }] })
    assert.equal(released, 'Released. 9 new recalls and 1 correction of CPSC came in. 1 item was refused. They are screened next.')
  })
})
