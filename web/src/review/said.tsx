/** What the last ruling did, at the foot of the page until the next one, with the way to take it back (`u`). */
import { Button, TextInput } from '@mantine/core'
import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { useNavigate, useRevalidator, useSearchParams } from 'react-router'
import { newKey, post } from '../api.ts'
import { api, paths } from '../paths.ts'
import { useKeys, type Keys } from '../ui/keys.tsx'
import { refreshOpenCount } from './open-count.ts'
import { filtersIn } from './queue.ts'
import styles from './review.module.css'

/** A ruling that was saved; `undo` is absent where there is nothing to take back. */
export type Said = { text: string; undo?: { recall_id: string; listing_id: string; decision_no: number; title: string } }

const SaidContext = createContext<((said: Said) => void) | null>(null)

export function useSay(): (said: Said) => void {
  const say = useContext(SaidContext)
  if (say === null) throw new Error('There is no SaidProvider around this.')
  return say
}

export function SaidProvider({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState<Said | null>(null)
  return (
    <SaidContext value={setSaid}>
      {children}
      <output className={styles['said']} data-empty={said === null ? '' : undefined}>
        {said !== null && (
          <Toast
            key={said.undo === undefined ? said.text : `${said.undo.listing_id} ${said.undo.decision_no}`}
            said={said}
            setSaid={setSaid}
          />
        )}
      </output>
    </SaidContext>
  )
}

function Toast({ said, setSaid }: { said: Said; setSaid: (said: Said | null) => void }) {
  const [asking, setAsking] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const reason = useRef<HTMLInputElement>(null)
  const navigate = useNavigate()
  const { revalidate } = useRevalidator()
  const [search] = useSearchParams()
  const { undo } = said
  const keys = useMemo<Keys>(
    () => (undo === undefined ? {} : { u: { does: 'Take the last ruling back', run: () => setAsking(true) } }),
    [undo],
  )
  useKeys(keys)
  // Who asked for it by key goes on by key.
  useEffect(() => {
    if (asking) reason.current?.focus()
  }, [asking])
  async function takeBack(): Promise<void> {
    if (undo === undefined) return
    const why = reason.current?.value.trim() ?? ''
    if (why === '') return setProblem('Write why you take it back.')
    setBusy(true)
    const body = { listing_id: undo.listing_id, reason: why }
    const answer = await post<{ restored: string | null }>(api.undo(undo.recall_id, undo.decision_no), body, newKey())
    setBusy(false)
    if (!answer.ok) return setProblem(answer.problem.message)
    setSaid({
      text: `Taken back: the ruling on “${undo.title}”. ${answer.value.restored === null ? 'It is open again.' : 'The ruling before it stands again.'}`,
    })
    void refreshOpenCount()
    await navigate(paths.reviewMatch(undo.recall_id, undo.listing_id, filtersIn(search)))
    await revalidate()
  }
  return (
    <div className={styles['toast']}>
      <p>{said.text}</p>
      {undo !== undefined && !asking && (
        <Button variant="default" onClick={() => setAsking(true)}>
          Undo
        </Button>
      )}
      {undo !== undefined && asking && (
        <form
          className={styles['takeBack']}
          onSubmit={(event) => {
            event.preventDefault()
            void takeBack()
          }}
        >
          <TextInput ref={reason} label="Why you take it back" defaultValue="Saved by mistake." maxLength={500} error={problem} />
          <Button type="submit" loading={busy}>
            Take back
          </Button>
        </form>
      )}
      <button type="button" className={styles['close']} onClick={() => setSaid(null)}>
        Close
      </button>
    </div>
  )
}
