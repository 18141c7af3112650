import { it } from 'node:test'
import assert from 'node:assert/strict'
import { readPrice, readPriceFromProse } from './price.ts'

it('prices are the lowest and the highest that the sentence names', () => {
  const cases: [string, number | null, number | null][] = [
    ['Rooms To Go stores from July 2023 through May 2024.', null, null],
    ['Amazon.com for about $20.', 2_000, 2_000],
    ['stores for between $1,350 and $1,800.', 135_000, 180_000],
    ['stores for about $1.59 each', 159, 159],
    ['Walgreens for $8 to 10.', 800, 1_000],
    ['for about 99 cents', 99, 99],
    ['for $5 (single mailbox) and $10 (two-count mailboxes).', 500, 1_000],
    ['for about $10 for the drum and $15 for the set.', 1_000, 1_500],
  ]
  for (const [text, minMinor, maxMinor] of cases) assert.deepEqual(readPrice(text), { minMinor, maxMinor }, text)
})

it('in a press release only sentences on sales count, not refunds and penalties', () => {
  const release = 'About 400 were sold for $65.00 each. Acme paid a civil penalty of $300,000. Consumers get a refund of $70.'
  assert.deepEqual(readPriceFromProse(release), { minMinor: 6_500, maxMinor: 6_500 })
})
