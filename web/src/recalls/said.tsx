/** The agency's words with what was read from them marked, and facts that lead to their words. */
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react'
import { markedNodes, type MarkedNode } from '../../../src/insights/marks.ts'
import { evidenceOf, factKey, type Evidence, type Place } from './evidence.ts'
import styles from './recalls.module.css'
import type { Span } from './types.ts'

type Shown = { evidence: Evidence; active: string | null; setActive: (fact: string | null) => void }

const EvidenceContext = createContext<Shown>({
  evidence: { byText: new Map(), byFact: new Map() },
  active: null,
  setActive: () => undefined,
})

export function EvidenceProvider({ spans, children }: { spans: readonly Span[]; children: ReactNode }) {
  const [active, setActive] = useState<string | null>(null)
  const evidence = useMemo(() => evidenceOf(spans), [spans])
  const shown = useMemo(() => ({ evidence, active, setActive }), [evidence, active])
  useEffect(() => {
    document.addEventListener('click', showFact)
    return () => document.removeEventListener('click', showFact)
  }, [])
  return <EvidenceContext value={shown}>{children}</EvidenceContext>
}

/** Whether anything was read from this text. */
export function useSaysSomething(name: string): boolean {
  return (use(EvidenceContext).evidence.byText.get(name) ?? []).length > 0
}

/** A text of the recall by its name in the recall's JSON: "hazard_text", "products.0.name". */
export function Marked({ text, name }: { text: string; name: string }) {
  const { evidence, active } = use(EvidenceContext)
  const nodes = useMemo(() => markedNodes(text, [0, text.length], evidence.byText.get(name) ?? []), [text, name, evidence])
  return <Nodes nodes={nodes} active={active} />
}

function Nodes({ nodes, active }: { nodes: readonly MarkedNode<Place>[]; active: string | null }) {
  return nodes.map((node, index) =>
    typeof node === 'string' ? (
      node
    ) : (
      <mark
        key={`${node.place.id} ${index}`}
        id={node.begins ? node.place.id : undefined}
        className={styles['said']}
        data-active={active !== null && node.place.facts.includes(active) ? '' : undefined}
        data-place={node.place.id}
      >
        <Nodes nodes={node.nodes} active={active} />
      </mark>
    ),
  )
}

const NO_PLACE = 'The agency gives this in a field of its own, or only its text as a whole says it.'

/** A value that leads to the words that say it. Pointing at it or walking to it marks them; choosing it goes there. */
export function Said({ field, value, children }: { field: string; value: unknown; children: ReactNode }) {
  const { evidence, setActive } = use(EvidenceContext)
  const key = factKey(field, value)
  const [first, ...others] = evidence.byFact.get(key) ?? []
  if (first === undefined) return <span title={NO_PLACE}>{children}</span>
  const link = (place: Place, words: ReactNode, name?: string) => (
    <a
      key={place.id}
      href={`#${place.id}`}
      className={styles['fact']}
      title={`“${place.quote}”`}
      aria-label={name}
      onMouseEnter={() => setActive(key)}
      onMouseLeave={() => setActive(null)}
      onFocus={() => {
        setActive(key)
        // Where facts and text stand side by side, the fact stays in sight while the text moves.
        if (window.matchMedia(SIDE_BY_SIDE).matches) show(place)
      }}
      onBlur={() => setActive(null)}
      onClick={(event) => {
        event.preventDefault()
        setActive(key)
        show(place)
      }}
    >
      {words}
    </a>
  )
  return (
    <>
      {link(first, children)}
      {others.length > 0 && (
        <span className="dim">
          {' '}
          also{' '}
          {others.map((place, index) => (
            <span key={place.id}>
              {index > 0 && ', '}
              {link(place, 'here', `also here: ${place.quote}`)}
            </span>
          ))}
        </span>
      )}
    </>
  )
}

const SIDE_BY_SIDE = '(min-width: 861px)'

function show(place: Place): void {
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
  document.getElementById(place.id)?.scrollIntoView({ block: 'center', behavior: still ? 'auto' : 'smooth' })
}

/** From words to the fact that they say: the way back for who reads the text. With the keyboard one walks the facts. */
function showFact(event: MouseEvent): void {
  const mark = event.target instanceof Element ? event.target.closest<HTMLElement>('mark[data-place]') : null
  const link = mark === null ? null : document.querySelector<HTMLElement>(`a[href="#${mark.dataset['place']}"]`)
  link?.closest('details')?.setAttribute('open', '')
  link?.focus()
}
