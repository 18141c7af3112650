/** The units waterfall: where each unit is, down to the remedy of each affected one. */
import { Link } from 'react-router'
import { paths, type Search } from '../paths.ts'
import { BarHeadings, BarNumber, BarRow, type Fill } from '../ui/bars.tsx'
import { Note } from '../ui/blocks.tsx'
import { count, share } from '../ui/format.ts'
import { Picture } from '../ui/picture.tsx'
import styles from '../ui/picture.module.css'
import { Table, type Column } from '../ui/table.tsx'
import { inSentence, word } from '../ui/words.ts'
import { accountsShown, stacked } from './figures.ts'
import type { Account, Campaign, Figures, RemedyState, Waterfall, WaterfallStep } from './types.ts'

/** A whole and the parts it falls into, each part on the end of the one before. */
type Level = { of: string; whole: number; wholeTo: string; parts: Part[] }
type Part = { key: string; name: string; units: number; to: string; fill: Fill }

const ACCOUNT_FILL: Record<Account, Fill> = {
  sellable: 'outline',
  held: 'accent',
  in_transit: 'ink-hatch',
  with_consumers: 'ink',
  returned: 'quiet',
  destroyed: 'quiet',
  reworked: 'quiet',
}
const REMEDY_FILL: Record<RemedyState, Fill> = {
  no_case: 'ink',
  awaiting_proof: 'ink-hatch',
  refund_asked: 'accent-hatch',
  refunded: 'accent',
  refund_refused: 'quiet',
}
const REMEDY_ORDER: readonly RemedyState[] = ['no_case', 'awaiting_proof', 'refund_asked', 'refunded', 'refund_refused']

export function UnitsWaterfall({ data }: { data: Campaign }) {
  const levels = levelsOf(data)
  return (
    <Picture
      name="waterfall"
      title="Where each unit is"
      lead={
        allBalanced(data.waterfall)
          ? `The books balance: all ${count(data.waterfall.received)} units received are accounted for.`
          : undefined
      }
      picture={
        <>
          <Unbalanced data={data} />
          {levels.map((level) => (
            <LevelBars key={level.of} level={level} />
          ))}
        </>
      }
      table={
        <>
          <Unbalanced data={data} />
          <Table label="Where each unit is" columns={COLUMNS} rows={levels.flatMap(rowsOf)} rowKey={(row) => row.key} />
        </>
      }
    />
  )
}

/** What does not add up, where something does not. */
function Unbalanced({ data: { waterfall } }: { data: Campaign }) {
  if (allBalanced(waterfall)) return null
  const found = waterfall.steps.reduce((sum, step) => sum + step.units, 0)
  const { in_scope, possibly, cleared, out_of_scope } = waterfall.consumers
  return (
    <Note title="The books do not balance" kind="problem" role="alert">
      {found !== waterfall.received && (
        <p>
          {count(waterfall.received)} units were received, {count(found)} are accounted for.
        </p>
      )}
      {waterfall.steps
        .filter((step) => step.units < 0)
        .map((step) => (
          <p key={step.account}>
            {word(step.account)} holds {count(step.units)} units: more left it than came in.
          </p>
        ))}
      {!waterfall.consumers.balanced && (
        <p>
          The books have {count(unitsOf(waterfall, 'with_consumers'))} units with consumers, the order lines{' '}
          {count(in_scope + possibly + cleared + out_of_scope)}.
        </p>
      )}
      <p>
        Run <code>npx tocsin doctor</code> on the server: it names the listing and the lot.
      </p>
    </Note>
  )
}

function allBalanced(waterfall: Waterfall): boolean {
  return waterfall.balanced && waterfall.consumers.balanced
}

function unitsOf(waterfall: Waterfall, account: Account): number {
  return waterfall.steps.find((step) => step.account === account)?.units ?? 0
}

