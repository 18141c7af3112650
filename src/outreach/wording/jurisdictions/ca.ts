/**
 * Canada: Health Canada's order (issue, affected product, what you should do, background), with its count of incidents, where to report one, and
 * the same notice in the other official language. Pure.
 */
import type { Block } from '../notice.ts'
import { CATALOGUES } from '../catalogues/index.ts'
import { localeOf, type Language } from '../language.ts'
import { agencyLink, bought, danger, facts, genuine, hazard, photos, questions, section, type JurisdictionNotice, type Sources } from './sources.ts' // prettier-ignore

/** The federal government's site of recalls, where incidents are reported too. */
const RECALLS_OF_CANADA = 'https://recalls-rappels.canada.ca'

export const ca: JurisdictionNotice = {
  calm: false,
  headingRed: false,
  numbers: 'product',
  sections: (sources) => {
    const { words, say } = sources.speaker
    return [
      section(sources, 'what_to_do', { kind: 'steps' }, { kind: 'action' }, ...otherLanguages(sources)),
      section(sources, 'why', danger(sources), hazard(sources)),
      section(
        sources,
        'product',
        photos(sources),
        facts(sources, 'product', 'description', 'brands', 'models', 'lots', 'serials', 'gtins'),
      ),
      bought(sources),
      section(
        sources,
        'background',
        facts(sources, 'number', 'title', 'units', 'sold', 'price', 'made', 'origin', 'firms', 'incidents', 'advice', 'contact'),
        agencyLink(sources),
      ),
      section(sources, 'report', {
        kind: 'said',
        element: 'report',
        text: say(words.report, { link: RECALLS_OF_CANADA }),
        link: RECALLS_OF_CANADA,
      }),
      questions(sources),
      genuine(sources),
    ]
  },
}

/** The official languages that the notice is not in, each named in itself. */
function otherLanguages({ speaker }: Sources): Block[] {
  const official: Language[] = ['en', 'fr']
  return official
    .filter((language) => language !== speaker.language)
    .map((language) => ({
      kind: 'own_link',
      element: 'other_language',
      text: CATALOGUES[language].inThisLanguage,
      lang: localeOf(language, 'CA'),
    }))
}
