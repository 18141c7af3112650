/** The e-mail of a notice: one layout as text and as HTML with inline styles, which every mail program keeps. Pure. */
import { FixedText, wholeText, type MailText } from '../../platform/mail.ts'
import type { Money, NoticeAnswer, NoticeBrief, NoticeLine, NoticeOfBuyer } from '../brief.ts'
import { escape, langAttribute, withLink, withProduct } from './html.ts'
import { languageOf, lawOf, type Reader } from './language.ts'
import type { Block, Notice, Section } from './notice.ts'
import { remembered } from '../../platform/remembered.ts'
import { writeNotice, type NoticeWanted } from './write-notice.ts'

/** What a mail is made of beside the brief: the buyer's notice, who reads it, the link to its page, the code that shows it is genuine. */
export type MailFacts = { notice: NoticeOfBuyer; reader: Reader; link: string; code: string }
export type NoticeMail = { subject: string; text: MailText; html: MailText }
export type MailWriter = (facts: MailFacts) => NoticeMail

/** Who writes: the marketplace as the buyer knows it, and an address at which people answer. */
export type MailSender = { name: string; address: string }

/** A writer for all mails of a brief; what they share is made once for each law, language and answer. */
export function mailWriter(brief: NoticeBrief, sender: MailSender, baseUrl: string): MailWriter {
  const templates = new Map<string, Template>()
  function templateFor(reader: Reader, answer: NoticeAnswer): Template {
    const language = languageOf(reader)
    const jurisdiction = lawOf(reader, brief.jurisdiction)
    const key = `${jurisdiction} ${language} ${answer}`
    const known = templates.get(key)
    if (known !== undefined) return known
    const template = templateOf(writeNotice({ ...brief, jurisdiction }, { language, answer, baseUrl }), sender)
    templates.set(key, template)
    return template
  }
  return (facts) => {
    const { notice, text, html } = templateFor(facts.reader, facts.notice.answer)
    return { subject: notice.subject, text: filled(text, facts), html: filled(html, facts) }
  }
}

/** The writer for one notice that is written already. */
export function mailOf(notice: Notice, sender: MailSender): MailWriter {
  const { text, html } = templateOf(notice, sender)
  return (facts) => ({ subject: notice.subject, text: filled(text, facts), html: filled(html, facts) })
}

/** The mail of nobody: what a person reads before the first one is sent. It has no lines, and an ellipsis for link and code. */
export function exampleMail(brief: NoticeBrief, wanted: NoticeWanted, sender: MailSender): NoticeMail {
  const notice = writeNotice(brief, wanted)
  const { text, html } = templateOf(notice, sender)
  const facts: MailFacts = {
    notice: { noticeId: '', answer: wanted.answer, units: 1, lines: [], lineCount: 0, refund: [] },
    reader: { locale: wanted.language, country: null, region: null },
    link: '…',
    code: '…',
  }
  return { subject: notice.subject, text: filled(text, facts), html: filled(html, facts) }
}

/** Its subject and text. */
export function noticeText(brief: NoticeBrief, wanted: NoticeWanted): string {
  const { subject, text } = exampleMail(brief, wanted, { name: '', address: '' })
  return `${subject}\n\n${wholeText(text).trim()}\n`
}

/** A part of a mail: the same in every one of a campaign, or made for its buyer. */
type Piece = string | ((facts: MailFacts) => string | FixedText)
type Template = { notice: Notice; text: (FixedText | Exclude<Piece, string>)[]; html: (FixedText | Exclude<Piece, string>)[] }

function templateOf(notice: Notice, sender: MailSender): Template {
  return { notice, text: joined(textPieces(notice, sender)), html: joined(htmlPieces(notice, sender)) }
}

function filled(pieces: Template['text'], facts: MailFacts): MailText {
  return pieces.map((piece) => (piece instanceof FixedText ? piece : piece(facts)))
}

/** Neighbours that are the same in every mail become one text, which is encoded once. */
function joined(pieces: readonly Piece[]): Template['text'] {
  const parts: Template['text'] = []
  let fixed: string[] = []
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      fixed.push(piece)
      continue
    }
    if (fixed.length > 0) parts.push(new FixedText(fixed.join('\n')))
    fixed = []
    parts.push(piece)
  }
  return fixed.length === 0 ? parts : [...parts, new FixedText(fixed.join('\n'))]
}

