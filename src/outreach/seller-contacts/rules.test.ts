import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { SEVERITIES } from '../../recalls/index.ts'
import { readListRows, readListText } from './read-list.ts'
import { CONTACT_OUTCOMES, coverageOfTold, hoursOf, planRefusal, worstOf, type OrderStand } from './rules.ts'

const NOW = new Date('2026-11-23T12:00:00Z')
const STAND: OrderStand = { answered: false, inFlight: false, plannedSince: false, toldSince: false, planned: false }
const anyStand = fc.record({
  answered: fc.boolean(),
  inFlight: fc.boolean(),
  plannedSince: fc.boolean(),
  toldSince: fc.boolean(),
  planned: fc.boolean(),
})

test('a telling leaves a buyer out until its rest is over, and never where it reached nobody, was said before, or we are telling them', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...CONTACT_OUTCOMES),
      fc.integer({ min: 0, max: 400 }),
      anyStand,
      fc.constantFrom(...SEVERITIES),
      (outcome, hoursAgo, stand, severity) => {
        const { restHours } = hoursOf(severity)
        const toldAt = new Date(NOW.getTime() - hoursAgo * 3_600_000)
        const coverage = coverageOfTold({ toldAt, outcome }, stand, { restHours, now: NOW })
        const may = outcome !== 'not_reached' && !stand.inFlight && !stand.toldSince && hoursAgo < restHours
        assert.equal(coverage.until !== null, may)
        if (coverage.until !== null) assert.equal(coverage.until.getTime() - toldAt.getTime(), restHours * 3_600_000)
      },
    ),
  )
})

test('an order is announced once, and not while we tell its buyer or after they answered', () => {
  fc.assert(
    fc.property(anyStand, (stand) => {
      assert.equal(planRefusal(stand) === null, !stand.answered && !stand.inFlight && !stand.plannedSince)
    }),
  )
  assert.equal(planRefusal(STAND), null)
})

test('the worse the danger, the shorter anybody waits', () => {
  assert.deepEqual(hoursOf('serious'), { planHours: 12, restHours: 24 })
  for (const severity of SEVERITIES) assert.ok(hoursOf(severity).planHours >= hoursOf('serious').planHours)
  assert.equal(worstOf(['low', 'serious', 'high']), 'serious')
  assert.equal(worstOf([]), 'serious', 'what nobody classified counts as the worst')
})

test('a list that cannot be read is refused whole, by what is missing', () => {
  for (const [text, field, said] of [
    ['', 'csv', /empty/],
    ['order;when\n1;2', 'csv', /no column order_id, channel, told_at\. It has: order, when/],
    ['<html>', 'csv', /HTML/],
  ] as const) {
    const read = readListText('told', text, NOW)
    assert.ok(!read.ok)
    assert.equal(read.problem.field, field)
    assert.match(read.problem.message, said)
  }
  const many = Array.from({ length: 10_001 }, (_, place) => ({ line: place + 1, cells: { order_id: 'O' } }))
  assert.equal(readListRows('plan', many, NOW).ok, false)
})

test('each row that cannot be used is named with its field and what to do; the others are read', () => {
  const read = readListText(
    'told',
    [
      'Order ID,Channel,Told at,Outcome',
      'O-1,E-mail,2026-11-23T09:00:00+01:00,',
      'O-1,Email,2026-11-23,Not reached',
      ',email,2026-11-23,told',
      'O-2,pigeon,2026-11-23,told',
      'O-3,phone,,told',
      'O-4,phone,2026-11-24T12:00:00Z,told',
      'O-5,phone,yesterday,told',
      'O-6,phone,2026-11-22,maybe',
      'O-7,phone',
    ].join('\n'),
    NOW,
  )
  assert.ok(read.ok)
  assert.deepEqual(read.value.told, [
    { line: 2, orderId: 'O-1', channel: 'email', toldAt: new Date('2026-11-23T08:00:00Z'), outcome: 'told' },
    { line: 3, orderId: 'O-1', channel: 'email', toldAt: new Date('2026-11-23T00:00:00Z'), outcome: 'not_reached' },
  ])
  assert.equal(read.value.rows, 9)
  assert.deepEqual(
    read.value.problems.map(({ line, field }) => [line, field]).toSorted(([a], [b]) => Number(a) - Number(b)),
    [[4, 'order_id'], [5, 'channel'], [6, 'told_at'], [7, 'told_at'], [8, 'told_at'], [9, 'outcome'], [10, '']], // prettier-ignore
  )
})
