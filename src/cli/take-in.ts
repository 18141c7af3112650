/** Commands that take files in: import, feed. */
import { IMPORT_KINDS, importFile, problemText, type ImportAccount, type ImportKind } from '../catalog/index.ts'
import { agencyNamed, importFeedFile, parseFeedFiles, type FeedProblem } from '../feeds/index.ts'
import { sweepCampaigns } from '../campaigns/index.ts'
import { isFollowUpOwed } from '../follow-up.ts'
import type { Runtime } from '../main.ts'
import { count, say, step } from '../platform/terminal.ts'
import { AGENCIES, type Agency } from '../recalls/index.ts'
import { feedStatusText, pullAgencies, reparseAgencies, ruleOnHolds, saySwept, screenAndSweep } from './feed-pull.ts'
import { readArgs, withRuntime } from './shared.ts'
import type { Verb } from './usage.ts'

const IMPORT_HELP = `npx tocsin import KIND FILE…: take the marketplace's files in (csv, tsv, jsonl, each also .gz)

KIND is one of ${IMPORT_KINDS.join(', ')}. Import sellers and centres before listings, listings before orders and stock.
Refused rows are named with their line and field; the rest is kept. Importing the same file twice changes nothing.

  npx tocsin import listings listings.csv
  npx tocsin import orders orders-2026-10.csv.gz orders-2026-11.csv.gz
  npx tocsin import stock stock.jsonl --json`

// Problems shown in the terminal; the database keeps more of them.
const PROBLEMS_SHOWN = 20

export const importVerb: Verb = {
  name: 'import',
  summary: 'take in listings, orders, stock, buyers, sellers, centres',
  help: IMPORT_HELP,
  run: async (args) => {
    const read = readArgs(args, { json: { type: 'boolean', default: false } }, IMPORT_HELP)
    if (read === null) return 2
    const [kind, ...files] = read.positionals
    if (!IMPORT_KINDS.includes(kind as ImportKind) || files.length === 0) {
      say(
        `${kind === undefined ? 'What is in the files?' : files.length === 0 ? 'Which file?' : `"${kind}" is not something to import.`}\n\n${IMPORT_HELP}`,
      )
      return 2
    }
    return withRuntime(async (runtime) => {
      let clean = true
      for (const file of files) clean = (await importOne(runtime, kind as ImportKind, file, read.values.json)) && clean
      // A listing is screened before anyone can forget it; late orders and stock of stopped listings are taken back and held.
      if (kind === 'listings') await screenAndSweep(runtime)
      else if (kind === 'orders' || kind === 'stock') await sweep(runtime)
      return clean ? 0 : 1
    })
  },
}

async function importOne({ deps }: Runtime, kind: ImportKind, file: string, json: boolean): Promise<boolean> {
  const taken = await step(
    file,
    (progress) =>
      importFile(deps.database, kind, file, {
        at: deps.clock(),
        onProgress: (_rows, bytes) => {
          if (bytes !== null) progress(bytes.read, bytes.total)
        },
      }),
    (result) => (result.ok ? accountText(result.value) : `not imported: ${result.problem.message}`),
  )
  if (!taken.ok) {
    if (json) process.stdout.write(`${JSON.stringify({ file, problem: taken.problem })}\n`)
    return false
  }
  if (json) process.stdout.write(`${JSON.stringify({ file, ...taken.value })}\n`)
  else sayProblems(file, taken.value)
  return taken.value.refused === 0 && taken.value.stopped === null
}

function accountText(account: ImportAccount): string {
  const parts = [
    `${count(account.added)} added`,
    `${count(account.changed)} changed`,
    `${count(account.unchanged)} unchanged`,
    `${count(account.refused)} refused`,
  ]
  return `${count(account.rowsRead)} ${account.rowsRead === 1 ? 'row' : 'rows'}: ${parts.join(', ')}`
}

function sayProblems(file: string, account: ImportAccount): void {
  for (const problem of account.problems.slice(0, PROBLEMS_SHOWN)) say(`  ${file}: ${problemText(problem)}`)
  const more = account.refused + account.warnings - Math.min(account.problems.length, PROBLEMS_SHOWN)
  if (more > 0)
    say(`  … and ${count(more)} more; --json prints the first hundred, and the import’s account in the database keeps ten thousand.`)
  if (account.unknownColumns.length > 0) say(`  Not read, as these columns mean nothing here: ${account.unknownColumns.join(', ')}`)
  if (account.stopped !== null) say(`  The file was not read to its end: ${account.stopped}. What came before is kept.`)
}

