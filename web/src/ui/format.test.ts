import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  age,
  count,
  counted,
  day,
  exactTime,
  listed,
  money,
  monthRange,
  printedNumber,
  recallIdName,
  recallName,
  share,
  weight,
  until,
} from './format.ts'

describe('counts', () => {
  it('have thousands apart', () => assert.equal(count(346000), '346,000'))
  it('agree with their noun', () => {
    assert.equal(counted(1, 'unit'), '1 unit')
    assert.equal(counted(0, 'unit'), '0 units')
    assert.equal(counted(2, 'injury', 'injuries'), '2 injuries')
  })
})

describe('a share', () => {
  it('never says none of something, nor all of not quite all', () => {
    assert.equal(share(1, 100_000), '<1 %')
    assert.equal(share(99_999, 100_000), '>99 %')
    assert.equal(share(995, 1000), '>99 %')
  })
  it('says none of nothing done and all of all', () => {
    assert.equal(share(0, 10), '0 %')
    assert.equal(share(10, 10), '100 %')
  })
  it('of nothing is none at all', () => assert.equal(share(0, 0), '–'))
  it('is rounded else', () => assert.equal(share(1, 3), '33 %'))
})

describe('money', () => {
  it('has the digits of its currency', () => {
    assert.equal(money(1999, 'USD'), '$19.99')
    assert.equal(money(1500, 'JPY'), '¥1,500')
    assert.equal(money(1234, 'KWD').replace(/\s/g, ' '), 'KWD 1.234')
  })
})

describe('a weight of evidence', () => {
  it('has its sign, and zero has none', () => {
    assert.equal(weight(6.24), '+6.2')
    assert.equal(weight(-1.36), '−1.4')
    assert.equal(weight(-0.04), '0.0')
  })
})

describe('an age', () => {
  const now = Date.parse('2026-11-23T12:00:00Z')
  const cases: [at: string, words: string][] = [
    ['2026-11-23T12:00:30Z', 'just now'],
    ['2026-11-23T11:59:40Z', 'just now'],
    ['2026-11-23T11:59:00Z', '1 min ago'],
    ['2026-11-23T11:15:00Z', '45 min ago'],
    ['2026-11-23T08:00:00Z', '4 h ago'],
    ['2026-11-22T02:00:00Z', '34 h ago'],
    ['2026-11-20T12:00:00Z', '3 days ago'],
    ['2026-08-23T12:00:00Z', '3 months ago'],
    ['2022-11-23T12:00:00Z', '4 years ago'],
  ]
  for (const [at, words] of cases) it(`of ${at} at noon is “${words}”`, () => assert.equal(age(at, now), words))
})

describe('a moment', () => {
  it('is said in the zone of the reader, with its name', () => {
    assert.equal(exactTime('2026-11-23T05:05:12Z', 'UTC'), '23 Nov 2026, 05:05:12 UTC')
    assert.match(exactTime('2026-11-23T05:05:12Z', 'Europe/Berlin'), /^23 Nov 2026, 06:05:12 (CET|GMT\+1)$/)
  })
})

describe('the time until then', () => {
  const now = Date.parse('2026-11-23T12:00:00Z')
  const cases = [
    ['2026-11-20T12:00:00Z', 'now'],
    ['2026-11-23T12:00:44Z', 'now'],
    ['2026-11-23T12:05:00Z', 'in 5 min'],
    ['2026-11-23T13:45:00Z', 'in 2 h'],
    ['2026-11-26T12:00:00Z', 'in 3 days'],
  ] as const
  for (const [at, words] of cases) it(`at ${at} is “${words}”`, () => assert.equal(until(at, now), words))
})

describe('a calendar day', () => {
  it('is the same day in every zone', () =>
    assert.deepEqual(['2023-07-20', '2024-09-01T23:00:00Z'].map(day), ['20 Jul 2023', '1 Sep 2024']))
})

describe('a sale window', () => {
  it('names both ends, one end, or nothing', () => {
    assert.equal(monthRange('2018-01', '2023-03'), 'January 2018 to March 2023')
    assert.equal(monthRange('2018-01', '2018-01'), 'January 2018')
    assert.equal(monthRange('2018-01', null), 'from January 2018')
    assert.equal(monthRange(null, '2023-03'), 'until March 2023')
    assert.equal(monthRange(null, null), null)
  })
})

describe("a recall's name", () => {
  it('is printed as CPSC prints it', () => {
    assert.equal(recallName('CPSC', '23774'), 'CPSC 23-774')
    assert.equal(recallIdName('CPSC-23774'), 'CPSC 23-774')
  })
  it('is left alone where the number is of another form', () => {
    assert.equal(printedNumber('F-0123-2024'), 'F-0123-2024')
    assert.equal(recallIdName('FDA-F-0123-2024'), 'FDA F-0123-2024')
  })
})

describe('a list of words', () => {
  it('reads as a sentence', () => assert.equal(listed(['fire', 'burn', 'choking']), 'fire, burn and choking'))
})
