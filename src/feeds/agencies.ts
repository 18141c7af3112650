/** Which agencies' files can be read. A new agency is one more folder and one more line here. */
import type { Agency } from '../recalls/index.ts'
import { accc } from './accc/index.ts'
import type { AgencyFeed } from './contract.ts'
import { cpsc } from './cpsc/index.ts'
import { fda } from './fda/index.ts'
import { fsis } from './fsis/index.ts'
import { healthCanada } from './health-canada/index.ts'
import { nhtsa } from './nhtsa/index.ts'
import { opss } from './opss/index.ts'
import { safetyGate } from './safety-gate/index.ts'

export const FEEDS: Record<Agency, AgencyFeed> = {
  CPSC: cpsc,
  FDA: fda,
  FSIS: fsis,
  NHTSA: nhtsa,
  HC: healthCanada,
  EUSG: safetyGate,
  OPSS: opss,
  ACCC: accc,
}

/** What people also call them. */
const OTHER_NAMES: Record<string, Agency> = {
  openfda: 'FDA',
  usda: 'FSIS',
  healthcanada: 'HC',
  cfia: 'HC',
  safetygate: 'EUSG',
  rapex: 'EUSG',
}

/** The agency that a person names on a command line, whatever the case; null where it is none of ours. */
export function agencyNamed(text: string): Agency | null {
  const wanted = text.trim().toUpperCase()
  const named = (Object.keys(FEEDS) as Agency[]).find((agency) => agency.toUpperCase() === wanted)
  return named ?? OTHER_NAMES[text.toLowerCase().replace(/[^a-z]/g, '')] ?? null
}
