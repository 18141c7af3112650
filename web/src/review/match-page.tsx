/** One match opened: both texts with the places that the reasons rest on, the weight, what is at stake, and the ruling. */
import { useMemo, useState } from 'react'
import { Link, useLoaderData, useNavigate, useSearchParams, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router'
import { get, newKey, post } from '../api.ts'
import { api, paths } from '../paths.ts'
import type { Ruled } from '../recalls/types.ts'
import { Patterns } from '../ui/bars.tsx'
import { Note, PageHead } from '../ui/blocks.tsx'
import { count, recallName } from '../ui/format.ts'
import { useKeys, type Keys } from '../ui/keys.tsx'
import { tablesSearch, tablesShown } from '../ui/picture.tsx'
import { inSentence, word } from '../ui/words.ts'
import { Exposure } from './exposure.tsx'
import { History } from './history.tsx'
import { neighbours } from './neighbours.ts'
import { filtersIn, useQueue } from './queue.ts'
import styles from './review.module.css'
import { RulingForm, type RulingAnswer } from './ruling-form.tsx'
import { Severity } from './severity.tsx'
import { ListingText, RecallSide } from './texts.tsx'
import type { QueueItem, ReviewedMatch } from './types.ts'
import { inOrder } from './waterfall.ts'
import { WeightPicture } from './weight.tsx'

export function loader({ params, request }: LoaderFunctionArgs): Promise<ReviewedMatch> {
  return get<ReviewedMatch>(api.reviewMatch(params['recallId'] ?? '', params['listingId'] ?? ''), request.signal)
}

/** A ruling. What is missing is said beside its field, without asking the server. */
export async function action({ params, request }: ActionFunctionArgs): Promise<RulingAnswer> {
  const form = await request.formData()
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const [ruling, reason, listing_id] = [text('ruling'), text('reason'), params['listingId'] ?? '']
  if (ruling === '') return { ok: false, field: 'ruling', message: 'Choose what this listing is.' }
  if (reason === '') return { ok: false, field: 'reason', message: 'Write the reason. The seller can read it.' }
  const answer = await post<Ruled & { decision_no: number }>(
    api.decisions(params['recallId'] ?? ''),
    { listing_id, ruling, reason },
    newKey(),
  )
  if (!answer.ok) return { ok: false, field: answer.problem.field, message: answer.problem.message }
  const stoppedBy = text('stopped_by')
  if (ruling !== 'no' || stoppedBy === '') return { ok: true, ruled: answer.value, release: null }
  // A stop never ends by one person: the ruling stands, and the release waits for a second one.
  const asked = await post(api.campaignReleases(stoppedBy), { listing_id, reason }, newKey())
  return { ok: true, ruled: answer.value, release: asked.ok ? { ok: true } : { ok: false, message: asked.problem.message } }
}

export function Component() {
  const match = useLoaderData<typeof loader>()
  // The page starts afresh with each match: nothing typed for one is saved for another.
  return <MatchPage key={`${match.recall_id} ${match.listing_id}`} match={match} />
}

function MatchPage({ match }: { match: ReviewedMatch }) {
  const [active, setActive] = useState<number | null>(null)
  const reasons = useMemo(() => inOrder(match.reasons), [match.reasons])
  const { at, before, after } = neighbours(useQueue().items, match)
  const way = useWay(before, after)
  useTableKey()
  return (
    <>
      <Patterns />
      <PageHead
        title={match.listing.title.trim() === '' ? `Listing ${match.listing_id}` : match.listing.title}
        crumbs={[{ to: way.queue, name: 'Review' }]}
        lead={<Lead match={match} />}
        action={<Way at={at} way={way} />}
      />
      <div className={styles['match']}>
        <div className={styles['evidence']}>
          <Asked match={match} />
          <div className={styles['texts']}>
            <ListingText listing={match.listing} reasons={reasons} active={active} />
            <RecallSide recall={match.recall} recallId={match.recall_id} reasons={reasons} active={active} />
          </div>
          <WeightPicture match={match} active={active} setActive={setActive} />
        </div>
        <div className={styles['side']}>
          <RulingForm match={match} next={way.next} />
          <Exposure match={match} />
          <History match={match} />
        </div>
      </div>
    </>
  )
}

function Lead({ match }: { match: ReviewedMatch }) {
  const { listing, recall } = match
  return (
    <p>
      <Link to={paths.review({ seller: listing.seller_id })} className="quiet">
        {listing.seller_name}
      </Link>
      , listing <span className="mono">{match.listing_id}</span>, beside{' '}
      <Link to={paths.recall(match.recall_id)} className="quiet">
        {recallName(recall.agency, recall.recall_number)}
      </Link>
      . Danger: <Severity severity={match.severity} />
    </p>
  )
}

/** Why a person is asked, or why nobody is any more. */
function Asked({ match }: { match: ReviewedMatch }) {
  const says = `The engine says “${inSentence(match.engine_answer)}”.`
  if (match.why === 'review') {
    return <Note title={`${says} It leaves the decision to you.`}>{match.missing !== null && <p>What is missing: {match.missing}</p>}</Note>
  }
  if (match.why === 'confirm') return <Note title={`${says} It is sure enough to stop the listing at once; a person confirms.`} />
  if (match.why === 'changed') {
    const ruled = match.rulings[0]
    const revised = ruled !== undefined && ruled.revision !== null && ruled.revision < match.revision
    return (
      <Note
        kind="problem"
        title={`The ${revised ? 'recall was revised' : 'listing was changed'} since the ruling, and now the engine says “${inSentence(match.engine_answer)}”.`}
      >
        <p>
          Ruled “{inSentence(match.ruling ?? 'no')}”{revised && ` on revision ${ruled.revision}; now it is revision ${match.revision}`}
          {ruled !== undefined && ruled.engine_answer !== null && `. The engine said “${inSentence(ruled.engine_answer)}” then`}. Look
          again: rule as before, or otherwise.
        </p>
      </Note>
    )
  }
  return (
    <Note title={match.ruling === null ? 'Nobody needs to look at this match.' : `Ruled “${word(match.ruling)}”. Nothing waits here.`} />
  )
}

type Ways = { queue: string; next: string; previous: string | null; hasNext: boolean }

/** Where `j`, `k` and a saved ruling lead: through the queue as the address filters it, then to its next page. */
function useWay(before: QueueItem | null, after: QueueItem | null): Ways {
  const [search] = useSearchParams()
  const { next: cursor } = useQueue()
  const navigate = useNavigate()
  const way = useMemo<Ways>(() => {
    const kept = { ...filtersIn(search), cursor: search.get('cursor') }
    const to = (item: QueueItem | null) => (item === null ? null : paths.reviewMatch(item.recall_id, item.listing_id, kept))
    const queue = paths.review(kept)
    const further = cursor === null ? queue : paths.review({ ...filtersIn(search), cursor })
    return { queue, next: to(after) ?? further, previous: to(before), hasNext: after !== null || cursor !== null }
  }, [search, cursor, before, after])
  const keys = useMemo<Keys>(
    () => ({
      j: { does: 'Next match', run: () => void navigate(way.next) },
      k: { does: 'Match before', run: () => void navigate(way.previous ?? way.queue) },
    }),
    [navigate, way],
  )
  useKeys(keys)
  return way
}

function Way({ at, way }: { at: number; way: Ways }) {
  const { counts } = useQueue()
  const [search] = useSearchParams()
  return (
    <nav className={styles['way']} aria-label="Through the queue">
      {at >= 0 && !search.has('cursor') && (
        <span className="dim number">
          {count(at + 1)} of {count(counts.open)}
        </span>
      )}
      {way.previous !== null && <Link to={way.previous}>Previous</Link>}
      <Link to={way.next}>{way.hasNext ? 'Next' : 'Back to the queue'}</Link>
    </nav>
  )
}

/** `t` turns the picture of the weight into its table and back. */
function useTableKey(): void {
  const [search] = useSearchParams()
  const navigate = useNavigate()
  const keys = useMemo<Keys>(() => {
    const shown = tablesShown(search).has('weight')
    const run = () => void navigate(tablesSearch(search, shown ? [] : ['weight']), { replace: true, preventScrollReset: true })
    return { t: { does: 'The weight as a table, or as a picture', run } }
  }, [search, navigate])
  useKeys(keys)
}
