/** The rule of `jurisdiction.ts` as SQL. */
import { sql, type RawBuilder } from 'kysely'
import { COUNTRIES_OF, type Jurisdiction } from './jurisdiction.ts'

/** Of these jurisdictions, the one of a country; null where it is none of them. `country` is the column, as the statement knows it. */
export function jurisdictionSql(jurisdictions: readonly Jurisdiction[], country: string): RawBuilder<Jurisdiction | null> {
  const named = jurisdictions.map(
    (each) => sql`when upper(trim(${sql.ref(country)})) = any(${[...COUNTRIES_OF[each]]}::text[]) then ${each}`,
  )
  return named.length === 0 ? sql<null>`null::text` : sql<Jurisdiction | null>`case ${sql.join(named, sql` `)} end`
}
