/** `tocsin screen`: recalls and listings from files, matches as JSON lines, without a database. */
import { once } from 'node:events'
import { createWriteStream, readFileSync } from 'node:fs'
import path from 'node:path'
import { finished } from 'node:stream/promises'
import { setImmediate as breathe } from 'node:timers/promises'
import type { Writable } from 'node:stream'
import { agencyNamed, jsonOfFile, recallsOfFile, type FeedProblem } from '../feeds/index.ts'
import {
  SEVERITY_THRESHOLDS,
  buildEngine,
  changedThresholds,
  readListingLine,
  type Engine,
  type ScreenedMatch,
  type SeverityThresholds,
} from '../matching/index.ts'
import { recallId, type Agency, type Recall } from '../recalls/index.ts'
import { count, say, step, type Progress } from '../platform/terminal.ts'
import { readArgs } from './shared.ts'
import type { Verb } from './usage.ts'

const SCREEN_HELP = `npx tocsin screen --recalls FILE --listings FILE [--out FILE] [--agency AGENCY] [--settings FILE]: compare listings with recalls, without a database

FILE of --recalls   the agency's own documents: for the CPSC a JSON array or JSON lines as its API gives them, also .gz
FILE of --listings  JSON lines (or an array), also .gz: listing_id and title; and where known brand, model, gtin, asin, description,
                    attributes, price ("19.99"), currency (USD where it is left out), category
--out FILE          where the matches go; standard output where it is left out
--agency AGENCY     whose recalls they are; CPSC where it is left out
--settings FILE     JSON {"thresholds":{"serious":{"auto":4}}}: the lines between the answers that differ from the program's

Prints one JSON line per recall and listing worth a look, and none for the others:
  {"recall_number","listing_id","answer":"affected"|"possibly","weight":bits,"tier":"auto"|"review","reasons":[{"field","weight","text"}]}
The weights of the reasons sum to the weight. Lines that cannot be read are named on standard error, and the rest is screened; the exit
code is then 1.

  npx tocsin screen --recalls recalls.json --listings listings.jsonl
  npx tocsin screen --recalls cpsc.ndjson.gz --listings listings.jsonl.gz --out matches.jsonl
  npx tocsin screen --recalls cpsc.ndjson.gz --listings listings.jsonl | jq 'select(.tier == "auto")'`

// Problems shown per file; all are counted.
const PROBLEMS_SHOWN = 20
// Listings between two moments in which signals and progress are heard.
const BREATH_LISTINGS = 500

export const screen: Verb = {
  name: 'screen',
  summary: 'compare a file of listings with a file of recalls',
  help: SCREEN_HELP,
  run: async (args) => {
    const options = {
      recalls: { type: 'string' },
      listings: { type: 'string' },
      out: { type: 'string' },
      agency: { type: 'string' },
      settings: { type: 'string' },
    } as const
    const read = readArgs(args, options, SCREEN_HELP)
    if (read === null) return 2
    const { recalls, listings, out } = read.values
    const agency = agencyNamed(read.values.agency ?? 'CPSC')
    const wrong = wrongUsage(read.positionals, recalls, listings, out, agency)
    if (wrong !== null || recalls === undefined || listings === undefined || agency === null) {
      say(`${wrong}\n\n${SCREEN_HELP}`)
      return 2
    }
    const thresholds = thresholdsOf(read.values.settings)
    return thresholds === null ? 2 : screenFiles({ agency, recalls, listings, out: out ?? null, thresholds })
  },
}

function wrongUsage(
  words: readonly string[],
  recalls: string | undefined,
  listings: string | undefined,
  out: string | undefined,
  agency: Agency | null,
): string | null {
  if (words.length > 0) return `"${words[0]}" belongs behind --recalls, --listings or --out.`
  if (recalls === undefined) return 'Which recalls? Give --recalls FILE.'
  if (listings === undefined) return 'Which listings? Give --listings FILE.'
  if (agency === null) return 'There is no such agency.'
  if (out !== undefined && [recalls, listings].some((file) => path.resolve(file) === path.resolve(out)))
    return '--out would overwrite what is to be read.'
  return null
}

type Order = { agency: Agency; recalls: string; listings: string; out: string | null; thresholds: SeverityThresholds }

/** The lines between the answers, or null after saying why the file's cannot be used. */
function thresholdsOf(file: string | undefined): SeverityThresholds | null {
  if (file === undefined) return SEVERITY_THRESHOLDS
  try {
    const value = JSON.parse(readFileSync(file, 'utf8')) as { thresholds?: unknown } | null
    const changed = changedThresholds(SEVERITY_THRESHOLDS, value?.thresholds ?? {})
    if (changed.ok) return changed.value
    say(`${file}: ${changed.problem.field}: ${changed.problem.message}`)
  } catch (error) {
    say(`${file}: cannot be read: ${(error as Error).message}`)
  }
  return null
}

