/** `tocsin matching`: the lines between the answers, how people rule beside the engine, and weights fitted from what they ruled. */
import { createReadStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import {
  RULINGS_MIN,
  WEIGHTS,
  agreementOf,
  exampleOf,
  fieldCounts,
  matchingSettings,
  proposeRefit,
  ruledMatches,
  rulingCounts,
  setThresholds,
  type Example,
  type Reason,
  type Refit,
} from '../matching/index.ts'
import { transaction, type Database } from '../platform/db.ts'
import { snakeCase } from '../platform/json.ts'
import { say } from '../platform/terminal.ts'
import { ANSWERS } from '../recalls/index.ts'
import { readArgs, withRuntime } from './shared.ts'
import type { Verb } from './usage.ts'

const MATCHING_HELP = `npx tocsin matching settings|agreement|refit: what the engine's answers rest on

settings show                              the lines between the answers in bits, by severity of the recall, as JSON
settings set CHANGE --reason WHY           changes lines, from the next look on: CHANGE is JSON with only what changes
agreement [--json]                         how often people ruled as the engine had answered
refit [--decisions FILE] [--out FILE]      weights fitted from people's rulings, with figures before and after; changes nothing by itself

FILE of --decisions  JSON lines {"ruling","reasons":[{"field","weight"}]}; the rulings in the database where it is left out
--out FILE           where the proposed weights go as JSON

  npx tocsin matching settings set '{"serious":{"unstated":-3},"low":{"auto":6}}' --reason "More eyes on what kills"
  npx tocsin matching refit --out weights.json`

export const matching: Verb = {
  name: 'matching',
  summary: 'show and set the lines between the answers, agreement with people, refitted weights',
  help: MATCHING_HELP,
  run: async (args) => {
    const options = {
      reason: { type: 'string', default: '' },
      decisions: { type: 'string' },
      out: { type: 'string' },
      json: { type: 'boolean', default: false },
    } as const
    const read = readArgs(args, options, MATCHING_HELP)
    if (read === null) return 2
    const { reason, decisions, out, json } = read.values
    const [action, verb, change, ...more] = read.positionals
    if (action === 'settings' && verb === 'show' && change === undefined)
      return withRuntime(async ({ deps }) => showSettings(deps.database))
    if (action === 'settings' && verb === 'set' && change !== undefined && more.length === 0)
      return withRuntime(async ({ deps }) => setSettings(deps.database, { change, reason, at: deps.clock() }))
    if (action === 'agreement' && verb === undefined) return withRuntime(async ({ deps }) => showAgreement(deps.database, json))
    if (action === 'refit' && verb === undefined) {
      if (decisions !== undefined) return refit(await examplesOfFile(decisions), out)
      return withRuntime(async ({ deps }) => refit(await examplesOfDatabase(deps.database), out))
    }
    say(`That is not complete.\n\n${MATCHING_HELP}`)
    return 2
  },
}

async function showSettings(database: Database): Promise<number> {
  const { settingNo, thresholds, latest } = await matchingSettings(database.db)
  process.stdout.write(
    `${JSON.stringify(snakeCase({ settingNo, thresholds, setBy: latest?.setBy ?? null, setAt: latest?.setAt ?? null, reason: latest?.reason ?? null }), null, 2)}\n`,
  )
  return 0
}

async function setSettings(database: Database, order: { change: string; reason: string; at: Date }): Promise<number> {
  const change = parsed(order.change)
  if (change === undefined) {
    say('CHANGE is no JSON. In most shells it stands in single quotation marks.')
    return 2
  }
  const set = await transaction(database, (tx) => setThresholds(tx, { change, actor: 'cli', at: order.at, reason: order.reason }))
  if (!set.ok) {
    say(`${set.problem.field === undefined ? '' : `${set.problem.field}: `}${set.problem.message}`)
    return 1
  }
  say(`Settings ${set.value.settingNo} hold from now on. Listings are answered anew by them when they are screened next.`)
  return 0
}

async function showAgreement({ db }: Database, json: boolean): Promise<number> {
  const [rulings, fields] = await Promise.all([rulingCounts(db), fieldCounts(db)])
  const agreement = agreementOf(rulings, fields)
  if (json) {
    process.stdout.write(`${JSON.stringify(snakeCase(agreement))}\n`)
    return 0
  }
  if (agreement.matches === 0) {
    say('Nobody has ruled on a match yet.')
    return 0
  }
  say(`People ruled on ${agreement.matches} matches, as the engine had answered in ${percent(agreement.agreed)} of them.`)
  say(`Agreement beyond chance (Cohen's kappa): ${agreement.kappa === null ? 'not to be told' : agreement.kappa.toFixed(2)}`)
  say(`\nengine \\ people  ${ANSWERS.map((answer) => answer.padStart(9)).join('')}`)
  for (const said of ANSWERS)
    say(`${said.padEnd(15)}  ${ANSWERS.map((ruling) => String(agreement.answers[said][ruling]).padStart(9)).join('')}`)
  say('')
  for (const { field, matches, agreed } of agreement.fields)
    say(`${field.padEnd(18)} spoke in ${String(matches).padStart(6)}, people agreed in ${percent(agreed)}`)
  return 0
}

function percent(share: number | null): string {
  return share === null ? '–' : `${(100 * share).toFixed(1)} %`
}

/** What can be learned from, and how many lines of a file could not be read. */
type Examples = { examples: Example[]; refused: number }

const PAGE = 5_000

async function examplesOfDatabase({ db }: Database): Promise<Examples> {
  const examples: Example[] = []
  let after: { listingId: string; recallId: string } | null = null
  while (true) {
    const page = await ruledMatches(db, after, PAGE)
    for (const { ruling, reasons } of page) if (ruling !== 'possibly') examples.push(exampleOf(reasons, WEIGHTS, ruling === 'affected'))
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return { examples, refused: 0 }
    after = { listingId: last.listingId, recallId: last.recallId }
  }
}

async function examplesOfFile(file: string): Promise<Examples | null> {
  const found: Examples = { examples: [], refused: 0 }
  try {
    for await (const line of createInterface({ input: createReadStream(file) })) {
      if (line.trim() === '') continue
      const read = readDecision(parsed(line))
      if (read === null) found.refused++
      else if (read.ruling !== 'possibly') found.examples.push(exampleOf(read.reasons, WEIGHTS, read.ruling === 'affected'))
    }
  } catch (error) {
    say(`${file}: cannot be read: ${(error as Error).message}`)
    return null
  }
  return found
}

function readDecision(value: unknown): { ruling: string; reasons: Reason[] } | null {
  if (value === null || typeof value !== 'object' || !('ruling' in value) || !('reasons' in value)) return null
  const { ruling, reasons } = value
  if (!ANSWERS.some((answer) => answer === ruling) || !Array.isArray(reasons)) return null
  const whole = reasons.every((reason: unknown) => isReason(reason))
  return whole ? { ruling: ruling as string, reasons: reasons as Reason[] } : null
}

function isReason(value: unknown): boolean {
  return (
    value !== null &&
    typeof value === 'object' &&
    'field' in value &&
    typeof value.field === 'string' &&
    'weight' in value &&
    Number.isFinite(value.weight)
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function refit(found: Examples | null, out: string | undefined): Promise<number> {
  if (found === null) return 1
  if (found.refused > 0) say(`${found.refused} lines are no decisions and were passed over.`)
  const affected = found.examples.filter((example) => example.isAffected).length
  if (found.examples.length < RULINGS_MIN || affected === 0 || affected === found.examples.length) {
    say(
      `There are ${found.examples.length} rulings, ${affected} of them affected. From ${RULINGS_MIN} on, with both kinds, weights can be fitted.`,
    )
    return 1
  }
  const proposal = proposeRefit(found.examples, WEIGHTS)
  sayRefit(proposal)
  if (out !== undefined) {
    try {
      await writeFile(out, `${JSON.stringify(proposal.weights, null, 2)}\n`)
    } catch (error) {
      say(`${out}: cannot be written: ${(error as Error).message}`)
      return 1
    }
  }
  return found.refused > 0 ? 1 : 0
}

function sayRefit({ rulings, before, after, moved }: Refit): void {
  say(`${rulings} rulings, ${before.affected} of them affected. Nothing is changed by this.\n`)
  say('                      F1     bits of surprise per ruling')
  say(`weights in use        ${before.f1.toFixed(3)}  ${before.surprise.toFixed(3)}`)
  say(`fitted, not seen      ${after.f1.toFixed(3)}  ${after.surprise.toFixed(3)}\n`)
  for (const { field, from, to } of moved) say(`${field.padEnd(18)} ${from.toFixed(2).padStart(7)} → ${to.toFixed(2).padStart(7)}`)
}
