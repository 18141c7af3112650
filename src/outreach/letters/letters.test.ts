/** Letters through their front door: a wave, a print job, its hand-over, and what the post brings back. */
import { after, beforeEach, test } from 'node:test'
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import sharp from 'sharp'
import type { LetterFrom } from '../../platform/config-webhooks.ts'
import { transaction } from '../../platform/db.ts'
import { ask, askAll, askJson, officer } from '../../../test/as.ts'
import { testDatabase } from '../../../test/database.ts'
import { openOutreach, QUICK, sendDeps } from '../../../test/first-wave.ts'
import { addBuyer, addLines, brokenPromises, CUPKIN_ID, openMarketplace } from '../../../test/world.ts'
import { advance, askedContacts, connectedChannels, insertPlaybook, letterRoutes, makePrintJob, openLetterShelf, outreachInvariants, recordSellerList, sendWave, tidyPrintJobs, DEFAULT_PLAYBOOK, MAKE_PRINT_JOB, type LetterDeps } from '../index.ts' // prettier-ignore
import { acknowledge } from '../acknowledge.ts'
import { PROVIDER_KEY } from '../../../test/provider.ts'

const database = await testDatabase()
const picture = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#2244aa' } })
  .png()
  .toBuffer()
const home = await mkdtemp(path.join(tmpdir(), 'tocsin-letters-'))
after(() => rm(home, { recursive: true, force: true }))
const shelf = openLetterShelf(home)
const FROM: LetterFrom = { lines: ['Larkspur Market Product Safety', 'Hafenstraße 1', '20457 Hamburg'], country: 'DE' }
const ada = officer('Ada')
const OPENED = new Date('2026-03-02T09:00:00Z')
const DAY = 86_400_000
/** Says that it is no form of another page. */
const JSON_BODY = { 'content-type': 'application/json' }
let now = OPENED
let asked: { name: string; data: { printJobId: string } }[] = []
const mail = { send: async () => ({ outcome: 'accepted' as const, answer: '' }), close: () => {} }
const sending = { ...sendDeps(database, mail), clock: () => now, letterFrom: FROM }
let photos: string[] = []
let photo: LetterDeps['photo']
/** The agency's server, which the tests do not ask. */
const deps: LetterDeps = { ...sending, shelf, photo: (url) => (photos.push(url), photo!(url)) }
const routes = letterRoutes({
  database,
  clock: () => now,
  shelf,
  letterFrom: FROM,
  enqueue: async (_tx, name, data) => void asked.push({ name, data: data as never }),
})

beforeEach(async () => {
  await database.pool.query(
    `truncate catalog.order_lines, catalog.buyers, outreach.briefs, outreach.affected_lines, outreach.notices, outreach.waves, outreach.wave_buckets,
              outreach.deliveries, outreach.acknowledgements, outreach.returns, outreach.unmatched_returns, outreach.playbooks,
              outreach.print_jobs, outreach.print_job_steps, outreach.print_files, outreach.letters,
              outreach.seller_lists, outreach.seller_contacts`,
  )
  await rm(path.join(home, 'letters'), { recursive: true, force: true })
  now = OPENED
  asked = []
  photos = []
  photo = async () => picture
})

async function addWithAddress(
  buyer: string,
  address: {
    name?: string
    street?: string | null
    code?: string | null
    city?: string
    country?: string
    region?: string
    locale?: string
  },
) {
  await addBuyer(database.db, buyer, { email: null, country: address.country ?? 'DE', name: address.name ?? `Canary ${buyer}` })
  await database.pool.query(
    'update catalog.buyers set street = $2, postal_code = $3, city = $4, region = $5, locale = $6 where buyer_id = $1',
    [
      buyer,
      address.street === undefined ? 'Canaryweg 4' : address.street,
      address.code === undefined ? '20457' : address.code,
      address.city ?? 'Hamburg',
      address.region ?? null,
      address.locale ?? null,
    ],
  )
  await addLines(database.db, [{ buyer }])
}

