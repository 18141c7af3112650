/** One recall: what the agency says, the scope as we read it, and every listing it was compared with. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import { Link, useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router'
import { get, newKey, post } from '../api.ts'
import type { List } from '../campaigns/types.ts'
import { api, changedSearch, paths } from '../paths.ts'
import { Patterns } from '../ui/bars.tsx'
import { PageHead } from '../ui/blocks.tsx'
import { count, counted, day, recallName } from '../ui/format.ts'
import { Exact } from '../ui/time.tsx'
import { word } from '../ui/words.ts'
import { Expansions, JointNotices } from './joint.tsx'
import type { CorrectionAnswer } from './correction.tsx'
import { fieldNamed, readGiven } from './corrections.ts'
import { FollowUp, Withdrawn } from './follow-up.tsx'
import { Matches } from './matches.tsx'
import { HazardNote, Photos, RecallText } from './recall-text.tsx'
import styles from './recalls.module.css'
import type { RulingAnswer } from './ruling.tsx'
import { EvidenceProvider } from './said.tsx'
import { ScopeFacts } from './scope-facts.tsx'
import type { Correction, Match, RecallDetail, Ruled } from './types.ts'

type Loaded = { detail: RecallDetail; matches: List<Match>; corrections: List<Correction> }

export async function loader({ params, request }: LoaderFunctionArgs): Promise<Loaded> {
  const id = params['recallId'] ?? ''
  const search = new URL(request.url).searchParams
  const [detail, matches, corrections] = await Promise.all([
    get<RecallDetail>(api.recall(id), request.signal),
    get<List<Match>>(
      api.matches(id, { answer: search.get('answer'), tier: search.get('tier'), cursor: search.get('cursor') }),
      request.signal,
    ),
    get<List<Correction>>(api.corrections(id), request.signal),
  ])
  return { detail, matches, corrections }
}

/** A ruling on a match, or a correction of what was read. What is missing is said beside its field, without asking the server. */
export async function action({ params, request }: ActionFunctionArgs): Promise<RulingAnswer | CorrectionAnswer> {
  const form = await request.formData()
  return form.has('intent') ? await correct(params['recallId'] ?? '', form) : await rule(params['recallId'] ?? '', form)
}

async function rule(recallId: string, form: FormData): Promise<RulingAnswer> {
  const [listing_id, ruling, reason] = [text(form, 'listing_id'), text(form, 'ruling'), text(form, 'reason').trim()]
  const refuse = (field: string | null, message: string): RulingAnswer => ({ listing_id, ok: false, field, message })
  if (ruling === '') return refuse('ruling', 'Choose what this listing is.')
  if (reason === '') return refuse('reason', 'Write the reason. A ruling without one cannot be checked later.')
  // Of recalls that are one, a listing is ruled on by the one that names it.
  const named = text(form, 'recall_id') || recallId
  const answer = await post<Ruled>(api.decisions(named), { listing_id, ruling, reason }, newKey())
  return answer.ok ? { listing_id, ok: true, effect: effectOf(answer.value) } : refuse(answer.problem.field, answer.problem.message)
}

async function correct(recallId: string, form: FormData): Promise<CorrectionAnswer> {
  const [name, reason, correctionNo] = [text(form, 'field'), text(form, 'reason').trim(), text(form, 'correction_no')]
  const field = fieldNamed(name)
  const refuse = (at: string | null, message: string): CorrectionAnswer => ({ field: name, ok: false, at, message })
  if (field === null) return refuse(null, 'This field cannot be corrected.')
  const withdraws = text(form, 'intent') === 'withdraw'
  const given = readGiven(field.kind, form.getAll('value').map(String), text(form, 'currency'))
  if (!withdraws && !given.ok) return refuse('value', given.message)
  if (reason === '') return refuse('reason', 'Write the reason. A correction without one cannot be checked later.')
  const answer = withdraws
    ? await post<Correction>(api.withdrawCorrection(recallId, Number(correctionNo)), { reason }, newKey())
    : await post<Correction>(api.corrections(recallId), { field: name, value: given.ok ? given.value : null, reason }, newKey())
  // The server names the field by its name in the API; beside its own input that is said already.
  if (!answer.ok) return refuse(answer.problem.field, answer.problem.message.replace(new RegExp(`^${name}[^:]*: `), '').replace(/^./, (letter) => letter.toUpperCase())) // prettier-ignore
  return { field: name, ok: true, effect: withdraws ? `The correction of “${field.name}” is withdrawn.` : `“${field.name}” is corrected.` }
}

