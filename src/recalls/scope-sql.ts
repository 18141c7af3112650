/**
 * The rule of `scope.ts` as SQL, so that a campaign over millions of order lines stays one statement. A property test (`scope-sql.test.ts`)
 * generates scopes and lines and holds the two together.
 */
import { sql, type Expression, type RawBuilder } from 'kysely'
import { CODE_DIGITS_MAX, CODE_LABEL, CODE_NOT_STATED, type CodeList } from './codes.ts'
import { lineRule, saleWindow, type Answer, type LineScope } from './scope.ts'

/**
 * SQL for `lineAnswer`: the text `affected`, `possibly` or `no` for one row of `catalog.order_lines_view`.
 * @param alias the name by which the statement knows that row; its columns `ordered_at`, `lot` and `serial` are read
 * @param listing the answer of the line's listing: a value, or an expression of the statement such as `sql.ref('m.answer')`
 */
export function scopeCondition(scope: LineScope, alias: string, listing: Answer | Expression<string>): RawBuilder<Answer> {
  const rule = lineRule(scope)
  const listingAnswer = typeof listing === 'string' ? sql`${listing}::text` : listing
  const lists: RawBuilder<string>[] = []
  if (rule.lots !== null) lists.push(membershipSql(rule.lots, sql.ref(`${alias}.lot`)))
  if (rule.serials !== null) lists.push(membershipSql(rule.serials, sql.ref(`${alias}.serial`)))
  const inAll = all(lists.map((list) => sql<boolean>`${list} = 'in'`))
  const outOfAll = all(lists.map((list) => sql<boolean>`${list} = 'out'`))
  return sql<Answer>`case
    when ${listingAnswer} = 'no' or not ${windowCondition(scope, alias)} then 'no'
    when ${inAll} then ${listingAnswer}
    when ${outOfAll} then 'no'
    else 'possibly'
  end`
}

/** SQL for "sold inside the window": belongs in the `where` beside the listing, where the index on (listing_id, ordered_at) serves it. */
export function windowCondition(scope: Pick<LineScope, 'soldFrom' | 'soldTo'>, alias: string): RawBuilder<boolean> {
  const { from, before } = saleWindow(scope)
  const orderedAt = sql.ref(`${alias}.ordered_at`)
  const bounds: RawBuilder<boolean>[] = []
  if (from !== null) bounds.push(sql<boolean>`${orderedAt} >= ${from.toISOString()}::timestamptz`)
  if (before !== null) bounds.push(sql<boolean>`${orderedAt} < ${before.toISOString()}::timestamptz`)
  return all(bounds)
}

function all(conditions: RawBuilder<boolean>[]): RawBuilder<boolean> {
  return conditions.length === 0 ? sql<boolean>`true` : sql<boolean>`(${sql.join(conditions, sql` and `)})`
}

/** `normaliseCode` in SQL. The collation "C" makes `upper` and the character ranges those of ASCII. */
function normalisedCode(column: RawBuilder<unknown>): RawBuilder<string> {
  const kept = sql`regexp_replace(upper(regexp_replace(${column} collate "C", '[^0-9A-Za-z]', '', 'g')), ${CODE_LABEL}, '')`
  return sql<string>`(select case when kept !~ ${CODE_NOT_STATED} then kept end from (select ${kept} as kept) k)`
}

/** `membership` in SQL: in, out or unknown. */
function membershipSql(list: CodeList, column: RawBuilder<unknown>): RawBuilder<string> {
  const otherwise = list.opaque ? 'unknown' : 'out'
  return sql<string>`(select case
      when code is null then 'unknown'
      when code = any(${[...list.exact]}::text[]) then 'in'
      when exists (select from unnest(${list.prefixes}::text[]) as prefix where starts_with(code, prefix)) then 'in'
      else coalesce(${rangesHit(list)}, ${otherwise})
    end from (select ${normalisedCode(column)} as code) c)`
}

/**
 * `in` where a certain range holds the code, `unknown` where only a doubtful one does, null where none does. The digits between a range's
 * fixed ends are compared as numbers, and only cast once they are known to be digits.
 */
function rangesHit({ ranges }: CodeList): RawBuilder<string | null> {
  if (ranges.length === 0) return sql`null`
  return sql<string | null>`(select case when bool_or(certain) then 'in' when count(*) > 0 then 'unknown' end
      from unnest(${ranges.map((r) => r.prefix)}::text[], ${ranges.map((r) => r.from.toString())}::numeric[],
                  ${ranges.map((r) => r.to.toString())}::numeric[], ${ranges.map((r) => r.suffix)}::text[],
                  ${ranges.map((r) => r.certain)}::boolean[]) as r (prefix, low, high, suffix, certain)
     cross join lateral (select substr(code, length(prefix) + 1, greatest(length(code) - length(prefix) - length(suffix), 0)) as digits) d
     where starts_with(code, prefix) and right(code, length(suffix)) = suffix
       and case when digits ~ ${`^[0-9]{1,${CODE_DIGITS_MAX}}$`} then digits::numeric between low and high else false end)`
}
