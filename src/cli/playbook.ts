/** The playbook of channels: which is used after which, when reminders follow, when a buyer counts as unreachable. */
import { decidePlaybook, EVERY_CAMPAIGN, selectPlaybook, type Playbook } from '../outreach/index.ts'
import { transaction } from '../platform/db.ts'
import { say } from '../platform/terminal.ts'
import { readArgs, withRuntime } from './shared.ts'
import type { Verb } from './usage.ts'

const HELP = `npx tocsin playbook [CAMPAIGN] [--channels … --reminders … --offered … --soft … --reason "…"]: how buyers are told

Without flags it says what holds. A flag decides anew, for the campaign, or for all that have no playbook of their own.

  --channels email,sms,push,letter   in the order they are used, each for those whom the ones before did not reach
  --reminders 3,10,30                days after the first notice; "none" for no reminders
  --offered 14                       days for which banner and page are offered, before a buyer counts as unreachable
  --soft 3                           so many returns that may pass end a channel for a buyer
  --reason "…"                       kept with it

  npx tocsin playbook
  npx tocsin playbook --channels push,email,sms --reason "Nine of ten of our buyers have the app."
  npx tocsin playbook CPSC-23774 --reminders 1,3,7,14 --reason "A hazard to small children."`

export const playbook: Verb = {
  name: 'playbook',
  summary: 'which channels in which order, reminders, and when a buyer counts as unreachable',
  help: HELP,
  run: async (args) => {
    const text = { type: 'string' } as const
    const read = readArgs(
      args,
      { channels: text, reminders: text, offered: text, soft: text, reason: { type: 'string', default: '' } },
      HELP,
    )
    if (read === null) return 2
    const { channels, reminders, offered, soft, reason } = read.values
    const campaignId = read.positionals[0] ?? null
    const decides = [channels, reminders, offered, soft].some((value) => value !== undefined)
    return withRuntime(async ({ deps }) => {
      const holds = await selectPlaybook(deps.database.db, campaignId ?? EVERY_CAMPAIGN)
      if (!decides) {
        say(textOf(holds))
        return 0
      }
      const wanted = {
        channels: channels === undefined ? holds.channels : listed(channels),
        reminderDays: reminders === undefined ? holds.reminderDays : listed(reminders).map(Number),
        offeredDays: offered === undefined ? holds.offeredDays : Number(offered),
        softReturnsMax: soft === undefined ? holds.softReturnsMax : Number(soft),
      }
      const order = { campaignId, playbook: wanted, actor: 'cli', reason, at: deps.clock() }
      const decided = await transaction(deps.database, (tx) => decidePlaybook(tx, order))
      if (!decided.ok) {
        say(decided.problem.message)
        return 1
      }
      say(textOf(await selectPlaybook(deps.database.db, campaignId ?? EVERY_CAMPAIGN)))
      return 0
    })
  },
}

function listed(text: string): string[] {
  return text === 'none' ? [] : text.split(',').map((each) => each.trim())
}

function textOf({ channels, reminderDays, offeredDays, softReturnsMax }: Playbook): string {
  return [
    `channels    ${channels.join(', then ')}; banner and page always`,
    `reminders   ${reminderDays.length === 0 ? 'none' : `${reminderDays.join(', ')} days after the first notice, to those who have not acted`}`,
    `offered     banner and page for ${offeredDays} days after the last channel, then unreachable`,
    `soft        ${softReturnsMax} returns that may pass end a channel for a buyer`,
  ].join('\n')
}
