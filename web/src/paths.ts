/** Every address of the desk and the seller centre, in one place. Addresses are relative to `/app`. */

export const CAMPAIGN_LISTS = [
  'listings',
  'stock',
  'interceptions',
  'lines',
  'buyers',
  'deliveries',
  'cases',
  'refunds',
  'seller-contacts',
] as const
/** One of a campaign's tables of rows. */
export type CampaignList = (typeof CAMPAIGN_LISTS)[number]

/** Search parameters; an empty or missing value is left out of the address. */
export type Search = Record<string, string | null | undefined>

export const paths = {
  campaigns: () => '/',
  campaign: (campaignId: string, search: Search = {}) => withSearch(`/campaigns/${encode(campaignId)}`, search),
  campaignList: (campaignId: string, list: CampaignList, search: Search = {}) =>
    withSearch(`/campaigns/${encode(campaignId)}/${list}`, search),
  campaignBuyer: (campaignId: string, buyerId: string) => `/campaigns/${encode(campaignId)}/buyers/${encode(buyerId)}`,
  campaignReach: (campaignId: string) => `/campaigns/${encode(campaignId)}/reach`,
  campaignLetters: (campaignId: string) => `/campaigns/${encode(campaignId)}/letters`,
  campaignChanges: (campaignId: string) => `/campaigns/${encode(campaignId)}/changes`,
  recalls: (search: Search = {}) => withSearch('/recalls', search),
  recall: (recallId: string, search: Search = {}) => withSearch(`/recalls/${encode(recallId)}`, search),
  openCampaign: (recallId: string, search: Search = {}) => withSearch(`/recalls/${encode(recallId)}/open`, search),
  checkCampaign: (recallId: string, search: Search) => withSearch(`/recalls/${encode(recallId)}/open/check`, search),
  review: (search: Search = {}) => withSearch('/review', search),
  reviewMatch: (recallId: string, listingId: string, search: Search = {}) =>
    withSearch(`/review/${encode(recallId)}/${encode(listingId)}`, search),
  reviewReleases: () => '/review/releases',
  rulings: (search: Search = {}) => withSearch('/review/rulings', search),
  agreement: () => '/review/agreement',
  links: (search: Search = {}) => withSearch('/links', search),
  link: (recallId: string, otherId: string, search: Search = {}) => withSearch(`/links/${encode(recallId)}/${encode(otherId)}`, search),
  feeds: (search: Search = {}) => withSearch('/feeds', search),
  seller: () => '/seller',
  sellerTold: (campaignId: string, search: Search = {}) => withSearch(`/seller/campaigns/${encode(campaignId)}`, search),
  sellerStop: (listingId: string, campaignId: string) => withSearch(`/seller/stops/${encode(listingId)}`, { campaign: campaignId }),
}

