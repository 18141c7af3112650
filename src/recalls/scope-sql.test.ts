import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { sql } from 'kysely'
import { testDatabase } from '../../test/database.ts'
import { ANSWERS, lineAnswer, type Answer, type LineScope, type ScopeLine } from './scope.ts'
import { scopeCondition, windowCondition } from './scope-sql.ts'

const database = await testDatabase()

/** The answers of the database for many lines, in their order, in one statement. */
async function answersBySql(scope: LineScope, listing: Answer, lines: ScopeLine[]): Promise<Answer[]> {
  const { rows } = await sql<{ answer: Answer }>`
    select ${scopeCondition(scope, 'o', listing)} as answer
      from unnest(${lines.map((line) => line.orderedAt.toISOString())}::timestamptz[], ${lines.map((line) => line.lot)}::text[],
                  ${lines.map((line) => line.serial)}::text[]) with ordinality as o (ordered_at, lot, serial, line_no)
     order by line_no`.execute(database.db)
  return rows.map((row) => row.answer)
}

const month = fc
  .tuple(fc.integer({ min: 2018, max: 2021 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, at]) => `${year}-${String(at).padStart(2, '0')}`)
const soldMonth = fc.option(
  fc.oneof({ weight: 12, arbitrary: month }, { weight: 1, arbitrary: fc.constantFrom('2019', 'present', '2019-13') }),
)

// Few letters and digits, so that codes meet; now and then anything at all.
const digits = fc.oneof(
  fc.integer({ min: 0, max: 220 }).map(String),
  fc.integer({ min: 0, max: 30 }).map((n) => String(n).padStart(4, '0')),
)
const letters = fc.constantFrom('', 'A', 'AB', 'FD ', 'S', 'L', 'LOT', 'sn-', 'ß', 'é')
const code = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(letters, digits, fc.constantFrom('', '', 'A', ' b')).map((parts) => parts.join('')) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('', ' ', '–', 'N/A', 'none', 'Lot no. 12', 'BATCH CODE A7', 'лот 12', '\t9\n', '9'.repeat(61), '12-34'),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 8 }).filter((text) => !text.includes('\0') && text.isWellFormed()) },
)
const join = fc.constantFrom('-', ' - ', '–', ' to ', ' through ', '- ', ' thru ')
const entry = fc.oneof(
  { weight: 4, arbitrary: code },
  { weight: 4, arbitrary: fc.tuple(code, join, code).map((parts) => parts.join('')) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(letters, fc.nat(100), join, letters, fc.nat(220), fc.constantFrom('', 'A'))
      .map(([a, x, by, b, y, end]) => `${a}${x}${end}${by}${b}${y}${end}`),
  },
  { weight: 1, arbitrary: fc.tuple(letters, digits).map((parts) => `${parts.join('')}*`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('letter F in the 10th position', 'August 15, 2019', '01/15 to 03/15', 'A1, A2', '111522DXXXXXX', 'all'),
  },
)
const entries = fc.oneof({ weight: 1, arbitrary: fc.constant<string[]>([]) }, { weight: 3, arbitrary: fc.array(entry, { maxLength: 5 }) })
const scopes: fc.Arbitrary<LineScope> = fc.record({ soldFrom: soldMonth, soldTo: soldMonth, lots: entries, serials: entries })

// Instants at and around the boundaries of months, where half-open windows go wrong.
const instant = fc
  .tuple(fc.integer({ min: 2017, max: 2022 }), fc.integer({ min: 0, max: 11 }), fc.constantFrom(-1, 0, 1, 86_400_000 * 14))
  .map(([year, at, shift]) => new Date(Date.UTC(year, at, 1) + shift))
const lines = fc.array(fc.record({ orderedAt: instant, lot: fc.option(code), serial: fc.option(code) }), { minLength: 40, maxLength: 120 })

describe('the scope as SQL', () => {
  it('says what the function says, for generated scopes and lines', async () => {
    const seen = new Set<Answer>()
    await fc.assert(
      fc.asyncProperty(scopes, fc.constantFrom(...ANSWERS), lines, async (scope, listing, lines) => {
        const expected = lines.map((line) => lineAnswer(scope, listing, line))
        for (const answer of expected) seen.add(answer)
        assert.deepEqual(await answersBySql(scope, listing, lines), expected)
      }),
      { numRuns: 300 },
    )
    assert.deepEqual([...seen].sort(), ['affected', 'no', 'possibly'])
  })

  it('says what the function says where lines are made from the entries themselves', async () => {
    const near = fc.array(entry, { minLength: 1, maxLength: 4 }).chain((lots) =>
      fc.record({
        lots: fc.constant(lots),
        lines: fc.array(
          fc.tuple(fc.constantFrom(...lots), fc.nat(6), fc.constantFrom('', '0', 'A', '-')).map(([text, from, end]) => ({
            orderedAt: new Date('2020-01-01T00:00:00Z'),
            lot: text.slice(from) + end,
            serial: null,
          })),
          { minLength: 20, maxLength: 40 },
        ),
      }),
    )
    await fc.assert(
      fc.asyncProperty(near, async ({ lots, lines }) => {
        const scope: LineScope = { soldFrom: null, soldTo: null, lots, serials: [] }
        assert.deepEqual(
          await answersBySql(scope, 'affected', lines),
          lines.map((line) => lineAnswer(scope, 'affected', line)),
        )
      }),
      { numRuns: 200 },
    )
  })

  it('takes the answer of the listing from the statement', async () => {
    const scope: LineScope = { soldFrom: '2018-01', soldTo: '2023-03', lots: [], serials: [] }
    const { rows } = await sql<{ answer: Answer }>`
      select ${scopeCondition(scope, 'o', sql.ref('m.answer'))} as answer
        from (values ('2018-01-01T00:00:00Z'::timestamptz, null::text, null::text)) as o (ordered_at, lot, serial)
       cross join (values (1, 'affected'), (2, 'possibly'), (3, 'no')) as m (at, answer)
       where ${windowCondition(scope, 'o')}
       order by m.at`.execute(database.db)
    assert.deepEqual(
      rows.map((row) => row.answer),
      ['affected', 'possibly', 'no'],
    )
  })
})
