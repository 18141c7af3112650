/**
 * European Union: the closed list of Article 36(2) of Regulation (EU) 2023/988, in the order that Implementing Regulation (EU) 2024/1435
 * recommends but for what to do, which stands first: the product with its numbers as text, the danger without a word that lowers it, the remedies
 * of Article 37, how to ask free of charge, and to pass it on. Incidents are stated only where there were any. Pure.
 */
import { agencyLink, bought, danger, facts, genuine, hazard, photos, section, share, whatToDo, type JurisdictionNotice, type Sources } from './sources.ts' // prettier-ignore
import type { Block } from '../notice.ts'

export const eu: JurisdictionNotice = {
  calm: true,
  headingRed: true,
  numbers: 'product',
  sections: (sources) => [
    whatToDo(sources),
    section(
      sources,
      'product',
      photos(sources),
      facts(
        sources, 'product', 'brands', 'models', 'lots', 'serials', 'gtins', 'description', 'made', 'sold', 'firms', 'origin', 'number',
      ), // prettier-ignore
      agencyLink(sources),
    ),
    section(
      sources,
      'danger',
      danger(sources),
      hazard(sources),
      sources.incidents ? facts(sources, 'incidents') : null,
      facts(sources, 'advice'),
    ),
    section(sources, 'rights', ...rights(sources)),
    bought(sources),
    section(sources, 'questions', { kind: 'ask' }, facts(sources, 'contact')),
    share(sources),
    genuine(sources),
  ],
}

const IN_KIND = ['refund', 'replace', 'repair'] as const

/** Article 37: free of charge, a choice where there is one, and money back where the other remedies fail. */
function rights({ brief, speaker }: Sources): Block[] {
  const { words, say, either } = speaker
  const offered = IN_KIND.filter((remedy) => brief.remedies.includes(remedy)).map((remedy) => words.remedies[remedy])
  const putRight = brief.remedies.includes('repair') || brief.remedies.includes('replace')
  const choice = offered.length > 1 ? words.rights.choice : words.rights.one
  const texts =
    offered.length === 0
      ? [words.rights.none]
      : [say(choice, { remedies: either(offered) }), words.rights.cost, ...(putRight ? [words.rights.late] : [])]
  return texts.map((text) => ({ kind: 'said', element: 'rights', text }))
}
