/** What a person must see to. Loud by place, size and frame; the colours of danger are for products, and this is our own trouble. */
import { Link } from 'react-router'
import { counted } from '../ui/format.ts'
import styles from './feeds.module.css'
import { alarmGroups } from './health.ts'
import type { FeedStatus } from './types.ts'

export function Alarms({ feeds, foldOf }: { feeds: readonly FeedStatus[]; foldOf: (agency: string) => string }) {
  const groups = alarmGroups(feeds)
  if (groups.length === 0) return null
  const alarms = groups.reduce((all, group) => all + group.alarms.length, 0)
  return (
    <section className={styles['alarms']} aria-labelledby="alarms-title">
      <h2 id="alarms-title">{counted(alarms, 'alarm')}</h2>
      {groups.map((group) => (
        <div key={group.kind} className={styles['alarm']}>
          <h3>{group.title}</h3>
          <p>{group.advice}</p>
          <ul>
            {group.alarms.map(({ agency, source, said }) => (
              <li key={source ?? agency}>
                <Link to={foldOf(agency)}>{source ?? agency}</Link>: {said}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  )
}
