import { before, test } from 'node:test'
import assert from 'node:assert/strict'
import { populate } from '../../test/campaign-in-full.ts'
import { testDatabase } from '../../test/database.ts'
import { CUPKIN_ID } from '../../test/world.ts'
import { accountLines, campaignAccount, type CampaignAccount } from './account.ts'

const database = await testDatabase()

before(() => populate(database))

test('a campaign that does not exist has no account', async () => {
  await assert.rejects(campaignAccount(database.db, 'CPSC-0'), /no campaign CPSC-0/)
})

test('the account says what the campaign did', async () => {
  const account = await campaignAccount(database.db, CUPKIN_ID)
  const { recalls, listings, sellers, stopped_listings, notices, affected_buyers, unreachable, delivered, pending, balanced } = account
  assert.deepEqual(
    { recalls, listings, sellers, stopped_listings, notices, affected_buyers, unreachable, delivered, pending, balanced },
    {
      recalls: 3,
      listings: 7,
      sellers: 2,
      stopped_listings: 4,
      notices: 66,
      affected_buyers: 60,
      unreachable: 6,
      delivered: 48,
      pending: 12,
      balanced: true,
    },
  )
  for (const [name, value] of Object.entries(account)) assert.ok(value !== 0 && value !== null, `${name} is tried with something to count`)
})

test('ten sentences, in plain words', async () => {
  const account: CampaignAccount = {
    campaign_id: CUPKIN_ID, recall_number: '23774', title: 'Cups are recalled', recalls: 9818, listings: 20000, sellers: 400, stopped_listings: 24,
    held_units: 1200, held_centres: 3, intercepted_lines: 1, intercepted_units: 2, affected_lines: 1700, affected_units: 3460,
    possible_units: 0, affected_buyers: 1690, notices: 1690, mails_accepted: 1688, delivered: 1688, pending: 0, unreachable: 2, cases: 0,
    refunded_units: 0, received_units: 5000, consumer_units: 3700, balanced: true,
  } // prettier-ignore
  assert.deepEqual(accountLines(account), [
    '9,818 recalls of the agency are known here.',
    'The marketplace has 20,000 listings of 400 sellers.',
    'Recall 23-774 stopped 24 listings: Cups are recalled',
    '1,200 units are held in 3 centres.',
    '1 open order line with 2 units was taken back before shipping.',
    '3,460 units in 1,700 order lines are affected.',
    '1,690 buyers have affected units, and 1,690 notices were made.',
    '1,688 mails were accepted: 1,688 buyers reached, 0 pending, 2 unreachable.',
    '0 buyers asked for a remedy, and 0 units are refunded.',
    'The books balance: all 5,000 units received are accounted for, 3,700 of them with consumers.',
  ])
  const wrong = accountLines({ ...account, balanced: false, possible_units: 1 })
  assert.match(wrong[5]!, /are affected\. 1 more unit may be affected\.$/)
  assert.match(wrong[9]!, /do not balance.*tocsin doctor/)
})
