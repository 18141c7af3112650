/** What follows from a correction, while it is being done and when it is, and the corrections that stand no more. */
import { useEffect, useState } from 'react'
import { useRevalidator } from 'react-router'
import { Actor } from '../ui/actor.tsx'
import { counted } from '../ui/format.ts'
import { Ago } from '../ui/time.tsx'
import { inWords } from './correction.tsx'
import { fieldNamed } from './corrections.ts'
import styles from './recalls.module.css'
import type { Answer, Correction, Recall, RecallDetail } from './types.ts'

const ASK_AGAIN_MS = 1_500

/** Asks again until the follow-up is done, then says what it changed among the listings. `saved` is what was just saved here, or ''. */
export function FollowUp({ detail, saved }: { detail: RecallDetail; saved: string }) {
  const { revalidate, state } = useRevalidator()
  const owed = detail.follow_up_owed
  const before = useCountsBefore(detail, saved)
  useEffect(() => {
    if (!owed || state !== 'idle') return
    const timer = setTimeout(() => void revalidate(), ASK_AGAIN_MS)
    return () => clearTimeout(timer)
  }, [owed, state, revalidate])
  return (
    <output className={styles['followUp']}>
      {owed
        ? `${saved} All listings are being compared with this recall again; until that is done, those below are as they were.`.trim()
        : saved !== '' && before !== null && `${saved} Listings were compared again: ${changeOf(before, detail.counts)}`}
    </output>
  )
}

/** The counts as they were before the last thing that was saved here. */
function useCountsBefore(detail: RecallDetail, saved: string): RecallDetail['counts'] | null {
  const [known, setKnown] = useState({ revision: detail.revision, counts: detail.counts, before: null as RecallDetail['counts'] | null })
  if (known.revision !== detail.revision) setKnown({ revision: detail.revision, counts: detail.counts, before: known.counts })
  else if (!detail.follow_up_owed && known.counts !== detail.counts) setKnown({ ...known, counts: detail.counts })
  return saved === '' ? null : known.before
}

function changeOf(before: Record<Answer, number>, now: Record<Answer, number>): string {
  if (before.affected === now.affected && before.possibly === now.possibly) {
    return `${counted(now.affected, 'listing')} affected and ${now.possibly} possibly, as before.`
  }
  return `${counted(now.affected, 'listing')} affected (${before.affected} before), ${now.possibly} possibly (${before.possibly} before).`
}

/** Corrections that stand no more, folded away: who said what, and who took it back. */
export function Withdrawn({ recall, corrections }: { recall: Recall; corrections: readonly Correction[] }) {
  const gone = corrections.filter((each) => each.withdrawn_at !== null)
  if (gone.length === 0) return null
  return (
    <details>
      <summary>{counted(gone.length, 'correction')} withdrawn</summary>
      <ol className="stack">
        {gone.map((each) => {
          const field = fieldNamed(each.field)
          return (
            <li key={each.correction_no}>
              {field?.name ?? each.field}: {field === null ? JSON.stringify(each.value) : inWords(field, each.value, recall.scope.currency)}
              , by <Actor actor={each.decided_by} /> <Ago at={each.decided_at} />: {each.reason}
              <br />
              <span className="dim">
                Withdrawn by <Actor actor={each.withdrawn_by!} /> <Ago at={each.withdrawn_at!} />: {each.withdrawn_reason}
              </span>
            </li>
          )
        })}
      </ol>
    </details>
  )
}
