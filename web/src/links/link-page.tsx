/** One pair of recalls side by side, why they may be one, and a person's ruling. */
import { Button, Radio, Textarea } from '@mantine/core'
import { useMemo, useRef } from 'react'
import {
  Form,
  Link,
  redirect,
  useActionData,
  useLoaderData,
  useNavigate,
  useNavigation,
  useSearchParams,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router'
import { ApiProblem, get, newKey, post } from '../api.ts'
import type { List } from '../campaigns/types.ts'
import { api, paths } from '../paths.ts'
import type { Recall } from '../recalls/types.ts'
import { Actor } from '../ui/actor.tsx'
import { Note, PageHead } from '../ui/blocks.tsx'
import { recallIdName, recallName } from '../ui/format.ts'
import { useKeys, type Keys } from '../ui/keys.tsx'
import { Ago } from '../ui/time.tsx'
import { ASKED, readRuled, ruledSearch, ruledText } from './asks.ts'
import styles from './links.module.css'
import { pairAfter, pairBefore, pairFacts } from './pair.ts'
import { refreshProposedCount } from './proposed-count.ts'
import type { LinkRuling, RecallPair } from './types.ts'
import { Undo } from './undo.tsx'

const REASON_LENGTH_MAX = 2_000

type Data = { pair: RecallPair; waiting: RecallPair[] }
export type RulingProblem = { field: string | null; message: string }

export async function loader({ params, request }: LoaderFunctionArgs): Promise<Data> {
  const asked = { recall_id: params['recallId'] ?? '', other_recall_id: params['otherId'] ?? '' }
  const [found, waiting] = await Promise.all([
    get<List<RecallPair>>(api.links(asked), request.signal),
    get<List<RecallPair>>(api.links({ standing: 'proposed', limit: '50' }), request.signal),
  ])
  const pair = found.items[0]
  if (pair === undefined) throw new ApiProblem(404, 'These two recalls were not proposed to be the same.')
  return { pair, waiting: waiting.items }
}

/** Saves the ruling and goes on to the next pair that waits, which says what was saved and how to take it back. */
export async function action({ params, request }: ActionFunctionArgs): Promise<RulingProblem | Response> {
  const form = await request.formData()
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const [ruling, reason, next] = [text('ruling'), text('reason'), text('next')]
  if (ruling === '') return { field: 'ruling', message: 'Choose whether they are the same.' }
  if (reason === '') return { field: 'reason', message: 'Write the reason. A ruling without one cannot be checked later.' }
  const pair = { recall_id: params['recallId'] ?? '', other_recall_id: params['otherId'] ?? '' }
  const answer = await post<RecallPair>(api.linkDecisions(), { ...pair, ruling, reason }, newKey())
  if (!answer.ok) return { field: answer.problem.field, message: answer.problem.message }
  await refreshProposedCount()
  const said = ruling === 'same' || ruling === 'different' ? { ruled: ruledSearch(answer.value, ruling) } : {}
  const [nextId, nextOther] = next.split('~')
  return redirect(nextId === undefined || nextOther === undefined ? paths.link(pair.recall_id, pair.other_recall_id, said) : paths.link(nextId, nextOther, said)) // prettier-ignore
}

export function Component() {
  const { pair, waiting } = useLoaderData<typeof loader>()
  // The form starts afresh with each pair and each ruling: nothing typed for one is saved for another.
  return <PairPage key={`${pair.recall_id} ${pair.other_recall_id} ${pair.ruling?.decided_at ?? ''}`} pair={pair} waiting={waiting} />
}

function PairPage({ pair, waiting }: Data) {
  const { recall, other_recall: other } = pair
  const asked = ASKED[pair.asks]
  return (
    <>
      <PageHead
        title={asked.title}
        crumbs={[{ to: paths.links(), name: 'Same recall?' }]}
        lead={
          <p>
            {recallName(recall.agency, recall.recall_number)} and {recallName(other.agency, other.recall_number)}.
          </p>
        }
        action={<Way pair={pair} waiting={waiting} />}
      />
      <Saved />
      <div className={styles['pair']}>
        <section className={styles['facts']} aria-labelledby="facts-title">
          <h2 id="facts-title">Side by side</h2>
          <SideBySide pair={pair} />
        </section>
        <div className={styles['side']}>
          <section className="stack" aria-labelledby="why-title">
            <h2 id="why-title">{asked.why}</h2>
            <ul className={styles['reasons']}>
              {pair.reasons
                .toSorted((a, b) => b.weight - a.weight)
                .map((reason) => (
                  <li key={reason.field}>{reason.text}</li>
                ))}
            </ul>
          </section>
          <RulingForm pair={pair} waiting={waiting} />
        </div>
      </div>
    </>
  )
}

function SideBySide({ pair: { recall_id: id, other_recall_id: otherId, recall, other_recall: other } }: { pair: RecallPair }) {
  return (
    <table className={styles['compare']}>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">What</span>
          </th>
          <Head id={id} recall={recall} />
          <Head id={otherId} recall={other} />
        </tr>
      </thead>
      <tbody>
        {pairFacts(recall, other).map((fact) => (
          <tr key={fact.name}>
            <th scope="row">{fact.name}</th>
            <td>{fact.one}</td>
            <td>{fact.other}</td>
          </tr>
        ))}
        <tr>
          <th scope="row">What it is</th>
          <td>{recall.description || recall.hazard_text}</td>
          <td>{other.description || other.hazard_text}</td>
        </tr>
      </tbody>
    </table>
  )
}

function Head({ id, recall }: { id: string; recall: Recall }) {
  return (
    <th scope="col">
      <span className="dim small">{recallName(recall.agency, recall.recall_number)}</span>
      <br />
      <Link to={paths.recall(id)}>{recall.title}</Link>
      {recall.url !== null && (
        <>
          <br />
          <a href={recall.url} rel="noreferrer" target="_blank" className="small">
            The agency’s own page
          </a>
        </>
      )}
    </th>
  )
}

const RULINGS: readonly LinkRuling[] = ['same', 'different']

function RulingForm({ pair, waiting }: Data) {
  const problem = useActionData<RulingProblem>()
  const busy = useNavigation().state !== 'idle'
  const form = useRef<HTMLFormElement>(null)
  useRulingKeys(form)
  const next = pairAfter(waiting, pair)
  const asked = ASKED[pair.asks]
  const errorOf = (field: string) => (problem?.field === field ? problem.message : undefined)
  return (
    <section className="stack" aria-labelledby="ruling-title">
      <h2 id="ruling-title">{pair.standing === 'proposed' ? 'Your ruling' : 'Change the ruling'}</h2>
      {pair.ruling !== null && (
        <p>
          {ruledText(pair)}, ruled by <Actor actor={pair.ruling.decided_by} /> <Ago at={pair.ruling.decided_at} />: {pair.ruling.reason}
        </p>
      )}
      <Form method="post" className="stack" ref={form} noValidate>
        <input type="hidden" name="next" value={next === null ? '' : `${next.recall_id}~${next.other_recall_id}`} />
        <Radio.Group name="ruling" label={asked.legend} error={errorOf('ruling')}>
          <div className="stack" style={{ paddingTop: 4 }}>
            {RULINGS.map((ruling) => (
              <Radio key={ruling} value={ruling} label={asked.choices[ruling].label} description={asked.choices[ruling].means} />
            ))}
          </div>
        </Radio.Group>
        <Textarea
          id="reason"
          name="reason"
          label="Reason"
          description="What you saw that decides it. It is kept with your name."
          rows={3}
          maxLength={REASON_LENGTH_MAX}
          error={errorOf('reason')}
        />
        <div className="row">
          <Button type="submit" loading={busy}>
            {next === null ? 'Save ruling' : 'Save and go on'}
          </Button>
        </div>
        {problem !== undefined && problem.field !== 'ruling' && problem.field !== 'reason' && (
          <strong role="alert">{problem.message}</strong>
        )}
      </Form>
    </section>
  )
}

/** `s` and `d` choose, with the cursor in the reason. */
function useRulingKeys(form: React.RefObject<HTMLFormElement | null>): void {
  const keys = useMemo<Keys>(() => {
    function choose(ruling: LinkRuling): void {
      form.current?.querySelector<HTMLInputElement>(`input[value="${ruling}"]`)?.click()
      form.current?.querySelector('textarea')?.focus()
    }
    return {
      s: { does: 'Rule: the same, or expands it', run: () => choose('same') },
      d: { does: 'Rule: different', run: () => choose('different') },
    }
  }, [form])
  useKeys(keys)
}

/** Through the pairs that wait, `j` and `k`. */
function Way({ pair, waiting }: Data) {
  const navigate = useNavigate()
  const [before, after] = [pairBefore(waiting, pair), pairAfter(waiting, pair)]
  const [previous, next] = [before, after].map((each) => (each === null ? null : paths.link(each.recall_id, each.other_recall_id)))
  const keys = useMemo<Keys>(
    () => ({
      j: { does: 'Next pair', run: () => void navigate(next ?? paths.links()) },
      k: { does: 'Pair before', run: () => void navigate(previous ?? paths.links()) },
    }),
    [navigate, next, previous],
  )
  useKeys(keys)
  return (
    <nav className="row" aria-label="Through the pairs">
      {previous !== null && previous !== undefined && <Link to={previous}>Previous</Link>}
      {next !== null && next !== undefined && <Link to={next}>Next</Link>}
    </nav>
  )
}

/** What the last ruling was, and the way to take it back. The address holds it, so that a reload keeps it. */
function Saved() {
  const [search] = useSearchParams()
  const ruled = readRuled(search.get('ruled'))
  if (ruled === null) return null
  const { recallId, otherId, asks, ruling } = ruled
  return (
    <output className={styles['saved']}>
      <Note title={`Saved: ${ASKED[asks].saved(recallIdName(recallId), recallIdName(otherId))[ruling]}`}>
        <div className="row">
          <Undo recallId={recallId} otherId={otherId} />
        </div>
      </Note>
    </output>
  )
}
