/** Where texts say what a brand is: "Niko brand", "under the CHAR-BROIL label", what is printed on the product, who has dealers. Pure. */
import { distinct, sentences } from './text.ts'
import { isCommonWord } from './words.ts'

const NAME_WORD = String.raw`(?:[A-ZÀ-Ý0-9][\w'À-ÿ!+./&-]*|[a-z]+[A-Z]\w*)`
// Names before the word "brand", at most the length that is looked back.
const BEFORE_BRAND = new RegExp(String.raw`((?:${NAME_WORD}|of|for|&|de|and|or)(?:,?\s+(?:${NAME_WORD}|of|for|&|de|and|or|the))*)$`)
/** Words with which names go on after "and": Crate and Barrel, Tadpoles Baby and Kids. */
export const GOES_ON = /^(?:Kids?|Baby|Home|Sons|Co|Company|Beyond|Barrel|Body)\b/

const BRAND_WORD = /[\s-]brand(?:ed|s)?\b/gi
const UNDER = /\bunder the ("?[^.;]{2,80}?"?) (?:labels?|names?|brands?|trademarks?|brand names?)\b/gi
const QUOTED = /\bbrand names? ((?:"[^"]{2,40}"(?:,? (?:and|or) |, )?)+)/gi
/** Three names or more in quotation marks, one of which stands on each: `has one of the following names printed on it: "Dico," "Emerson" or …`. */
const QUOTED_NAMES =
  /(?<!\b(?:models?|styles?|products?|scents?|colou?rs?|characters?|prints?|patterns?|items?|series) )\b(?:names?|brands|labels|logos)\b[^."]{0,60}?:?\s((?:"[^"]{2,40}"(?:,? (?:and|or) |, | )?){3,})/gi
/** Names before the word "brands" or behind "brand names": of more than two, where all are written large, all are brands. */
const BRANDS_LISTED =
  /\bbrand names?:? ((?:[A-Z][\w&'. -]{1,30}, ){1,}[A-Z][\w&'. -]{1,30},? (?:and|or) [A-Z][\w&'-]*(?: [A-Z][\w&'-]*){0,3})/g
const LOOK_BACK = 90

/** The names before the word "brand", and those under whose label it was sold. */
export function saidBrands(text: string, firm: string): string[] {
  const phrases = [...text.matchAll(UNDER), ...text.matchAll(QUOTED), ...text.matchAll(BRANDS_LISTED)].map((match) => match[1]!)
  for (const match of text.matchAll(QUOTED_NAMES)) phrases.push(match[1]!.replace(/,?"(?=,? ?(?:(?:and|or) )?"|$)/g, '",'))
  for (const match of text.matchAll(BRAND_WORD)) {
    const before = text.slice(Math.max(0, match.index - LOOK_BACK), match.index).replace(/"/g, '')
    phrases.push(BEFORE_BRAND.exec(before)?.[1] ?? '')
  }
  return namesOf(phrases, firm)
}

/** Only those under whose label it was sold: in a press release the word "brand" also speaks of other things. */
export function labelBrands(text: string, firm: string): string[] {
  return namesOf(
    [...text.matchAll(UNDER), ...text.matchAll(QUOTED)].map((match) => match[1]!),
    firm,
  )
}

function namesOf(phrases: readonly string[], firm: string): string[] {
  return phrases
    .flatMap((phrase) =>
      phrase.split(/,\s*(?:and\s+)?|\s+(?:and|or)\s+(?:the\s+)?(?!(?:Kids?|Baby|Home|Sons|Co|Company|Beyond|Barrel|Body)\b)/),
    )
    .map((name) => cleanBrand(name, firm))
    .filter((name) => name !== '')
}

/** One name said to be a brand, without what stands before it: "EGL Motor's ACE" → ACE; '' where it is no name. */
function cleanBrand(text: string, firm: string): string {
  const name = text
    .replace(/"/g, '')
    .replace(
      /^(?:(?:The|All|This|These|Recalled|Certain|Model|Year|Years|Various|An?|For|Of|And|Or|Children's|\d{4}|\d+-\w+|\w+-Wick)\s+)+/i,
      '',
    )
    .replace(/^.*'s\s+(?=\S)/, (owner) => (firm !== '' && owner.toLowerCase().startsWith(firm.toLowerCase()) ? '' : owner))
    .replace(/[-'.,]+$/, '')
    .replace(/\s*[- ]brand(?:ed)?$/i, '')
    .trim()
  const withoutFirm = firm !== '' && startsWithName(name, firm) && name.length > firm.length + 1 ? name.slice(firm.length).trim() : name
  const words = withoutFirm.split(/\s+/)
  if (
    withoutFirm.length < 2 ||
    MADE_IN.test(withoutFirm) ||
    /^following\b|^#?1 /i.test(withoutFirm) ||
    words.length > 5 ||
    !/[A-Za-z]/.test(withoutFirm) ||
    /\d{3,}|\b(?:Numbers?|Dates?|Models?|Descriptions?|Sizes?|Colors?|UPC)\b/.test(withoutFirm)
  )
    return ''
  return words.length === 1 && isCommonWord(withoutFirm) && /^[A-Z]?[a-z]+$/.test(withoutFirm) ? '' : withoutFirm
}

const MADE_IN = /^(?:hand)?(?:made|designed|assembled|printed) in\b/i
const MARKING =
  /\b(?:logo|printed|written|stamped|embossed|engraved|etched|molded|imprinted|painted|sewn|displayed|label|labels|tag|tags|name(?= on the))\b/i
const BEFORE_MARKING =
  /\s+(?:brand )?(?:[a-z]+ )?(?:logo|name|(?:is|are|was|were) (?:printed|written|stamped|embossed|engraved|painted|molded|sewn))\b/g
const NAMES_AT_END = new RegExp(String.raw`(?<![\w'])((?:The )?${NAME_WORD}(?:\s+(?:${NAME_WORD}|of|and)){0,5})$`)

/** Names that stand on the product: quoted in a sentence on markings, or written before "logo" and "is printed". */
export function printedNames(description: string, productNames: readonly string[]): string[] {
  const found: string[] = []
  for (const sentence of sentences(description.slice(0, PRINTED_WITHIN))) {
    if (!MARKING.test(sentence)) continue
    for (const quoted of sentence.matchAll(/"([^"]{2,40})"/g)) found.push(quoted[1]!)
    for (const mark of sentence.matchAll(BEFORE_MARKING)) {
      const names = NAMES_AT_END.exec(sentence.slice(Math.max(0, mark.index - LOOK_BACK), mark.index))?.[1] ?? ''
      found.push(...names.replace(/^(?:The|An?|Its)\s+/, '').split(/\s+and\s+/))
    }
  }
  // "Horizon T101-05" is a brand and the number of its model.
  return distinct(found.map((name) => name.replace(/(?<=\S)\s+[A-Z]*\d[\w-]*$|[,.]+$/, '').trim())).filter(
    (name) => isPrintedName(name) || productNames.some((product) => startsWithName(product, name)),
  )
}

const TRADE_MARKED = new RegExp(String.raw`(?<![\w'])(${NAME_WORD}(?:\s+(?:${NAME_WORD}|of|and|for|the|&)){0,5})\s?[®™]`, 'g')

/** Names that the agency prints with the sign of a trade mark, from the text as it is: "StrikeMaster® Lithium Lazer™". */
export function tradeMarks(text: string): string[] {
  return distinct(
    [...text.slice(0, MARKS_WITHIN).matchAll(TRADE_MARKED)].map((match) =>
      match[1]!.replace(/^(?:The|This|These|All|Only)\s+/, '').replace(/[‘’]/g, "'"),
    ),
  )
}

const MARKS_WITHIN = 1_500

/** Markings stand in the first sentences; what follows in a long text are tables. */
const PRINTED_WITHIN = 20_000

function isPrintedName(name: string): boolean {
  const words = name.split(' ')
  // Words in capitals are a name even where they are ordinary: "the CROWN DARTS logo".
  const capitals = words.length > 1 && name === name.toUpperCase() && !/\d/.test(name)
  return (
    /^[A-Z0-9]/.test(name) &&
    /[A-Za-z]{2}/.test(name) &&
    !MADE_IN.test(name) &&
    !/\d{3,}|^WARNING|^DO NOT/.test(name) &&
    words.length <= 4 &&
    (capitals || !words.every(isCommonWord))
  )
}

const DEALERS = new RegExp(
  String.raw`(?:^|[,;] |\band |\bAuthorized )(${NAME_WORD}(?:\s+${NAME_WORD}){0,2}) (?:authorized |brand )?(?:dealers|dealerships|distributors)\b`,
  'g',
)

/** "Can-Am dealers nationwide": who has dealers is a brand. */
export function dealersOf(soldText: string): string[] {
  return [...soldText.matchAll(DEALERS)]
    .map((match) => match[1]!.replace(/^(?:Authorized|Independent|Through)\s+/, ''))
    .filter((name) => !/^[A-Z][a-z]+$/.test(name) || !isCommonWord(name))
}

/** Whether a text begins with a name, whole words and whatever the case. */
export function startsWithName(text: string, name: string): boolean {
  return text.toLowerCase().startsWith(name.toLowerCase()) && !/\w/.test(text[name.length] ?? ' ')
}
