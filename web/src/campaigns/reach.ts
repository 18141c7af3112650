/** The reach account as the API says it, and how long something took, in words. */

export type AttemptCounts = {
  attempts: number
  buyers: number
  accepted: number
  refused: number
  refused_for_now: number
  failed: number
  no_contact: number
  seen: number
  not_seen: number
  in_flight: number
  came_back: number
}
export type RegionRow = {
  country: string
  region: string
  buyers: number
  delivered: number
  pending: number
  unreachable: number
  acknowledged: number
}
/** A place on the map: a region of a country that is drawn by region, or a whole country (`region` null). */
export type PlaceRow = { country: string; region: string | null; buyers: number; delivered: number }
export type ReasonRow = { state: string; reason: string; buyers: number }
export type SellerAccount = {
  seller_id: string
  seller_name: string | null
  told: number
  not_reached: number
  announced: number
  lapsed: number
  ended: number
  buyers_told: number
  delivered: number
  pending: number
  unreachable: number
  acknowledged: number
}
export type ReachTime = {
  share: number
  sent_at: string | null
  sent_seconds: number | null
  delivered_at: string | null
  delivered_seconds: number | null
}
/** `more`: the list behind it has more rows than these, the largest ones. */
export type Part<Row> = { items: Row[]; more: boolean }

export type ReachAccount = {
  campaign_id: string
  opened_at: string
  buyers: { identified: number; delivered: number; pending: number; unreachable: number }
  times: ReachTime[]
  places: PlaceRow[]
  regions: Part<RegionRow>
  channels: Part<{ channel: string } & AttemptCounts>
  domains: Part<{ domain: string } & AttemptCounts>
  reasons: Part<ReasonRow>
  /** Beside the account, no part of it: buyers of whom a seller says that they told them, and where our own account has them. */
  told_by_sellers: { buyers: number; delivered: number; pending: number; unreachable: number }
  sellers: Part<SellerAccount>
}

/** Stands for what nobody stated. */
export const NOT_STATED = '-'

/** Outcomes of attempts in the order of the tables; those that no row has are left out. */
export const OUTCOMES = ['accepted', 'seen', 'refused', 'refused_for_now', 'failed', 'not_seen', 'no_contact', 'in_flight'] as const
export type Outcome = (typeof OUTCOMES)[number]

export function outcomesOf(rows: readonly AttemptCounts[]): Outcome[] {
  return OUTCOMES.filter((outcome) => rows.some((row) => row[outcome] > 0))
}

/** A place in words: `CA, Québec`; `Not stated`. */
export function placeOf({ country, region }: Pick<RegionRow, 'country' | 'region'>): string {
  const parts = [country, region].filter((part) => part !== NOT_STATED)
  return parts.length === 0 ? 'Not stated' : region === NOT_STATED ? `${country}, no region stated` : parts.join(', ')
}

/** How long something took, in its two largest units: `48 s`, `5 min 20 s`, `3 h 5 min`, `2 days 4 h`. What came before the start took no time. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  const [days, hours, minutes] = [Math.floor(whole / 86_400), Math.floor(whole / 3_600) % 24, Math.floor(whole / 60) % 60]
  const parts: [number, string][] = [
    [days, days === 1 ? 'day' : 'days'],
    [hours, 'h'],
    [minutes, 'min'],
    [whole % 60, 's'],
  ]
  const first = parts.findIndex(([value]) => value > 0)
  if (first === -1) return '0 s'
  return parts
    .slice(first, first + 2)
    .filter(([value]) => value > 0)
    .map(([value, unit]) => `${value} ${unit}`)
    .join(' ')
}
