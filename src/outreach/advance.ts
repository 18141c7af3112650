/**
 * Takes a campaign's outreach one step on: the next channel for those whom the ones before did not reach, the reminder that is due, and the
 * word `unreachable` for those for whom everything was tried. Asked again, it finds nothing more to do.
 */
import type { Tx } from '../platform/db.ts'
import { nextChannel, reachability, type Channel, type ChannelOf } from './playbook.ts'
import { lockFanOut } from './queries.ts'
import {
  insertDueWave,
  insertUnreachable,
  pendingStands,
  reopenUnreachable,
  selectWaves,
  type DueWave,
  type Stand,
} from './queries-advance.ts'
import { selectPlaybook } from './queries-playbook.ts'
import { reminderDue } from './reminders.ts'

export type StartedWave = { wave: number; buckets: number; channel: Channel; kind: DueWave['kind']; reminderNo: number | null }
export type Advanced = { started: StartedWave[]; unreachable: number; reopened: number }

const REOPENED = 'a channel that was not tried before is there now'
const DAY_MS = 86_400_000

/**
 * Starts what is due and returns the waves to be sent. Nothing while a wave of the campaign is being sent: what its attempts come to decides
 * what is next. `connected` are the channels that this installation can send by.
 */
export async function advance(
  tx: Tx,
  order: { campaignId: string; connected: readonly Channel[]; actor: string; at: Date },
): Promise<Advanced> {
  const { db } = tx
  const { campaignId, at } = order
  await lockFanOut(db, campaignId)
  const { waves, sending } = await selectWaves(db, campaignId)
  if (sending) return { started: [], unreachable: 0, reopened: 0 }
  const playbook = await selectPlaybook(db, campaignId)
  const channels = playbook.channels.map((channel) => ({ channel, connected: order.connected.includes(channel) }))
  const usable = channels.filter((each) => each.connected).map((each) => each.channel)
  const reopened = await reopenUnreachable(db, { campaignId, order: channels, why: REOPENED, at })
  const stands = await pendingStands(db, campaignId, channels)
  const next = new Set(stands.map((stand) => nextChannel(standing(channels, stand))))
  const started: StartedWave[] = []
  async function start(channel: Channel, kind: DueWave['kind'], reminderNo: number | null): Promise<void> {
    const after = usable.slice(0, usable.indexOf(channel))
    const wave = await insertDueWave(db, { campaignId, channel, after, kind, reminderNo, actor: order.actor, at })
    if (wave !== null) started.push({ ...wave, channel, kind, reminderNo })
  }
  const kind = waves.length === 0 ? 'notice' : 'fallback'
  for (const channel of usable) if (next.has(channel)) await start(channel, kind, null)
  const reminderNo = started.length > 0 ? null : reminderDue(waves, playbook.reminderDays, at)
  if (reminderNo !== null) for (const channel of usable) await start(channel, 'reminder', reminderNo)
  // Whom a reminder left to their seller, who then did not tell them, we remind ourselves.
  if (started.length === 0) for (const channel of usable) await start(channel, 'catch_up', null)
  const unreachable = await markUnreachable(tx, { campaignId, channels, stands, days: playbook.offeredDays, at })
  return { started, unreachable, reopened }
}

async function markUnreachable(
  tx: Tx,
  them: { campaignId: string; channels: readonly { channel: Channel; connected: boolean }[]; stands: readonly Stand[]; days: number; at: Date }, // prettier-ignore
): Promise<number> {
  const { campaignId, channels, days, at } = them
  const done = new Set<string>()
  let count = 0
  for (const stand of them.stands) {
    const judged = reachability(standing(channels, stand), { since: stand.pendingSince, days, now: at })
    const key = stand.standings.join()
    if (!judged.unreachable || done.has(key)) continue
    done.add(key)
    const since = new Date(at.getTime() - days * DAY_MS)
    count += await insertUnreachable(tx.db, { campaignId, order: channels, standings: stand.standings, since, why: judged.why, at })
  }
  return count
}

function standing(channels: readonly { channel: Channel; connected: boolean }[], stand: Stand): ChannelOf[] {
  return channels.map((each, place) => ({ ...each, standing: stand.standings[place]! }))
}
