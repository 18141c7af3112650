/** What a notice must and must not have, with whose law says so: rules are data, and `lint.ts` applies them. Pure. */
import { JURISDICTIONS, type Jurisdiction, type Recall } from '../../recalls/index.ts'
import { withoutLowering } from '../wording/calm.ts'
import { languageOfRecall } from '../wording/product.ts'
import type { Part, Reading } from './reading.ts'
import { GIFT_CARDS, HEDGES, NONE_REPORTED, PRECAUTION, RARELY, SECRETS, SELLING, SIGN_IN, VOLUNTARY, type Phrases } from './phrases.ts' // prettier-ignore

/** `warns` where the law leaves a choice that a person must have made. */
export type Level = 'blocks' | 'warns'

type Always = { id: string; jurisdictions: readonly Jurisdiction[]; level: Level; source: string; todo: string }

/** A part that must be there: always, or as far as the recall states what it is about. */
export type Demand = Always & {
  kind: 'demand'
  what: string
  parts: readonly Part[]
  /** What the agency says of it; null where it says nothing, and then nothing is missing. Absent: it is demanded of every notice. */
  stated?: (recall: Recall, reading: Reading) => string | null
}

/** Words that must not be there: in our own words, and in the agency's where the law does not let us repeat them. */
export type Ban = Always & { kind: 'ban'; what: string; phrases: Phrases; list?: 'secrets'; agencyToo: boolean }

const CFR = '16 CFR 1115.27, https://www.ecfr.gov/current/title-16/chapter-II/subchapter-B/part-1115/subpart-C/section-1115.27'
const GPSR = 'Regulation (EU) 2023/988, https://eur-lex.europa.eu/eli/reg/2023/988/oj'
const CPSC_AMAZON =
  'CPSC Docket 21-2 (Amazon), decision of July 2024, told at https://arnoldporter.com/en/perspectives/blogs/consumer-products-and-retail-navigator/2024/08/amazon-must-provide-consumers-notice'
const PAGES = 'CPSC’s guidelines for recall websites (only recall information), told at https://products-liability-insurance.com/?p=1647'
const FORGED = 'Forged recall messages, https://www.onlinethreatalerts.com/article/2026/3/7/amazon-recall-scam-text/'
const CANADA = 'Practice of Health Canada’s recall notices, https://recalls-rappels.canada.ca'
const BRITAIN = 'General Product Safety Regulations 2005 (SI 2005/1803) and PAS 7100:2022, communications'
const AUSTRALIA = 'Practice of the ACCC’s recall notices, https://www.productsafety.gov.au'
const PERCEPTION = 'BEIS research paper 2020/033 (the word lowers the risk that readers see); '

const US: readonly Jurisdiction[] = ['US']
const EU: readonly Jurisdiction[] = ['EU']

