/** A print job: a person asks for it, a worker writes its files, in the order of postal codes, and one transaction says that they are there. */
import { open } from 'node:fs/promises'
import path from 'node:path'
import { audit } from '../../platform/audit.ts'
import { csvHead, csvLine } from '../../platform/csv.ts'
import { transaction, type Database, type Tx } from '../../platform/db.ts'
import { newId, sha256 } from '../../platform/ids.ts'
import type { Clock } from '../../platform/clock.ts'
import type { LetterFrom } from '../../platform/config-webhooks.ts'
import { fail, ok, type Result } from '../../platform/result.ts'
import type { NoticeBrief } from '../brief.ts'
import { factsOf } from '../channels/email.ts'
import type { ContactPort } from '../channels/contacts.ts'
import { selectBriefs } from '../queries.ts'
import { completed, type Titles } from '../queries-block.ts'
import type { BlockBuyer } from '../queries-wave.ts'
import { briefKey } from '../send-block.ts'
import { languageOf, lawOf } from '../wording/language.ts'
import { letterOf } from '../wording/letter.ts'
import type { Notice } from '../wording/notice.ts'
import { writeNotice } from '../wording/write-notice.ts'
import { isPrintable } from './fonts.ts'
import { letterNumber } from './letter-number.ts'
import { destinationOf, type Destination, type Paper } from './postal-address.ts'
import { openPrintFile } from './print.ts'
import { fetchPhoto, photoAt, type FetchPhoto, type Photo } from './photograph.ts'
import { countWaiting, endWaiting, insertMade, insertPrintJob, insertStep, lockPrintJobs, selectPrintJobs, selectWaitingLetters, type MadeFile, type MadeLetter, type PrintJob, type WaitingLetter } from './queries-letters.ts' // prettier-ignore
import type { LetterShelf } from './shelf.ts'

export type LetterDeps = {
  database: Database
  clock: Clock
  linkKey: string
  baseUrl: string
  sender: { name: string; address: string }
  letterFrom: LetterFrom | null
  shelf: LetterShelf
  contacts?: ContactPort | null
  /** Where photographs are had from. */
  photo?: FetchPhoto
}

/** Letters of one job at most: what is left waits for the next one. In memory at once: their addresses and lines. */
const LETTERS_MAX = 10_000
const BLOCK = 500
/** Letters in one document: some ten megabytes, which every printer's software opens. */
const LETTERS_PER_FILE = 500
const LINES_IN_LETTER_MAX = 20
const JOBS_LOOKED_AT = 200

export const NO_LETTER_FROM =
  'Say first whose postal address letters bear: set LETTER_FROM, for example "Larkspur Market Product Safety; Hafenstraße 1; 20457 Hamburg; DE".'

/** Writes that a print job of the letters that wait is asked for. Refused where none waits, or one is being written already. */
export async function askPrintJob(
  tx: Tx,
  asked: { campaignId: string; letterFrom: LetterFrom | null; actor: string; at: Date },
): Promise<Result<{ printJobId: string; printNo: number; waiting: number }>> {
  const { db } = tx
  const { campaignId, actor, at } = asked
  if (asked.letterFrom === null) return fail('conflict', NO_LETTER_FROM)
  await lockPrintJobs(db)
  const waiting = await countWaiting(db, campaignId, at)
  if (waiting === 0) return fail('conflict', 'No letter of this campaign waits to be printed.')
  const jobs = await selectPrintJobs(db, { campaignId, limit: JOBS_LOOKED_AT })
  const open = jobs.find((job) => !has(job, 'made') && !has(job, 'withdrawn'))
  if (open !== undefined)
    return fail('conflict', `Print job ${open.printNo} of this campaign is being written; wait for it, or withdraw it.`)
  const printJobId = newId(at)
  const { printNo } = await insertPrintJob(db, { printJobId, campaignId })
  await insertStep(db, { printJobId, step: 'asked', at, by: actor, note: '' })
  await audit(db, { actor, action: 'outreach.print-job-asked', subject: `campaign:${campaignId}`, detail: { printNo, waiting }, at })
  return ok({ printJobId, printNo, waiting })
}

export function has(job: PrintJob, step: PrintJob['steps'][number]['step']): boolean {
  return job.steps.some((each) => each.step === step)
}

type Addressed = WaitingLetter & BlockBuyer & { destination: Destination }

