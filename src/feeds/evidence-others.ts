/** Where a text says that there are more lots or serial numbers than it prints. Pure. */
import { readCodes } from './read/codes.ts'
import type { CodeKind } from './evidence-printed.ts'
import { partOf, type Place, type Texts } from './evidence-texts.ts'

/**
 * The part of a sentence for which the reader of codes adds its star. It does that only beside codes of the kind, so the sentence is read with one of
 * them behind it.
 */
export function othersIn({ description }: Texts, kind: CodeKind): Place | null {
  if (kind === 'models') return null
  return partOf(description, (part) => saysOthers(part, kind))
}

const WITH_ONE: Record<'lots' | 'serials', string> = { lots: 'Lot number AB1234.', serials: 'Serial number AB1234.' }

export function saysOthers(part: string, kind: 'lots' | 'serials'): boolean {
  const said = `${part.replace(/[.!?\s]+$/, '')}. ${WITH_ONE[kind]}`
  return readCodes(said)[kind].includes('*')
}
