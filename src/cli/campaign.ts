/** `tocsin campaign`: open and show from the terminal what the desk opens and shows. */
import { readFile } from 'node:fs/promises'
import { accountLines, campaignAccount, campaignExists } from '../insights/index.ts'
import { openCampaign } from '../campaigns/index.ts'
import { say } from '../platform/terminal.ts'
import { REMEDY_OPTIONS, type RemedyOption } from '../recalls/index.ts'
import { CHANGE_ACTIONS, CHANGES_HELP, runChange } from './campaign-changes.ts'
import { recordedText } from './contacts.ts'
import { readArgs, recallNamed, withRuntime } from './shared.ts'
import type { Runtime } from '../main.ts'
import type { Verb } from './usage.ts'

const CAMPAIGN_HELP = `npx tocsin campaign open|show|proposals|accept|refuse|release|confirm RECALL: this marketplace's execution of a recall

RECALL is the agency's number, with or without dashes, or an id like CPSC-23774. Opening stops the affected listings, holds their stock,
intercepts open orders and makes one notice per buyer, in one transaction; a running server or worker then sends them.

  npx tocsin campaign open 23-774 --reason "Lead above the limit" --remedy refund --proof photo_of_destruction
  npx tocsin campaign open 23-774 --reason "…" --told S-0001=told.csv   the seller has told these buyers already: see tocsin contacts --help
  npx tocsin campaign show 23-774
  npx tocsin campaign show 23-774 --json

${CHANGES_HELP}`

export const campaign: Verb = {
  name: 'campaign',
  summary: 'open and show campaigns, decide on what changed, release listings',
  help: CAMPAIGN_HELP,
  run: async (args) => {
    const options = {
      reason: { type: 'string' },
      remedy: { type: 'string', multiple: true },
      proof: { type: 'string', default: 'none' },
      told: { type: 'string', multiple: true },
      revision: { type: 'string' },
      scope: { type: 'boolean', default: false },
      add: { type: 'string', multiple: true },
      release: { type: 'string', multiple: true },
      listing: { type: 'string', multiple: true },
      json: { type: 'boolean', default: false },
    } as const
    const read = readArgs(args, options, CAMPAIGN_HELP)
    if (read === null) return 2
    const [action, number] = read.positionals
    const change = CHANGE_ACTIONS.find((known) => known === action)
    if ((action !== 'open' && action !== 'show' && change === undefined) || number === undefined) {
      say(`That is not complete.\n\n${CAMPAIGN_HELP}`)
      return 2
    }
    return withRuntime(async (runtime) => {
      const recallId = await recallNamed(runtime, number)
      if (recallId === null) {
        say(`There is no recall ${number}. Take the agency's file in first: npx tocsin feed import CPSC FILE`)
        return 1
      }
      if (change !== undefined) return await runChange(runtime, change, recallId, read.values)
      return action === 'show' ? show(runtime, recallId, read.values.json) : open(runtime, recallId, read.values)
    })
  },
}

async function open(
  { deps }: Runtime,
  recallId: string,
  values: { reason?: string; remedy?: string[]; proof: string; told?: string[]; json: boolean },
): Promise<number> {
  const options = values.remedy ?? ['refund']
  const unknown = options.find((option) => !REMEDY_OPTIONS.includes(option as RemedyOption))
  if (unknown !== undefined || (values.proof !== 'none' && values.proof !== 'photo_of_destruction')) {
    say(
      unknown === undefined
        ? '--proof is none or photo_of_destruction.'
        : `--remedy ${unknown} is not one of ${REMEDY_OPTIONS.join(', ')}.`,
    )
    return 2
  }
  const toldBySellers = await listsNamed(values.told ?? [])
  if (toldBySellers === null) return 1
  const opened = await openCampaign(
    { database: deps.database, enqueue: deps.jobs.enqueue },
    {
      recallId,
      actor: 'cli',
      reason: values.reason ?? '',
      remedies: { options: options as RemedyOption[], proof: values.proof },
      at: deps.clock(),
      toldBySellers,
    },
  )
  if (!opened.ok) {
    say(opened.problem.message)
    return 1
  }
  for (const { sellerId, list } of opened.value.toldBySellers ?? [])
    say(`${sellerId}: ${list.ok ? recordedText(list.value) : list.problem.message}`)
  if (values.json) process.stdout.write(`${JSON.stringify(opened.value)}\n`)
  else say(`The campaign ${opened.value.campaignId} is open. A running server or worker sends its notices now.`)
  return 0
}

/** `SELLER=FILE`, read; null where one cannot be, which is said. */
async function listsNamed(named: readonly string[]): Promise<{ sellerId: string; csv: string }[] | null> {
  const lists: { sellerId: string; csv: string }[] = []
  for (const each of named) {
    const [sellerId = '', file = ''] = each.split(/=(.*)/s)
    try {
      lists.push({ sellerId, csv: await readFile(file, 'utf8') })
    } catch (error) {
      say(`--told SELLER=FILE: ${file === '' ? each : file} cannot be read (${(error as Error).message}).`)
      return null
    }
  }
  return lists
}

async function show({ deps }: Runtime, campaignId: string, json: boolean): Promise<number> {
  if (!(await campaignExists(deps.database.db, campaignId))) {
    say(`No campaign is open for ${campaignId}. Open one: npx tocsin campaign open ${campaignId} --reason "…"`)
    return 1
  }
  const account = await campaignAccount(deps.database.db, campaignId)
  if (json) process.stdout.write(`${JSON.stringify(account)}\n`)
  else say(accountLines(account).join('\n'))
  return 0
}