const FEED_HELP = `npx tocsin feed pull [AGENCY] | import AGENCY FILE… | parse AGENCY FILE… | status | release AGENCY | refuse AGENCY | reparse [AGENCY]

AGENCY is one of ${AGENCIES.join(', ')}. Files are as the agency serves them, also .gz and .zip.

  npx tocsin feed pull                          ask every agency now; serve and worker do it by themselves, each in its rhythm
  npx tocsin feed pull CPSC --full              ask for everything, not only for what is new
  npx tocsin feed import CPSC recalls.json      keep the documents, record new recalls and revisions, screen them
  npx tocsin feed parse CPSC recalls.json       offline: one JSON line per recall, the scope as read from the text
  npx tocsin feed parse CPSC recalls.json --spans   each line also with the part of the text that says each value
  npx tocsin feed status                        when each agency was last heard, its counts and errors; exit code 1 on an alarm
  npx tocsin feed release HC --reason "…"       take in a dump that was held because of its unusual size; or: feed refuse
  npx tocsin feed reparse                       read the kept documents again, after an upgrade`

const FEED_OPTIONS = {
  json: { type: 'boolean', default: false },
  full: { type: 'boolean', default: false },
  spans: { type: 'boolean', default: false },
  reason: { type: 'string', default: '' },
} as const

export const feed: Verb = {
  name: 'feed',
  summary: 'hear, take in, read and watch the agencies’ recalls',
  help: FEED_HELP,
  run: async (args) => {
    const read = readArgs(args, FEED_OPTIONS, FEED_HELP)
    if (read === null) return 2
    const { json, full, reason, spans } = read.values
    const [action, agencyText, ...files] = read.positionals
    const agency = agencyText === undefined ? null : agencyNamed(agencyText)
    if (agencyText !== undefined && agency === null) {
      say(`There is no agency "${agencyText}" here.\n\n${FEED_HELP}`)
      return 2
    }
    if (action === 'status') return withRuntime((runtime) => feedStatusText(runtime, json))
    if (action === 'pull') return withRuntime((runtime) => pullAgencies(runtime, agency, { full, json }))
    if (action === 'reparse') return withRuntime((runtime) => reparseAgencies(runtime, agency))
    if (agency !== null && (action === 'release' || action === 'refuse'))
      return withRuntime((runtime) => ruleOnHolds(runtime, agency, action, reason))
    if (agency !== null && files.length > 0 && action === 'parse') return parse(agency, files, spans)
    if (agency !== null && files.length > 0 && action === 'import') return withRuntime((runtime) => importFeed(runtime, agency, files))
    say(`That is not complete.\n\n${FEED_HELP}`)
    return 2
  },
}

async function parse(agency: Agency, files: string[], spans: boolean): Promise<number> {
  let clean = true
  for await (const part of parseFeedFiles(agency, files, { spans })) {
    if (part.kind === 'recall') process.stdout.write(`${JSON.stringify(part.line)}\n`)
    else {
      clean = false
      say(problemLine(part.file, part.problem))
    }
  }
  return clean ? 0 : 1
}

function problemLine(file: string, found: FeedProblem): string {
  const field = found.field === '' ? '' : `, ${found.field}`
  return `${file}, line ${found.line}${field}: ${found.problem}`
}

async function importFeed(runtime: Runtime, agency: Agency, files: string[]): Promise<number> {
  let clean = true
  for (const file of files) {
    const report = await step(
      file,
      (progress) => importFeedFile(runtime.deps.database, agency, file, { at: runtime.deps.clock(), onProgress: progress }),
      (taken) =>
        `${count(taken.items)} ${taken.items === 1 ? 'recall' : 'recalls'}: ${count(taken.newRecalls)} new, ${count(taken.newRevisions)} revised, ${count(taken.unchanged)} unchanged, ${count(taken.refused)} refused`,
    )
    for (const found of report.problems.slice(0, PROBLEMS_SHOWN)) say(`  ${problemLine(file, found)}`)
    clean &&= report.problems.length === 0 && !report.broken
  }
  // Also where an earlier import died before its recalls were screened.
  if (await isFollowUpOwed(runtime.deps.database.db)) await screenAndSweep(runtime)
  return clean ? 0 : 1
}

/** Brings what is new into the open campaigns. */
async function sweep({ deps }: Runtime): Promise<void> {
  saySwept(await sweepCampaigns({ database: deps.database, enqueue: deps.jobs.enqueue }, { actor: 'rule:import', at: deps.clock() }))
}
