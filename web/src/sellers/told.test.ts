import { test } from 'node:test'
import assert from 'node:assert/strict'
import { announced, hoursToChoose, localTime, oneOrder, recordedText } from './told.ts'

test('what is missing is named, and nothing is sent', () => {
  const good = { order: ' O-1 ', channel: 'phone', at: '2026-11-23T10:00', outcome: 'told' }
  for (const [wrong, field] of [
    [{ order: ' ' }, 'order'],
    [{ at: '' }, 'at'],
    [{ at: 'soon' }, 'at'],
  ] as const) {
    // prettier-ignore
    const sending = oneOrder({ ...good, ...wrong })
    assert.equal(sending.ok ? '' : sending.field, field)
  }
  const empty = announced({ orders: ' \n,', hours: '2' }, new Date())
  assert.equal(empty.ok ? '' : empty.field, 'orders')
  assert.deepEqual(oneOrder(good), {
    ok: true,
    body: {
      kind: 'told',
      orders: [{ order_id: 'O-1', channel: 'phone', told_at: new Date('2026-11-23T10:00').toISOString(), outcome: 'told' }],
    },
  })
})

test('order numbers are read as people paste them, each once', () => {
  assert.deepEqual(announced({ orders: 'O-1\r\nO-2, O-3;O-1\tO-4\n', hours: '4' }, new Date('2026-11-23T10:00:00Z')), {
    ok: true,
    body: {
      kind: 'plan',
      until: '2026-11-23T14:00:00.000Z',
      orders: ['O-1', 'O-2', 'O-3', 'O-4'].map((order_id) => ({ order_id })),
    },
  })
})

test('hours go up to the longest allowed; sums are said in words; a local time is that of the reader’s clock', () => {
  assert.deepEqual(hoursToChoose(12), [2, 4, 8, 12])
  assert.deepEqual(hoursToChoose(48), [2, 4, 8, 12, 24, 48])
  const none = { list_id: null, until: null, rows: 0, covering: 0, problems: [] }
  assert.equal(recordedText({ ...none, taken: 1, known: 0, refused: 2 }), '1 order taken, 2 refused')
  const now = new Date('2026-11-23T10:30:59Z')
  assert.equal(new Date(localTime(now)).getTime(), new Date('2026-11-23T10:30:00Z').getTime())
})
