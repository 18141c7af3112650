/** Who ruled on this match before, when, why, and what the engine said then. */
import { Actor } from '../ui/actor.tsx'
import { State } from '../ui/state.tsx'
import { Ago } from '../ui/time.tsx'
import { inSentence } from '../ui/words.ts'
import styles from './review.module.css'
import type { ReviewedMatch } from './types.ts'

export function History({ match }: { match: ReviewedMatch }) {
  return (
    <section className="stack" aria-labelledby="history-title">
      <h2 id="history-title">Rulings so far</h2>
      {match.rulings.length === 0 ? (
        <p className="dim">Nobody ruled on this match yet.</p>
      ) : (
        <ol className={styles['history']}>
          {match.rulings.map((ruling) => (
            <li key={ruling.decision_no}>
              <State state={ruling.ruling} /> by <Actor actor={ruling.decided_by} />, <Ago at={ruling.decided_at} />
              {ruling.engine_answer !== null && ruling.engine_answer !== ruling.ruling && ruling.ruling !== 'withdrawn' && (
                <span className="dim">; the engine said “{inSentence(ruling.engine_answer)}”</span>
              )}
              <p>{ruling.reason}</p>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
