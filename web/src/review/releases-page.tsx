/** Releases that one officer asked for and another one confirms. */
import { Button, Textarea } from '@mantine/core'
import { Link, useFetcher, useLoaderData, useSearchParams, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router'
import { get, newKey, post } from '../api.ts'
import type { List } from '../campaigns/types.ts'
import { api, paths } from '../paths.ts'
import { Actor } from '../ui/actor.tsx'
import { PageHead } from '../ui/blocks.tsx'
import { Empty } from '../ui/empty.tsx'
import { recallIdName } from '../ui/format.ts'
import { ListFoot } from '../ui/list.tsx'
import { useStaff } from '../ui/shell.tsx'
import { Ago } from '../ui/time.tsx'
import styles from './review.module.css'
import type { WaitingRelease } from './types.ts'

export function loader({ request }: LoaderFunctionArgs): Promise<List<WaitingRelease>> {
  return get<List<WaitingRelease>>(api.waitingReleases({ cursor: new URL(request.url).searchParams.get('cursor') }), request.signal)
}

type Answered = { key: string; ok: boolean; message: string }

export async function action({ request }: ActionFunctionArgs): Promise<Answered> {
  const form = await request.formData()
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const [campaign, listing, reason] = [text('campaign_id'), text('listing_id'), text('reason')]
  const answer = text('answer') === 'confirm' ? 'confirm' : 'refuse'
  const key = `${campaign} ${listing}`
  if (answer === 'refuse' && reason === '') return { key, ok: false, message: 'Write why it stays stopped.' }
  const body = reason === '' ? {} : { reason }
  const done = await post<{ units?: number }>(api.answerRelease(campaign, listing, answer), body, newKey())
  if (!done.ok) return { key, ok: false, message: done.problem.message }
  const said = answer === 'confirm' ? 'is released: it may be sold again, and its seller can read why' : 'stays stopped'
  return { key, ok: true, message: `“${text('title')}” ${said}.` }
}

export function Component() {
  const { items, next } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const fetcher = useFetcher<Answered>()
  const answered = fetcher.state === 'idle' ? fetcher.data : undefined
  return (
    <>
      <PageHead
        title="Releases to confirm"
        lead={<p>One officer asks for the end of a stop, another one confirms it. Until then nobody can buy the listing.</p>}
      />
      <output className={styles['answered']}>{answered?.ok === true ? answered.message : ''}</output>
      {items.length === 0 ? (
        <Empty title="No release waits">
          <p>A release comes here when an officer rules that a stopped listing is not affected, or asks for its release on the campaign.</p>
        </Empty>
      ) : (
        <ul className={styles['releases']}>
          {items.map((item) => (
            <Release key={`${item.campaign_id} ${item.listing_id}`} item={item} fetcher={fetcher} />
          ))}
        </ul>
      )}
      <ListFoot shown={items.length} next={next} csv={api.waitingReleases({ format: 'csv' })} />
      {search.has('cursor') && <Link to="?">Back to the oldest</Link>}
    </>
  )
}

function Release({ item, fetcher }: { item: WaitingRelease; fetcher: ReturnType<typeof useFetcher<Answered>> }) {
  const staff = useStaff()
  const own = staff?.user_id !== undefined && item.asked_by === `officer:${staff.user_id}`
  const problem = fetcher.data?.key === `${item.campaign_id} ${item.listing_id}` && !fetcher.data.ok ? fetcher.data.message : null
  const busy = fetcher.state !== 'idle' && fetcher.formData?.get('listing_id') === item.listing_id
  const id = `release-${item.campaign_id}-${item.listing_id}`
  return (
    <li aria-labelledby={id}>
      <h2 id={id}>
        <Link to={paths.reviewMatch(item.recall_id, item.listing_id)}>{item.title}</Link>
      </h2>
      <p className="dim">
        {item.seller_name} · <Link to={paths.campaign(item.campaign_id)}>campaign {recallIdName(item.recall_id)}</Link> · asked for by{' '}
        <Actor actor={item.asked_by} />, <Ago at={item.asked_at} />
      </p>
      <p>{item.reason}</p>
      <fetcher.Form method="post" className={styles['form']} noValidate>
        <input type="hidden" name="campaign_id" value={item.campaign_id} />
        <input type="hidden" name="listing_id" value={item.listing_id} />
        <input type="hidden" name="title" value={item.title} />
        {own && <p>You asked for this release yourself, so another officer confirms it. You can take it back.</p>}
        <Textarea
          id={`${id}-reason`}
          name="reason"
          label={own ? 'Why you take it back' : 'Reason'}
          description={own ? undefined : 'Needed where you refuse. It is kept with your name.'}
          rows={2}
          maxLength={4000}
          error={problem}
        />
        <div className="row">
          {!own && (
            <Button type="submit" name="answer" value="confirm" loading={busy}>
              Confirm the release
            </Button>
          )}
          <Button type="submit" name="answer" value="refuse" variant="default" loading={busy}>
            {own ? 'Take the request back' : 'Refuse: it stays stopped'}
          </Button>
        </div>
      </fetcher.Form>
    </li>
  )
}
