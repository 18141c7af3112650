/** Who recalls what, from the headline. Pure. */

/** `firm` is '' where the title names none. */
export type TitleParts = { firm: string; product: string }

const ABOUT = /\s+(?:Due to|Because of|Following|After|for Violation|Under|to Prevent|for Risk)\b|;|\s\(Recall|,\s+(?:Risk|Violat)/i
const PASSIVE = /^(.*?)\s+(?:are\s+|is\s+)?Recalled\b(?:.*?\b(?:by|from)\s+(.*))?$/i
// "Toy Chests Repair/Recall by Crate & Barrel", "Water Toy Corrected by Wham-O", "Injuries Prompt Recall of Hand Pumps by Genuine Innovations".
const ACTION_BY =
  /^(.*?)\s+(?:(?:Repair\/)?Recall(?:\/Repair)?|Corrected|Repaired|Replaced|Safety Alert|Warning)\s+(?:Program\s+)?by\s+(.*)$/i
const PROMPTED = /\bPrompts?\s+(?:Recall\s+of\s+(?<product>.*?)(?:\s+by\s+(?<firm>.*))?|(?<who>.*?)\s+to\s+Recall\s+(?<what>.*))$/i
const ACTIVE =
  /^(.*?)\s+(?:Announces?\s+(?:\w+\s+){0,3}?(?:Recall|Program)\s+(?:of|to|for)|(?:Expands?|Reannounces?|Re-Announces?)\s+(?:\w+\s+)?(?:Recall\s+of\s+)?|(?:Voluntarily\s+)?Recalls?(?:\s+to\s+(?:Repair|Replace|Inspect))?)\s*(.*)$/i
// "CPSC and Crown Darts UK Warn Consumers to Stop Using … Lawn Dart Sets".
const WARNS = /^(.*?)\s+Warns?\s+(?:Consumers|Parents|the Public|Owners|Users|of|About)\b\s*(.*)$/i
const MADE_BY = /\b(?:(?:Imported|Made|Manufactured|Distributed)\s+by|Sold\s+(?:Exclusively\s+)?(?:on|at)\s+\S+\s+by)\s+([^;(]+)/i

const SOLD_AT = /\s+Sold\s+.*$/i

/** `Soojimus Recalls CUPKIN Cups Due to …` has the firm before the verb and the product behind; `Cups Recalled by Soojimus` the other way. */
export function readTitle(title: string): TitleParts {
  const core = title.replace(/^CPSC(?:,? (?:and|&)|,)\s*(?:NHTSA,?\s*(?:and\s+)?)?/i, '').split(ABOUT)[0]!
  const prompted = PROMPTED.exec(core)?.groups
  if (prompted !== undefined) {
    const { product, firm, who, what } = prompted
    return { firm: firmName(firm ?? who ?? ''), product: (product ?? what ?? '').replace(SOLD_AT, '') }
  }
  const passive = PASSIVE.exec(core)
  if (passive !== null) return { firm: firmName(passive[2] ?? MADE_BY.exec(title)?.[1] ?? ''), product: passive[1]! }
  const by = ACTION_BY.exec(core)
  if (by !== null) return { firm: firmName(by[2]!), product: by[1]! }
  const warns = WARNS.exec(core)
  if (warns !== null) return { firm: firmName(warns[1]!), product: warns[2]!.replace(/^.*\b(?:Using|Dispos\w+ of)\s+/i, '') }
  const active = ACTIVE.exec(core)
  return active === null ? { firm: '', product: core } : { firm: firmName(active[1]!), product: active[2]! }
}

const LEGAL = /,?\s+(?:Inc|LLC|L\.L\.C|Ltd|Corp|Corporation|Co|Company|Limited|GmbH|S\.?A|LP|PLC|Incorporated)\b\.?,?/gi

/** A firm without its legal form and place: "Bexco Enterprises Inc., of Montebello" → "Bexco Enterprises"; '' for "New York Importer". */
export function firmName(text: string): string {
  const name = text
    // "The Land of Nod" and "Levels of Discovery" are no firms of a place.
    .replace(/^(.*?),?\s+(?:dba|d\/b\/a|doing business as)\s+.*$/i, '$1')
    .replace(/^(.*?)(?:,|(?<=\b(?:Inc|LLC|Ltd|Corp|Co|Company|Corporation)\.?))\s+of\s+.*$/i, '$1')
    .replace(/\s+of\s+[A-Z][\w. ]+,\s+[A-Z].*$/, '')
    .replace(/\s*\(.*$/, '')
    .replace(/\s+(?:for|in) (?:an?|its|the|voluntary)\b.*$/i, '')
    .replace(LEGAL, '')
    .replace(/[\s.,;]+$/, '')
    .trim()
  return /\b(?:importers?|firms?|compan(?:y|ies)|manufacturers?|retailers?|CPSC|stores? chain)\b/i.test(name) ? '' : name
}
