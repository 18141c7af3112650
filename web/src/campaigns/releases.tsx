/** Releases: those that wait for a second person, and asking for one. */
import { Button, TextInput, Textarea } from '@mantine/core'
import { useRouteLoaderData, type useFetcher } from 'react-router'
import type { Staff } from '../api.ts'
import { Actor } from '../ui/actor.tsx'
import { count } from '../ui/format.ts'
import { Ago } from '../ui/time.tsx'
import styles from './campaigns.module.css'
import type { ChangeAnswer } from './changes-page.tsx'
import type { Release } from './types.ts'

type Fetcher = ReturnType<typeof useFetcher<ChangeAnswer>>

export function WaitingReleases({ releases, fetcher }: { releases: readonly Release[]; fetcher: Fetcher }) {
  return (
    <section className="stack" aria-labelledby="waiting-title">
      <h2 id="waiting-title">
        {releases.length === 0 ? 'No release waits' : `Releases that wait for a second person: ${count(releases.length)}`}
      </h2>
      {releases.length === 0 && <p>When somebody asks for the release of a stopped listing, another safety officer confirms it here.</p>}
      <ReleaseAll releases={releases} fetcher={fetcher} />
      {releases.map((release) => (
        <Waiting key={`${release.listing_id} ${release.request_no}`} release={release} fetcher={fetcher} />
      ))}
    </section>
  )
}

/** For a narrower recall there may be hundreds: whoever has looked at the list below confirms them together, but for their own. */
function ReleaseAll({ releases, fetcher }: { releases: readonly Release[]; fetcher: Fetcher }) {
  const staff = useRouteLoaderData<Staff | null>('shell') ?? null
  const others = releases.filter((release) => staff?.user_id === undefined || release.asked_by !== `officer:${staff.user_id}`)
  const problem = fetcher.data?.form === 'all' && !fetcher.data.ok ? fetcher.data : null
  if (others.length < 2) return null
  return (
    <fetcher.Form method="post" className="stack" noValidate>
      <input type="hidden" name="form" value="all" />
      {others.map((release) => (
        <input key={release.listing_id} type="hidden" name="listing" value={release.listing_id} />
      ))}
      <div className="row">
        <Button type="submit" name="verb" value="confirm-all" variant="default" loading={fetcher.formData?.get('form') === 'all'}>
          Release all {count(others.length)} below that others asked for
        </Button>
      </div>
      {problem !== null && <strong role="alert">{problem.message}</strong>}
    </fetcher.Form>
  )
}

function Waiting({ release, fetcher }: { release: Release; fetcher: Fetcher }) {
  const staff = useRouteLoaderData<Staff | null>('shell') ?? null
  const own = staff?.user_id !== undefined && release.asked_by === `officer:${staff.user_id}`
  const form = `release ${release.listing_id}`
  const problem = fetcher.data?.form === form && !fetcher.data.ok ? fetcher.data : null
  const answering = (verb: string) =>
    fetcher.state !== 'idle' && fetcher.formData?.get('form') === form && fetcher.formData.get('verb') === verb
  return (
    <fetcher.Form method="post" className={styles['waiting']} noValidate aria-label={`Release of ${release.title}`}>
      <input type="hidden" name="form" value={form} />
      <input type="hidden" name="listing" value={release.listing_id} />
      <h3>
        {release.title} <span className="dim mono">{release.listing_id}</span>
      </h3>
      <p>
        Asked for by <Actor actor={release.asked_by} />, <Ago at={release.asked_at} />
        {release.revision === null ? '' : `, because of revision ${release.revision}`}. Seller: {release.seller_name}.
      </p>
      <p>Reason: {release.reason}</p>
      <Textarea
        name="reason"
        label={own ? 'Why you take it back' : 'Why not, if you refuse'}
        rows={2}
        maxLength={4000}
        error={problem?.field === 'reason' ? problem.message : undefined}
      />
      <div className="row">
        {!own && (
          <Button type="submit" name="verb" value="confirm" loading={answering('confirm')}>
            Release this listing
          </Button>
        )}
        <Button type="submit" name="verb" value="refuse" variant="default" loading={answering('refuse')}>
          {own ? 'Take it back' : 'Refuse'}
        </Button>
      </div>
      {own && <p className="dim">You asked for this, so another safety officer has to confirm it.</p>}
      {problem !== null && problem.field !== 'reason' && <strong role="alert">{problem.message}</strong>}
    </fetcher.Form>
  )
}

export function AskForRelease({ fetcher }: { fetcher: Fetcher }) {
  const problem = fetcher.data?.form === 'ask' && !fetcher.data.ok ? fetcher.data : null
  const saved = fetcher.data?.form === 'ask' && fetcher.data.ok
  const error = (field: string) => (problem?.field === field ? problem.message : undefined)
  return (
    <section className="stack" aria-labelledby="ask-title">
      <h2 id="ask-title">Ask for a release</h2>
      <p>When a stopped listing turns out not to be the recalled product. Its stop ends when another safety officer confirms.</p>
      {/* What was saved starts the form afresh. */}
      <fetcher.Form method="post" className={styles['ask']} key={saved ? 'saved' : 'open'} noValidate>
        <input type="hidden" name="form" value="ask" />
        <TextInput
          name="listing"
          label="Listing"
          description="Its id, as in the table of listings."
          maxLength={200}
          error={error('listing_id')}
        />
        <Textarea
          name="reason"
          label="Reason for the release"
          description="Its seller reads it when the listing is released."
          rows={2}
          maxLength={4000}
          error={error('reason')}
        />
        <div className="row">
          <Button
            type="submit"
            name="verb"
            value="ask"
            variant="default"
            loading={fetcher.state !== 'idle' && fetcher.formData?.get('form') === 'ask'}
          >
            Ask for the release
          </Button>
        </div>
        {problem !== null && problem.field !== 'reason' && problem.field !== 'listing_id' && (
          <strong role="alert">{problem.message}</strong>
        )}
      </fetcher.Form>
    </section>
  )
}