/**
 * Writes the files of a job that was asked for. Safe to run twice and to be killed: nothing counts before the last transaction, and what lies there
 * from an attempt before is replaced. Returns the number of letters; null where there is nothing to do any more.
 */
export async function makePrintJob(
  deps: LetterDeps,
  printJobId: string,
  onProgress?: (done: number, total: number) => void,
): Promise<number | null> {
  const { db } = deps.database
  const [job] = await selectPrintJobs(db, { printJobId, limit: 1 })
  if (job === undefined || has(job, 'made') || has(job, 'withdrawn')) return null
  if (deps.letterFrom === null) throw new Error(NO_LETTER_FROM)
  const { letters, without } = await collect(deps, deps.letterFrom, job.campaignId)
  const draft = await deps.shelf.draft(printJobId)
  const briefs = new Map((await selectBriefs(db, job.campaignId)).map((kept) => [briefKey(kept), kept.brief]))
  const printed = await printAll(deps, deps.letterFrom, { job, draft, briefs, letters }, onProgress)
  const made = await transaction(deps.database, async (tx) => {
    await lockPrintJobs(tx.db)
    const [now] = await selectPrintJobs(tx.db, { printJobId, limit: 1 })
    if (now === undefined || has(now, 'made') || has(now, 'withdrawn')) return null
    const at = deps.clock()
    await deps.shelf.keep(printJobId, draft)
    await insertMade(tx.db, job, printed.letters, printed.files)
    await endWaiting(tx.db, job.campaignId, { letters: without, outcome: 'no_contact', at })
    await insertStep(tx.db, { printJobId, step: 'made', at, by: 'rule:letters', note: printed.note })
    const detail = { printNo: job.printNo, letters: letters.length, withoutAddress: without.length }
    await audit(tx.db, { actor: 'rule:letters', action: 'outreach.print-job-made', subject: `campaign:${job.campaignId}`, detail, at })
    return letters.length
  })
  // It was withdrawn meanwhile, or another worker was quicker: these addresses are nobody's.
  if (made === null) await deps.shelf.discard(draft)
  return made
}

/** The letters that wait, with where they go, in the order in which a post likes to get them: by paper, country and code. */
async function collect(deps: LetterDeps, from: LetterFrom, campaignId: string) {
  const letters: Addressed[] = []
  const without: { buyerId: string; wave: number; attempt: number; why: string }[] = []
  const titles: Titles = new Map()
  let after = ''
  while (letters.length < LETTERS_MAX) {
    const waiting = await selectWaitingLetters(deps.database.db, campaignId, {
      after,
      limit: Math.min(BLOCK, LETTERS_MAX - letters.length),
      at: deps.clock(),
    })
    if (waiting.length === 0) break
    after = waiting.at(-1)!.buyerId
    const block = await completed(deps.database.db, campaignId, waiting, { linesMax: LINES_IN_LETTER_MAX, titles })
    for (const buyer of deps.contacts ? await deps.contacts('letter', block) : block) {
      const destined = destinationOf(buyer, from.country, isPrintable)
      if (destined.ok) letters.push({ ...buyer, destination: destined.destination })
      else without.push({ buyerId: buyer.buyerId, wave: buyer.wave, attempt: buyer.attempt, why: destined.why })
    }
  }
  const order = new Map(letters.map((letter) => [letter, `${letter.destination.paper}\0${letter.destination.country}\0${letter.postalCode ?? ''}\0${letter.buyerId}`])) // prettier-ignore
  letters.sort((a, b) => (order.get(a)! < order.get(b)! ? -1 : 1))
  return { letters, without }
}

/** The columns of the table that goes with the documents. No name of ours for the buyer leaves the house: a letter is known by its number. */
const COLUMNS = ['sequence', 'letter', 'file', 'first_page', 'last_page', 'pages', 'paper', 'country', 'line_1', 'line_2', 'line_3', 'line_4', 'line_5', 'line_6', 'file_sha256'] // prettier-ignore

type Printing = { job: PrintJob; draft: string; briefs: ReadonlyMap<string, NoticeBrief>; letters: readonly Addressed[] }

