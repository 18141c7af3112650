/**
 * Australia: the parts of the ACCC's recall notices (product and identifying numbers, defect and hazard, what to do, supplier, where and when
 * sold). Pure.
 */
import { agencyLink, bought, danger, facts, genuine, hazard, photos, questions, section, whatToDo, type JurisdictionNotice } from './sources.ts' // prettier-ignore

export const au: JurisdictionNotice = {
  calm: true,
  headingRed: false,
  numbers: 'product',
  sections: (sources) => [
    whatToDo(sources),
    section(sources, 'product', photos(sources), facts(sources, 'product', 'description', 'brands', 'models', 'lots', 'serials', 'gtins')),
    section(sources, 'danger', danger(sources), hazard(sources), sources.incidents ? facts(sources, 'incidents') : null),
    bought(sources),
    section(
      sources,
      'about',
      facts(sources, 'number', 'advice', 'firms', 'sold', 'units', 'made', 'origin', 'contact'),
      agencyLink(sources),
    ),
    questions(sources),
    genuine(sources),
  ],
}
