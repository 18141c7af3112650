/** Mail out: one transport port, Nodemailer behind it. What a server answers is a value; only a bug throws. */
import { hostname } from 'node:os'
import { createTransport } from 'nodemailer'
import { systemClock } from './clock.ts'
import { withoutAddresses } from './smtp/answers.ts'
import { composeMail } from './smtp/compose.ts'
import { dkimSignature, unstuffDots, type DkimKey } from './smtp/dkim.ts'
import { openPipelinedTransport } from './smtp/pipelined.ts'

export type MailMessage = {
  /** Stable for one notice, wave and attempt: a doubled message carries the same Message-ID. */
  messageId: string
  from: { name: string; address: string }
  to: { name: string | null; address: string }
  subject: string
  text: MailText
  html: MailText
  headers: Record<string, string>
}

/**
 * A text in blocks of whole lines, one below the other. What many messages share is one `FixedText`, the same object each time: it is made
 * ready for the wire once.
 */
export type MailText = string | readonly (string | FixedText)[]

export class FixedText {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** A text as one string. */
export function wholeText(text: MailText): string {
  return typeof text === 'string' ? text : text.map((block) => (typeof block === 'string' ? block : block.text)).join('\n')
}

/**
 * What came of one message. accepted: the receiving side took it; refused: for good (5xx); refused_for_now: it may take it later (4xx);
 * failed: no answer, it may or may not have been taken. `answer` is the server's words with addresses removed.
 */
export type MailOutcome = { outcome: 'accepted' | 'refused' | 'refused_for_now' | 'failed'; answer: string }

export type MailTransport = {
  /** How many messages it can use at once; absent where the sender's own measure is as good. */
  atOnce?: number
  send: (message: MailMessage) => Promise<MailOutcome>
  close: () => void
}

/** `silenceSeconds`: how long a relay may leave a pipelined connection without the answer that is due. */
export type MailTransportOptions = { connections?: number; silenceSeconds?: number; dkim?: DkimKey | null }

/**
 * The transport to `url` (smtp:// or smtps://): pipelined where the relay announces it and neither passwords nor encryption are called for,
 * Nodemailer everywhere else. Which of the two, the relay's own greeting decides when the first message is sent.
 */
export function openMailTransport(url: string, options: MailTransportOptions = {}): MailTransport {
  const address = new URL(url)
  if (address.protocol !== 'smtp:' || address.username !== '') return openNodemailerTransport(url, options)
  return openPipelinedTransport({
    host: address.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(address.port || 587),
    name: ehloName(),
    plain: isLoopback(address.hostname),
    silenceSeconds: options.silenceSeconds ?? 60,
    messagesMax: 10_000,
    connections: options.connections ?? 16,
    clock: systemClock,
    dkim: options.dkim ?? null,
    otherwise: () => openNodemailerTransport(url, options),
  })
}

/** A pooled Nodemailer transport to `url`. */
export function openNodemailerTransport(url: string, options: MailTransportOptions = {}): MailTransport {
  const address = new URL(url)
  const transport = createTransport({
    pool: true,
    maxConnections: options.connections ?? 8,
    maxMessages: 10_000,
    host: address.hostname,
    port: Number(address.port || (address.protocol === 'smtps:' ? 465 : 587)),
    secure: address.protocol === 'smtps:',
    connectionTimeout: 30_000,
    socketTimeout: 60_000,
    // The built-in mailbox on loopback speaks no TLS; a relay elsewhere must be offered it (opportunistic, RFC 3207).
    ignoreTLS: isLoopback(address.hostname),
    ...(address.username === ''
      ? {}
      : { auth: { user: decodeURIComponent(address.username), pass: decodeURIComponent(address.password) } }),
  })
  return {
    async send(message) {
      try {
        const now = systemClock()
        const composed = composeMail(message, now)
        const { dkim = null } = options
        const signature = dkim === null ? '' : await dkimSignature(dkim, composed, now)
        const info = await transport.sendMail({
          envelope: { from: message.from.address, to: message.to.address },
          raw: Buffer.from(signature + unstuffDots(composed), 'latin1'),
        })
        return { outcome: 'accepted', answer: withoutAddresses(info.response) }
      } catch (error) {
        return outcomeOf(error as Error & { responseCode?: number; response?: string; code?: string })
      }
    },
    close: () => transport.close(),
  }
}

function outcomeOf(error: Error & { responseCode?: number; response?: string; code?: string }): MailOutcome {
  const answer = withoutAddresses(error.response ?? error.message)
  if (error.responseCode !== undefined && error.responseCode >= 500) return { outcome: 'refused', answer }
  if (error.responseCode !== undefined && error.responseCode >= 400) return { outcome: 'refused_for_now', answer }
  return { outcome: 'failed', answer }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host)
}

/** A name that is none of ours to give is given as an address literal (RFC 5321, 4.1.3). */
function ehloName(): string {
  const name = hostname()
  return /^[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)+$/.test(name) ? name : '[127.0.0.1]'
}