/** The addresses of the JSON API. */
export const api = {
  me: () => '/v1/me',
  campaigns: (search: Search = {}) => withSearch('/v1/campaigns', search),
  campaign: (campaignId: string) => `/v1/campaigns/${encode(campaignId)}`,
  campaignList: (campaignId: string, list: CampaignList, search: Search = {}) =>
    withSearch(`/v1/campaigns/${encode(campaignId)}/${list}`, search),
  campaignBuyer: (campaignId: string, buyerId: string) => `/v1/campaigns/${encode(campaignId)}/buyers/${encode(buyerId)}`,
  reach: (campaignId: string) => `/v1/campaigns/${encode(campaignId)}/reach`,
  administrators: (campaignId: string, search: Search = {}) => withSearch(`/v1/campaigns/${encode(campaignId)}/administrators`, search),
  letters: (campaignId: string) => `/v1/campaigns/${encode(campaignId)}/letters`,
  printJobs: (campaignId: string) => `/v1/campaigns/${encode(campaignId)}/print-jobs`,
  printJob: (printJobId: string, verb: 'hand-over' | 'withdraw' | 'delete-files') => `/v1/print-jobs/${encode(printJobId)}/${verb}`,
  printFile: (printJobId: string, name: string) => `/v1/print-jobs/${encode(printJobId)}/files/${encode(name)}`,
  /** One table of the reach account, as a file. */
  reachTable: (campaignId: string, table: 'regions' | 'channels' | 'domains' | 'reasons' | 'sellers') =>
    `/v1/campaigns/${encode(campaignId)}/reach/${table}?format=csv`,
  proposals: (campaignId: string) => `/v1/campaigns/${encode(campaignId)}/proposals`,
  proposalListings: (campaignId: string, revision: number, search: Search = {}) =>
    withSearch(`/v1/campaigns/${encode(campaignId)}/proposals/${revision}/listings`, search),
  proposalDecisions: (campaignId: string, revision: number) => `/v1/campaigns/${encode(campaignId)}/proposals/${revision}/decisions`,
  releases: (campaignId: string, search: Search = {}) => withSearch(`/v1/campaigns/${encode(campaignId)}/releases`, search),
  confirmReleases: (campaignId: string) => `/v1/campaigns/${encode(campaignId)}/releases/confirm`,
  releaseAnswer: (campaignId: string, listingId: string, answer: 'confirm' | 'refuse') =>
    `/v1/campaigns/${encode(campaignId)}/releases/${encode(listingId)}/${answer}`,
  proof: (campaignId: string, hash: string) => `/v1/campaigns/${encode(campaignId)}/proofs/${encode(hash)}`,
  recalls: (search: Search = {}) => withSearch('/v1/recalls', search),
  recall: (recallId: string) => `/v1/recalls/${encode(recallId)}`,
  matches: (recallId: string, search: Search = {}) => withSearch(`/v1/recalls/${encode(recallId)}/matches`, search),
  noticePreview: (recallId: string, search: Search = {}) => withSearch(`/v1/recalls/${encode(recallId)}/notice-preview`, search),
  corrections: (recallId: string) => `/v1/recalls/${encode(recallId)}/corrections`,
  withdrawCorrection: (recallId: string, correctionNo: number) => `/v1/recalls/${encode(recallId)}/corrections/${correctionNo}/withdraw`,
  decisions: (recallId: string) => `/v1/recalls/${encode(recallId)}/decisions`,
  undo: (recallId: string, decisionNo: number) => `/v1/recalls/${encode(recallId)}/decisions/${decisionNo}/undo`,
  review: (search: Search = {}) => withSearch('/v1/review', search),
  reviewMatch: (recallId: string, listingId: string) => `/v1/review/${encode(recallId)}/${encode(listingId)}`,
  rulings: (search: Search = {}) => withSearch('/v1/rulings', search),
  agreement: () => '/v1/matching/agreement',
  waitingReleases: (search: Search = {}) => withSearch('/v1/releases', search),
  campaignReleases: (campaignId: string) => `/v1/campaigns/${encode(campaignId)}/releases`,
  answerRelease: (campaignId: string, listingId: string, answer: 'confirm' | 'refuse') =>
    `/v1/campaigns/${encode(campaignId)}/releases/${encode(listingId)}/${answer}`,
  campaignRecalls: (campaignId: string) => `/v1/campaigns/${encode(campaignId)}/recalls`,
  links: (search: Search = {}) => withSearch('/v1/recall-links', search),
  linkCount: () => '/v1/recall-links/count',
  linkDecisions: () => '/v1/recall-links/decisions',
  feeds: (search: Search = {}) => withSearch('/v1/feeds', search),
  holdDecisions: (agency: string) => `/v1/feeds/${encode(agency)}/hold-decisions`,
  sellerCampaign: (campaignId: string) => `/v1/seller/campaigns/${encode(campaignId)}`,
  sellerOrders: (campaignId: string, search: Search = {}) => withSearch(`/v1/seller/campaigns/${encode(campaignId)}/orders`, search),
  sellerContactLists: (campaignId: string) => `/v1/seller/campaigns/${encode(campaignId)}/contact-lists`,
  withdrawContactList: (campaignId: string, listId: string) =>
    `/v1/seller/campaigns/${encode(campaignId)}/contact-lists/${encode(listId)}/withdraw`,
  sellerLists: (campaignId: string, search: Search = {}) => withSearch(`/v1/campaigns/${encode(campaignId)}/seller-lists`, search),
  revokeSellerList: (campaignId: string, listId: string) => `/v1/campaigns/${encode(campaignId)}/seller-lists/${encode(listId)}/revoke`,
  sellerSummary: () => '/v1/seller/summary',
  sellerGates: (search: Search = {}) => withSearch('/v1/seller/gates', search),
  sellerStops: (search: Search = {}) => withSearch('/v1/seller/stops', search),
  sellerStop: (listingId: string, campaignId: string | null) =>
    withSearch(`/v1/seller/stops/${encode(listingId)}`, { campaign: campaignId }),
}

/** The address of a search with `change` applied; a change starts the list at its first row again. */
export function changedSearch(current: URLSearchParams, change: Search): string {
  const next = new URLSearchParams(current)
  next.delete('cursor')
  for (const [name, value] of Object.entries(change)) {
    if (value === null || value === undefined || value === '') next.delete(name)
    else next.set(name, value)
  }
  const text = next.toString()
  return text === '' ? '?' : `?${text}`
}

function withSearch(path: string, search: Search): string {
  const set = Object.entries(search).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return set.length === 0 ? path : `${path}?${new URLSearchParams(set)}`
}

function encode(id: string): string {
  return encodeURIComponent(id)
}
