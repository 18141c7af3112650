/**
 * Recalls of a component that was sold with other products: which products, and by what the component itself is told. Pure.
 *
 * `AC power cords distributed with notebook computers`, `battery packs sold with the following printers: …`: whoever offers such a printer
 * offers the component with it, and what decides is printed on the component.
 */
import { isSpec, isYear } from './codes.ts'
import { BREAK, STOP, hasDigit, stem, type Words } from './text.ts'
import { COLOURS, PART_WORDS, STOP_WORDS } from './words.ts'

export type Component = {
  /** Stemmed nouns of what it was sold with: `notebook`, `computer`. */
  hosts: string[]
  /**
   * By what the component itself is told: `lot`, also serial or date, so that every host listed has it; `number`, one number or mark of
   * its own, which a host listed has too; `some`, one of several numbers, or it was optional: then a host may have another.
   */
  toldBy: 'lot' | 'number' | 'some'
  /** Numbers among the hosts, `t410`, `520`: where there are some, a host that is not listed is none. */
  hostNumbers: string[]
  /** First letters of the hosts' numbers, where they are listed so: `B-, G- and Z-series`. */
  hostSeries: string[]
}

/** Words from the verb that may pass before `with`. */
const PREPOSITION_WITHIN = 7
/** Single letters from which they are a list of series. */
const SERIES_LISTED = 2
/** Words of the list of hosts that are read. */
const HOSTS_WITHIN = 60

const SUPPLIED = new Set(['sold', 'distributed', 'packaged', 'provided', 'shipped', 'supplied', 'bundled', 'came', 'come', 'comes'])
const USED = new Set(['used', 'included', 'includes', 'installed', 'designed'])
const ENDS = new Set(['is', 'are', 'was', 'were', 'have', 'has', 'that', 'which', 'from', 'between', 'at', 'by', 'in', 'to'])

const SEVERAL_NUMBERS = /\b(?:part|model|item|fru|type|catalog|spare)\s+numbers\b|\bbar\s?codes\b/i
const OPTIONAL = /\b(?:optional|extended[- ]life|replacement)\s+(?:or\s+\w+\s+)?batter/i
/** What sentences say a component's own number is. */
const OWN_NUMBER =
  /\b(?:part|model|item|fru|type|catalog|spare)\s*(?:#|nos?\b|numbers?\b)|\bp\/n\b|\bbar\s?codes?\b|\bmolded mark\b|\bcertification number\b/i

/** What is sold with appliances and recalled without them. */
const COMPONENT_NOUNS = new Set('battery adapter adaptor charger cord cable supply powerpack hose remote'.split(' '))

/** Whether a word names a component that comes with other products: `battery`, `adapter`. */
export function isComponentNoun(word: string): boolean {
  return COMPONENT_NOUNS.has(word)
}

/** The component of a description whose product is named by `heads`, or null where it is sold by itself. */
export function componentOf(description: string, words: Words, heads: readonly string[]): Component | null {
  const parts = heads.filter(isComponentNoun)
  if (parts.length === 0) return null
  const hosts = new Set<string>()
  const numbers = new Set<string>()
  const series = new Set<string>()
  for (let i = 0; i < words.text.length; i++) {
    const word = words.text[i]!
    const isSupplied = SUPPLIED.has(word)
    if (!isSupplied && !USED.has(word)) continue
    for (let k = i + 1; k < Math.min(words.text.length, i + PREPOSITION_WITHIN); k++) {
      if (words.before[k] === STOP) break
      const next = words.text[k]!
      if (next !== 'with' && (isSupplied || (next !== 'in' && next !== 'for' && next !== 'on'))) continue
      readHosts(words, k + 1, hosts, numbers, series)
      break
    }
  }
  for (const part of parts) hosts.delete(part)
  return hosts.size === 0
    ? null
    : {
        hosts: [...hosts],
        toldBy: toldBy(description, parts),
        hostNumbers: [...numbers],
        hostSeries: series.size >= SERIES_LISTED ? [...series] : [],
      }
}

/** The last plain noun of each phrase behind `sold with`, small letters, no part, no colour; and the numbers among them. */
function readHosts(words: Words, start: number, hosts: Set<string>, numbers: Set<string>, series: Set<string>): void {
  let noun = ''
  let before = ''
  function close(): void {
    const meant = WIDE.has(noun) && before !== '' ? before : noun
    if (meant.length > 2) hosts.add(meant)
    noun = before = ''
  }
  for (let i = start; i < Math.min(words.text.length, start + HOSTS_WITHIN) && words.before[i] !== STOP; i++) {
    const word = words.text[i]!
    if (words.before[i]! >= BREAK || word === 'and' || word === 'or') close()
    if (ENDS.has(word)) break
    const stemmed = stem(word)
    if (/(?:ly|ed|ing)$/.test(word)) continue
    if (word.length === 1 && words.capital[i] === 1) series.add(word)
    if (hasDigit(word) && word.length >= 3 && !isSpec(word) && !isYear(word)) numbers.add(word)
    if (hasDigit(word) || STOP_WORDS.has(stemmed) || words.capital[i] === 1 || COLOURS.has(stemmed) || GENERAL.has(stemmed)) continue
    before = noun
    noun = PART_WORDS.has(stemmed) ? '' : stemmed
  }
  close()
}

/** Nouns behind `sold with` that name no product. */
const GENERAL = new Set(
  'following model series serial number date code various certain several purchase original replacement warranty year kit set size use product instruction manual response service call sery type some both end style device previous optional manufacturer personal inch in electric option'.split(
    ' ',
  ),
)

/** Nouns too wide to tell a host: `notebook computers` are notebooks. */
export const WIDE: ReadonlySet<string> = new Set(['computer', 'device', 'unit', 'system', 'machine', 'appliance', 'equipment'])

/** From the sentences that name the component; one on the host's number does not count. */
function toldBy(description: string, parts: readonly string[]): Component['toldBy'] {
  let told: Component['toldBy'] = 'lot'
  for (const sentence of description.slice(0, 6000).split(/(?<=[.!?])\s+(?=[A-Z"\u201c])/)) {
    const lower = sentence.toLowerCase()
    if (!parts.some((part) => lower.includes(part.endsWith('y') ? part.slice(0, -1) : part))) continue
    if (SEVERAL_NUMBERS.test(sentence)) return 'some'
    if (OWN_NUMBER.test(sentence)) told = 'number'
  }
  return told === 'number' && OPTIONAL.test(description) ? 'some' : told
}
