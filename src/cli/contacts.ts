/** What sellers told their buyers themselves, or are about to: the account, a list handed in for one, an announcement revoked. */
import { readFile } from 'node:fs/promises'
import type { Runtime } from '../main.ts'
import { endSellerList, listRows, recordSellerList, sellerAccounts, type ListKind, type RecordedList } from '../outreach/index.ts'
import { problemText } from '../catalog/index.ts'
import { transaction } from '../platform/db.ts'
import { snakeCase } from '../platform/json.ts'
import { say } from '../platform/terminal.ts'
import { readArgs, recallNamed, withRuntime } from './shared.ts'
import type { Verb } from './usage.ts'

const HELP = `npx tocsin contacts CAMPAIGN [--seller SELLER --told FILE | --plan FILE [--until TIME]] [--revoke LIST --reason "…"] [--json]

Without more it says what sellers have told their buyers themselves, and whom they are about to tell. Waves leave those buyers out for a while.

  --seller SELLER --told FILE    hand in for a seller whom they told: a CSV with order_id, channel, told_at and, if known, outcome
  --seller SELLER --plan FILE    whom they are about to tell: a CSV with order_id
  --until 2026-07-19T10:30:00Z   by when; the longest that the danger allows where it is left out
  --revoke LIST --reason "…"     end a list: from now on the waves tell those buyers
  --json                         the same for programs

  npx tocsin contacts CPSC-23774 --seller S-0001 --told told.csv
  npx tocsin contacts CPSC-23774 --revoke 0199a3c4-… --reason "Their mail server is down."`

/** Refused rows that are said on the terminal; `--json` has all. */
const SHOWN_MAX = 20
const LISTS_MAX = 10_000

export const contacts: Verb = {
  name: 'contacts',
  summary: 'what sellers told their buyers themselves, or are about to',
  help: HELP,
  run: async (args) => {
    const text = { type: 'string' } as const
    const flags = { seller: text, told: text, plan: text, until: text, revoke: text, reason: { type: 'string', default: '' }, json: { type: 'boolean', default: false } } as const // prettier-ignore
    const read = readArgs(args, flags, HELP)
    if (read === null) return 2
    const { seller, told, plan, until, revoke, reason, json } = read.values
    const [named] = read.positionals
    const file = told ?? plan
    if (named === undefined || (told !== undefined && plan !== undefined) || (file === undefined) !== (seller === undefined)) {
      say(HELP)
      return 2
    }
    return withRuntime(async (runtime) => {
      const campaignId = await recallNamed(runtime, named)
      if (campaignId === null) {
        say(`There is no recall ${named}.`)
        return 1
      }
      if (revoke !== undefined) return await end(runtime, { campaignId, listId: revoke, reason, json })
      if (file === undefined || seller === undefined) return await show(runtime, campaignId, json)
      const limit = until === undefined ? null : new Date(until)
      return await handIn(runtime, { campaignId, sellerId: seller, kind: told === undefined ? 'plan' : 'told', until: limit, file, json })
    })
  },
}

type HandIn = { campaignId: string; sellerId: string; kind: ListKind; until: Date | null; file: string; json: boolean }

async function handIn({ deps }: Runtime, { file, json, ...order }: HandIn): Promise<number> {
  let csv: string
  try {
    csv = await readFile(file, 'utf8')
  } catch (error) {
    say(`${file} cannot be read (${(error as Error).message}).`)
    return 1
  }
  const done = await transaction(deps.database, (tx) => recordSellerList(tx, { ...order, list: { csv }, actor: 'cli', at: deps.clock() }))
  if (!done.ok) {
    say(done.problem.message)
    return 1
  }
  if (json) process.stdout.write(`${JSON.stringify(snakeCase(done.value))}\n`)
  else say(recordedText(done.value))
  return done.value.refused > 0 ? 1 : 0
}

export function recordedText({ listId, rows, taken, known, covering, refused, until, problems }: RecordedList): string {
  const more = refused > SHOWN_MAX ? [`… and ${refused - SHOWN_MAX} more`] : []
  return [
    `${rows} rows: ${taken} taken, ${known} known before, ${refused} refused`,
    ...problems.slice(0, SHOWN_MAX).map((problem) => `  ${problemText(problem)}`),
    ...more,
    ...(listId === null ? [] : [`list ${listId}${until === null ? '' : `, until ${until.toISOString()}`}`]),
    `left to the seller for now, where the buyer has nothing else of the recall: ${covering}`,
  ].join('\n')
}

type End = { campaignId: string; listId: string; reason: string; json: boolean }

async function end({ deps }: Runtime, { json, ...order }: End): Promise<number> {
  const done = await transaction(deps.database, (tx) =>
    endSellerList(tx, { ...order, sellerId: null, orderIds: null, actor: 'cli', at: deps.clock() }),
  )
  if (!done.ok) {
    say(done.problem.message)
    return 1
  }
  if (json) process.stdout.write(`${JSON.stringify(snakeCase(done.value))}\n`)
  else say(`${done.value.ended} orders ended. Their buyers are told by the next wave, within minutes of a running server or worker.`)
  return 0
}

async function show({ deps }: Runtime, campaignId: string, json: boolean): Promise<number> {
  const { db } = deps.database
  const at = deps.clock()
  const sellers = await sellerAccounts(db, campaignId, at, null, 10_000)
  const lists = await listRows(db, { campaignId, sellerId: null, at }, null, LISTS_MAX)
  if (json) {
    process.stdout.write(`${JSON.stringify({ sellers, lists: lists.map(({ recorded_key: _key, ...list }) => list) })}\n`)
    return 0
  }
  if (sellers.length === 0) {
    say('No seller has said anything of this campaign’s buyers.')
    return 0
  }
  for (const { seller_id: id, seller_name: name, told, buyers_told: buyers, pending, announced, lapsed, not_reached: missed } of sellers) {
    say(`${id} ${name ?? ''}`.trimEnd())
    say(`  ${told} tellings to ${buyers} buyers, of whom ${pending} are pending with us; ${missed} not reached`)
    say(`  ${announced} orders announced, ${lapsed} whose time ran out`)
  }
  say('')
  for (const { list_id: id, seller_id: seller, kind, orders, standing, recorded_at: recorded } of lists)
    say(`${id}  ${recorded.toISOString()}  ${kind.padEnd(4)}  ${seller}  ${standing} of ${orders} orders stand`)
  return 0
}