function levelsOf({ campaign: { campaign_id: id }, figures, waterfall }: Campaign): Level[] {
  const listings = paths.campaignList(id, 'listings')
  const lines = (search: Search) => paths.campaignList(id, 'lines', search)
  const { in_scope, possibly, cleared, out_of_scope } = waterfall.consumers
  return [
    {
      of: 'received',
      whole: waterfall.received,
      wholeTo: listings,
      parts: accountsShown(waterfall.steps).flatMap((step) => partsOf(step, id, figures)),
    },
    {
      of: 'with_consumers',
      whole: unitsOf(waterfall, 'with_consumers'),
      wholeTo: listings,
      parts: [
        { key: 'in_scope', name: word('in_scope'), units: in_scope, to: lines({ answer: 'affected', stopped: 'true' }), fill: 'ink' },
        { key: 'possibly', name: word('possibly'), units: possibly, to: lines({ answer: 'possibly', stopped: 'true' }), fill: 'ink-hatch' },
        ...(cleared === 0
          ? []
          : [
              {
                key: 'cleared',
                name: word('cleared'),
                units: cleared,
                to: lines({ answer: 'cleared', stopped: 'true' }),
                fill: 'quiet' as const,
              },
            ]),
        { key: 'out_of_scope', name: word('out_of_scope'), units: out_of_scope, to: lines({ answer: 'out_of_scope' }), fill: 'quiet' },
      ],
    },
    {
      of: 'affected',
      whole: figures.affected_units,
      wholeTo: lines({ answer: 'affected' }),
      parts: REMEDY_ORDER.filter((state) => state !== 'refund_refused' || waterfall.remedy[state] > 0).map((state) => ({
        key: state,
        name: word(state),
        units: waterfall.remedy[state],
        to: lines({ answer: 'affected', remedy_state: state }),
        fill: REMEDY_FILL[state],
      })),
    },
  ]
}

/**
 * An account as bars. Held units were on a shelf, or in an order that was taken back before it shipped: while the two add up to the account,
 * each has its own bar, and each number leads to exactly its rows.
 */
function partsOf({ account, units }: WaterfallStep, id: string, { held_units, intercepted_units }: Figures): Part[] {
  const fill = ACCOUNT_FILL[account]
  const to = paths.campaignList(id, account === 'held' ? 'stock' : 'listings')
  if (account !== 'held' || intercepted_units === 0 || held_units + intercepted_units !== units)
    return [{ key: account, name: word(account), units, to, fill }]
  return [
    { key: 'held', name: 'Held in stock', units: held_units, to, fill },
    {
      key: 'intercepted',
      name: 'Held, intercepted',
      units: intercepted_units,
      to: paths.campaignList(id, 'interceptions'),
      fill: 'accent-hatch',
    },
  ]
}

function LevelBars({ level }: { level: Level }) {
  const bars = stacked(level.parts)
  const scale = Math.max(level.whole, bars.at(-1)?.end ?? 0)
  return (
    <div className={styles['group']}>
      <BarHeadings unit="units" />
      <ul className={styles['rows']} aria-label={`Units ${inSentence(level.of)}`}>
        <BarRow
          name={<Link to={level.wholeTo}>{word(level.of)}</Link>}
          value={level.whole}
          number={<BarNumber value={level.whole} unit="units" />}
          fill="outline"
          scale={scale}
          whole={level.whole}
          isWhole
          joins={{ above: false, below: false }}
        />
        {level.parts.map((part, index) => (
          <BarRow
            key={part.key}
            name={<Link to={part.to}>{part.name}</Link>}
            value={part.units}
            number={<BarNumber value={part.units} unit="units" />}
            fill={part.fill}
            scale={scale}
            whole={level.whole}
            start={bars[index]?.start ?? 0}
            joins={{ above: index > 0, below: index < level.parts.length - 1 }}
          />
        ))}
      </ul>
    </div>
  )
}

type TableRow = { key: string; whole: string; name: string; units: number; share: string; to: string }

function rowsOf(level: Level): TableRow[] {
  return level.parts.map((part) => ({
    key: part.key,
    whole: `${word(level.of)}, ${count(level.whole)}`,
    name: part.name,
    units: part.units,
    share: share(part.units, level.whole),
    to: part.to,
  }))
}

const COLUMNS: readonly Column<TableRow>[] = [
  { head: 'Where', cell: (row) => <Link to={row.to}>{row.name}</Link> },
  { head: 'Of', cell: (row) => row.whole },
  { head: 'Count', unit: 'units', numeric: true, cell: (row) => count(row.units) },
  { head: 'Share', numeric: true, cell: (row) => row.share },
]