function textPieces(notice: Notice, sender: MailSender): Piece[] {
  const capitals = (text: string): string => text.toLocaleUpperCase(notice.speaker.locale)
  const head = [notice.heading, ...(notice.under === null ? [] : [notice.under])].join('\n')
  return [
    `${head}\n\n${capitals(notice.signal)}\n${notice.signalText}`.trimEnd(),
    ...notice.sections.flatMap((section) => [
      `\n${capitals(section.heading)}`,
      ...section.blocks.map((block) => textBlock(notice, block)).filter((piece) => piece !== ''),
    ]),
    `\n${sender.name}`,
  ]
}

function textBlock(notice: Notice, block: Block): Piece {
  const { words, say } = notice.speaker
  switch (block.kind) {
    case 'steps': {
      // Buyers who are owed the same read the same steps, which are made ready for the wire once.
      const steps = remembered(refundKey, (refund: readonly Money[]) => {
        const items = notice
          .steps(refund)
          .map(
            ({ title, text, agency }, index) =>
              `${index + 1}. ${[title, text].join(between(notice)).trim()}${agency === undefined ? '' : `\n   ${agency.text}`}`,
          )
        return new FixedText(items.join('\n'))
      })
      return (facts) => steps(facts.notice.refund)
    }
    case 'action':
      return ({ link }) => `\n${notice.action}: ${link}`
    case 'bought':
      return ({ notice: { lines, lineCount } }) =>
        [...lines.map((line) => `- ${lineText(notice, line)}`), ...moreLines(notice, lineCount - lines.length)].join('\n')
    case 'code':
      return ({ code }) => `${words.code} ${code}`
    case 'photos':
      return ''
    case 'said':
      return block.text
    case 'quote':
      return `${block.lead}\n${block.texts.map(({ text }) => text).join('\n')}`
    case 'facts':
      return block.facts.map(({ term, text }) => `${term}: ${text}`).join('\n')
    case 'agency_link':
      return `${block.text}: ${block.url}`
    case 'own_link':
      return ({ link }) => `${block.text}: ${linkIn(link, block.lang)}`
    case 'ask':
      return say(words.questionsMail)
  }
}

/** Most buyers of a campaign are owed one of few sums. */
function refundKey(refund: readonly Money[]): string {
  return refund.map(({ amountMinor, currency }) => `${amountMinor} ${currency}`).join()
}

/** What stands between two sentences: Chinese has no spaces. */
function between({ speaker }: Notice): string {
  return speaker.language === 'zh' ? '' : ' '
}

/** The page of a notice in another language. */
function linkIn(link: string, lang: string): string {
  return `${link}?lang=${lang.split('-')[0]}`
}

function lineText(notice: Notice, line: NoticeLine): string {
  const { speaker } = notice
  return `${line.title}: ${speaker.say(speaker.words.bought, { units: speaker.units(line.units), date: speaker.day(line.orderedAt), amount: speaker.money(line.amount) })}`
}

function moreLines({ speaker }: Notice, more: number): string[] {
  return more > 0 ? [speaker.count(speaker.words.moreLines, more)] : []
}

// Colours are set only in pairs (text and background together), so that light and dark mail programs can both do what they do. Paragraphs have
// the space that every mail program gives them: a style on each of them would be a fifth of the mail.
const STYLE = {
  body: 'margin:0;padding:16px;font-family:system-ui,Segoe UI,Roboto,Arial,sans-serif;font-size:16px;line-height:1.5;overflow-wrap:break-word;word-break:break-word',
  sheet: 'max-width:600px;margin:0 auto',
  link: 'color:inherit;text-decoration:underline',
  h1: 'font-size:24px;line-height:1.25;margin:0 0 16px',
  redH1:
    'font-size:20px;line-height:1.3;hyphens:auto;margin:0 0 16px;background-color:#ffffff;color:#a3001b;padding:8px 12px;border:2px solid #a3001b',
  under: 'font-size:20px;line-height:1.3;font-weight:700;margin:0 0 16px',
  h2: 'font-size:20px;margin:32px 0 8px',
  stop: 'background-color:#a3001b;color:#ffffff;padding:16px;border-radius:4px;margin:0 0 24px',
  check: 'background-color:#ffb84d;color:#1a1300;padding:16px;border-radius:4px;margin:0 0 24px',
  signal: 'font-size:20px;line-height:1.3;font-weight:700;margin:0',
  signalText: 'margin:8px 0 0',
  list: 'padding-left:24px;margin:0 0 24px',
  item: 'margin:0 0 12px',
  quote: 'margin:8px 0 0;padding:0 0 0 12px;border-left:4px solid #888888',
  button:
    'display:inline-block;background-color:#0b4f8a;color:#ffffff;font-weight:700;text-decoration:none;padding:12px 24px;border-radius:4px',
  image: 'display:block;max-width:100%;height:auto;margin:24px 0 0',
  code: 'font-family:ui-monospace,Consolas,monospace;font-size:20px;font-weight:700;letter-spacing:1px',
  foot: 'margin:32px 0 0;padding:16px 0 0;border-top:1px solid #888888',
} as const

