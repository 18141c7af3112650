/** Letters that wait, print jobs and what happened to them, and the outcome that a handed-over job gives its letters. Set-based. */
import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../../platform/db.ts'
import type { Channel } from '../playbook.ts'
import { hasNotActedSql } from '../queries-advance.ts'
import type { NoticeAnswer } from '../brief.ts'
import type { BlockBuyer } from '../queries-wave.ts'
import { isCoveredSql, sellersSpeakSql } from '../seller-contacts/queries-covered.ts'

/** In the order in which they come. */
const STEPS = ['asked', 'made', 'handed_over', 'withdrawn', 'files_deleted'] as const
export type PrintStep = (typeof STEPS)[number]

/** Print jobs are numbered, and letters given to them, one transaction after the other. */
export async function lockPrintJobs(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('outreach.print-jobs'))`.execute(db)
}

/**
 * A delivery `d` of a letter that waits and is in no print job, with its notice `n` and its wave `w`. It is still wanted while the buyer was not
 * reached otherwise; a reminder, while they have not acted. With `at`, without those whom their sellers are to tell then: their letters wait.
 */
function waitingSql(campaignId: string, at: Date | null): RawBuilder<unknown> {
  const leftToSellers = sql`(${sellersSpeakSql(sql`${campaignId}`)} and ${isCoveredSql(sql`${at}::timestamptz`)})`
  return sql`from outreach.notices n
      join outreach.deliveries d on d.buyer_id = n.buyer_id and d.campaign_id = n.campaign_id and d.channel = 'letter' and d.outcome is null
      join outreach.waves w on w.campaign_id = d.campaign_id and w.wave = d.wave
     where n.campaign_id = ${campaignId}
       and case when w.kind in ('reminder', 'catch_up') then ${hasNotActedSql()} else n.state = 'pending' end
       and not exists (select from outreach.letters l
                        where l.buyer_id = d.buyer_id and l.campaign_id = d.campaign_id and l.wave = d.wave
                          and not exists (select from outreach.print_job_steps s where s.print_job_id = l.print_job_id and s.step = 'withdrawn'))
       and ${at === null ? sql`true` : sql`not ${leftToSellers}`}`
}

/** How many buyers' letters can be printed at `at`. */
export async function countWaiting(db: Db, campaignId: string, at: Date): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`select count(distinct n.buyer_id)::int as waiting ${waitingSql(campaignId, at)}`.execute(
    db,
  )
  return rows[0]!.waiting
}

export type WaitingLetter = Omit<BlockBuyer, 'lines' | 'lineCount' | 'refund'> & { wave: number; attempt: number }

/**
 * Buyers whose letter waits, after this one, at most `limit`, with their contact as it is now. One letter each: the newest. With `at`, those that can
 * be printed then; with null, all.
 */
export async function selectWaitingLetters(
  db: Db,
  campaignId: string,
  from: { after: string; limit: number; at: Date | null },
): Promise<WaitingLetter[]> {
  const { rows } = await sql<WaitingLetter>`
    with waiting as (
      select distinct on (n.buyer_id) n.buyer_id, n.notice_id, n.jurisdiction, n.brief_no, n.answer, n.units, d.wave, d.attempt
        ${waitingSql(campaignId, from.at)} and n.buyer_id > ${from.after}
       order by n.buyer_id, d.wave desc, d.attempt desc
       limit ${from.limit}
    )
    select waiting.buyer_id as "buyerId", waiting.notice_id as "noticeId", waiting.jurisdiction, waiting.brief_no as "briefNo", waiting.answer,
           waiting.units, waiting.wave, waiting.attempt, contact.name, contact.email, contact.phone, contact.locale, contact.country,
           contact.region, contact.street, contact.postal_code as "postalCode", contact.city
      from waiting
      left join catalog.buyers_view contact on contact.buyer_id = waiting.buyer_id
     order by waiting.buyer_id`.execute(db)
  return rows
}

/** The next number, and the job with its first step. Under `lockPrintJobs`. */
export async function insertPrintJob(db: Db, job: { printJobId: string; campaignId: string }): Promise<{ printNo: number }> {
  const { rows } = await sql<{ printNo: number }>`
    insert into outreach.print_jobs (print_job_id, print_no, campaign_id)
    select ${job.printJobId}::uuid, coalesce(max(print_no), 0) + 1, ${job.campaignId} from outreach.print_jobs
    returning print_no as "printNo"`.execute(db)
  return rows[0]!
}

export async function insertStep(db: Db, step: { printJobId: string; step: PrintStep; at: Date; by: string; note: string }): Promise<void> {
  await sql`insert into outreach.print_job_steps (print_job_id, step, at, by, note)
            values (${step.printJobId}::uuid, ${step.step}, ${step.at}::timestamptz, ${step.by}, ${step.note})
            on conflict do nothing`.execute(db)
}

export type PrintedStep = { step: PrintStep; at: string; by: string; note: string }
export type PrintedFile = { name: string; kind: 'pdf' | 'csv'; paper: 'a4' | 'letter' | null; letters: number; pages: number; bytes: number; sha256: string } // prettier-ignore
export type PrintJob = {
  printJobId: string
  printNo: number
  campaignId: string
  letters: number
  /** In the order in which they came. */
  steps: PrintedStep[]
  files: PrintedFile[]
}

/** Print jobs, the newest first: one, those of a campaign, or those numbered below `below`. */
export async function selectPrintJobs(
  db: Db,
  wanted: { printJobId?: string; campaignId?: string; below?: number; limit: number },
): Promise<PrintJob[]> {
  const { rows } = await sql<PrintJob>`
    select j.print_job_id as "printJobId", j.print_no as "printNo", j.campaign_id as "campaignId",
           (select count(*)::int from outreach.letters l where l.print_job_id = j.print_job_id) as letters,
           (select coalesce(jsonb_agg(jsonb_build_object('step', s.step, 'at', s.at, 'by', s.by, 'note', s.note) order by s.at, array_position(${[...STEPS]}::text[], s.step)), '[]')
              from outreach.print_job_steps s where s.print_job_id = j.print_job_id) as steps,
           (select coalesce(jsonb_agg(jsonb_build_object('name', f.name, 'kind', f.kind, 'paper', f.paper, 'letters', f.letters, 'pages', f.pages,
                                                         'bytes', f.bytes, 'sha256', encode(f.sha256, 'hex')) order by f.name), '[]')
              from outreach.print_files f where f.print_job_id = j.print_job_id) as files
      from outreach.print_jobs j
     where (${wanted.printJobId ?? null}::uuid is null or j.print_job_id = ${wanted.printJobId ?? null}::uuid)
       and (${wanted.campaignId ?? null}::text is null or j.campaign_id = ${wanted.campaignId ?? null})
       and (${wanted.below ?? null}::int is null or j.print_no < ${wanted.below ?? null}::int)
     order by j.print_no desc
     limit ${wanted.limit}`.execute(db)
  return rows
}

export type MadeLetter = { buyerId: string; wave: number; attempt: number; sequence: number; units: number; answer: NoticeAnswer }
export type MadeFile = { name: string; kind: 'pdf' | 'csv'; paper: 'a4' | 'letter' | null; letters: number; pages: number; bytes: number; sha256: Buffer } // prettier-ignore

export async function insertMade(
  db: Db,
  job: { printJobId: string; campaignId: string },
  letters: readonly MadeLetter[],
  files: readonly MadeFile[],
): Promise<void> {
  await sql`
    insert into outreach.letters (buyer_id, campaign_id, print_job_id, wave, attempt, sequence, units, answer)
    select buyer_id, ${job.campaignId}, ${job.printJobId}::uuid, wave, attempt, sequence, units, answer
      from unnest(${letters.map((l) => l.buyerId)}::text[], ${letters.map((l) => l.wave)}::int[], ${letters.map((l) => l.attempt)}::int[],
                  ${letters.map((l) => l.sequence)}::int[], ${letters.map((l) => l.units)}::bigint[], ${letters.map((l) => l.answer)}::text[])
             as made (buyer_id, wave, attempt, sequence, units, answer)`.execute(db)
  await sql`
    insert into outreach.print_files (print_job_id, name, kind, paper, letters, pages, bytes, sha256)
    select ${job.printJobId}::uuid, name, kind, paper, letters, pages, bytes, decode(sha256, 'hex')
      from unnest(${files.map((f) => f.name)}::text[], ${files.map((f) => f.kind)}::text[], ${files.map((f) => f.paper)}::text[],
                  ${files.map((f) => f.letters)}::int[], ${files.map((f) => f.pages)}::int[], ${files.map((f) => f.bytes)}::bigint[],
                  ${files.map((f) => f.sha256.toString('hex'))}::text[]) as made (name, kind, paper, letters, pages, bytes, sha256)`.execute(
    db,
  )
}

/** Letters that wait and end without being posted: nobody there to write to any more, or a person says that they are not printed. */
export async function endWaiting(
  db: Db,
  campaignId: string,
  ended: {
    letters: readonly { buyerId: string; wave: number; attempt: number; why: string }[]
    outcome: 'no_contact' | 'failed'
    at: Date
  },
): Promise<void> {
  const { letters } = ended
  if (letters.length === 0) return
  const them = sql`unnest(${letters.map((l) => l.buyerId)}::text[], ${letters.map((l) => l.wave)}::int[], ${letters.map((l) => l.attempt)}::int[],
                          ${letters.map((l) => l.why)}::text[]) as them (buyer_id, wave, attempt, why)`
  await sql`
    update outreach.deliveries d set outcome = ${ended.outcome}, ended_at = ${ended.at}::timestamptz, answer_text = them.why
      from ${them}
     where d.buyer_id = them.buyer_id and d.campaign_id = ${campaignId} and d.wave = them.wave and d.channel = 'letter' and d.attempt = them.attempt
       and d.outcome is null`.execute(db)
  await sql`
    update outreach.notices n set state_reason = 'no letter: ' || them.why || '; banner and page remain'
      from ${them}
     where n.buyer_id = them.buyer_id and n.campaign_id = ${campaignId} and n.state = 'pending'`.execute(db)
}

/** Gives the letters of a job the outcome that they were taken, and their notices the state that follows. Returns how many letters. */
export async function acceptLetters(
  db: Db,
  job: { printJobId: string; campaignId: string; reason: string; at: Date },
): Promise<{ letters: number; delivered: number }> {
  const accepted = await sql`
    update outreach.deliveries d set outcome = 'accepted', ended_at = ${job.at}::timestamptz, answer_text = 'handed to the printer'
      from outreach.letters l
     where l.print_job_id = ${job.printJobId}::uuid and d.buyer_id = l.buyer_id and d.campaign_id = l.campaign_id and d.wave = l.wave
       and d.channel = 'letter' and d.attempt = l.attempt and d.outcome is null`.execute(db)
  const toldAll = sql`n.units = l.units and n.answer = l.answer`
  // A notice that was delivered by another way meanwhile stays so. One that has grown since the letter was written stays pending.
  const { rows } = await sql<{ delivered: number }>`
    with moved as (
      update outreach.notices n
         set state = case when ${toldAll} then 'delivered' else n.state end,
             state_reason = case when ${toldAll} then ${job.reason} else n.state_reason end,
             state_at = ${job.at}::timestamptz
        from outreach.letters l
       where l.print_job_id = ${job.printJobId}::uuid and n.buyer_id = l.buyer_id and n.campaign_id = l.campaign_id and n.state = 'pending'
      returning n.state
    )
    select count(*) filter (where state = 'delivered')::int as delivered from moved`.execute(db)
  return { letters: Number(accepted.numAffectedRows ?? 0n), delivered: rows[0]!.delivered }
}

export type PostedLetter = { printNo: number; sequence: number; noticeId: string; channel: Channel; wave: number; handedOver: boolean }

/** The letters of these numbers, as far as they are known. */
export async function selectLetters(db: Db, numbers: readonly { printNo: number; sequence: number }[]): Promise<PostedLetter[]> {
  const { rows } = await sql<PostedLetter>`
    select j.print_no as "printNo", l.sequence, n.notice_id as "noticeId", 'letter' as channel, l.wave,
           exists (select from outreach.print_job_steps s where s.print_job_id = j.print_job_id and s.step = 'handed_over') as "handedOver"
      from unnest(${numbers.map((each) => each.printNo)}::int[], ${numbers.map((each) => each.sequence)}::int[]) as asked (print_no, sequence)
      join outreach.print_jobs j on j.print_no = asked.print_no
      join outreach.letters l on l.print_job_id = j.print_job_id and l.sequence = asked.sequence
      join outreach.notices n on n.buyer_id = l.buyer_id and n.campaign_id = l.campaign_id`.execute(db)
  return rows
}

/**
 * Jobs whose files are to go: handed over before this time, or withdrawn, with their files still there; and those made before it that nobody
 * handed over.
 */
export async function selectOverdue(db: Db, before: Date): Promise<{ printJobId: string; forgotten: boolean }[]> {
  const { rows } = await sql<{ printJobId: string; forgotten: boolean }>`
    select j.print_job_id as "printJobId", handed.at is null and gone.at is null as forgotten
      from outreach.print_jobs j
      join outreach.print_job_steps asked on asked.print_job_id = j.print_job_id and asked.step = 'asked'
      left join outreach.print_job_steps handed on handed.print_job_id = j.print_job_id and handed.step = 'handed_over'
      left join outreach.print_job_steps gone on gone.print_job_id = j.print_job_id and gone.step = 'withdrawn'
     where not exists (select from outreach.print_job_steps s where s.print_job_id = j.print_job_id and s.step = 'files_deleted')
       and (gone.at is not null or coalesce(handed.at, asked.at) < ${before}::timestamptz)
     order by j.print_no
     limit 100`.execute(db)
  return rows
}
