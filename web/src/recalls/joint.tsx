/** The same recall as other agencies published it: one matter, each notice for the buyers of its own jurisdiction. */
import { Link } from 'react-router'
import { paths } from '../paths.ts'
import { day, listed, recallName } from '../ui/format.ts'
import { word } from '../ui/words.ts'
import styles from './recalls.module.css'
import type { JointRecall, RecallDetail } from './types.ts'

export const BUYERS_IN: Record<string, string> = {
  US: 'the United States',
  CA: 'Canada',
  EU: 'the EU and the EEA',
  GB: 'the United Kingdom',
  AU: 'Australia',
}

export function JointNotices({ detail }: { detail: RecallDetail }) {
  if (detail.joint.length === 0) return null
  return (
    <section className={`stack ${styles['section']}`} aria-labelledby="joint-title">
      <h2 id="joint-title">The same recall elsewhere</h2>
      <p className="dim">
        It is one recall: the listings below are those that any of the notices names, and one campaign executes all of them. Buyers hear of
        it by the notice of their own country.
      </p>
      <ul className="stack">
        {detail.joint.map((each) => (
          <li key={each.recall_id}>
            <Link to={paths.recall(each.recall_id)}>{recallName(each.agency, each.recall_number)}</Link>, {day(each.published_on)}, for
            buyers in {BUYERS_IN[each.jurisdiction] ?? each.jurisdiction}
            {remedies(each)}. <Standing each={each} detail={detail} />
            <br />
            <span className="dim">{each.title}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function remedies({ remedies: offered }: JointRecall): string {
  return offered.length === 0 ? '' : `: ${listed(offered.map((remedy) => word(remedy).toLowerCase()))}`
}

function Standing({ each, detail }: { each: JointRecall; detail: RecallDetail }) {
  if (each.executed) return <>In the same campaign.</>
  if (detail.campaign_id === null) return null
  return <Link to={paths.campaign(detail.campaign_id)}>Add it to the campaign</Link>
}

/** Recalls of the same agency that this one widens, or that widen it. A proposal leads to where it is decided. */
export function Expansions({ detail }: { detail: RecallDetail }) {
  if (detail.expansions.length === 0) return null
  return (
    <section className={`stack ${styles['section']}`} aria-labelledby="expansions-title">
      <h2 id="expansions-title">Earlier and later recalls of the agency</h2>
      <ul className="stack">
        {detail.expansions.map((each) => {
          const [later, earlier] = each.direction === 'expands' ? [detail.recall_id, each.recall_id] : [each.recall_id, detail.recall_id]
          const may = each.standing === 'proposed'
          return (
            <li key={each.recall_id}>
              {each.direction === 'expands' ? (may ? 'May expand' : 'Expands') : may ? 'May be expanded by' : 'Expanded by'} the{' '}
              <Link to={paths.recall(each.recall_id)}>recall of {day(each.published_on)}</Link>.{' '}
              {may && <Link to={paths.link(later, earlier)}>Decide</Link>}
              <br />
              <span className="dim">{each.title}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
