/**
 * The id that each message bears: which notice, by which channel, in which wave, signed. The same for every attempt, so that a repetition is
 * known as one; and nobody can make one up, so that what comes back under it is about a message of ours. Pure.
 */
import { readLink, signLink } from '../platform/links.ts'
import { CARRIED, type Channel } from './playbook.ts'

export type Message = { noticeId: string; channel: Channel; wave: number }

/** `Fq3…k.email.1`: what stands before the @ of a Message-ID, and the key under which providers know a message. */
export function messageKey(key: string, { noticeId, channel, wave }: Message): string {
  return `${signLink(key, `message:${channel}:${wave}`, noticeId)}.${channel}.${wave}`
}

/** The message of a genuine key, or of the first genuine one in a text such as `<KEY@domain>`; null where there is none. */
export function readMessageKey(key: string, text: string): Message | null {
  for (const [, token, name, no] of text.slice(0, TEXT_MAX).matchAll(FORM)) {
    const channel = CARRIED.find((each) => each === name)
    const wave = Number(no)
    const noticeId = channel === undefined ? null : readLink(key, `message:${channel}:${wave}`, token!)
    if (channel !== undefined && noticeId !== null) return { noticeId, channel, wave }
  }
  return null
}

const FORM = /(?<![A-Za-z0-9_-])([A-Za-z0-9_-]{38})\.([a-z]{3,6})\.([1-9]\d{0,8})(?!\d)/g
/** Headers and copies stand within this; a longer text is not searched to its end. */
const TEXT_MAX = 2_000_000
