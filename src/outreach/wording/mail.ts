/** The e-mail of a notice: one layout as text and as HTML with inline styles, which every mail program keeps. Pure. */
import { FixedText, type MailText } from '../../platform/mail.ts'
import type { NoticeBrief, NoticeLine, NoticeOfBuyer } from '../brief.ts'
import { briefWords, formatDate, formatMoney, noticeWords, unitsText, type BriefWords, type NoticeWords } from './en-us.ts'

/** What a mail is made of beside the brief: the buyer's notice, the link to its page, and the code that shows it is genuine. */
export type MailFacts = { notice: NoticeOfBuyer; link: string; code: string }
export type NoticeMail = { subject: string; text: MailText; html: MailText }
export type MailWriter = (facts: MailFacts) => NoticeMail

/** Who writes: the marketplace as the buyer knows it, and an address at which people answer. */
export type MailSender = { name: string; address: string }

/** A writer for all mails of a campaign; what they share is made once. */
export function mailWriter(brief: NoticeBrief, sender: MailSender): MailWriter {
  const said = briefWords(brief)
  const heads = new Map<string, FixedText>()
  const shared: Shared = {
    said,
    sender,
    whyText: new FixedText(`WHY\n${whyLead(said)}\n${said.why.join('\n')}\n`),
    factsText: new FixedText(`ABOUT THIS RECALL\n${factsText(said)}\n\nIS THIS MESSAGE GENUINE?\n${GENUINE}`),
    whyHtml: new FixedText(whyHtml(said)),
    factsHtml: new FixedText(genuineHtml(said)),
    headHtml(words) {
      // One for those who are affected, one for those who may be.
      const known = heads.get(words.subject)
      if (known !== undefined) return known
      const head = new FixedText(headHtml(said, words))
      heads.set(words.subject, head)
      return head
    },
  }
  return (facts) => {
    const words = noticeWords(brief, said, facts.notice)
    return { subject: words.subject, text: asText(shared, words, facts), html: asHtml(shared, words, facts) }
  }
}

/** How a buyer tells our message from a forged one: by a way that no message can lead to. */
export const GENUINE =
  'Go to our shop the way you always do, without a link from a message, and open “Your recalls and product safety alerts”. ' +
  'It shows the same notice with the same code. We never ask for your password, your card or your bank details.'

type Shared = {
  said: BriefWords
  sender: MailSender
  whyText: FixedText
  factsText: FixedText
  whyHtml: FixedText
  factsHtml: FixedText
  headHtml: (words: NoticeWords) => FixedText
}

function asText({ said, sender, whyText, factsText }: Shared, words: NoticeWords, { notice, link, code }: MailFacts): MailText {
  return [
    [
      said.heading,
      `${words.signal.toUpperCase()}\n${words.signalText}`.trimEnd(),
      `WHAT TO DO\n${words.steps.map((step, index) => `${index + 1}. ${step.title} ${step.text}`).join('\n')}`,
      `${words.action}: ${link}\n`,
    ].join('\n\n'),
    whyText,
    `WHAT YOU BOUGHT\n${notice.lines.map((line) => `- ${lineText(line, said)}`).join('\n')}${moreLines(notice, '\n')}\n`,
    factsText,
    `The code of this message: ${code}\n\nQuestions? Reply to this e-mail. People read it.\n\n${sender.name}`,
  ]
}

function whyLead(said: BriefWords): string {
  return `The ${said.agency.name} says:`
}

function lineText(line: NoticeLine, said: BriefWords): string {
  return `${line.title}: ${unitsText(line.units, said.noun)}, bought ${formatDate(line.orderedAt)} for ${formatMoney(line.amount)}`
}

function moreLines(notice: NoticeOfBuyer, before: string): string {
  const more = notice.lineCount - notice.lines.length
  return more > 0 ? `${before}and ${more} more, all listed on your recall page` : ''
}

function factsText(said: BriefWords): string {
  const link = said.agency.url === null ? '' : `\nThe agency’s own notice: ${said.agency.url}`
  return said.facts.map(({ term, text }) => `${term}: ${text}`).join('\n') + link
}

