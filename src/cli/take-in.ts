/** Commands that take files in: import, feed. */
import { IMPORT_KINDS, importFile, problemText, type ImportAccount, type ImportKind } from '../catalog/index.ts'
import { agencyNamed, feedStatus, importFeedFile, parseFeedFiles, type FeedProblem } from '../feeds/index.ts'
import { sweepCampaigns } from '../campaigns/index.ts'
import { screenAll } from '../matching/index.ts'
import type { Runtime } from '../main.ts'
import { count, say, step } from '../platform/terminal.ts'
import { AGENCIES, type Agency } from '../recalls/index.ts'
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
      if (kind === 'listings') await screen(runtime)
      if (kind === 'listings' || kind === 'orders' || kind === 'stock') await sweep(runtime)
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
  return `${count(account.rowsRead)} rows: ${parts.join(', ')}`
}

function sayProblems(file: string, account: ImportAccount): void {
  for (const problem of account.problems.slice(0, PROBLEMS_SHOWN)) say(`  ${file}: ${problemText(problem)}`)
  const more = account.refused + account.warnings - Math.min(account.problems.length, PROBLEMS_SHOWN)
  if (more > 0)
    say(`  … and ${count(more)} more; --json prints the first hundred, and the import’s account in the database keeps ten thousand.`)
  if (account.unknownColumns.length > 0) say(`  Not read, as these columns mean nothing here: ${account.unknownColumns.join(', ')}`)
  if (account.stopped !== null) say(`  The file was not read to its end: ${account.stopped}. What came before is kept.`)
}

const FEED_HELP = `npx tocsin feed import AGENCY FILE… | parse AGENCY FILE… | status: the agencies' recalls

AGENCY is one of ${AGENCIES.join(', ')}. Files are as the agency serves them: a JSON array or JSON lines, also .gz.

  npx tocsin feed import CPSC recalls.json      keep the documents, record new recalls and revisions, screen them
  npx tocsin feed parse CPSC recalls.json       offline: one JSON line per recall, the scope as read from the text
  npx tocsin feed status                        the last import of each agency, its counts and errors`

export const feed: Verb = {
  name: 'feed',
  summary: 'take in, read and watch the agencies’ recalls',
  help: FEED_HELP,
  run: async (args) => {
    const read = readArgs(args, { json: { type: 'boolean', default: false } }, FEED_HELP)
    if (read === null) return 2
    const [action, agencyText, ...files] = read.positionals
    if (action === 'status') return withRuntime((runtime) => status(runtime, read.values.json))
    const agency = agencyNamed(agencyText ?? '')
    if ((action !== 'import' && action !== 'parse') || agency === null || files.length === 0) {
      say(
        `${agencyText !== undefined && agency === null ? `There is no agency "${agencyText}" here.` : 'That is not complete.'}\n\n${FEED_HELP}`,
      )
      return 2
    }
    return action === 'parse' ? parse(agency, files) : withRuntime((runtime) => importFeed(runtime, agency, files))
  },
}

async function parse(agency: Agency, files: string[]): Promise<number> {
  let clean = true
  for await (const part of parseFeedFiles(agency, files)) {
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
  let changed = 0
  for (const file of files) {
    const report = await step(
      file,
      (progress) => importFeedFile(runtime.deps.database, agency, file, { at: runtime.deps.clock(), onProgress: progress }),
      (taken) =>
        `${count(taken.items)} recalls: ${count(taken.newRecalls)} new, ${count(taken.newRevisions)} revised, ${count(taken.unchanged)} unchanged, ${count(taken.refused)} refused`,
    )
    for (const found of report.problems.slice(0, PROBLEMS_SHOWN)) say(`  ${problemLine(file, found)}`)
    changed += report.newRecalls + report.newRevisions
    clean &&= report.problems.length === 0 && !report.broken
  }
  if (changed > 0) {
    await screen(runtime)
    await sweep(runtime)
  }
  return clean ? 0 : 1
}

async function screen({ deps }: Runtime): Promise<void> {
  await step(
    'Screening',
    (progress) => screenAll(deps.database, { at: deps.clock(), onProgress: progress }),
    (counts) => `${count(counts.listings)} listings against ${count(counts.recalls)} recalls: ${count(counts.matches)} worth a look`,
  )
}

/** Brings what is new into the open campaigns. */
async function sweep({ deps }: Runtime): Promise<void> {
  const added = await sweepCampaigns({ database: deps.database, enqueue: deps.jobs.enqueue }, { actor: 'rule:import', at: deps.clock() })
  for (const [campaignId, counts] of Object.entries(added)) {
    const { listingsStopped, heldUnits, interceptedLines, affectedLines } = counts
    if (listingsStopped + heldUnits + interceptedLines + affectedLines === 0) continue
    say(
      `  Campaign ${campaignId}: ${count(listingsStopped)} listings stopped, ${count(heldUnits)} units held, ${count(interceptedLines)} orders intercepted, ${count(affectedLines)} order lines affected, all new.`,
    )
  }
}

async function status({ deps }: Runtime, json: boolean): Promise<number> {
  const feeds = await feedStatus(deps.database.db)
  if (json) process.stdout.write(`${JSON.stringify({ feeds })}\n`)
  else if (feeds.length === 0) say('No agency’s recalls were taken in yet. Start with: npx tocsin feed import CPSC FILE')
  for (const found of json ? [] : feeds) {
    say(`${found.agency}: last import ${found.startedAt.toISOString()} of ${found.source}, ${count(found.documents)} documents kept`)
    for (const { line, field, problem } of found.problems) say(`  line ${line}${field === '' ? '' : `, ${field}`}: ${problem}`)
  }
  return 0
}
