/** The built-in mailbox, shown: what the buyers' mail program would show. */
import { html } from 'hono/html'
import { simpleParser } from 'mailparser'
import { page, type Html } from '../platform/page.ts'
import type { MailboxRow, StoredMessage } from './queries.ts'

export type ShownMessage = { no: number; from: string; to: string; subject: string; receivedAt: Date; html: string; text: string }

const PAGE_SIZE = 50

export async function readMessage(stored: StoredMessage): Promise<ShownMessage> {
  const parsed = await simpleParser(stored.raw, { skipTextToHtml: true, skipImageLinks: true })
  return {
    no: stored.message_no,
    from: parsed.from?.text ?? '',
    to: stored.rcpt_to,
    subject: parsed.subject ?? '(no subject)',
    receivedAt: stored.received_at,
    // Links of the message open in the whole window, not inside the frame it is shown in.
    html: `<base target="_top">${parsed.html === false ? '' : parsed.html}`,
    text: parsed.text ?? '',
  }
}

export function mailboxPage(messages: readonly MailboxRow[], view: { search: string; before: number | null }): Html {
  const last = messages.at(-1)
  return page({
    title: 'Mailbox – Tocsin demo',
    wide: true,
    body: html`<p><a href="/">Demo start page</a></p>
      <h1>Mailbox</h1>
      <p>Every notice that the demo sent was taken by this mailbox, over real SMTP. Nothing left this machine.</p>
      <form method="get" action="/demo/mailbox" role="search" class="search">
        <label for="q">Recipient or subject</label>
        <input id="q" name="q" type="search" value="${view.search}" />
        <button class="button secondary" type="submit">Find</button>
      </form>
      ${messages.length === 0 ? html`<p class="panel">No message here${view.search === '' ? ' yet. The first run sends them.' : ` for “${view.search}”.`}</p>` : messageList(messages)}
      ${
        last !== undefined && messages.length === PAGE_SIZE
          ? html`<p><a href="/demo/mailbox?q=${encodeURIComponent(view.search)}&before=${last.message_no}">Older messages</a></p>`
          : ''
      }`,
  })
}

function messageList(messages: readonly MailboxRow[]): Html {
  return html`<ul class="messages">
    ${messages.map(
      (message) =>
        html`<li>
          <a href="/demo/mailbox/${message.message_no}">${message.subject ?? '(no subject)'}</a>
          <span class="hint">To ${message.rcpt_to}, ${receivedAt(message.received_at)}</span>
        </li>`,
    )}
  </ul>`
}

function receivedAt(at: Date): Html {
  return html`<time datetime="${at.toISOString()}">${at.toISOString().slice(0, 16).replace('T', ' ')} UTC</time>`
}

export function messagePage(message: ShownMessage): Html {
  return page({
    title: `${message.subject} – Mailbox`,
    wide: true,
    body: html`<p><a href="/demo/mailbox">All messages</a></p>
      <h1>${message.subject}</h1>
      <p class="hint">From ${message.from} to ${message.to}</p>
      <iframe
        class="mail"
        title="The message"
        src="/demo/mailbox/${message.no}/html"
        sandbox="allow-popups allow-top-navigation-by-user-activation"
      ></iframe>
      <details>
        <summary>As plain text</summary>
        <pre class="mail-text">${message.text}</pre>
      </details>`,
  })
}
