/** The Atom feed (RFC 4287) of the recalls that this marketplace acts on. Pure. */
import { briefWords } from '../outreach/index.ts'
import { AGENCY_NAMES, jurisdictionOfAgency } from '../recalls/index.ts'
import { alsoNames } from './public-joint.ts'
import type { FeedRow } from './queries-public.ts'
import { agencyName } from './recall-words.ts'

/** Of a feed without entries: it has never changed. */
const NEVER = new Date(0)

/**
 * `baseUrl` is the public address, without a slash at its end. An entry's id is the address of its recall's page, which stays the same for
 * every revision; `updated` is the newest of the agency's revision and our campaign.
 */
export function atomFeed(baseUrl: string, rows: readonly FeedRow[]): string {
  const updated = rows.reduce((newest, row) => (row.updated_at > newest ? row.updated_at : newest), NEVER)
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
  <id>${escaped(`${baseUrl}/recalls.atom`)}</id>
  <title>Recalls of products sold here</title>
  <updated>${updated.toISOString()}</updated>
  <author><name>Product safety</name></author>
  <link rel="self" type="application/atom+xml" href="${escaped(`${baseUrl}/recalls.atom`)}"/>
  <link rel="alternate" type="text/html" href="${escaped(`${baseUrl}/recalls?ours=1`)}"/>
${rows.map((row) => entry(baseUrl, row)).join('')}</feed>
`
}

function entry(baseUrl: string, { recall_id, recall, also, opened_at, updated_at }: FeedRow): string {
  const address = `${baseUrl}/recalls/${encodeURIComponent(recall_id)}`
  const said = briefWords({ jurisdiction: jurisdictionOfAgency(recall.agency), recall, remedies: recall.remedies, proof: 'none' })
  const summary = [said.danger, ...said.why, recall.remedyText, alsoNames(also)].filter((text) => text.trim() !== '').join('\n\n')
  const via = recall.url !== null && /^https?:\/\//i.test(recall.url) ? `    <link rel="via" href="${escaped(recall.url)}"/>\n` : ''
  const language = recall.language === undefined ? '' : ` xml:lang="${escaped(recall.language)}"`
  return `  <entry>
    <id>${escaped(address)}</id>
    <title${language}>${escaped(recall.title)}</title>
    <published>${opened_at.toISOString()}</published>
    <updated>${updated_at.toISOString()}</updated>
    <link rel="alternate" type="text/html" href="${escaped(address)}"/>
${via}    <contributor><name>${escaped(agencyName(recall))}</name></contributor>
${also.map((agency) => `    <contributor><name>${escaped(AGENCY_NAMES[agency])}</name></contributor>\n`).join('')}${recall.hazards.map((hazard) => `    <category term="${hazard}"/>\n`).join('')}    <summary>${escaped(summary)}</summary>
  </entry>
`
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text as XML 1.0 can hold it (section 2.2): what is no character there is dropped, halves of surrogate pairs too. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll(/[&<>"']/g, (character) => ENTITIES[character]!)
}
