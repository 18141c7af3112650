/** United States: the contents of 16 CFR 1115.27, incidents among them, also where the agency says that none were reported. Pure. */
import { agencyLink, bought, danger, facts, genuine, hazard, photos, questions, section, whatToDo, type JurisdictionNotice } from './sources.ts' // prettier-ignore

export const us: JurisdictionNotice = {
  calm: false,
  headingRed: false,
  numbers: 'about',
  sections: (sources) => [
    whatToDo(sources),
    section(sources, 'why', photos(sources), danger(sources), hazard(sources)),
    bought(sources),
    section(
      sources,
      'about',
      facts(
        sources, 'number', 'title', 'product', 'description', 'brands', 'models', 'lots', 'serials', 'gtins', 'made', 'units', 'sold', 'price',
        'incidents', 'advice', 'firms', 'origin', 'contact',
      ), // prettier-ignore
      agencyLink(sources),
    ),
    genuine(sources),
    questions(sources),
  ],
}
