/** The parts of `tocsin feed` that ask the agencies, say how they are doing, decide on what is held, and read what is kept again. */
import {
  decideHolds,
  feedHealth,
  feedStatus,
  pullFeed,
  pulling,
  reparseFeed,
  type AgencyHealth,
  type FeedStatus,
  type PullReport,
} from '../feeds/index.ts'
import { followUp, isFollowUpOwed } from '../follow-up.ts'
import type { Runtime } from '../main.ts'
import { count, say, step } from '../platform/terminal.ts'
import { AGENCIES, type Agency } from '../recalls/index.ts'
import { stopAsked } from './shared.ts'

const PROBLEMS_SHOWN = 20

/** Pulls one agency, or all; what came is screened and swept. Ctrl-C ends it after the request in flight. */
export async function pullAgencies(runtime: Runtime, agency: Agency | null, options: { full: boolean; json: boolean }): Promise<number> {
  const { deps } = runtime
  const stopping = new AbortController()
  void stopAsked().then(() => stopping.abort())
  const order = { actor: 'cli', signal: stopping.signal, ...(options.full ? { mode: 'full' as const } : {}) }
  let well = true
  for (const each of agency === null ? AGENCIES : [agency]) {
    if (stopping.signal.aborted) break
    const reports = await step(each, () => pullFeed(pulling(deps), each, { ...order, at: deps.clock() }), pulledText)
    for (const report of reports) {
      if (options.json) process.stdout.write(`${JSON.stringify(report)}\n`)
      if (report.said !== '') say(`  ${report.source}: ${report.outcome}: ${report.said}`)
      for (const { line, field, problem } of report.problems.slice(0, PROBLEMS_SHOWN))
        say(`  ${report.source}, line ${line}${field === '' ? '' : `, ${field}`}: ${problem}`)
      well &&= report.outcome === 'done' || report.outcome === 'unchanged'
    }
  }
  if (!stopping.signal.aborted && (await isFollowUpOwed(deps.database.db))) await screenAndSweep(runtime)
  return well ? 0 : 1
}

function pulledText(reports: readonly PullReport[]): string {
  if (reports.length === 0) return 'nothing to ask'
  const sum = (field: 'items' | 'newRecalls' | 'newRevisions' | 'refused'): number =>
    reports.reduce((total, each) => total + each[field], 0)
  const well = reports.filter((each) => each.outcome === 'done' || each.outcome === 'unchanged').length
  const heard = reports.length === 1 ? reports[0]!.outcome : `${well} of ${reports.length} sources heard`
  return `${heard}: ${count(sum('items'))} items, ${count(sum('newRecalls'))} new, ${count(sum('newRevisions'))} revised, ${count(sum('refused'))} refused`
}

/** What follows when recalls came in, with its progress. */
export async function screenAndSweep({ deps }: Runtime): Promise<void> {
  const { swept, proposed } = await step(
    'Screening',
    (progress) =>
      followUp({ database: deps.database, enqueue: deps.jobs.enqueue }, { at: deps.clock(), actor: 'rule:import', onProgress: progress }),
    ({ screened }) =>
      `${count(screened.recalls)} recalls and ${count(screened.listings)} listings that are new or changed: ${count(screened.matches)} matches worth a look`,
  )
  saySwept(swept)
  if (proposed.proposed > 0) say(`  ${count(proposed.proposed)} open campaigns wait for a decision on what their recall changed.`)
}

/** Says what came new to the open campaigns. */
export function saySwept(swept: Awaited<ReturnType<typeof followUp>>['swept']): void {
  for (const [campaignId, counts] of Object.entries(swept)) {
    const { listingsStopped, heldUnits, interceptedLines, affectedLines } = counts
    if (listingsStopped + heldUnits + interceptedLines + affectedLines === 0) continue
    say(
      `  Campaign ${campaignId}: ${count(listingsStopped)} listings stopped, ${count(heldUnits)} units held, ${count(interceptedLines)} orders intercepted, ${count(affectedLines)} order lines affected, all new.`,
    )
  }
}

