import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { messageKey, readMessageKey } from './message-id.ts'
import { CARRIED, DEFAULT_PLAYBOOK, nextChannel, Playbook, reachability, type ChannelOf } from './playbook.ts'
import { reminderDue, type PastWave } from './reminders.ts'
import { endsChannel } from './return-effect.ts'

const DAY = 86_400_000
const START = new Date('2026-03-02T09:00:00Z')
const later = (days: number) => new Date(START.getTime() + days * DAY)

const order = fc.shuffledSubarray([...CARRIED], { minLength: 1 }).chain((channels) =>
  fc.tuple(
    ...channels.map((channel) =>
      fc.record<ChannelOf>({
        channel: fc.constant(channel),
        standing: fc.constantFrom('open', 'ended', 'no_contact'),
        connected: fc.boolean(),
      }),
    ),
  ),
)

test('a playbook that names a channel twice, no channel, or days that do not rise is refused', () => {
  for (const wrong of [
    { channels: [] },
    { channels: ['email', 'email'] },
    { channels: ['telex'] },
    { reminderDays: [10, 3] },
    { reminderDays: [3, 3] },
    { offeredDays: 0 },
  ])
    // prettier-ignore
    assert.equal(Playbook.safeParse({ ...DEFAULT_PLAYBOOK, ...wrong }).success, false, JSON.stringify(wrong))
  assert.equal(Playbook.safeParse(DEFAULT_PLAYBOOK).success, true)
})

test('the next channel is connected and open, and nothing before it was', () => {
  fc.assert(
    fc.property(order, (channels) => {
      const next = nextChannel(channels)
      const usable = channels.filter((each) => each.connected && each.standing === 'open')
      assert.equal(next, usable[0]?.channel ?? null)
    }),
  )
})

test('nobody is unreachable while a channel is open, connected or not, or before banner and page were offered long enough', () => {
  fc.assert(
    fc.property(order, fc.nat(60), fc.integer({ min: 1, max: 40 }), (channels, elapsed, days) => {
      const judged = reachability(channels, { since: START, days, now: later(elapsed) })
      const open = channels.some((each) => each.standing === 'open')
      assert.equal(judged.unreachable, !open && elapsed >= days)
    }),
  )
})

test('why a buyer is unreachable names what was tried, what there was no contact for, and how long page and banner waited', () => {
  const channels: ChannelOf[] = [
    { channel: 'email', standing: 'ended', connected: true },
    { channel: 'sms', standing: 'no_contact', connected: true },
    { channel: 'letter', standing: 'no_contact', connected: false },
  ]
  assert.deepEqual(reachability(channels, { since: START, days: 14, now: later(14) }), {
    unreachable: true,
    why: 'e-mail did not reach them, no contact for SMS and letter; banner and page were not opened in 14 days',
  })
})

test('only what says so ends a channel; what may pass does when it has come often enough', () => {
  assert.equal(endsChannel('hard', 0, 3), true)
  assert.equal(endsChannel('complaint', 0, 3), true)
  assert.deepEqual([0, 1, 2, 3].map((before) => endsChannel('soft', before, 3)), [false, false, true, true]) // prettier-ignore
  for (const kind of ['autoreply', 'none', 'delivered'] as const) assert.equal(endsChannel(kind, 99, 1), false)
})

/** What happens when somebody looks every few hours for a year and sends what is due. */
function remindersOver(days: readonly number[], looksEveryHours: number): { no: number; day: number }[] {
  const waves: PastWave[] = [{ kind: 'notice', reminderNo: null, createdAt: START }]
  const sent: { no: number; day: number }[] = []
  for (let hours = 0; hours < 200 * 24; hours += looksEveryHours) {
    const now = new Date(START.getTime() + hours * 3_600_000)
    const due = reminderDue(waves, days, now)
    if (due === null) continue
    waves.push({ kind: 'reminder', reminderNo: due, createdAt: now })
    sent.push({ no: due, day: hours / 24 })
  }
  return sent
}

test('reminders come in order, each once, never before their day and never two within a day', () => {
  const spacing = fc.uniqueArray(fc.integer({ min: 1, max: 120 }), { maxLength: 6 }).map((days) => days.toSorted((a, b) => a - b))
  fc.assert(
    fc.property(spacing, fc.integer({ min: 1, max: 24 * 9 }), (days, every) => {
      const sent = remindersOver(days, every)
      for (const [place, each] of sent.entries()) {
        assert.ok(each.day >= days[each.no - 1]!)
        if (place > 0) assert.ok(each.no > sent[place - 1]!.no && each.day - sent[place - 1]!.day >= 1)
      }
      if (days.length > 0) assert.equal(sent.at(-1)?.no, days.length)
    }),
    { numRuns: 60 },
  )
})

test('reminders that nobody sent in time are not made up for one after the other', () => {
  assert.equal(reminderDue([], [3, 10], later(20)), null)
  const first: PastWave = { kind: 'notice', reminderNo: null, createdAt: START }
  assert.equal(reminderDue([first], [3, 10, 30], later(2.9)), null)
  assert.equal(reminderDue([first], [3, 10, 30], later(12)), 2)
  assert.equal(reminderDue([first], [3, 10, 30], later(59)), 3)
  assert.equal(reminderDue([first], [3, 10, 30], later(61)), null, 'a month late')
  const second: PastWave = { kind: 'reminder', reminderNo: 2, createdAt: later(12) }
  assert.equal(reminderDue([first, second], [3, 10, 30], later(13)), null)
})

test('a message key leads back to its notice, wave and channel; changed in any character it does not', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.constantFrom(...CARRIED), fc.integer({ min: 1, max: 999 }), fc.nat(), (noticeId, channel, wave, at) => {
      const key = messageKey('k', { noticeId, channel, wave })
      assert.deepEqual(readMessageKey('k', `Original-Message-Id: <${key}@market.example>\r\n`), { noticeId, channel, wave })
      assert.equal(readMessageKey('other', key), null)
      const place = at % key.length
      const changed = key.slice(0, place) + (key[place] === 'A' ? 'B' : 'A') + key.slice(place + 1)
      const read = readMessageKey('k', changed)
      assert.ok(read === null || changed === key, `${changed} was read as ${JSON.stringify(read)}`)
    }),
  )
})
