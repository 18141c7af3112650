/** Every listing this recall was compared with: the answer, its weight and reasons, and a ruling on it. Worked from the keyboard. */
import { useEffect, useMemo, useRef, type RefObject } from 'react'
import { Link, useFetcher, useSearchParams } from 'react-router'
import type { List } from '../campaigns/types.ts'
import { api, changedSearch } from '../paths.ts'
import { Actor } from '../ui/actor.tsx'
import { Empty } from '../ui/empty.tsx'
import { Evidence } from '../ui/evidence.tsx'
import { count, recallIdName, weight } from '../ui/format.ts'
import { useKeys, type Keys } from '../ui/keys.tsx'
import { ListFoot } from '../ui/list.tsx'
import { State } from '../ui/state.tsx'
import tableStyles from '../ui/table.module.css'
import { inSentence, word } from '../ui/words.ts'
import styles from './recalls.module.css'
import { Ruling, type RulingAnswer } from './ruling.tsx'
import type { Answer, Match, RecallDetail } from './types.ts'

type RulingFetcher = ReturnType<typeof useFetcher<RulingAnswer>>

const ANSWERS: readonly Answer[] = ['affected', 'possibly', 'no']

export function Matches({ detail, matches }: { detail: RecallDetail; matches: List<Match> }) {
  const [search] = useSearchParams()
  const list = useRef<HTMLUListElement>(null)
  const fetcher = useFetcher<RulingAnswer>()
  useQueueKeys(list)
  useNextAfterRuling(list, fetcher.data)
  return (
    <section id="matches" className={styles['section']} aria-labelledby="matches-title">
      <h2 id="matches-title">Listings compared</h2>
      <AnswerFilter detail={detail} />
      <output className={styles['ruled']}>{fetcher.state === 'idle' && fetcher.data?.ok === true ? fetcher.data.effect : ''}</output>
      {matches.items.length === 0 ? (
        <NoMatches filtered={search.has('answer') || search.has('tier')} />
      ) : (
        <ul ref={list} className={styles['matches']}>
          {matches.items.map((match) => (
            <MatchItem
              key={match.listing_id}
              match={match}
              asked={detail.recall_id}
              campaignOpen={detail.campaign_id !== null}
              fetcher={fetcher}
            />
          ))}
        </ul>
      )}
      <ListFoot
        shown={matches.items.length}
        next={matches.next}
        csv={api.matches(detail.recall_id, { answer: search.get('answer'), tier: search.get('tier'), format: 'csv' })}
      />
    </section>
  )
}

function AnswerFilter({ detail }: { detail: RecallDetail }) {
  const [search] = useSearchParams()
  const answer = search.get('answer') ?? ''
  const review = search.get('tier') === 'review'
  return (
    <nav className={tableStyles['filter']} aria-label="Filter by answer">
      {['', ...ANSWERS].map((each) => (
        <Link
          key={each}
          to={changedSearch(search, { answer: each, tier: null })}
          aria-current={!review && answer === each ? 'true' : undefined}
          preventScrollReset
        >
          {each === '' ? 'All' : `${word(each)} ${count(detail.counts[each as Answer])}`}
        </Link>
      ))}
      <Link to={changedSearch(search, { answer: null, tier: 'review' })} aria-current={review ? 'true' : undefined} preventScrollReset>
        For review
      </Link>
    </nav>
  )
}

function NoMatches({ filtered }: { filtered: boolean }) {
  return filtered ? (
    <Empty title="No listing has this answer">
      <p>Choose “All” to see every listing this recall was compared with.</p>
    </Empty>
  ) : (
    <Empty title="No listing here is like this product">
      <p>
        Screening compared this recall with every listing and found none worth a look. New listings are compared when they are imported.
      </p>
    </Empty>
  )
}

function MatchItem(props: { match: Match; asked: string; campaignOpen: boolean; fetcher: RulingFetcher }) {
  const { match, asked, campaignOpen, fetcher } = props
  return (
    <li data-listing={match.listing_id}>
      <details>
        <summary>
          <State state={match.answer} />
          <span className={styles['listing']}>
            {match.title}
            <span className="dim small">
              {[match.brand, match.seller_name].filter(Boolean).join(' · ')} · <span className="mono">{match.listing_id}</span>
              {match.recall_id !== asked && <> · named by {recallIdName(match.recall_id)}</>}
            </span>
          </span>
          <span className="dim">{match.ruling === null ? word(match.tier).toLowerCase() : 'ruled'}</span>
          <span className="number">
            {weight(match.weight)} <span className="dim">bits</span>
          </span>
        </summary>
        <div className={styles['match']}>
          <div className="stack">
            <h3>Why the engine says “{inSentence(match.engine_answer)}”</h3>
            <Evidence reasons={match.reasons} total={match.weight} />
          </div>
          <div className="stack">
            {match.ruling !== null && (
              <p>
                Ruled “{inSentence(match.ruling)}”
                {match.decided_by !== null && (
                  <>
                    {' '}
                    by <Actor actor={match.decided_by} />
                  </>
                )}
                {match.decision_reason === null ? '.' : `: ${match.decision_reason}`}
              </p>
            )}
            <Ruling match={match} campaignOpen={campaignOpen} fetcher={fetcher} />
          </div>
        </div>
      </details>
    </li>
  )
}

/** `j` and `k` walk the list; `a`, `p` and `n` open a match with that ruling chosen and the cursor in its reason. */
function useQueueKeys(list: RefObject<HTMLUListElement | null>): void {
  useKeys(useMemo<Keys>(() => queueKeys(list), [list]))
}

function queueKeys(list: RefObject<HTMLUListElement | null>): Keys {
  const summaries = () => Array.from(list.current?.querySelectorAll<HTMLElement>(':scope > li > details > summary') ?? [])
  const here = (all: HTMLElement[]) => all.findIndex((summary) => summary.parentElement?.contains(document.activeElement) === true)
  function walk(step: number): void {
    const all = summaries()
    const at = here(all)
    all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)]?.focus()
  }
  function rule(ruling: Answer): void {
    const all = summaries()
    const item = all[Math.max(here(all), 0)]?.parentElement
    if (!(item instanceof HTMLDetailsElement)) return
    item.open = true
    item.querySelector<HTMLInputElement>(`input[value="${ruling}"]`)?.click()
    item.querySelector('textarea')?.focus()
  }
  return {
    j: { does: 'Next listing', run: () => walk(1) },
    k: { does: 'Listing before', run: () => walk(-1) },
    a: { does: 'Rule: affected', run: () => rule('affected') },
    p: { does: 'Rule: possibly affected', run: () => rule('possibly') },
    n: { does: 'Rule: not affected', run: () => rule('no') },
  }
}

/** After a ruling the next listing of the queue has the focus: the one below, or the one that moved up where the ruled one left the list. */
function useNextAfterRuling(list: RefObject<HTMLUListElement | null>, ruled: RulingAnswer | undefined): void {
  const handled = useRef<RulingAnswer>(undefined)
  const place = useRef(-1)
  useEffect(() => {
    const items = Array.from(list.current?.children ?? [])
    const at = items.findIndex((item) => item.contains(document.activeElement))
    if (at >= 0) place.current = at
    if (ruled?.ok !== true || handled.current === ruled) return
    handled.current = ruled
    const stayed = items.findIndex((item) => item.getAttribute('data-listing') === ruled.listing_id)
    const next = items[stayed >= 0 ? stayed + 1 : Math.min(place.current, items.length - 1)]
    if (stayed >= 0) items[stayed]?.querySelector('details')?.removeAttribute('open')
    next?.querySelector('summary')?.focus()
  })
}