/** What the ruling did, for the one who ruled. */
function effectOf({ campaign, ruling }: Ruled): string {
  if (campaign === null) return 'Ruling saved.'
  if (campaign.effect === 'extended')
    return 'Ruling saved. The campaign now covers this listing: it is stopped, and its buyers are being told.'
  if (ruling === 'affected') return 'Ruling saved. The campaign had stopped this listing already.'
  return 'Ruling saved. The campaign goes on as it was: a stop ends only by a release.'
}

function text(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

export function Component() {
  const { detail, matches, corrections } = useLoaderData<typeof loader>()
  const { recall } = detail
  const [saved, setSaved] = useState('')
  return (
    <EvidenceProvider spans={detail.spans}>
      <Patterns />
      <PageHead
        title={recall.title}
        crumbs={[{ to: paths.recalls(), name: 'Recalls' }]}
        lead={<Lead detail={detail} />}
        action={<MainAction detail={detail} />}
      />
      <FollowUp detail={detail} saved={saved} />
      <div className={styles['recall']}>
        <div className={styles['text']}>
          <h2>What the recall says</h2>
          <HazardNote recall={recall} />
          <RecallText recall={recall} />
          <Photos recall={recall} />
        </div>
        <section className={styles['side']} aria-labelledby="scope-title">
          <h2 id="scope-title">Scope as read</h2>
          <p className="dim">
            An underlined value leads to the words that say it. Any other stands in a field of the agency’s own, or only its text as a whole
            says it.
          </p>
          <ScopeFacts recall={recall} corrections={corrections.items} onSaved={setSaved} />
          <Withdrawn recall={recall} corrections={corrections.items} />
        </section>
      </div>
      <JointNotices detail={detail} />
      <Expansions detail={detail} />
      <Matches detail={detail} matches={matches} />
      {detail.revisions.length > 1 && <Revisions detail={detail} />}
    </EvidenceProvider>
  )
}

function Lead({ detail }: { detail: RecallDetail }) {
  const { recall, revision, counts } = detail
  return (
    <>
      <p>
        {recallName(recall.agency, recall.recall_number)} · {word(recall.kind)}, published {day(recall.published_on)} · revision {revision}
        {recall.url !== null && (
          <>
            {' · '}
            <a href={recall.url} rel="noreferrer" target="_blank">
              {recall.agency}'s own page
            </a>
          </>
        )}
      </p>
      <p>
        Here:{' '}
        <Link to={{ search: changedSearch(new URLSearchParams(), { answer: 'affected' }), hash: 'matches' }} className="quiet">
          {counted(counts.affected, 'listing')} affected
        </Link>
        ,{' '}
        <Link to={{ search: changedSearch(new URLSearchParams(), { answer: 'possibly' }), hash: 'matches' }} className="quiet">
          {count(counts.possibly)} possibly affected
        </Link>
        .
      </p>
    </>
  )
}

function MainAction({ detail }: { detail: RecallDetail }) {
  if (detail.campaign_id !== null) {
    return (
      <Button component={Link} to={paths.campaign(detail.campaign_id)}>
        See the campaign
      </Button>
    )
  }
  if (detail.joins_campaign !== null) {
    return (
      <Button component={Link} to={paths.campaign(detail.joins_campaign)}>
        Add to the open campaign
      </Button>
    )
  }
  return (
    <Button component={Link} to={paths.openCampaign(detail.recall_id)}>
      Open campaign
    </Button>
  )
}

function Revisions({ detail }: { detail: RecallDetail }) {
  return (
    <section className={`stack ${styles['section']}`} aria-labelledby="revisions-title">
      <h2 id="revisions-title">Revisions</h2>
      <ol className="stack">
        {detail.revisions.map((each) => (
          <li key={each.revision}>
            {each.revision}. {each.title}{' '}
            <span className="dim">
              recorded <Exact at={each.recorded_at} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
