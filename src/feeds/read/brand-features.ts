/** What speaks for a name to be a brand, and what against it. Pure. */
import { startsWithName } from './brand-words.ts'
import type { Source, View } from './brand-candidates.ts'
import { countsOfName, plainName } from './name-counts.ts'
import { withoutLeadIn } from './name-runs.ts'
import type { NamedTexts } from './name-rules.ts'
import { houseName, isCommonWord, isRetailer } from './words.ts'

/** A name as it is compared: without case, blanks and signs. */
export function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
}

/** What sort of firm it is, or where. */
const FORM_END =
  / (?:Inc|LLC|Co|Company|Corp|Corporation|Industries|Enterprises|International|America|USA|U\.S\.A|North|Group|Holdings|Products|Technologies|Manufacturing|Motors|Bicycles?|Components|Brands|Stores|Imports?|Trading|Sourcing|Electronics|Woodworking|Operating|Distribution)\.?$/i
const THING_END =
  /\b(?:Sets?|Kits?|Toys?|Collection|Series|Model|Style|Children's|Kids?|Girls?'?s?|Boys?'?s?|Women's|Men's|Infants?|Baby|Mini|Electric|Portable|Wireless|Smart|SKU|RN|UPC|PO)$/i

/** It sells what others make, far more often than its own name stands on a product. */
function isStore(name: string): boolean {
  const { sold, led } = countsOfName(name)
  return isRetailer(name) || (sold > 8 && sold > 3 * led)
}

/** 0 … about 1. */
function logOf(count: number): number {
  return Math.log1p(count) / 4
}

function flag(said: boolean): number {
  return said ? 1 : 0
}

export type Known = { said: readonly string[]; printed: readonly string[]; ruled: readonly string[] }

/** What speaks for a name and against it, each 0 … about 1. `all` are the candidates beside it. */
export function featuresOf(
  name: string,
  sources: ReadonlySet<Source>,
  view: View,
  texts: NamedTexts,
  known: Known,
  all: readonly { name: string; sources: ReadonlySet<Source> }[],
): Record<string, number> {
  const key = lettersOf(name)
  const words = name.split(/\s+/)
  const plain = plainName(name)
  const counts = countsOfName(name)
  const shorter = countsOfName(words.slice(0, -1).join(' '))
  const same = (other: string): boolean => lettersOf(other) === key
  const begins = (other: string): boolean => !same(other) && startsWithName(other, name)
  const beganBy = (other: string): boolean => !same(other) && startsWithName(name, other)
  const within = (list: readonly string[], test: (each: string) => boolean): number => flag(list.some(test))
  const { firm } = view
  const isFirm = same(firm)
  const isMaker = isFirm || texts.firms.some(same)
  const firmPart = firm !== '' && (begins(firm) || begins(firm.replace(/^The /, '')))
  const firmStore = isStore(firm)
  const leads = view.names.filter((each) => startsWithName(withoutLeadIn(each), name)).length
  const at = occurrences(view.all, name)
  const alone = at.filter(({ after }) => !/^['’]?s?\s+(?:[A-Z0-9&+]|and [A-Z])/.test(after)).length
  const behind = new Set(
    at.map(({ after }) => /^\s+([\p{L}\p{N}'-]+)/u.exec(after)?.[1]?.toLowerCase() ?? '').filter((word) => word !== ''),
  )
  const runOf = view.leads.filter(({ words: run }) => startsWithName(run.join(' '), name))
  const wholeRun = view.leads.filter(({ words: run }) => same(run.join(' ')))
  const site = [...`${view.sold} ${view.title}`.toLowerCase().matchAll(/([a-z0-9-]+)\.(?:com|net|us|org|co|shop|store)\b/g)].map((match) =>
    match[1]!.replace(/^www/, ''),
  )
  const strongOther = all.some(
    (other) =>
      lettersOf(other.name) !== key &&
      (other.sources.has('said') || other.sources.has('printed')) &&
      !startsWithName(other.name, name) &&
      !startsWithName(name, other.name) &&
      !startsWithName(firm, other.name),
  )
  const allCommon = words.every(isCommonWord)
  const lastSmall = view.small.has(words.at(-1)!.toLowerCase()) && isCommonWord(words.at(-1)!)
  const hasSaid = known.said.length > 0
  const hasPrinted = known.printed.length > 0
  const isRule = known.ruled.some(same)
  const led = logOf(counts.led)
  const ownFirm = isFirm || firmPart || (firm !== '' && beganBy(firm))
  const firmCounts = countsOfName(firm)
  const house = Math.max(firmCounts.firm === 0 ? 0 : Math.min(firmCounts.led / firmCounts.firm, 1), flag(houseName(firm) !== ''))
  const firmLeads = firm !== '' && view.leads.some(({ words: run }) => startsWithName(run.join(' '), firm.split(' ')[0]!))
  const firmStated = known.said
    .concat(known.printed)
    .some((each) => firm !== '' && (startsWithName(firm, each) || startsWithName(each, firm)))
  const strong = known.said.some(same) || known.printed.some(same)
  const other = view.leads.length > 0 && !view.leads.some(({ words: run }) => startsWithName(firm, run[0]!.replace(/'s$/, '')))
  return {
    bias: 1,
    rule: flag(isRule),
    ruleOne: flag(isRule && known.ruled.length === 1),
    ruleBegins: within(known.ruled, begins),
    ruleBeganBy: within(known.ruled, beganBy),
    said: within(known.said, same),
    saidBegins: within(known.said, begins),
    saidBeganBy: within(known.said, beganBy),
    saidOther: flag(hasSaid && !known.said.some(same)),
    printed: within(known.printed, same),
    printedBegins: within(known.printed, begins),
    printedBeganBy: within(known.printed, beganBy),
    printedOther: flag(hasPrinted && !known.printed.some((each) => same(each) || begins(each) || beganBy(each))),
    quoted: flag(sources.has('quoted')),
    listed: flag(sources.has('listed')),
    dealers: flag(sources.has('dealers')),
    table: flag(sources.has('table')),
    marked: flag(sources.has('marked')),
    named: flag(sources.has('named')),
    namedSaid: flag(sources.has('said')),
    joined: flag(sources.has('joined')),
    owner: flag(sources.has('owner')),
    seller: flag(sources.has('seller')),
    firm: flag(isFirm),
    firmPart: flag(firmPart),
    firmPartLed: flag(firmPart) * flag(leads > 0),
    firmPartOther: flag(firmPart) * flag(other),
    firmBegins: flag(firm !== '' && beganBy(firm)),
    firmStore: flag(isFirm || firmPart) * flag(firmStore),
    firmStoreOther: flag(isFirm || firmPart) * flag(firmStore && other),
    firmLed: flag(isFirm) * flag(leads > 0 || startsWithName(view.subject, name)),
    firmOther: flag(isFirm) * flag(other),
    firmStrongOther: flag(isFirm || firmPart) * flag(strongOther),
    firmNamed: flag(isFirm || firmPart) * flag(view.text.includes(name)),
    firmHouse: flag(isFirm || firmPart) * flag(houseName(firm) !== ''),
    firmOnly: flag(isFirm) * flag(view.leads.length === 0 && !hasSaid && !hasPrinted),
    maker: flag(isMaker && !isFirm),
    makerPart: flag(texts.firms.some(begins)),
    firmShare: flag(isFirm || firmPart) * house,
    lineShare: flag(!ownFirm) * house,
    lineShareWeak: flag(!ownFirm && !strong) * house,
    lineFirmLeads: flag(!ownFirm) * flag(firmLeads),
    lineFirmStated: flag(!ownFirm) * flag(firmStated),
    lineFirmNone: flag(!ownFirm) * flag(!firmLeads && !firmStated),
    lineNoFirm: flag(firm === ''),
    oneFirm: flag(!ownFirm && counts.led > 1 && counts.firms === 1),
    oneFirmHouse: flag(!ownFirm && counts.led > 1 && counts.firms === 1) * house,
    manyFirms: flag(counts.firms > 2) * flag(!ownFirm),
    strongLed: flag(strong) * flag(leads > 0),
    strongNotFirm: flag(strong) * flag(!ownFirm),
    weakNotFirmStore: flag(!strong && !ownFirm) * flag(firmStore),
    firmStated: flag(isFirm || firmPart) * flag(firmStated),
    extends: extension(at),
    standsBack: words.length < 2 ? 0 : Math.min(at.length / Math.max(occurrences(view.all, words.slice(0, -1).join(' ')).length, 1), 1),
    otherNoFirm: flag(!isFirm && !firmPart) * flag(firmStore),
    store: flag(isStore(name)),
    leadAll: view.names.length === 0 ? 0 : leads / view.names.length,
    leadAny: flag(leads > 0),
    leadSubject: flag(startsWithName(view.subject, name) || startsWithName(withoutLeadIn(view.subject), name)),
    leadProduct: flag(startsWithName(withoutLeadIn(view.product), name)),
    leadTitle: flag(startsWithName(view.title, name)),
    run: flag(runOf.length > 0),
    wholeRun: flag(wholeRun.length > 0),
    wholeClosed: flag(wholeRun.some(({ closed }) => closed)),
    partOfClosed: flag(wholeRun.length === 0 && runOf.some(({ closed }) => closed)),
    words1: flag(words.length === 1),
    words3: flag(words.length === 3),
    words4: flag(words.length > 3),
    common: flag(allCommon),
    commonOne: flag(allCommon && words.length === 1),
    firstCommon: flag(isCommonWord(words[0]!)),
    lastCommon: flag(words.length > 1 && isCommonWord(words.at(-1)!)),
    lastSmall: flag(lastSmall),
    small: flag(words.length === 1 && view.small.has(words[0]!.toLowerCase())),
    digits: flag(/\d/.test(name)),
    code: flag(/^(?=.*\d)[A-Z0-9/-]+$/.test(words.at(-1)!)),
    capitals: flag(/^[A-Z&+ -]{3,}$/.test(name)),
    lower: flag(!/^[A-Z0-9]/.test(name)),
    short: flag(key.length < 4),
    long: flag(key.length > 18),
    formEnd: flag(FORM_END.test(name)),
    formFollows: flag(firm !== '' && startsWithName(firm, name) && FORM_END.test(` ${firm.slice(name.length).trim().split(' ')[0]}`)),
    lastModel: flag(words.length > 1 && /\d|^[a-z]+[A-Z]|^[A-Z]$/.test(words.at(-1)!)),
    thing: flag(THING_END.test(name)),
    behindName: shareOf(at, ({ before }) => BEHIND_NAME.test(before)),
    behindFirm: shareOf(
      at,
      ({ before }) => firm !== '' && new RegExp(`${firm.split(' ')[0]!.replace(/[^\w]/g, '.')}\\S*( \\S+)? $`).test(before),
    ),
    modelCue: flag(
      at.some(
        ({ before, after }) =>
          /\b(?:models?|styles?|collection|called|named?) "?$/i.test(before) ||
          /^"? (?:models?|styles?|series|collection|line)\b/i.test(after),
      ),
    ),
    opens: flag(at.some(({ before }) => /(?:involves|includes|recalled|of|the|all) (?:the |all |two |three |certain )?$/.test(before))),
    ownsNext: flag(at.some(({ after }) => /^'(?:s| [A-Z])/.test(after))),
    byName: flag(at.some(({ before }) => /\bby (?:the )?$/.test(before))),
    soldBy: flag(at.some(({ before }) => /\b(?:sold|distributed|imported)[^.]{0,30} by (?:the )?$/i.test(before))),
    printedNear: flag(
      at.some(
        ({ after, before }) =>
          /^"?(?: (?:logo|name))?"? (?:is|are|was|appears?|appearing|can be|written|printed|logo)\b/.test(after) ||
          /\b(?:label|tag|logo|printed|reads?|reading|stamped|marked)\b[^.]{0,20}$/i.test(before),
      ),
    ),
    odd: flag(/%|\d{3}|[:;#*]|Inc\b|LLC/.test(name)),
    inTitle: flag(view.title.includes(name)),
    inNames: flag(view.names.some((each) => each.includes(name))),
    inText: flag(view.text.includes(name)),
    inSold: flag(view.sold.toLowerCase().includes(name.toLowerCase())),
    times: logOf(at.length),
    alone: logOf(alone),
    aloneShare: at.length === 0 ? 0 : alone / at.length,
    behind: logOf(behind.size),
    site: flag(site.includes(key)),
    led,
    next: logOf(counts.next),
    nextShare: counts.led === 0 ? 0 : Math.min(counts.next / counts.led, 1.5),
    firms: logOf(counts.firm),
    stated: logOf(counts.stated),
    sold: logOf(counts.sold),
    unknown: flag(counts.led < 2 && counts.firm === 0),
    kept: shorter.led === 0 ? 0 : counts.led / shorter.led,
    growsLess: flag(words.length > 1 && shorter.led > 1 && counts.led <= shorter.led / 3),
    statedShare: counts.led === 0 ? 0 : Math.min(counts.stated / counts.led, 1),
    release: flag(view.release),
    releaseFirm: flag(view.release && (isFirm || firmPart)),
    plainWord: flag(words.length === 1 && isCommonWord(plain)),
  }
}

/** The share of its places that the same word written large follows: "Harbor" nearly always stands before "Breeze". */
function extension(places: readonly { after: string }[]): number {
  const next = places.flatMap(({ after }) => /^\s+((?:[A-Z0-9&+]|[a-z]+[A-Z])[\w'-]*)/.exec(after)?.[1] ?? [])
  const most = Math.max(
    0,
    ...Map.groupBy(next, (word) => word)
      .values()
      .map((all) => all.length),
  )
  return places.length === 0 ? 0 : most / places.length
}

/** Behind another name: "Classroom Select | NeoRok". */
const BEHIND_NAME =
  /(?<!^|[.:"] )(?<=[a-z0-9"'&-] |^)(?!(?:Recalls?|The|This|These|Brand|Model|Recall|Of|And|Involves|By)\b)[A-Z][\w'&-]* "?$/

function shareOf<T>(all: readonly T[], test: (each: T) => boolean): number {
  return all.length === 0 ? 0 : all.filter(test).length / all.length
}

const OCCURRENCES_MAX = 60

function occurrences(text: string, name: string): { after: string; before: string }[] {
  const found: { after: string; before: string }[] = []
  for (let at = text.indexOf(name); at >= 0 && found.length < OCCURRENCES_MAX; at = text.indexOf(name, at + name.length))
    if (!/[\w]/.test(text[at - 1] ?? ' ') && !/\w/.test(text[at + name.length] ?? ' '))
      found.push({ after: text.slice(at + name.length, at + name.length + 40), before: text.slice(Math.max(0, at - 40), at) })
  return found
}