export const DEMANDS: readonly Demand[] = [
  // United States: 16 CFR 1115.27, as far as the agency states it.
  us('b', 'the date and number of the recall', ['number'], (recall, { notice }) =>
    notice.speaker.day(new Date(`${recall.publishedOn}T00:00:00Z`)),
  ),
  us('c-product', 'what the product is', ['product']),
  us('c-description', 'the description of the product', ['description'], (recall) => recall.description),
  us('c-models', 'the model numbers', ['models'], (recall) => recall.scope.models[0] ?? null),
  us('c-lots', 'the lot numbers', ['lots'], (recall) => recall.scope.lots[0] ?? null),
  us('c-serials', 'the serial numbers', ['serials'], (recall) => recall.scope.serials[0] ?? null),
  us('c-gtins', 'the bar codes', ['gtins'], (recall) => recall.scope.gtins[0] ?? null),
  us('c-photo', 'a photograph of the product', ['photo'], photograph),
  us('d', 'what is done about it', ['stop']),
  us('e', 'the number of units', ['units'], (recall) => (recall.products.some(({ unitsText }) => unitsText !== null) || recall.scope.units !== null ? '' : null)), // prettier-ignore
  us('f', 'what the danger is', ['hazard'], (recall) => (recall.hazardText.trim() === '' ? null : recall.hazardText.split(/\n+/)[0]!)),
  us('g-h', 'the firms', ['firms'], (recall) => recall.firms[0]?.name ?? null),
  us('h', 'where it was made', ['origin'], (recall) => recall.countriesOfOrigin[0] ?? null),
  us('i-j-k', 'where and when it was sold', ['sold'], (recall) => recall.soldText),
  us('k', 'when it was made', ['made'], (recall) => ((recall.scope.manufacturedFrom ?? recall.scope.manufacturedTo) === null ? null : '')),
  us('l', 'the price', ['price'], (recall) => ((recall.scope.priceMinMinor ?? recall.scope.priceMaxMinor) === null ? null : '')),
  us('m', 'the incidents and injuries, or that none were reported', ['incidents'], (recall) => recall.incidentText),
  us('n-remedy', 'the remedy and how to get it', ['remedy']),
  us('n-advice', 'what the agency tells consumers to do', ['advice'], (recall) => recall.remedyText),
  us('n-contact', 'how to reach the company', ['contact'], (recall) => recall.contactText),
  us('n-ask', 'how to ask us', ['ask']),
  // European Union: the closed list of Article 36(2).
  eu('b-name', 'the name of the product, as text that machines can read', ['product']),
  eu('b-brand', 'the brand', ['brands'], (recall) => recall.scope.brands[0] ?? null),
  eu('b-picture', 'a picture of the product', ['photo'], photograph),
  eu('b-models', 'the model numbers, as text', ['models'], (recall) => recall.scope.models[0] ?? null),
  eu('b-lots', 'the batch numbers, as text', ['lots'], (recall) => recall.scope.lots[0] ?? null),
  eu('b-serials', 'the serial numbers, as text', ['serials'], (recall) => recall.scope.serials[0] ?? null),
  eu('b-gtins', 'the bar codes, as text', ['gtins'], (recall) => recall.scope.gtins[0] ?? null),
  eu(
    'b-where',
    'how to know the product and where its numbers stand',
    ['description'],
    calm((recall) => recall.description),
  ),
  eu(
    'b-sold',
    'when, where and by whom it was sold',
    ['sold'],
    calm((recall) => recall.soldText),
  ),
  eu('c', 'a description of the danger', ['hazard', 'danger']),
  eu('d', 'the instruction to stop using the product at once', ['stop']),
  eu('e', 'the remedies of Article 37, free of charge', ['rights']),
  eu('f', 'a free phone number or online service for questions', ['ask']),
  eu('g', 'the encouragement to share the notice', ['share']),
  // Canada, United Kingdom, Australia.
  other('ca', ['CA'], CANADA, 'product', 'the affected product', ['product']),
  other('ca', ['CA'], CANADA, 'issue', 'the issue', ['hazard', 'danger']),
  other('ca', ['CA'], CANADA, 'do', 'what you should do', ['stop']),
  other('ca', ['CA'], CANADA, 'units', 'the number sold', ['units'], (recall) => (recall.scope.units === null ? null : '')),
  other('ca', ['CA'], CANADA, 'incidents', 'the count of incidents', ['incidents'], (recall) => recall.incidentText),
  other('ca', ['CA'], CANADA, 'report', 'where to report an incident', ['report']),
  other('ca', ['CA'], 'Official Languages Act, R.S.C. 1985, c. 31 (4th Supp.), and the practice of Health Canada', 'languages', 'the way to the notice in the other official language', ['other_language']), // prettier-ignore
  other('gb', ['GB'], BRITAIN, 'product', 'which product it is', ['product']),
  other('gb', ['GB'], BRITAIN, 'risk', 'the risk', ['hazard', 'danger']),
  other('gb', ['GB'], BRITAIN, 'do', 'what to do', ['stop']),
  other('gb', ['GB'], BRITAIN, 'remedy', 'the remedy', ['remedy']),
  other('gb', ['GB'], BRITAIN, 'ask', 'whom to ask', ['ask']),
  other('au', ['AU'], AUSTRALIA, 'product', 'the product', ['product']),
  other('au', ['AU'], AUSTRALIA, 'hazard', 'the hazard', ['hazard', 'danger']),
  other('au', ['AU'], AUSTRALIA, 'do', 'what consumers should do', ['stop']),
  other(
    'au',
    ['AU'],
    AUSTRALIA,
    'sold',
    'where and when it was sold',
    ['sold'],
    calm((recall) => recall.soldText),
  ),
  other('au', ['AU'], AUSTRALIA, 'ask', 'whom to ask', ['ask']),
  // Everywhere: how to tell it from a forged one.
  other('all', JURISDICTIONS, FORGED, 'genuine', 'how to check that the message is genuine', ['genuine']),
  other('all', JURISDICTIONS, FORGED, 'never-ask', 'that we never ask for passwords, cards or bank details', ['never_ask']),
  other('all', JURISDICTIONS, FORGED, 'code', 'the code that shows it is ours', ['code']),
]