// Colours are set only in pairs (text and background together), so that light and dark mail programs can both do what they do.
const STYLE = {
  body: 'margin:0;padding:16px;font-family:system-ui,-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5;overflow-wrap:break-word;word-break:break-word',
  sheet: 'max-width:600px;margin:0 auto',
  link: 'color:inherit;text-decoration:underline',
  h1: 'font-size:24px;line-height:1.25;margin:0 0 16px',
  h2: 'font-size:20px;line-height:1.3;margin:32px 0 8px',
  stop: 'background-color:#a3001b;color:#ffffff;padding:16px;border-radius:4px;margin:0 0 24px',
  check: 'background-color:#ffb84d;color:#1a1300;padding:16px;border-radius:4px;margin:0 0 24px',
  signal: 'font-size:20px;line-height:1.3;font-weight:700;margin:0',
  signalText: 'margin:8px 0 0',
  list: 'padding-left:24px;margin:0 0 24px',
  item: 'margin:0 0 12px',
  button:
    'display:inline-block;background-color:#0b4f8a;color:#ffffff;font-weight:700;text-decoration:none;padding:12px 24px;border-radius:4px',
  p: 'margin:0 0 12px',
  image: 'display:block;max-width:100%;height:auto;margin:24px 0 0',
  term: 'font-weight:700;margin:12px 0 0',
  fact: 'margin:0',
  code: 'font-family:ui-monospace,Consolas,monospace;font-size:20px;font-weight:700;letter-spacing:1px',
  foot: 'margin:32px 0 0;padding:16px 0 0;border-top:1px solid #888888',
} as const

function asHtml(
  { said, sender, whyHtml: why, factsHtml: facts, headHtml: head }: Shared,
  words: NoticeWords,
  { notice, link, code }: MailFacts,
): MailText {
  return [
    head(words),
    `<ol style="${STYLE.list}">${words.steps.map((step) => `<li style="${STYLE.item}"><strong>${escape(step.title)}</strong> ${escape(step.text)}</li>`).join('\n')}</ol>
<p style="${STYLE.p}"><a href="${escape(link)}" style="${STYLE.button}">${escape(words.action)}</a></p>
<p style="${STYLE.p}">Or copy this address: ${escape(link)}</p>`,
    why,
    `<ul style="${STYLE.list}">${notice.lines.map((line) => `<li style="${STYLE.item}">${escape(lineText(line, said))}</li>`).join('\n')}</ul>${escape(moreLines(notice, ''))}`,
    facts,
    `<p style="${STYLE.p}">The code of this message: <span style="${STYLE.code}">${escape(code)}</span></p>
<p style="${STYLE.foot}">Questions? Reply to this e-mail. People read it.<br>${escape(sender.name)}</p>
</div></body></html>`,
  ]
}

/** From the beginning to the heading of the steps. */
function headHtml(said: BriefWords, words: NoticeWords): string {
  // The box is red where something is to be stopped, amber where something is to be checked.
  const box = words.check ? STYLE.check : STYLE.stop
  return `<!doctype html>
<html lang="${said.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${escape(words.subject)}</title></head>
<body style="${STYLE.body}"><div role="main" style="${STYLE.sheet}">
<h1 style="${STYLE.h1}">${escape(said.heading)}</h1>
<div style="${box}"><p style="${STYLE.signal}">${escape(words.signal)}</p>${words.signalText === '' ? '' : `<p style="${STYLE.signalText}">${escape(words.signalText)}</p>`}</div>
<h2 style="${STYLE.h2}">What to do</h2>`
}

/** The photograph and the agency's reasons, to the heading of what was bought. */
function whyHtml(said: BriefWords): string {
  const image = said.images[0]
  return `${image === undefined ? '' : `<img src="${escape(image.url)}" alt="${escape(image.alt)}" width="600" style="${STYLE.image}">`}
<h2 style="${STYLE.h2}">Why</h2>
<p style="${STYLE.p}">${escape(whyLead(said))}</p>
${said.why.map((text) => `<p style="${STYLE.p}">${escape(text)}</p>`).join('\n')}
<h2 style="${STYLE.h2}">What you bought</h2>`
}

/** The rest of what the law asks for, and how to know that the message is ours. */
function genuineHtml(said: BriefWords): string {
  return `<h2 style="${STYLE.h2}">About this recall</h2>
${factsHtml(said)}
<h2 style="${STYLE.h2}">Is this message genuine?</h2>
<p style="${STYLE.p}">${escape(GENUINE)}</p>`
}

function factsHtml(said: BriefWords): string {
  const facts = said.facts.map(
    ({ term, text }) => `<p style="${STYLE.term}">${escape(term)}</p><p style="${STYLE.fact}">${escape(text)}</p>`,
  )
  const { url } = said.agency
  if (url === null) return facts.join('\n')
  return `${facts.join('\n')}\n<p style="${STYLE.term}"><a href="${escape(url)}" style="${STYLE.link}">The agency’s own notice</a></p>`
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text made safe between tags and inside quoted attributes. */
export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!)
}
