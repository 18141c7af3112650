/** Lists of addresses that some agencies publish in place of their documents. Pure. */
import { fail, ok, type Result } from '../platform/result.ts'

/** An address of a document, and what the list says of its state: another version is another document. */
export type ListEntry = { address: string; version: string }

/**
 * Reads one page of a list, newest first; a page that is none says what it is. Only addresses of the list's own site (`origin`) are taken: a
 * list does not send us elsewhere.
 */
export function readList(kind: 'gov-uk-search' | 'weekly-reports', text: string, origin: string): Result<ListEntry[]> {
  return kind === 'gov-uk-search' ? searchResults(text, origin) : weeklyReports(text, origin)
}

/** GOV.UK's search answers with paths of its site; the documents are had from its content API. */
function searchResults(text: string, origin: string): Result<ListEntry[]> {
  let page: unknown
  try {
    page = JSON.parse(text)
  } catch {
    return fail('invalid', 'the list of documents is not JSON')
  }
  const results = page !== null && typeof page === 'object' && 'results' in page ? page.results : null
  if (!Array.isArray(results)) return fail('invalid', 'the list of documents has no results')
  const entries: ListEntry[] = []
  for (const result of results as { link?: unknown; public_timestamp?: unknown }[]) {
    if (typeof result?.link !== 'string' || !/^\/[\w/-]+$/.test(result.link)) return fail('invalid', 'an entry of the list has no link')
    const version = typeof result.public_timestamp === 'string' ? result.public_timestamp : ''
    entries.push({ address: `${origin}/api/content${result.link}`, version })
  }
  return ok(entries)
}

/** The Safety Gate's weekly reports since 2005, one `<weeklyReport>` each with its `<URL>` and `<publicationDate>` (day first). */
function weeklyReports(text: string, origin: string): Result<ListEntry[]> {
  const entries: (ListEntry & { day: string })[] = []
  for (const [, report] of text.matchAll(/<weeklyReport>([\s\S]*?)<\/weeklyReport>/g)) {
    const address = /<URL>\s*(?:<!\[CDATA\[)?\s*([^\s<\]]+)/.exec(report!)?.[1]?.replaceAll('&amp;', '&') ?? ''
    if (!address.startsWith(`${origin}/`)) return fail('invalid', 'a weekly report of the list has no address of the agency')
    const [, day = '', month = '', year = ''] = /<publicationDate>\s*(\d{2})\/(\d{2})\/(\d{4})/.exec(report!) ?? []
    entries.push({ address, version: '', day: `${year}-${month}-${day}` })
  }
  if (entries.length === 0) return fail('invalid', 'the list names no weekly report')
  return ok(entries.toSorted((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0)).map(({ address, version }) => ({ address, version })))
}