export const BANS: readonly Ban[] = [
  ban('voluntary', 'a word that calls the recall voluntary', VOLUNTARY, `${PERCEPTION}${GPSR}, Article 36(2)(c)`, 'Leave the word out: say what the reader does.'), // prettier-ignore
  ban('precaution', 'a word that calls the recall a precaution', PRECAUTION, `${GPSR}, Article 36(2)(c); for the United States ${CPSC_AMAZON}`, 'Leave the word out: say what the danger is.'), // prettier-ignore
  ban('hedge', 'a word that doubts what the agency found', HEDGES, CPSC_AMAZON, 'Say what is so: “contains”, “breaks”, “burns”.'),
  ban('rarely', 'that it happens rarely or only sometimes', RARELY, `${GPSR}, Article 36(2)(c)`, 'Leave it out: say what happens.'),
  ban('none-reported', 'that no accidents were reported', NONE_REPORTED, `${GPSR}, Article 36(2)(c)`, 'Leave it out of our words; in the United States the agency’s own sentence says it.'), // prettier-ignore
  ban(
    'gift-card',
    'a gift card or credit where money is owed',
    GIFT_CARDS,
    `${CPSC_AMAZON}; ${GPSR}, Article 37`,
    'Offer the refund in money.',
  ),
  ban('selling', 'words that sell something', SELLING, PAGES, 'Take them out: a safety notice carries no marketing.'),
  {
    ...ban('secrets', 'asking for a password, a card or an account', SECRETS, FORGED, 'Take it out: no recall needs it.'),
    list: 'secrets',
  },
  ban('sign-in', 'sending the reader to sign in', SIGN_IN, FORGED, 'Lead to the page of the notice, which needs no sign-in.'),
  // The agency's own sentences: the Union, and those who follow it, do not let us repeat what lowers the sense of danger.
  ...([['voluntary', VOLUNTARY], ['precaution', PRECAUTION], ['rarely', RARELY], ['none-reported', NONE_REPORTED]] as const).map(([id, phrases]): Ban => ({
    ...ban(`agency-${id}`, 'a sentence of the agency that lowers the sense of danger', phrases, `${GPSR}, Article 36(2)(c)`, 'Leave the sentence out.'),
    jurisdictions: EU,
    agencyToo: true,
  })), // prettier-ignore
]

/** Article 36(2)(a) by language, kept apart from the catalogues so that a change of one is found by the other. Chinese is no official language. */
export const OFFICIAL_HEADINGS: Record<Reading['language'], string> = {
  en: 'Product safety recall',
  fr: 'Rappel de produit pour des raisons de sécurité',
  de: 'Produktsicherheitsrückruf',
  es: 'Recuperación de un producto por motivos de seguridad',
  it: 'Richiamo per la sicurezza del prodotto',
  nl: 'Terugroeping in verband met productveiligheid',
  pl: 'Odzyskanie produktu ze względów bezpieczeństwa',
  pt: 'Recolha de produto por motivos de segurança',
  sv: 'Säkerhetsåterkallelse av produkt',
  zh: '产品安全召回',
}

