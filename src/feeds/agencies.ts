/** Which agencies' files can be read. A new agency is one more file and one more line here. */
import type { Agency } from '../recalls/index.ts'
import type { AgencyFeed } from './contract.ts'
import { cpsc } from './cpsc/index.ts'

export const FEEDS: Record<Agency, AgencyFeed> = { CPSC: cpsc }

/** The agency that a person names on a command line, whatever the case; null where it is none of ours. */
export function agencyNamed(text: string): Agency | null {
  const wanted = text.trim().toUpperCase()
  return (Object.keys(FEEDS) as Agency[]).find((agency) => agency.toUpperCase() === wanted) ?? null
}
