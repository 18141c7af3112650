/** How often people and the engine agree: what the engine answered, and what people ruled on it. */
import { Link, useLoaderData, type LoaderFunctionArgs } from 'react-router'
import { get } from '../api.ts'
import { api, paths } from '../paths.ts'
import type { Answer } from '../recalls/types.ts'
import { PageHead } from '../ui/blocks.tsx'
import { Empty } from '../ui/empty.tsx'
import { count, counted, share } from '../ui/format.ts'
import { Table, type Column } from '../ui/table.tsx'
import { word } from '../ui/words.ts'
import styles from './review.module.css'
import type { Agreement } from './types.ts'

export function loader({ request }: LoaderFunctionArgs): Promise<Agreement> {
  return get<Agreement>(api.agreement(), request.signal)
}

const ANSWERS: readonly Answer[] = ['affected', 'possibly', 'no']
const TIERS = ['auto', 'review', 'dismiss'] as const

type Row = { answer: Answer; ruled: Record<Answer, number> }

const ANSWER_COLUMNS: readonly Column<Row>[] = [
  { head: 'The engine said', cell: (row) => word(row.answer) },
  ...ANSWERS.map((ruling): Column<Row> => ({
    head: `Ruled ${word(ruling).toLowerCase()}`,
    unit: 'matches',
    numeric: true,
    cell: (row) => count(row.ruled[ruling]),
  })),
  {
    head: 'Agreed',
    unit: 'share',
    numeric: true,
    cell: (row) =>
      share(
        row.ruled[row.answer],
        ANSWERS.reduce((sum, each) => sum + row.ruled[each], 0),
      ),
  },
]

type Tier = { tier: string; matches: number; affected: number | null }

const TIER_COLUMNS: readonly Column<Tier>[] = [
  { head: 'The engine had it', cell: (row) => word(row.tier) },
  { head: 'Ruled on', unit: 'matches', numeric: true, cell: (row) => count(row.matches) },
  { head: 'Ruled affected', unit: 'share', numeric: true, cell: (row) => (row.affected === null ? '–' : share(row.affected, 1)) },
]

const FIELD_COLUMNS: readonly Column<Agreement['fields'][number]>[] = [
  { head: 'Evidence', cell: (row) => word(row.field) },
  { head: 'Ruled on', unit: 'matches', numeric: true, cell: (row) => count(row.matches) },
  { head: 'People ruled as it spoke', unit: 'share', numeric: true, cell: (row) => share(row.agreed, 1) },
]

export function Component() {
  const agreement = useLoaderData<typeof loader>()
  const head = <PageHead title="How often people and the engine agree" lead={<p>{lead(agreement)}</p>} />
  if (agreement.matches === 0) {
    return (
      <>
        {head}
        <Empty title="Nobody ruled yet">
          <p>
            Each ruling is kept with what the engine said then. <Link to={paths.review()}>Rule on what waits</Link>, and see here how often
            you agree.
          </p>
        </Empty>
      </>
    )
  }
  return (
    <>
      {head}
      <div className={styles['agreement']}>
        <section className="stack" aria-labelledby="answers-title">
          <h2 id="answers-title">Answer by answer</h2>
          <Table
            label="Answers and rulings"
            columns={ANSWER_COLUMNS}
            rows={ANSWERS.map((answer) => ({ answer, ruled: agreement.answers[answer] }))}
            rowKey={(row) => row.answer}
            phone="stacks"
          />
        </section>
        <section className="stack" aria-labelledby="tiers-title">
          <h2 id="tiers-title">What it would stop at once, and what it leaves to people</h2>
          <Table
            label="Tiers"
            columns={TIER_COLUMNS}
            rows={TIERS.map((tier) => ({ tier, ...agreement.tiers[tier] }))}
            rowKey={(row) => row.tier}
            phone="stacks"
          />
        </section>
        {agreement.fields.length > 0 && (
          <section className="stack" aria-labelledby="fields-title">
            <h2 id="fields-title">Which evidence people go by</h2>
            <Table label="Evidence" columns={FIELD_COLUMNS} rows={agreement.fields} rowKey={(row) => row.field} phone="stacks" />
          </section>
        )}
      </div>
    </>
  )
}

function lead({ matches, agreed, kappa }: Agreement): string {
  if (matches === 0 || agreed === null) return 'Each match that a person ruled on, beside what the engine had answered.'
  const beyond = kappa === null ? '' : ` Beyond chance: ${kappa.toFixed(2)} (Cohen’s kappa; 1 is always, 0 is chance).`
  return `In ${share(agreed, 1)} of ${counted(matches, 'match', 'matches')} people ruled as the engine had answered.${beyond}`
}