async function screenFiles({ agency, recalls, listings, out, thresholds }: Order): Promise<number> {
  const ofRecalls = problemsOf(recalls)
  const engine = await step(
    'Recalls',
    () => readRecalls(agency, recalls, ofRecalls.add, thresholds),
    (built) => `${count(built.recalls.length)} recalls read, ${count(ofRecalls.count())} problems`,
  )
  ofRecalls.sayRest()
  if (engine.recalls.length === 0) {
    say(`${recalls}: there is no recall in it, so nothing was screened.`)
    return 1
  }
  const target = await openTarget(out)
  if (target === null) return 1
  const ofListings = problemsOf(listings)
  const done = await step(
    'Listings',
    (progress) => screenLines(engine, listings, target, ofListings, progress),
    (counts) =>
      `${count(counts.listings)} listings screened, ${count(ofListings.count())} problems: ${count(counts.auto)} to stop at once, ${count(counts.review)} to review`,
  )
  ofListings.sayRest()
  if (out !== null) {
    target.end()
    await finished(target)
  }
  return done.refused + ofRecalls.count() > 0 ? 1 : 0
}

/** Of a recall that stands in the file twice, the later document holds. */
async function readRecalls(
  agency: Agency,
  file: string,
  add: (problem: FeedProblem) => void,
  thresholds: SeverityThresholds,
): Promise<Engine> {
  const recalls = new Map<string, Recall>()
  for await (const recall of recallsOfFile(agency, file, add)) recalls.set(recallId(recall), recall)
  return buildEngine(recalls.values(), { thresholds })
}

/** The stream the matches go to, or null after saying why it cannot be written. */
async function openTarget(out: string | null): Promise<Writable | null> {
  if (out === null) {
    // Whoever reads the lines may have seen enough.
    process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
    return process.stdout
  }
  const stream = createWriteStream(out)
  try {
    await once(stream, 'open')
    return stream
  } catch (error) {
    say(`${out}: cannot be written: ${(error as Error).message}`)
    return null
  }
}

type Counts = { listings: number; refused: number; auto: number; review: number }

async function screenLines(engine: Engine, file: string, target: Writable, problems: Problems, progress: Progress): Promise<Counts> {
  const counts: Counts = { listings: 0, refused: 0, auto: 0, review: 0 }
  const numbers = new Map(engine.recalls.map(({ recall }) => [recallId(recall), recall.recallNumber]))
  function refuse(problem: FeedProblem): void {
    counts.refused++
    problems.add(problem)
  }
  for await (const { line, value, read, total } of jsonOfFile(file, refuse)) {
    const listing = readListingLine(value)
    if (!listing.ok) {
      refuse({ line, field: listing.problem.field ?? '', problem: listing.problem.message, excerpt: '' })
      continue
    }
    for (const { field, problem } of listing.value.problems)
      problems.add({ line, field, problem: `${problem}; screened without it`, excerpt: '' })
    for (const match of engine.screenListing(listing.value.listing)) {
      counts[match.tier === 'auto' ? 'auto' : 'review']++
      if (!target.write(matchLine(match, numbers))) await once(target, 'drain')
    }
    counts.listings++
    if (counts.listings % BREATH_LISTINGS === 0) {
      progress(read, total)
      await breathe()
    }
  }
  return counts
}

function matchLine(match: ScreenedMatch, numbers: ReadonlyMap<string, string>): string {
  const { listingId, answer, weight, tier } = match
  const reasons = match.reasons.map(({ field, weight: bits, text, recallSpan, listingSpan }) => ({
    field,
    weight: bits,
    text,
    ...(recallSpan === undefined ? {} : { recall_span: recallSpan }),
    ...(listingSpan === undefined ? {} : { listing_span: listingSpan }),
  }))
  return `${JSON.stringify({ recall_number: numbers.get(match.recallId), listing_id: listingId, answer, weight, tier, reasons })}\n`
}

type Problems = { add: (problem: FeedProblem) => void; count: () => number; sayRest: () => void }

/** Says the first problems of a file as they come, and how many more there were. */
function problemsOf(file: string): Problems {
  let met = 0
  return {
    count: () => met,
    add: ({ line, field, problem, excerpt }) => {
      met++
      if (met > PROBLEMS_SHOWN) return
      const where = line === 0 ? file : `${file}, line ${line}${field === '' ? '' : `, ${field}`}`
      say(`  ${where}: ${problem}${excerpt === '' ? '' : `  ${excerpt}`}`)
    },
    sayRest: () => {
      if (met > PROBLEMS_SHOWN) say(`  ${file}: ${count(met - PROBLEMS_SHOWN)} more problems like these.`)
    },
  }
}
