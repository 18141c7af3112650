/** `tocsin recall`: correct from the terminal what the desk corrects. */
import { screenAndSweep } from './feed-pull.ts'
import { isFollowUpOwed } from '../follow-up.ts'
import type { Runtime } from '../main.ts'
import { transaction } from '../platform/db.ts'
import type { Result } from '../platform/result.ts'
import { say } from '../platform/terminal.ts'
import {
  CORRECTION_FIELDS,
  correctionFieldNamed,
  correctionItem,
  correctionsPage,
  correctRecall,
  kindOfField,
  withdrawCorrection,
  type CorrectionRow,
  type FieldKind,
} from '../recalls/index.ts'
import { readArgs, recallNamed, withRuntime } from './shared.ts'
import type { Verb } from './usage.ts'

const RECALL_HELP = `npx tocsin recall correct RECALL FIELD VALUE… | corrections RECALL | withdraw RECALL NUMBER

RECALL is the agency's number, with or without dashes, or an id like CPSC-23774. A correction stands above what is read from the agency's
text, now and later, until it is withdrawn. What it changes is screened at once.
FIELD is one of ${CORRECTION_FIELDS.slice(0, 12).join(', ')},
${CORRECTION_FIELDS.slice(12).join(', ')}.
Prices are in the smallest unit of the currency.

  npx tocsin recall correct 23-774 sold_to 2023-04 --reason "The notice says through April"
  npx tocsin recall correct 23-774 models CK-8 "CK 12" --reason "The table on the firm's page"
  npx tocsin recall correct 23-774 units_elsewhere CA=1200 MX=40 --reason "Health Canada's notice"
  npx tocsin recall correct 23-774 lots --not-stated --reason "These are dates, not lots"
  npx tocsin recall corrections 23-774 --json
  npx tocsin recall withdraw 23-774 1 --reason "The agency has corrected its notice"`

const RECALL_OPTIONS = {
  reason: { type: 'string', default: '' },
  'not-stated': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const

/** Corrections shown in the terminal; the desk pages through all. */
const SHOWN_MAX = 500

export const recall: Verb = {
  name: 'recall',
  summary: 'correct what was read from a recall',
  help: RECALL_HELP,
  run: async (args) => {
    const read = readArgs(args, RECALL_OPTIONS, RECALL_HELP)
    if (read === null) return 2
    const { reason, json, 'not-stated': notStated } = read.values
    const [action, number, third, ...words] = read.positionals
    const values = { words, notStated, reason, json }
    if (action === 'corrections' && number !== undefined && third === undefined) return onRecall(number, (...at) => list(...at, json))
    if (action === 'correct' && number !== undefined && third !== undefined && notStated === (words.length === 0)) {
      return onRecall(number, (...at) => correct(...at, third, values))
    }
    if (action === 'withdraw' && number !== undefined && /^[1-9]\d{0,8}$/.test(third ?? '')) {
      return onRecall(number, (...at) => withdraw(...at, Number(third), values))
    }
    say(`That is not complete.\n\n${RECALL_HELP}`)
    return 2
  },
}

function onRecall(number: string, work: (runtime: Runtime, recallId: string) => Promise<number>): Promise<number> {
  return withRuntime(async (runtime) => {
    const recallId = await recallNamed(runtime, number)
    if (recallId !== null) return work(runtime, recallId)
    say(`There is no recall ${number}. Take the agency's file in first: npx tocsin feed import CPSC FILE`)
    return 1
  })
}

type Values = { words: string[]; notStated: boolean; reason: string; json: boolean }

async function correct(runtime: Runtime, recallId: string, field: string, values: Values): Promise<number> {
  const { deps } = runtime
  const known = correctionFieldNamed(field)
  const value = known === null ? null : valueOfWords(kindOfField(known), values)
  const order = { recallId, field, value, reason: values.reason, actor: 'cli', at: deps.clock() }
  return await sayDone(runtime, await transaction(deps.database, (tx) => correctRecall(tx, deps.jobs.enqueue, order)), values.json)
}

async function withdraw(runtime: Runtime, recallId: string, correctionNo: number, values: Values): Promise<number> {
  const { deps } = runtime
  const order = { recallId, correctionNo, reason: values.reason, actor: 'cli', at: deps.clock() }
  return await sayDone(runtime, await transaction(deps.database, (tx) => withdrawCorrection(tx, deps.jobs.enqueue, order)), values.json)
}

/** What the words of a command line say. What makes no sense is handed on as it is, and refused with what to give instead. */
function valueOfWords(kind: FieldKind, { words, notStated }: Values): unknown {
  if (kind === 'list') return words
  if (kind === 'counts') return Object.fromEntries(words.map((word) => [word.split('=')[0]!, wholeNumber(word.split('=')[1] ?? '')]))
  const word = words.join(' ')
  if (notStated || word === 'null') return null
  if (kind === 'count') return wholeNumber(word)
  if (kind === 'flag') return { yes: true, true: true, no: false, false: false }[word] ?? word
  return word
}

function wholeNumber(word: string): unknown {
  return /^\d+$/.test(word) ? Number(word) : word
}

async function sayDone(runtime: Runtime, done: Result<CorrectionRow>, json: boolean): Promise<number> {
  if (!done.ok) {
    say(done.problem.field === 'reason' ? `${done.problem.message} Use --reason "…".` : done.problem.message)
    return 1
  }
  if (json) process.stdout.write(`${JSON.stringify(correctionItem(done.value))}\n`)
  else for (const line of linesOf(done.value)) say(line)
  if (await isFollowUpOwed(runtime.deps.database.db)) await screenAndSweep(runtime)
  return 0
}

async function list({ deps }: Runtime, recallId: string, json: boolean): Promise<number> {
  const corrections = await correctionsPage(deps.database.db, recallId, null, SHOWN_MAX)
  if (json) for (const each of corrections) process.stdout.write(`${JSON.stringify(correctionItem(each))}\n`)
  else if (corrections.length === 0) say(`Nobody has corrected ${recallId}.`)
  else for (const line of corrections.flatMap(linesOf)) say(line)
  return 0
}

function linesOf(correction: CorrectionRow): string[] {
  const { correctionNo, field, decidedBy, decidedAt, reason, withdrawnAt, withdrawnBy, withdrawnReason } = correction
  const lines = [
    `${correctionNo}. ${field}: ${printed(correction.value)}, read as ${printed(correction.readValue)}`,
    `   by ${decidedBy}, ${decidedAt.toISOString()}: ${reason}`,
  ]
  if (correction.textChangedSince)
    lines.push(`   The agency's text on this changed since, and reads ${printed(correction.readNow)}: does this still hold?`)
  if (withdrawnAt !== null) lines.push(`   withdrawn by ${withdrawnBy}, ${withdrawnAt.toISOString()}: ${withdrawnReason}`)
  return lines
}

function printed(value: unknown): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return 'not stated'
  return Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value : JSON.stringify(value)
}