/** Everything that is due now, sent, until nothing more is. */
async function runOn(days: number): Promise<string[]> {
  now = new Date(OPENED.getTime() + days * DAY)
  const waves: string[] = []
  for (let turn = 0; turn < 8; turn++) {
    const order = { campaignId: CUPKIN_ID, connected: connectedChannels(sending), actor: 'rule:playbook', at: now }
    const { started } = await transaction(database, (tx) => advance(tx, order))
    if (started.length === 0) return waves
    for (const { wave, channel, kind } of started) {
      waves.push(`${kind} ${channel}`)
      await sendWave(sending, { campaignId: CUPKIN_ID, wave, pace: QUICK })
    }
  }
  throw new Error('the outreach does not come to rest')
}

async function open(): Promise<string[]> {
  await openMarketplace(database.db)
  await openOutreach(database, OPENED)
  await sendWave(sending, { campaignId: CUPKIN_ID, wave: 1, pace: QUICK })
  return runOn(0)
}

async function post<T>(address: string, body?: object): Promise<{ status: number; body: T }> {
  const init = { method: 'POST', headers: JSON_BODY, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
  const response = await ask(routes, ada, address, init)
  return { status: response.status, body: (await response.json()) as T }
}

type Job = { print_job_id: string; print_no: number; letters: number; steps: { step: string; by: string; note: string }[]; files: { name: string; letters: number; pages: number; sha256: string }[] } // prettier-ignore
type Letters = { waiting: number; print_jobs: Job[] }
const lettersOf = (): Promise<Letters> => askJson<Letters>(routes, ada, `/v1/campaigns/${CUPKIN_ID}/letters`)

/** Asks for a print job and writes it, as a worker does. */
async function printJob(): Promise<Job> {
  const { status } = await post(`/v1/campaigns/${CUPKIN_ID}/print-jobs`)
  assert.equal(status, 202)
  const [job] = asked.splice(0)
  assert.equal(job!.name, MAKE_PRINT_JOB)
  await makePrintJob(deps, job!.data.printJobId)
  return (await lettersOf()).print_jobs[0]!
}

async function download(job: Job, name: string): Promise<Buffer> {
  const response = await ask(routes, ada, `/v1/print-jobs/${job.print_job_id}/files/${name}`)
  assert.equal(response.status, 200)
  assert.equal(response.headers.get('cache-control'), 'no-store')
  return Buffer.from(await response.arrayBuffer())
}

async function table(job: Job): Promise<Record<string, string>[]> {
  return parse(await download(job, 'letters.csv'), { columns: true, bom: true })
}

async function standing(buyer: string): Promise<string> {
  const { rows } = await database.pool.query('select state, state_reason from outreach.notices where buyer_id = $1', [buyer])
  return `${rows[0].state}: ${rows[0].state_reason}`
}

async function promisesHold(): Promise<void> {
  assert.deepEqual(await brokenPromises(database.db, outreachInvariants), [])
}

test('a file’s name opens nothing else than a file of a print job', async () => {
  for (const name of ['..%2f..%2fetc%2fpasswd', 'letters.csv', 'a4-001.pdf'])
    assert.equal((await ask(routes, ada, `/v1/print-jobs/019aa000-0000-7000-8000-000000000000/files/${name}`)).status, 404)
})

test('without a letter that waits, without a sender’s address, and twice at once no job is begun', async () => {
  assert.match(JSON.stringify(await post(`/v1/campaigns/${CUPKIN_ID}/print-jobs`)), /409.*No letter of this campaign waits/)
  const mute = letterRoutes({ database, clock: () => now, shelf, letterFrom: null, enqueue: async () => {} })
  const said = await ask(mute, ada, `/v1/campaigns/${CUPKIN_ID}/print-jobs`, { method: 'POST', headers: JSON_BODY })
  assert.match(await said.text(), /set LETTER_FROM/)
  await addWithAddress('post', {})
  await open()
  assert.equal((await post(`/v1/campaigns/${CUPKIN_ID}/print-jobs`)).status, 202)
  assert.match(JSON.stringify(await post(`/v1/campaigns/${CUPKIN_ID}/print-jobs`)), /409.*is being written/)
})

test('letters go to those whom nothing else reaches, each with an address that a post can read', async () => {
  await addBuyer(database.db, 'mail', {})
  await addLines(database.db, [{ buyer: 'mail' }])
  await addWithAddress('hamburg', {})
  await addWithAddress('fresno', {
    name: 'Lee Canary',
    street: 'Apt 4\n12 Canary St',
    code: '93650',
    city: 'Fresno',
    region: 'CA',
    country: 'US',
  })
  await addWithAddress('lodz', { name: 'Zażółć Gęślą', street: 'ul. Świętokrzyska 12', code: '90-001', city: 'Łódź', country: 'PL' })
  await addWithAddress('shanghai', { name: '李小龙', street: '中山东一路 12 号', code: '200002', city: '上海', country: 'CN' })
  await addWithAddress('riyadh', { name: 'نورة', street: 'شارع', code: null, city: 'الرياض', country: 'SA' })
  await addWithAddress('no-code', { code: null })
  await addWithAddress('no-street', { street: null, code: null, city: '' })
  assert.deepEqual(await open(), ['fallback letter'])
  assert.equal(await standing('mail'), 'delivered: the buyer’s mail server took the e-mail')
  assert.equal(await standing('hamburg'), 'pending: the letter waits to be printed')
  assert.equal(await standing('no-code'), 'pending: no postal address; banner and page remain')
  const { rows } = await database.pool.query(`select buyer_id, answer_text from outreach.deliveries where channel = 'letter' and outcome = 'no_contact' order by 1`) // prettier-ignore
  assert.deepEqual(
    rows.map((row) => `${row.buyer_id}: ${row.answer_text}`),
    [
      'no-code: the postal address on file lacks a postal code',
      'no-street: no postal address on file',
      'riyadh: the postal address on file has characters that our fonts do not have',
    ],
  )
  // A letter that waits is not taken, keeps its buyer from being unreachable, and is not written again.
  assert.deepEqual(await runOn(20), ['reminder email'])
  assert.equal((await lettersOf()).waiting, 4)
  await promisesHold()

  const job = await printJob()
  assert.equal(job.letters, 4)
  assert.deepEqual(job.files.map((file) => file.name), ['a4-001.pdf', 'letters.csv', 'us-letter-001.pdf']) // prettier-ignore
  const letters = await table(job)
  const window = (row: Record<string, string>) => [1, 2, 3, 4, 5, 6].map((n) => row[`line_${n}`]).filter((line) => line !== '')
  assert.deepEqual(letters.map(window), [
    ['李小龙', '中山东一路 12 号', '200002 上海', 'CHINA'],
    ['Canary hamburg', 'Canaryweg 4', '20457 Hamburg'],
    ['Zażółć Gęślą', 'ul. Świętokrzyska 12', '90-001 Łódź', 'POLAND'],
    ['Lee Canary', 'Apt 4', '12 Canary St', 'Fresno CA 93650', 'UNITED STATES'],
  ])
  for (const file of job.files.filter((each) => each.name.endsWith('.pdf'))) {
    const pdf = await download(job, file.name)
    assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')
    const of = letters.filter((row) => row['file'] === file.name)
    assert.equal(of.reduce((sum, row) => sum + Number(row['pages']), 0), file.pages) // prettier-ignore
    assert.ok(of.every((row) => row['file_sha256'] === file.sha256))
    // Every font in it is embedded: a printer has none of ours.
    const text = pdf.toString('latin1')
    assert.equal(text.match(/\/FontFile2/g)?.length, text.match(/\/Type \/FontDescriptor/g)?.length)
    assert.ok(!text.includes('/Type1'))
  }
  await promisesHold()
})

test('the photograph stands on each letter and in each file once; where it cannot be had, the job says so', async () => {
  for (const buyer of ['one', 'two', 'three']) await addWithAddress(buyer, {})
  await open()
  const job = await printJob()
  assert.deepEqual(photos, ['https://www.cpsc.gov/s3fs-public/cupkin12oz_0.png'])
  assert.equal((await download(job, 'a4-001.pdf')).toString('latin1').match(/\/Subtype \/Image/g)?.length, 1)
  assert.equal(job.steps.at(-1)!.note, '')
  for (const broken of [async () => Buffer.from('<html>'), () => Promise.reject(new Error('HTTP 503'))]) {
    await post(`/v1/print-jobs/${(await lettersOf()).print_jobs[0]!.print_job_id}/withdraw`, { note: 'again' })
    photo = broken
    const without = await printJob()
    assert.equal(without.letters, 3)
    assert.match(without.steps.at(-1)!.note, /^Without the photograph of the product/)
  }
})

test('a job that is withdrawn while it is written leaves no address behind, and two workers write it once', async () => {
  await addWithAddress('post', {})
  await open()
  await post(`/v1/campaigns/${CUPKIN_ID}/print-jobs`)
  const [first] = asked.splice(0)
  photo = async () => {
    await post(`/v1/print-jobs/${first!.data.printJobId}/withdraw`, { note: 'stop' })
    return picture
  }
  assert.equal(await makePrintJob(deps, first!.data.printJobId), null)
  assert.deepEqual(await readdir(path.join(home, 'letters')), [])
  photo = async () => picture
  await post(`/v1/campaigns/${CUPKIN_ID}/print-jobs`)
  const [second] = asked.splice(0)
  // The quicker one ends while the slower one is at the photograph.
  photo = async () => {
    photo = async () => picture
    assert.equal(await makePrintJob(deps, second!.data.printJobId), 1)
    return picture
  }
  await assert.rejects(makePrintJob(deps, second!.data.printJobId), { code: 'ENOENT' })
  assert.equal(await makePrintJob(deps, second!.data.printJobId), null)
  assert.deepEqual(await readdir(path.join(home, 'letters')), [second!.data.printJobId])
  assert.equal((await table((await lettersOf()).print_jobs[0]!)).length, 1)
  await promisesHold()
})

test('a letter is taken when its job is handed over, once, by somebody, to somebody', async () => {
  await addWithAddress('post', {})
  await open()
  const job = await printJob()
  const at = `/v1/print-jobs/${job.print_job_id}`
  assert.equal((await post(`${at}/hand-over`, { note: ' ' })).status, 422)
  assert.equal((await post(`${at}/delete-files`)).status, 409)
  assert.equal(await standing('post'), 'pending: the letter waits to be printed')
  assert.deepEqual((await post(`${at}/hand-over`, { note: 'Nordprint' })).body, { letters: 1, delivered: 1 })
  assert.equal((await post(`${at}/hand-over`, { note: 'Nordprint' })).status, 409)
  assert.equal((await post(`${at}/withdraw`, { note: 'oh no' })).status, 409)
  assert.equal(await standing('post'), 'delivered: the letter was handed over to be printed and posted')
  const [handed] = (await lettersOf()).print_jobs
  assert.deepEqual(handed!.steps.map(({ step, by, note }) => `${step} ${by} ${note}`.trim()), ['asked officer:user-Ada', 'made rule:letters', 'handed_over officer:user-Ada Nordprint']) // prettier-ignore
  await promisesHold()
})

test('a notice that grows after its letter was written is not taken as delivered, and is written again', async () => {
  await addWithAddress('post', {})
  await open()
  const job = await printJob()
  await addLines(database.db, [{ buyer: 'post', order: 'O-MORE' }])
  await openOutreach(database, now)
  await post(`/v1/print-jobs/${job.print_job_id}/hand-over`, { note: 'Nordprint' })
  assert.match(await standing('post'), /^pending/)
  await sendWave(sending, { campaignId: CUPKIN_ID, wave: 99, pace: QUICK })
  await runOn(1)
  assert.equal((await lettersOf()).waiting, 1)
  await promisesHold()
})

test('who was reached otherwise meanwhile gets no letter, and nor does who is not asked to be printed for', async () => {
  await addWithAddress('acts', {})
  await addWithAddress('moves', {})
  await addWithAddress('stays', {})
  await open()
  await transaction(database, (tx) => acknowledge(tx, { buyerId: 'acts', campaignId: CUPKIN_ID, how: 'button', at: now }))
  await database.pool.query(`update catalog.buyers set street = null, postal_code = null, city = null where buyer_id = 'moves'`)
  const job = await printJob()
  assert.deepEqual((await table(job)).map((row) => row['line_1']), ['Canary stays']) // prettier-ignore
  assert.equal(await standing('moves'), 'pending: no letter: no postal address on file; banner and page remain')
  await promisesHold()
})

test('the letter of a buyer whom their seller is to tell waits until the seller’s time is over', async () => {
  await addWithAddress('post', {})
  await addWithAddress('seller', {})
  await open()
  const until = new Date(now.getTime() + 6 * 3_600_000)
  const { rows } = await database.pool.query('select order_id, seller_id from outreach.affected_lines where buyer_id = $1', ['seller'])
  const { order_id: orderId, seller_id: sellerId } = rows[0]
  const plan = { campaignId: CUPKIN_ID, sellerId, kind: 'plan', until, list: { csv: `order_id\n${orderId}\n` }, actor: `seller:${sellerId}`, at: now } as const // prettier-ignore
  const recorded = await transaction(database, (tx) => recordSellerList(tx, plan))
  assert.ok(recorded.ok)
  assert.equal((await lettersOf()).waiting, 1)
  assert.deepEqual((await table(await printJob())).map((row) => row['line_1']), ['Canary post']) // prettier-ignore
  now = new Date(until.getTime() + 1)
  assert.equal((await lettersOf()).waiting, 1)
  assert.deepEqual((await table(await printJob())).map((row) => row['line_1']), ['Canary seller']) // prettier-ignore
  await promisesHold()
})

test('a withdrawn job gives its letters back; declined ones end the channel, and then the buyer is unreachable in time', async () => {
  await addWithAddress('post', {})
  await open()
  const job = await printJob()
  assert.deepEqual((await post(`/v1/print-jobs/${job.print_job_id}/withdraw`, { note: 'wrong paper' })).body, { letters: 1 })
  assert.equal((await lettersOf()).waiting, 1)
  const again = await printJob()
  assert.equal(again.print_no, job.print_no + 1)
  const all = await askAll<Job>(routes, ada, '/v1/print-jobs', 1)
  assert.deepEqual(all.map((each) => each.print_no), [again.print_no, job.print_no]) // prettier-ignore
  await post(`/v1/print-jobs/${again.print_job_id}/withdraw`, { note: 'no printer' })
  assert.equal((await post(`/v1/campaigns/${CUPKIN_ID}/letters/decline`, { note: '' })).status, 422)
  assert.deepEqual((await post(`/v1/campaigns/${CUPKIN_ID}/letters/decline`, { note: 'no printer' })).body, { letters: 1 })
  assert.equal(await standing('post'), 'pending: no letter: no printer; banner and page remain')
  await runOn(15)
  assert.equal(
    await standing('post'),
    'unreachable: letter did not reach them, no contact for e-mail, SMS and push; banner and page were not opened in 14 days',
  )
  await promisesHold()
})

test('what the post brings back makes the notice pending again, and mistyped numbers touch nobody', async () => {
  await addWithAddress('one', {})
  await addWithAddress('two', {})
  await open()
  const job = await printJob()
  const [one, two] = (await table(job)).map((row) => row['letter']!) as [string, string]
  const returned = async (csv: string) => {
    const response = await ask(routes, ada, '/v1/letters/returned', { method: 'POST', headers: { 'content-type': 'text/csv' }, body: csv })
    return (await response.json()) as { taken: number; again: number; undone: number; problems: string[]; detail?: string }
  }
  assert.match(JSON.stringify(await returned('number,reason\n1,moved')), /column letter is missing/)
  assert.deepEqual((await returned(`letter,reason\n${one},moved`)).problems, [
    `line 2, letter: letter ${one} is of a print job that was not handed over`,
  ])
  await post(`/v1/print-jobs/${job.print_job_id}/hand-over`, { note: 'Nordprint' })
  const wrong = one.replace(/1-/, '2-')
  const said = await returned(`Letter;Reason\n${wrong};moved\n${two};eaten\n${one};Moved\n${one};moved\n`)
  assert.equal(said.problems.length, 2)
  assert.match(said.problems[0]!, /^line 2, letter: is no letter number/)
  assert.match(said.problems[1]!, /^line 3, reason: is not one of moved, unknown/)
  assert.deepEqual([said.taken, said.again, said.undone], [1, 1, 1])
  assert.deepEqual((await returned(`letter,reason\n${one},moved`)).again, 1)
  const states = await Promise.all(['one', 'two'].map(standing))
  assert.deepEqual(states.toSorted(), [
    'delivered: the letter was handed over to be printed and posted',
    'pending: the letter came back; the next channel is due',
  ])
  assert.deepEqual(await runOn(1), [])
  await promisesHold()
})

test('a reminder by letter goes to whom letters reach, and not while one waits', async () => {
  await addWithAddress('post', {})
  await open()
  assert.deepEqual(await runOn(3), [])
  const job = await printJob()
  await post(`/v1/print-jobs/${job.print_job_id}/hand-over`, { note: 'Nordprint' })
  assert.deepEqual(await runOn(10), ['reminder letter'])
  assert.equal((await lettersOf()).waiting, 1)
  assert.deepEqual(await runOn(11), [])
  await transaction(database, (tx) => acknowledge(tx, { buyerId: 'post', campaignId: CUPKIN_ID, how: 'button', at: now }))
  assert.equal((await lettersOf()).waiting, 0)
  await promisesHold()
})

test('addresses lie in files for this account alone, are asked for when they are not ours, and are deleted in time', async () => {
  await addWithAddress('post', { name: 'Lee Canary' })
  await database.pool.query(`update catalog.buyers set street = null, postal_code = null, city = null`)
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const ids = (JSON.parse(Buffer.concat(chunks).toString()) as { buyer_ids: string[] }).buyer_ids
    const address = { name: 'Lee Canary', street: 'Canaryweg 9', postal_code: '20457', city: 'Hamburg', country: 'DE' }
    response.end(JSON.stringify({ contacts: ids.map((id) => ({ buyer_id: id, ...address })) }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    const { port } = server.address() as AddressInfo
    const contacts = askedContacts({ endpoint: { url: `http://127.0.0.1:${port}/`, key: PROVIDER_KEY }, clock: () => now })
    await openMarketplace(database.db)
    await insertPlaybook(database.db, { campaignId: CUPKIN_ID, playbook: { ...DEFAULT_PLAYBOOK, channels: ['letter'] }, actor: 'cli', reason: 'x', at: now }) // prettier-ignore
    await openOutreach(database, OPENED)
    const order = { campaignId: CUPKIN_ID, connected: ['letter' as const], actor: 'cli', at: now }
    const { started } = await transaction(database, (tx) => advance(tx, order))
    await sendWave({ ...sending, contacts }, { campaignId: CUPKIN_ID, wave: started[0]!.wave, pace: QUICK })
    await post(`/v1/campaigns/${CUPKIN_ID}/print-jobs`)
    const { printJobId } = asked[0]!.data
    // Killed in the middle: what lay there is replaced.
    await shelf.draft(printJobId)
    assert.equal(await makePrintJob({ ...deps, contacts }, printJobId), 1)
    assert.equal(await makePrintJob({ ...deps, contacts }, printJobId), null)
  } finally {
    server.closeAllConnections()
    server.close()
  }
  const folder = shelf.folderOf(asked[0]!.data.printJobId)
  assert.deepEqual(await readdir(path.join(home, 'letters')), [path.basename(folder)])
  for (const name of ['', ...(await readdir(folder))]) {
    const { mode } = await stat(path.join(folder, name))
    assert.equal(mode & 0o077, 0, name)
  }
  assert.match(await readFile(path.join(folder, 'letters.csv'), 'utf8'), /Canaryweg 9/)
  const kept = await database.pool.query(
    `select (select string_agg(t::text, '') from outreach.letters t) || (select string_agg(t::text, '') from outreach.print_files t)
         || (select string_agg(t::text, '') from outreach.print_job_steps t) || (select string_agg(t::text, '') from outreach.deliveries t)
         || (select string_agg(t::text, '') from outreach.notices t) || (select string_agg(t::text, '') from platform.audit_log t) as kept`,
  )
  assert.doesNotMatch(kept.rows[0].kept, /canary/i)
  // Nobody hands it over: after a month it is withdrawn, and its letters wait for a job that says what is true by then.
  assert.deepEqual(await tidyPrintJobs({ database, shelf }, new Date(now.getTime() + 29 * DAY)), { deleted: 0, withdrawn: 0 })
  assert.deepEqual(await tidyPrintJobs({ database, shelf }, new Date(now.getTime() + 31 * DAY)), { deleted: 1, withdrawn: 1 })
  assert.deepEqual(await readdir(path.join(home, 'letters')), [])
  assert.equal((await lettersOf()).waiting, 1)
  await promisesHold()
})
