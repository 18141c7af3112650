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

export type Known = { said: readonly string[]; printed: readonly string[]; ruled: readonly string[] }

/** What the features ask of a recall as a whole, in the forms in which they compare it: small letters, or letters alone. */
type About = {
  firm: string
  firmLow: string
  firmKey: string
  firmStore: boolean
  /** How often products of the firm bear its name: 0 … 1. */
  house: number
  /** Names begin with the firm's first word; the firm is said or printed to be the brand; names begin otherwise. */
  firmStated: boolean
  otherLeads: boolean
  firmSells: boolean
  firmSite: boolean
  firmFirst: string
  makers: { keys: ReadonlySet<string>; low: readonly string[] }
  said: Names
  printed: Names
  ruled: Names
  runs: readonly { low: string; key: string }[]
  names: readonly string[]
  subject: string
  subjectPlain: string
  title: string
  product: string
  sold: string
  sites: ReadonlySet<string>
}

type Names = { all: readonly string[]; keys: ReadonlySet<string>; low: readonly string[] }

function namesOf(all: readonly string[]): Names {
  return { all, keys: new Set(all.map(lettersOf)), low: all.map((name) => name.toLowerCase()) }
}

function aboutRecall(view: View, texts: NamedTexts, known: Known): About {
  const { firm } = view
  const counts = countsOfName(firm)
  const runs = view.leads.map(({ words }) => words.join(' '))
  const stated = [...known.said, ...known.printed]
  const sold = view.sold.toLowerCase()
  const sites = new Set(
    [...`${sold} ${view.title.toLowerCase()}`.matchAll(/([a-z0-9-]+)\.(?:com|net|us|org|co|shop|store)\b/g)].map((match) =>
      match[1]!.replace(/^www/, ''),
    ),
  )
  const store = isStore(firm)
  const firmKey = lettersOf(firm)
  return {
    firm,
    firmLow: firm.toLowerCase(),
    firmKey,
    firmStore: store,
    house: Math.max(counts.firm === 0 ? 0 : Math.min(counts.led / counts.firm, 1), flag(houseName(firm) !== '')),
    firmStated: firm !== '' && stated.some((each) => startsWithName(firm, each) || startsWithName(each, firm)),
    otherLeads: view.leads.length > 0 && !view.leads.some(({ words }) => startsWithName(firm, words[0]!.replace(/'s$/, ''))),
    firmSells: firm !== '' && !store && view.sold.includes(firm),
    firmSite: firm !== '' && !store && [...sites].some((site) => site.replaceAll('-', '') === firmKey),
    firmFirst: firm.split(' ')[0]!,
    makers: { keys: new Set(texts.firms.map(lettersOf)), low: texts.firms.map((each) => each.toLowerCase()) },
    said: namesOf(known.said),
    printed: namesOf(known.printed),
    ruled: namesOf(known.ruled),
    runs: runs.map((run) => ({ low: run.toLowerCase(), key: lettersOf(run) })),
    names: view.names.map((name) => withoutLeadIn(name).toLowerCase()),
    subject: view.subject.toLowerCase(),
    subjectPlain: withoutLeadIn(view.subject).toLowerCase(),
    title: view.title.toLowerCase(),
    product: withoutLeadIn(view.product).toLowerCase(),
    sold,
    sites,
  }
}

type Candidate = { name: string; sources: ReadonlySet<Source> }

/** What speaks for each of the names and against it, each 0 … about 1; what is not there is 0. `all` are the candidates. */
export function featuresOfAll(all: readonly Candidate[], view: View, texts: NamedTexts, known: Known): Record<string, number>[] {
  const about = aboutRecall(view, texts, known)
  const stated = all.filter(({ sources }) => sources.has('said') || sources.has('printed'))
  return all.map((each) => featuresOf(each, about, view, stated))
}

function featuresOf({ name, sources }: Candidate, about: About, view: View, stated: readonly Candidate[]): Record<string, number> {
  const key = lettersOf(name)
  const low = name.toLowerCase()
  const words = name.split(/\s+/)
  const [first, last] = [words[0]!, words.at(-1)!]
  const { firm, firmLow } = about
  const isFirm = key === about.firmKey
  const firmPart = firm !== '' && !isFirm && (begins(firmLow, low) || begins(firmLow.replace(/^the /, ''), low))
  const firms = isFirm || firmPart
  const ownFirm = firms || (firm !== '' && begins(low, firmLow))
  const isSaid = about.said.keys.has(key)
  const isPrinted = about.printed.keys.has(key)
  const counts = countsOfName(name)
  const shorter = words.length === 1 ? counts : countsOfName(words.slice(0, -1).join(' '))
  const leads = about.names.some((each) => begins(each, low))
  const subjectLed = begins(about.subject, low)
  const wordsCommon = words.map(isCommonWord)
  const strong = isSaid || isPrinted
  const at = occurrences(view.all, name)
  const alone = at.filter(({ after }) => !/^['’]?s?\s+(?:[A-Z0-9&+]|and [A-Z])/.test(after)).length
  const behind = new Set(at.map(({ after }) => /^\s+([\p{L}\p{N}'-]+)/u.exec(after)?.[1]?.toLowerCase() ?? ''))
  behind.delete('')
  const firmStrongOther =
    firms &&
    stated.some(
      (other) =>
        lettersOf(other.name) !== key &&
        !startsWithName(other.name, name) &&
        !startsWithName(name, other.name) &&
        !startsWithName(firm, other.name),
    )
  return {
    bias: 1,
    // What the rules say, and what the text says outright.
    rule: flag(about.ruled.keys.has(key)),
    ruleOne: flag(about.ruled.all.length === 1 && about.ruled.keys.has(key)),
    said: flag(isSaid),
    namedSaid: flag(sources.has('said')),
    saidBeganBy: flag(about.said.low.some((each) => each !== low && begins(low, each))),
    saidOther: flag(about.said.all.length > 0 && !isSaid),
    printed: flag(isPrinted),
    printedBeganBy: flag(about.printed.low.some((each) => each !== low && begins(low, each))),
    printedOther: flag(
      about.printed.all.length > 0 && !isPrinted && !about.printed.low.some((each) => begins(each, low) || begins(low, each)),
    ),
    quoted: flag(sources.has('quoted')),
    listed: flag(sources.has('listed')),
    dealers: flag(sources.has('dealers')),
    marked: flag(sources.has('marked')),
    named: flag(sources.has('named')),
    owner: flag(sources.has('owner')),
    second: flag(sources.has('second')),
    strongLed: flag(strong && leads),
    // Who recalls it.
    firm: flag(isFirm),
    firmPart: flag(firmPart),
    firmStore: flag(firms && about.firmStore),
    firmLed: flag(isFirm && (leads || subjectLed)),
    firmOther: flag(isFirm && about.otherLeads),
    firmStrongOther: flag(firmStrongOther),
    firmNamed: flag(firms && view.text.includes(name)),
    firmShare: flag(firms) * about.house,
    maker: flag(!isFirm && about.makers.keys.has(key)),
    makerPart: flag(about.makers.low.some((each) => each !== low && begins(each, low))),
    lineFirmStated: flag(!ownFirm && about.firmStated),
    lineOwnStores: flag(!ownFirm && about.firmSells),
    firmSite: flag(!ownFirm && about.firmSite),
    oneFirm: flag(!ownFirm && counts.led > 1 && counts.firms === 1),
    // Where it stands.
    leadAny: flag(leads),
    leadTitle: flag(begins(about.title, low)),
    firstInSubject: flag(subjectLed && !ownFirm),
    behindName: shareOf(at, ({ before }) => isBehindName(before)),
    behindFirm: shareOf(at, ({ before }) => isBehindFirm(before, about.firmFirst)),
    opens: flag(at.some(({ before }) => /(?:involves|includes|recalled|of|the|all) (?:the |all |two |three |certain )?$/.test(before))),
    inTitle: flag(view.title.includes(name)),
    inNames: flag(view.names.some((each) => each.includes(name))),
    inText: flag(view.text.includes(name)),
    inSold: flag(about.sold.includes(low)),
    site: flag(about.sites.has(key)),
    alone: logOf(alone),
    aloneShare: at.length === 0 ? 0 : alone / at.length,
    behind: logOf(behind.size),
    standsBack: words.length < 2 ? 0 : Math.min(at.length / Math.max(occurrences(view.all, words.slice(0, -1).join(' ')).length, 1), 1),
    // How it looks.
    words1: flag(words.length === 1),
    words3: flag(words.length === 3),
    words4: flag(words.length > 3),
    lower: flag(!/^[A-Z0-9]/.test(name)),
    digits: flag(/\d/.test(name)),
    short: flag(key.length < 4),
    long: flag(key.length > 18),
    odd: flag(/%|\d{3}|[:;#*]|Inc\b|LLC/.test(name)),
    lastModel: flag(words.length > 1 && /\d|^[a-z]+[A-Z]|^[A-Z]$/.test(last)),
    lastSmall: flag(wordsCommon.at(-1) === true && view.small.has(last.toLowerCase())),
    small: flag(words.length === 1 && view.small.has(first.toLowerCase())),
    plainWord: flag(words.length === 1 && isCommonWord(plainName(name))),
    // What it is in all recalls.
    led: logOf(counts.led),
    nextShare: counts.led === 0 ? 0 : Math.min(counts.next / counts.led, 1.5),
    firms: logOf(counts.firm),
    stated: logOf(counts.stated),
    kept: words.length === 1 || shorter.led === 0 ? 0 : counts.led / shorter.led,
    growsLess: flag(words.length > 1 && shorter.led > 1 && counts.led <= shorter.led / 3),
  }
}

/** It sells what others make, far more often than its own name stands on a product. */
function isStore(name: string): boolean {
  const { sold, led } = countsOfName(name)
  return isRetailer(name) || (sold > 8 && sold > 3 * led)
}

/** Whether a text begins with a name, whole words; both in small letters. */
function begins(text: string, name: string): boolean {
  return text.startsWith(name) && !/\w/.test(text[name.length] ?? ' ')
}

/** 0 … about 1. */
function logOf(count: number): number {
  return Math.log1p(count) / 4
}

function flag(said: boolean): number {
  return said ? 1 : 0
}

/** One or two words behind the firm's first word. */
function isBehindFirm(before: string, firmFirst: string): boolean {
  if (firmFirst === '' || !before.endsWith(' ') || !before.includes(firmFirst)) return false
  const at = before.lastIndexOf(firmFirst)
  return before.slice(at, -1).split(' ').length <= 2
}

const NO_NAME = /^(?:Recalls?|The|This|These|Brand|Model|Recall|Of|And|Involves|By)\b/

/** Behind another name: "Classroom Select | NeoRok". */
function isBehindName(before: string): boolean {
  const end = before.endsWith('"') ? before.length - 2 : before.length - 1
  if (before[end] !== ' ') return false
  const start = before.lastIndexOf(' ', end - 1) + 1
  const word = before.slice(start, end)
  return start > 1 && /^[A-Z][\w'&-]*$/.test(word) && /[a-z0-9'&-]/.test(before[start - 2]!) && !NO_NAME.test(word)
}

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
