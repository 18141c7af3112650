/**
 * Where the agencies' recalls are had: for each address, how it is asked, how often, how gently, and how much of it is usual. All of it is
 * data, so that a change of an agency is a change of a line here. What the agencies say of their feeds, and how they have misbehaved, stands
 * beside the line it explains. No key is used anywhere.
 */
import type { Agency } from '../recalls/index.ts'

/** How a source is walked. Addresses may hold `{from}` and `{to}` (days), `{start}` and `{size}` (of a list). */
export type Walk =
  /** One answer holds all there is (`dump`), or the newest part of it. Asked with its last ETag and Last-Modified. */
  | { kind: 'whole'; address: string; dump: boolean }
  /**
   * Asked by days, both inclusive. `byDays` are tried in order, the next where the agency cannot answer the one before; the last is also what
   * a whole rescan falls back to where `whole` is missing or fails. `overlapDays` are asked again each time, for what was published late.
   */
  | { kind: 'days'; whole: string | null; byDays: readonly string[]; since: string; dates: 'YYYY-MM-DD' | 'YYYYMMDD'; overlapDays: number }
  /**
   * A list of addresses, newest first, each with a version; what is new or has another version is asked. The newest few are asked again in
   * any case, for corrections that the list does not show.
   */
  | {
      kind: 'list'
      address: string
      list: 'gov-uk-search' | 'weekly-reports'
      pageSize: number | null
      again: { new: number; full: number }
    }

export type Source = {
  /** Stable: cursors and the account of pulls are kept under it. */
  name: string
  agency: Agency
  walk: Walk
  /** Between two pulls that went well. */
  everyMinutes: number
  /** Between two rescans of everything, which find corrections that dates and lists do not show. */
  fullEveryDays: number
  headers: Readonly<Record<string, string>>
  /** Courtesy: the pause between two requests, and how many there may be in one pull. */
  pauseMs: number
  requestsMax: number
  /** The largest single answer that is taken, over the wire and unpacked: several times what is usual. */
  bytesMax: number
  unpackedBytesMax: number
  /** Words of the 404 by which the agency says that nothing matches. */
  noneSays: string | null
}

const MB = 1024 * 1024

const JSON_HEADERS = { accept: 'application/json' }
const XML_HEADERS = { accept: 'application/rss+xml, application/xml, text/xml' }

const USUAL = { headers: JSON_HEADERS, pauseMs: 1_000, requestsMax: 60, bytesMax: 100 * MB, unpackedBytesMax: 400 * MB, noneSays: null }

/** openFDA: 240 requests a minute and 1,000 a day for one address without a key; one answer has at most 1,000 rows, the rest by `Link`. */
function openFda(part: 'food' | 'drug' | 'device'): Source {
  return {
    ...USUAL,
    name: `FDA ${part}`,
    agency: 'FDA',
    walk: {
      kind: 'days',
      whole: null,
      byDays: [`https://api.fda.gov/${part}/enforcement.json?search=report_date:[{from}+TO+{to}]&limit=1000`],
      since: '2004-01-01',
      dates: 'YYYYMMDD',
      overlapDays: 30,
    },
    // Updated once a week; asked twice a day, as the day of the week has moved before. Three parts: 1,000 requests are never near.
    everyMinutes: 12 * 60,
    // Classifications and states of older rows change without a date that could be asked for.
    fullEveryDays: 30,
    pauseMs: 500,
    requestsMax: 150,
    noneSays: 'NOT_FOUND',
  }
}

/** NHTSA: rebuilt daily with new dates and the same content, so what is inside is compared, not the archive. */
function nhtsa(name: string, file: string, everyMinutes: number): Source {
  return {
    ...USUAL,
    name,
    agency: 'NHTSA',
    walk: { kind: 'whole', address: `https://static.nhtsa.gov/odi/ffdd/rcl/${file}`, dump: true },
    everyMinutes,
    fullEveryDays: 7,
    headers: { accept: 'application/zip' },
    bytesMax: 200 * MB,
    unpackedBytesMax: 2_000 * MB,
  }
}

const CPSC_ADDRESS = 'https://www.saferproducts.gov/RestWebServices/Recall?format=json'