async function printAll(deps: LetterDeps, from: LetterFrom, printing: Printing, onProgress?: (done: number, total: number) => void) {
  const { job, draft, letters } = printing
  const files: MadeFile[] = []
  const made: MadeLetter[] = []
  const rows: Record<string, unknown>[] = []
  const noticeFor = noticesOf(deps, printing.briefs)
  const { photos, missing } = await photosOf(letters.map(noticeFor), deps.photo ?? fetchPhoto)
  const at = deps.clock()
  for (const { paper, chunk, name } of chunksOf(letters)) {
    const file = openPrintFile(path.join(draft, name), { paper, title: `Print job ${job.printNo}: ${name}`, at, photos })
    const begun = rows.length
    for (const letter of chunk) {
      const sequence = made.length + 1
      const number = letterNumber({ printNo: job.printNo, sequence })
      const text = letterOf(noticeFor(letter), factsOf(deps, job.campaignId, letter), { sender: deps.sender, at })
      const { lines, country } = letter.destination
      const { firstPage, pages } = await file.add({ paper, lines, number, sender: from.lines, text })
      const { buyerId, wave, attempt, units, answer } = letter
      made.push({ buyerId, wave, attempt, sequence, units, answer })
      const window = Object.fromEntries(lines.map((line, index) => [`line_${index + 1}`, line]))
      rows.push({ sequence, letter: number, file: name, first_page: firstPage, last_page: firstPage + pages - 1, pages, paper, country, ...window }) // prettier-ignore
      onProgress?.(made.length, letters.length)
    }
    const written = await file.end()
    files.push({ name, kind: 'pdf', paper, letters: chunk.length, ...written })
    for (const row of rows.slice(begun)) row['file_sha256'] = written.sha256.toString('hex')
  }
  files.push(await writeTable(path.join(draft, 'letters.csv'), rows))
  return { files, letters: made, note: missing === 0 ? '' : NO_PHOTO }
}

const NO_PHOTO =
  'Without the photograph of the product, which the agency’s server did not give. Laws ask for it: withdraw this job and write it again later.'

/** Each photograph that the letters show, had once. */
async function photosOf(notices: readonly Notice[], get: FetchPhoto): Promise<{ photos: Map<string, Photo>; missing: number }> {
  const urls = new Set([...new Set(notices)].flatMap((notice) => notice.sections.flatMap((section) => section.blocks.flatMap((block) => (block.kind === 'photos' ? block.images.slice(0, 1).map(({ url }) => url) : []))))) // prettier-ignore
  const photos = new Map<string, Photo>()
  for (const url of urls) {
    const photo = await photoAt(url, get)
    if (photo !== null) photos.set(url, photo)
  }
  return { photos, missing: urls.size - photos.size }
}

async function writeTable(file: string, rows: readonly Record<string, unknown>[]): Promise<MadeFile> {
  const bytes = Buffer.from(`\ufeff${csvHead(COLUMNS)}${rows.map((row) => csvLine(COLUMNS, row)).join('')}`)
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
  return { name: path.basename(file), kind: 'csv', paper: null, letters: rows.length, pages: 0, bytes: bytes.length, sha256: sha256(bytes) }
}

function* chunksOf(letters: readonly Addressed[]): Generator<{ paper: Paper; chunk: Addressed[]; name: string }> {
  for (const paper of ['a4', 'letter'] as const) {
    const of = letters.filter((each) => each.destination.paper === paper)
    for (let from = 0; from < of.length; from += LETTERS_PER_FILE) {
      const no = String(from / LETTERS_PER_FILE + 1).padStart(3, '0')
      yield { paper, chunk: of.slice(from, from + LETTERS_PER_FILE), name: `${paper === 'a4' ? 'a4' : 'us-letter'}-${no}.pdf` }
    }
  }
}

/** The notice that a buyer reads, made once for each brief, law, language and answer. */
function noticesOf(deps: LetterDeps, briefs: ReadonlyMap<string, NoticeBrief>): (buyer: BlockBuyer) => Notice {
  const known = new Map<string, Notice>()
  return (buyer) => {
    const brief = briefs.get(briefKey(buyer))
    if (brief === undefined) throw new Error(`There is no brief ${briefKey(buyer)}.`)
    const [language, jurisdiction] = [languageOf(buyer), lawOf(buyer, brief.jurisdiction)]
    const key = `${briefKey(buyer)} ${jurisdiction} ${language} ${buyer.answer}`
    const notice = known.get(key) ?? writeNotice({ ...brief, jurisdiction }, { language, answer: buyer.answer, baseUrl: deps.baseUrl })
    known.set(key, notice)
    return notice
  }
}
