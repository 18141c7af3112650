/** Mail out: one transport port, Nodemailer behind it. What a server answers is a value; only a bug throws. */
import { createTransport } from 'nodemailer'

export type MailMessage = {
  /** Stable for one notice, wave and attempt: a doubled message carries the same Message-ID. */
  messageId: string
  from: { name: string; address: string }
  to: { name: string | null; address: string }
  subject: string
  text: string
  html: string
  headers: Record<string, string>
}

/**
 * What came of one message. accepted: the receiving side took it; refused: for good (5xx); refused_for_now: it may take it later (4xx);
 * failed: no answer, it may or may not have been taken. `answer` is the server's words with addresses removed.
 */
export type MailOutcome = { outcome: 'accepted' | 'refused' | 'refused_for_now' | 'failed'; answer: string }

export type MailTransport = {
  send: (message: MailMessage) => Promise<MailOutcome>
  close: () => void
}

/** A pooled Nodemailer transport to `url` (smtp:// or smtps://). */
export function openMailTransport(url: string, options: { connections?: number } = {}): MailTransport {
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
    ignoreTLS: address.hostname === '127.0.0.1',
    ...(address.username === ''
      ? {}
      : { auth: { user: decodeURIComponent(address.username), pass: decodeURIComponent(address.password) } }),
  })
  return {
    async send(message) {
      try {
        const info = await transport.sendMail({
          messageId: message.messageId,
          from: message.from,
          to: { name: message.to.name ?? '', address: message.to.address },
          subject: message.subject,
          text: message.text,
          html: message.html,
          headers: message.headers,
          disableFileAccess: true,
          disableUrlAccess: true,
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

function withoutAddresses(text: string): string {
  return text.replace(/[^\s<>"']+@[^\s<>"']+/g, '<address>').slice(0, 500)
}