export async function feedStatusText({ deps }: Runtime, json: boolean): Promise<number> {
  const { db } = deps.database
  const at = deps.clock()
  const [feeds, health] = [await feedStatus(db), await feedHealth(db, at)]
  if (json) process.stdout.write(`${JSON.stringify({ feeds, health })}\n`)
  else if (feeds.length + health.length === 0) {
    say('No agency’s recalls were taken in yet. Ask them: npx tocsin feed pull. Or take a file in: npx tocsin feed import CPSC FILE')
  } else for (const line of statusLines(feeds, health)) say(line)
  return health.some((each) => each.alarms.length > 0) ? 1 : 0
}

function statusLines(feeds: readonly FeedStatus[], health: readonly AgencyHealth[]): string[] {
  return AGENCIES.flatMap((agency) => {
    const [found, well] = [feeds.find((each) => each.agency === agency), health.find((each) => each.agency === agency)]
    if (found === undefined && well === undefined) return []
    const documents =
      found === undefined
        ? 'nothing taken in yet'
        : `${count(found.documents)} documents kept, last import ${found.startedAt.toISOString()} of ${found.source}`
    const newest = well === undefined || well.newestPublishedOn === null ? '' : `, newest recall of ${well.newestPublishedOn}`
    return [
      `${agency}: ${documents}${newest}`,
      ...(well?.sources ?? []).map((source) => {
        const heard =
          source.lastSuccessAt === null
            ? 'never heard'
            : `heard ${source.lastSuccessAt.toISOString()}, ${count(source.lagMinutes ?? 0)} minutes ago`
        return `  ${source.source}: ${heard}; the last try: ${source.lastOutcome ?? 'under way'}${source.lastSaid === '' ? '' : ` (${source.lastSaid})`}; next ${source.nextPullAt.toISOString()}`
      }),
      ...(well?.alarms ?? []).map((alarm) => `  ALARM ${alarm.kind}${alarm.source === null ? '' : ` (${alarm.source})`}: ${alarm.said}`),
      ...(found?.problems ?? []).map(
        ({ line, field, problem, excerpt }) => `  line ${line}${field === '' ? '' : `, ${field}`}: ${problem}  ${excerpt}`,
      ),
    ]
  })
}

/** `release` and `refuse`: a person's ruling on the dumps of an agency that are held. */
export async function ruleOnHolds(runtime: Runtime, agency: Agency, ruling: 'release' | 'refuse', reason: string): Promise<number> {
  const { deps } = runtime
  const decided = await decideHolds({ database: deps.database, bodies: deps.bodies }, agency, {
    ruling,
    actor: 'cli',
    reason,
    at: deps.clock(),
  })
  if (!decided.ok) {
    say(decided.problem.field === 'reason' ? `${decided.problem.message} Use --reason "…".` : decided.problem.message)
    return 1
  }
  for (const { source, items, usualItems, report } of decided.value) {
    const taken = report === null ? 'refused' : `taken in: ${count(report.newRecalls)} new, ${count(report.newRevisions)} revised`
    say(`${source}: the dump of ${count(items)} items (${count(usualItems)} are usual) is ${taken}.`)
  }
  if (await isFollowUpOwed(deps.database.db)) await screenAndSweep(runtime)
  return 0
}

/** Reads the kept documents of one agency, or of all, again. */
export async function reparseAgencies(runtime: Runtime, agency: Agency | null): Promise<number> {
  const { deps } = runtime
  for (const each of agency === null ? AGENCIES : [agency]) {
    await step(
      each,
      (progress) => reparseFeed(deps.database, each, { at: deps.clock(), onProgress: progress }),
      (done) =>
        `${count(done.documents)} documents read again: ${count(done.newRecalls)} recalls read for the first time, ${count(done.newRevisions)} read otherwise, ${count(done.refused)} not read`,
    )
  }
  if (await isFollowUpOwed(deps.database.db)) await screenAndSweep(runtime)
  return 0
}