function htmlPieces(notice: Notice, sender: MailSender): Piece[] {
  return [
    headHtml(notice),
    ...notice.sections.flatMap((section) => sectionHtml(notice, section)),
    `<p style="${STYLE.foot}">${escape(sender.name)}</p>\n</div></body></html>`,
  ]
}

function headHtml(notice: Notice): string {
  // The box is red where something is to be stopped, amber where something is to be checked.
  const box = notice.answer === 'possibly' ? STYLE.check : STYLE.stop
  return `<!doctype html>
<html lang="${escape(notice.speaker.locale)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${escape(notice.subject)}</title></head>
<body style="${STYLE.body}"><div role="main" style="${STYLE.sheet}">
<h1 style="${notice.headingRed ? STYLE.redH1 : STYLE.h1}">${withProduct(notice, notice.heading)}</h1>
${notice.under === null ? '' : `<p style="${STYLE.under}">${withProduct(notice, notice.under)}</p>`}
<div style="${box}"><p style="${STYLE.signal}">${escape(notice.signal)}</p>${notice.signalText === '' ? '' : `<p style="${STYLE.signalText}">${escape(notice.signalText)}</p>`}</div>`
}

function sectionHtml(notice: Notice, { heading, blocks }: Section): Piece[] {
  return [`<h2 style="${STYLE.h2}">${escape(heading)}</h2>`, ...blocks.map((block) => htmlBlock(notice, block))]
}

function htmlBlock(notice: Notice, block: Block): Piece {
  const { words, say } = notice.speaker
  switch (block.kind) {
    case 'steps': {
      const steps = remembered(refundKey, (refund: readonly Money[]) => {
        const items = notice.steps(refund).map((step) => stepHtml(notice, step))
        return new FixedText(`<ol style="${STYLE.list}">${items.join('\n')}</ol>`)
      })
      return (facts) => steps(facts.notice.refund)
    }
    case 'action':
      return ({ link }) =>
        `<p><a href="${escape(link)}" style="${STYLE.button}">${escape(notice.action)}</a></p>
<p>${escape(say(words.orCopy, { link }))}</p>`
    case 'bought':
      return ({ notice: { lines, lineCount } }) =>
        `<ul style="${STYLE.list}">${lines.map((line) => `<li style="${STYLE.item}">${escape(lineText(notice, line))}</li>`).join('\n')}</ul>${moreLines(
          notice,
          lineCount - lines.length,
        )
          .map(escape)
          .join('')}`
    case 'code':
      return ({ code }) => `<p>${escape(words.code)} <span style="${STYLE.code}">${escape(code)}</span></p>`
    case 'photos': {
      const image = block.images[0]
      return image === undefined ? '' : `<img src="${escape(image.url)}" alt="${escape(image.alt)}" width="600" style="${STYLE.image}">`
    }
    case 'said':
      return `<p>${withLink(block.text, block.link, STYLE.link)}</p>`
    case 'quote':
      return `<p>${escape(block.lead)}</p>
${block.texts.map(({ text, lang }) => `<p${langAttribute(notice, lang)}>${escape(text)}</p>`).join('\n')}`
    case 'facts':
      return block.facts
        .map(({ term, text, lang }) => `<p><b>${escape(term)}</b><br>${inLanguage(notice, lang, escape(text))}</p>`)
        .join('\n')
    case 'agency_link':
      return `<p><a href="${escape(block.url)}" style="${STYLE.link}"><b>${escape(block.text)}</b></a></p>`
    case 'own_link':
      return ({ link }) =>
        `<p><a href="${escape(linkIn(link, block.lang))}" style="${STYLE.link}"${langAttribute(notice, block.lang)}>${escape(block.text)}</a></p>`
    case 'ask':
      return `<p>${escape(say(words.questionsMail))}</p>`
  }
}

function inLanguage(notice: Notice, lang: string | null, html: string): string {
  const attribute = langAttribute(notice, lang)
  return attribute === '' ? html : `<span${attribute}>${html}</span>`
}

function stepHtml(notice: Notice, step: ReturnType<Notice['steps']>[number]): string {
  const quote =
    step.agency === undefined ? '' : `<p${langAttribute(notice, step.agency.lang)} style="${STYLE.quote}">${escape(step.agency.text)}</p>`
  return `<li style="${STYLE.item}"><strong>${escape(step.title)}</strong>${between(notice)}${escape(step.text)}${quote}</li>`
}