/** The rules that are neither a part nor a phrase; `lint.ts` checks them one by one. */
export const SPECIAL = {
  subject: special('all-subject', JURISDICTIONS, 'blocks', 'the word “recall” in the subject', `${CFR}, paragraph (a); ${CPSC_AMAZON}`, 'Begin the subject with the word.'), // prettier-ignore
  heading: special('all-heading', JURISDICTIONS, 'blocks', 'the word “recall” in the heading', `${CFR}, paragraph (a)`, 'Begin the heading with the word.'), // prettier-ignore
  official: special('eu-36-2-a', EU, 'blocks', 'the official words as the whole heading', `${GPSR}, Article 36(2)(a)`, 'Use exactly the official words and nothing else.'), // prettier-ignore
  red: special('eu-template-red', EU, 'warns', 'the heading in red', 'Implementing Regulation (EU) 2024/1435, Annex, https://eur-lex.europa.eu/eli/reg_impl/2024/1435/oj', 'Set the heading in red.'), // prettier-ignore
  stopFirst: special('all-stop-first', JURISDICTIONS, 'blocks', 'what to do before everything else', `${CFR}, paragraph (d); ${GPSR}, Article 36(2)(d)`, 'Put what to do first.'), // prettier-ignore
  choice: special('eu-37-choice', EU, 'warns', 'a choice of at least two of repair, replacement and refund', `${GPSR}, Article 37(2)`, 'Offer a second remedy, or record why the others are impossible or out of proportion.'), // prettier-ignore
  signInLink: special('all-sign-in-link', JURISDICTIONS, 'blocks', 'no link that leads to a sign-in', FORGED, 'Lead to the page of the notice, which needs no sign-in.'), // prettier-ignore
}
export type SpecialRule = (typeof SPECIAL)[keyof typeof SPECIAL]

function us(id: string, what: string, parts: readonly Part[], stated?: Demand['stated']): Demand {
  return demand(`us-1115-27-${id}`, US, `${CFR}, paragraph (${id[0]})`, what, parts, stated)
}

function eu(id: string, what: string, parts: readonly Part[], stated?: Demand['stated']): Demand {
  return demand(`eu-36-2-${id}`, EU, `${GPSR}, Article 36(2)(${id[0]})`, what, parts, stated)
}

function other(
  of: string,
  jurisdictions: readonly Jurisdiction[],
  source: string,
  id: string,
  what: string,
  parts: readonly Part[],
  stated?: Demand['stated'],
): Demand {
  // prettier-ignore
  return demand(`${of}-${id}`, jurisdictions, source, what, parts, stated)
}

function demand(
  id: string,
  jurisdictions: readonly Jurisdiction[],
  source: string,
  what: string,
  parts: readonly Part[],
  stated?: Demand['stated'],
): Demand {
  // prettier-ignore
  const todo = 'Add it: the recall states it, or the law asks for it of every notice.'
  return { kind: 'demand', id, jurisdictions, level: 'blocks', source, what, parts, todo, ...(stated === undefined ? {} : { stated }) }
}

function ban(id: string, what: string, phrases: Phrases, source: string, todo: string): Ban {
  return { kind: 'ban', id: `all-${id}`, jurisdictions: JURISDICTIONS, level: 'blocks', what, phrases, source, todo, agencyToo: false }
}

function special(id: string, jurisdictions: readonly Jurisdiction[], level: Level, what: string, source: string, todo: string) {
  return { id, jurisdictions, level, what, source, todo }
}

function photograph(recall: Recall): string | null {
  return recall.images.find(({ url }) => url.startsWith('https://'))?.url ?? null
}

/** What the agency states, less the sentences that may not be repeated. */
function calm(stated: (recall: Recall) => string): Demand['stated'] {
  return (recall) => withoutLowering(stated(recall).trim(), languageOfRecall(recall))
}
