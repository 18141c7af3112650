/** Listings kept from sale without a campaign: taken for a recalled product, or in question until a person has looked. */
import type { List } from '../campaigns/types.ts'
import { api } from '../paths.ts'
import { Patterns } from '../ui/bars.tsx'
import { Facts } from '../ui/blocks.tsx'
import { Evidence } from '../ui/evidence.tsx'
import { recallName } from '../ui/format.ts'
import { Ago, Exact } from '../ui/time.tsx'
import { word } from '../ui/words.ts'
import styles from './sellers.module.css'
import type { SellerGate } from './types.ts'

export function Gates({ gates }: { gates: List<SellerGate> }) {
  if (gates.items.length === 0) return null
  return (
    <section className="stack" aria-labelledby="gates-title">
      <Patterns />
      <h2 id="gates-title">Not on sale for now</h2>
      <p className="dim">
        We compare each new or changed listing with every known recall. These look like a recalled product. Their stock is yours as before.
      </p>
      <ul className={styles['gates']}>
        {gates.items.map((gate) => (
          <li key={`${gate.listing_id} ${gate.recall_id}`}>
            <details>
              <summary>
                <span>{gate.title}</span>
                <span className="dim">
                  {gate.gate === 'recalled' ? 'Taken for a recalled product' : 'Waits for a person'}, <Ago at={gate.placed_at} />
                </span>
              </summary>
              <Gate gate={gate} />
            </details>
          </li>
        ))}
      </ul>
      {gates.next !== null && (
        <p>
          These are the latest. <a href={api.sellerGates({ format: 'csv' })}>Download all as CSV</a>
        </p>
      )}
    </section>
  )
}

function Gate({ gate: { statement, agency, recall_number, placed_at, listing_id } }: { gate: SellerGate }) {
  const weighed = statement.reasons.filter((reason) => reason.weight !== 0)
  return (
    <div className={styles['gate']}>
      <p>{statement.what}</p>
      <p className="prose">{statement.facts}</p>
      <h3>What you can do</h3>
      <p className="prose">{statement.redress}</p>
      <h3>{weighed.length === 0 ? 'Why' : 'Why it looks like the recalled product'}</h3>
      {statement.reasons
        .filter((reason) => reason.weight === 0)
        .map((reason) => (
          <p key={reason.text}>{reason.text}</p>
        ))}
      {weighed.length > 0 && <Evidence reasons={weighed} total={weighed.reduce((sum, reason) => sum + reason.weight, 0)} />}
      <Facts
        facts={[
          [
            'Listing',
            <span key="id" className="mono">
              {listing_id}
            </span>,
          ],
          ['Since', <Exact key="since" at={placed_at} />],
          ['Until', statement.until],
          ['Found by', word(statement.found_by)],
          ['Ground', statement.ground],
          [
            'Recall',
            statement.grounds_url === null ? (
              recallName(agency, recall_number)
            ) : (
              <a key="recall" href={statement.grounds_url} rel="noreferrer" target="_blank">
                {recallName(agency, recall_number)} on {agency}'s own page
              </a>
            ),
          ],
        ]}
      />
    </div>
  )
}
