/** What follows from a message that came back, or from what a provider says of one. Pure. */
import type { BounceKind } from './bounces/index.ts'

/** `delivered` is only ever said by providers; what comes by mail is a `BounceKind`. */
export type ReturnKind = BounceKind | 'delivered'

/**
 * Whether a return ends its channel for the buyer. A complaint does: the next channel carries the notice, because a safety notice is never
 * answered with silence. What may pass ends it only when it has come often enough; `softBefore` are those of the campaign before this one.
 */
export function endsChannel(kind: ReturnKind, softBefore: number, softReturnsMax: number): boolean {
  switch (kind) {
    case 'hard':
    case 'complaint':
      return true
    case 'soft':
      return softBefore + 1 >= softReturnsMax
    case 'autoreply':
    case 'none':
    case 'delivered':
      return false
    default:
      return kind satisfies never
  }
}

/** Why the notice is pending again, as the desk shows it. */
export function whyPending(kind: 'hard' | 'soft' | 'complaint', channel: string): string {
  const name = { email: 'e-mail', sms: 'SMS', push: 'push message', letter: 'letter' }[channel] ?? channel
  switch (kind) {
    case 'hard':
      return `the ${name} came back; the next channel is due`
    case 'soft':
      return `the ${name} came back too often; the next channel is due`
    case 'complaint':
      return `the buyer marked the ${name} as unwanted; the next channel is due`
    default:
      return kind satisfies never
  }
}
