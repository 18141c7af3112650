/** How the feeds are doing, in words: alarms by their kind, the state of an agency, which agencies nothing is known of. Pure. */
import { count, counted } from '../ui/format.ts'
import type { Alarm, FeedStatus, HoldDecision } from './types.ts'

/** The gravest first: what is not heard may be missed; what is held waits for the reader; the rest is to be watched. */
export const ALARM_KINDS = ['not_heard', 'held', 'silent', 'failing'] as const
export type AlarmKind = (typeof ALARM_KINDS)[number]

/** Every agency that Tocsin can hear, as the recalls' ids begin, and its name. */
export const AGENCY_NAMES: Readonly<Record<string, string>> = {
  CPSC: 'U.S. Consumer Product Safety Commission',
  FDA: 'U.S. Food and Drug Administration',
  FSIS: 'U.S. Food Safety and Inspection Service',
  NHTSA: 'U.S. National Highway Traffic Safety Administration',
  HC: 'Government of Canada',
  EUSG: 'EU Safety Gate',
  OPSS: 'UK Office for Product Safety and Standards',
  ACCC: 'Australian Competition and Consumer Commission',
}

export type AlarmGroup = { kind: AlarmKind; title: string; advice: string; alarms: (Alarm & { agency: string })[] }

/** The alarms of all agencies, one group for each kind that there is: one cause that hits many agencies is one thing to read. */
export function alarmGroups(feeds: readonly FeedStatus[]): AlarmGroup[] {
  const all = feeds.flatMap((feed) => feed.alarms.map((alarm) => ({ ...alarm, agency: feed.agency })))
  return ALARM_KINDS.flatMap((kind) => {
    const alarms = all.filter((alarm) => alarm.kind === kind)
    if (alarms.length === 0) return []
    const agencies = [...new Set(alarms.map((alarm) => alarm.agency))]
    const who = agencies.length === 1 ? agencies[0]! : `${agencies.length} agencies`
    return [{ kind, title: titleOf(kind, who, agencies.length === 1), advice: ADVICE[kind], alarms }]
  })
}

function titleOf(kind: AlarmKind, who: string, one: boolean): string {
  if (kind === 'held') return one ? `A dump of ${who} is held` : `Dumps of ${who} are held`
  if (kind === 'failing') return `The last tries to hear ${who} failed`
  return `${who} ${one ? 'is' : 'are'} ${kind === 'silent' ? 'silent' : 'not heard'}`
}

const ADVICE: Readonly<Record<AlarmKind, string>> = {
  not_heard: 'New recalls from there do not arrive here. Look at the agency’s own site until this is mended.',
  held: 'The size is unusual, so nothing was taken in. Find out why, then release or refuse it below.',
  silent: 'It is heard, but nothing was published for longer than usual. Look at the agency’s own site.',
  failing: 'This has not lasted long. We go on trying.',
}

/** The word key for how an agency is doing: its gravest alarm, else how its recalls come in. */
export function feedState(feed: FeedStatus): string {
  const gravest = ALARM_KINDS.find((kind) => feed.alarms.some((alarm) => alarm.kind === kind))
  if (gravest !== undefined) return gravest
  if (feed.sources.length === 0) return 'from_a_file'
  return feed.last_success_at === null ? 'not_heard_yet' : 'heard'
}

/** The agencies that were neither asked nor taken in from a file. That is no alarm: nobody has begun with them here. */
export function notBegun(feeds: readonly FeedStatus[]): string[] {
  return Object.keys(AGENCY_NAMES).filter((agency) => !feeds.some((feed) => feed.agency === agency))
}

/** `1 source`, and what of it needs a look, for the line that a fold shows closed. */
export function foldText({ sources, problems }: FeedStatus): string {
  const parts = [sources.length === 0 ? 'never asked' : counted(sources.length, 'source')]
  const holds = sources.filter((source) => source.hold !== null).length
  if (holds > 0) parts.push(`${count(holds)} held`)
  if (problems.length > 0) parts.push(counted(problems.length, 'problem'))
  return parts.join(', ')
}

/** How the size of a held dump stands to the usual one: `2.1 times the usual 100`. */
export function sizeText(items: number, usualItems: number): string {
  if (items === 0) return `none of the usual ${count(usualItems)}`
  if (usualItems === 0) return 'none is usual'
  const times = items / usualItems
  const words = times >= 1 ? `${times.toFixed(1)} times` : times < 0.01 ? 'less than 1 % of' : `${Math.round(times * 100)} % of`
  return `${words} the usual ${count(usualItems)}`
}

/** What a decision did, for the one who decided. */
export function decisionText({ agency, ruling, decided }: HoldDecision): string {
  if (ruling === 'refuse') return `Refused. Nothing of the held dump of ${agency} was taken in. The next pull asks again.`
  const sum = (field: 'new_recalls' | 'new_revisions' | 'refused') => decided.reduce((all, one) => all + (one.taken_in?.[field] ?? 0), 0)
  const refused = sum('refused')
  const left = refused === 0 ? '' : ` ${counted(refused, 'item was', 'items were')} refused.`
  const came = `${counted(sum('new_recalls'), 'new recall')} and ${counted(sum('new_revisions'), 'correction')}`
  return `Released. ${came} of ${agency} came in.${left} They are screened next.`
}