export const SOURCES: readonly Source[] = [
  {
    ...USUAL,
    name: 'CPSC',
    agency: 'CPSC',
    walk: {
      kind: 'days',
      // XML is the default. A misspelt parameter is ignored and everything is answered.
      whole: CPSC_ADDRESS,
      // The publication date also moves when old recalls are moved, but the agency has refused to be asked by it before.
      byDays: [
        `${CPSC_ADDRESS}&LastPublishDateStart={from}&LastPublishDateEnd={to}`,
        `${CPSC_ADDRESS}&RecallDateStart={from}&RecallDateEnd={to}`,
      ],
      since: '1973-01-01',
      dates: 'YYYY-MM-DD',
      // Recalls appear up to seven days after their date.
      overlapDays: 14,
    },
    everyMinutes: 30,
    // Edits of a recall move no date at all: only a rescan finds them. One answer of about 27 MB.
    fullEveryDays: 7,
    pauseMs: 2_000,
  },
  openFda('food'),
  openFda('drug'),
  openFda('device'),
  {
    ...USUAL,
    // Press releases come weeks before the enforcement report; the feed holds the newest few.
    name: 'FDA press',
    agency: 'FDA',
    walk: { kind: 'whole', address: 'https://www.fda.gov/about-fda/contact-fda/stay-informed/rss-feeds/recalls/rss.xml', dump: false },
    everyMinutes: 60,
    fullEveryDays: 7,
    headers: XML_HEADERS,
    bytesMax: 20 * MB,
  },
  {
    ...USUAL,
    name: 'FSIS',
    agency: 'FSIS',
    // No date can be asked for; 1.6 MB packed, 12 MB unpacked.
    walk: { kind: 'whole', address: 'https://www.fsis.usda.gov/fsis/api/recall/v/1', dump: true },
    everyMinutes: 2 * 60,
    fullEveryDays: 7,
    // The network in front of the agency answers 403 to clients that do not look like a browser.
    headers: { ...JSON_HEADERS, 'accept-language': 'en-US,en;q=0.9' },
  },
  nhtsa('NHTSA since 2010', 'FLAT_RCL_POST_2010.zip', 12 * 60),
  nhtsa('NHTSA before 2010', 'FLAT_RCL_PRE_2010.zip', 7 * 24 * 60),
  {
    ...USUAL,
    name: 'HC',
    agency: 'HC',
    walk: {
      kind: 'whole',
      address: 'https://recalls-rappels.canada.ca/sites/default/files/opendata-donneesouvertes/HCRSAMOpenData.json',
      dump: true,
    },
    everyMinutes: 6 * 60,
    fullEveryDays: 7,
  },
  {
    ...USUAL,
    name: 'EUSG',
    agency: 'EUSG',
    walk: {
      kind: 'list',
      address: 'https://ec.europa.eu/safety-gate-alerts/api/download/weeklyReport/list/xml/en',
      list: 'weekly-reports',
      pageSize: null,
      again: { new: 2, full: 26 },
    },
    everyMinutes: 6 * 60,
    fullEveryDays: 30,
    headers: XML_HEADERS,
    pauseMs: 2_000,
    requestsMax: 120,
  },
  {
    ...USUAL,
    name: 'OPSS',
    agency: 'OPSS',
    walk: {
      kind: 'list',
      address:
        'https://www.gov.uk/api/search.json?filter_format=product_safety_alert_report_recall&order=-public_timestamp' +
        '&fields=link,public_timestamp&count={size}&start={start}',
      list: 'gov-uk-search',
      pageSize: 500,
      again: { new: 0, full: 0 },
    },
    everyMinutes: 60,
    fullEveryDays: 7,
    // About ten a second are allowed.
    pauseMs: 250,
    requestsMax: 1_500,
    bytesMax: 20 * MB,
  },
  {
    ...USUAL,
    name: 'ACCC',
    agency: 'ACCC',
    // The newest hundred; a feed that is not read for long loses some.
    walk: { kind: 'whole', address: 'https://www.productsafety.gov.au/rss/feed.xml/psa_recall', dump: false },
    everyMinutes: 12 * 60,
    fullEveryDays: 7,
    headers: XML_HEADERS,
    bytesMax: 20 * MB,
  },
]

/** ISO 8601: 1 is Monday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

/**
 * When an agency can be expected to publish: its days, how many of them may pass without anything new before it counts as silent, and the
 * parts of the year (`MM-DD`, inclusive, over New Year where the end is earlier) in which nothing is expected.
 */
export type Rhythm = { days: readonly Weekday[]; missedMax: number; pauses: readonly { from: string; to: string }[] }

const WORKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5]

export const RHYTHMS: Record<Agency, Rhythm> = {
  // 96 of 100 recalls since 2023 are dated on a Thursday; a single Thursday without any falls on a holiday; two weeks pause at Christmas.
  CPSC: { days: [4], missedMax: 1, pauses: [{ from: '12-19', to: '01-07' }] },
  FDA: { days: [3], missedMax: 1, pauses: [{ from: '12-24', to: '01-02' }] },
  FSIS: { days: WORKDAYS, missedMax: 15, pauses: [] },
  NHTSA: { days: WORKDAYS, missedMax: 7, pauses: [{ from: '12-24', to: '01-02' }] },
  HC: { days: WORKDAYS, missedMax: 4, pauses: [{ from: '12-24', to: '01-02' }] },
  EUSG: { days: [5], missedMax: 1, pauses: [{ from: '12-19', to: '01-07' }] },
  OPSS: { days: WORKDAYS, missedMax: 7, pauses: [{ from: '12-22', to: '01-05' }] },
  ACCC: { days: WORKDAYS, missedMax: 7, pauses: [{ from: '12-19', to: '01-10' }] },
}
