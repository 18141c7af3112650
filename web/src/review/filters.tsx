/** The filters of the queue, each value with how many matches it would leave. They live in the address. */
import { Link, useSearchParams } from 'react-router'
import { changedSearch } from '../paths.ts'
import { count } from '../ui/format.ts'
import { Filters, Narrowed } from '../ui/list.tsx'
import tableStyles from '../ui/table.module.css'
import { word } from '../ui/words.ts'
import type { Counts, QueueItem } from './types.ts'

type Choice = {
  name: 'why' | 'severity' | 'answer' | 'agency' | 'by'
  label: string
  values: readonly string[]
  text: (value: string) => string
}

const CHOICES: readonly Choice[] = [
  { name: 'why', label: 'To do', values: ['review', 'confirm', 'changed'], text: (value) => word(`why:${value}`) },
  { name: 'severity', label: 'Danger', values: ['serious', 'high', 'medium', 'low'], text: word },
  { name: 'answer', label: 'Answer', values: ['affected', 'possibly', 'no'], text: word },
  { name: 'agency', label: 'Agency', values: [], text: (value) => value },
  { name: 'by', label: 'Ruled by', values: ['mine', 'others'], text: (value) => (value === 'mine' ? 'you' : 'others') },
]

export function QueueFilters({ counts, items }: { counts: Counts; items: readonly QueueItem[] }) {
  const [search] = useSearchParams()
  const [recall, seller] = [search.get('recall'), search.get('seller')]
  return (
    <Filters>
      {CHOICES.map((choice) => (
        <CountedFilter key={choice.name} choice={choice} counts={counts[choice.name]} />
      ))}
      {recall !== null && <Narrowed name="recall" text={`Only recall ${items[0]?.recall_title ?? recall}`} />}
      {seller !== null && <Narrowed name="seller" text={`Only seller ${items[0]?.seller_name ?? seller}`} />}
    </Filters>
  )
}

/** A filter with one value to choose from, and none chosen, chooses nothing and is left out. */
function CountedFilter({ choice, counts }: { choice: Choice; counts: Record<string, number> }) {
  const [search] = useSearchParams()
  const { name, label, text } = choice
  const chosen = search.get(name) ?? ''
  const known = choice.values.length > 0 ? choice.values : Object.keys(counts).toSorted()
  const values = known.filter((value) => (counts[value] ?? 0) > 0 || value === chosen)
  if (values.length < 2 && chosen === '') return null
  return (
    <nav className={tableStyles['filter']} aria-label={`Filter by ${label.toLowerCase()}`}>
      <span>{label}</span>
      <Link to={changedSearch(search, { [name]: null })} aria-current={chosen === '' ? 'true' : undefined} preventScrollReset>
        All
      </Link>
      {values.map((value) => (
        <Link
          key={value}
          to={changedSearch(search, { [name]: value })}
          aria-current={chosen === value ? 'true' : undefined}
          preventScrollReset
        >
          {text(value)} <span className="number">{count(counts[value] ?? 0)}</span>
        </Link>
      ))}
    </nav>
  )
}
