/**
 * United Kingdom: the General Product Safety Regulations 2005 ask for a warning that consumers understand; its parts and order are those of the
 * notices of the Office for Product Safety and Standards (product, hazard, corrective action) and of PAS 7100. Incidents are stated only where there
 * were any. Pure.
 */
import { agencyLink, bought, danger, facts, genuine, hazard, photos, questions, section, share, whatToDo, type JurisdictionNotice } from './sources.ts' // prettier-ignore

export const gb: JurisdictionNotice = {
  calm: true,
  headingRed: false,
  numbers: 'product',
  sections: (sources) => [
    whatToDo(sources),
    section(sources, 'danger', danger(sources), hazard(sources), sources.incidents ? facts(sources, 'incidents') : null),
    section(
      sources,
      'product',
      photos(sources),
      facts(sources, 'product', 'brands', 'models', 'lots', 'serials', 'gtins', 'description', 'made', 'sold', 'units', 'origin'),
    ),
    bought(sources),
    section(sources, 'background', facts(sources, 'number', 'advice', 'firms', 'contact'), agencyLink(sources)),
    questions(sources),
    share(sources),
    genuine(sources),
  ],
}
