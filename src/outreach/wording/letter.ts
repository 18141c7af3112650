/** The letter of a notice: the same blocks as its mail and page, in the order they are printed. Pure; `letters/typeset.ts` sets them. */
import type { MailFacts } from './mail.ts'
import { LETTER_WORDS } from './letter-words.ts'
import type { Block, Notice, Step } from './notice.ts'

/** `address`: something a reader types or dials, which is never hyphenated. */
export type LetterPart =
  | { kind: 'heading'; text: string; red: boolean }
  | { kind: 'under'; text: string }
  | { kind: 'box'; tone: 'stop' | 'check'; title: string; text: string }
  | { kind: 'section'; text: string }
  | { kind: 'said'; text: string }
  | { kind: 'step'; mark: string; title: string; text: string; quote: string | null }
  | { kind: 'bullet'; text: string }
  | { kind: 'fact'; term: string; text: string }
  | { kind: 'address'; lead: string; url: string }
  /** The address of the buyer's page, also as a code that a telephone reads. */
  | { kind: 'page'; title: string; lead: string; url: string }
  | { kind: 'code'; lead: string; code: string }
  | { kind: 'photo'; url: string; caption: string }
  | { kind: 'sender'; text: string }

export type LetterText = { date: string; parts: LetterPart[]; pageOf: (page: number, pages: number) => string }

/** What is printed. `sender` as in the mail: its name ends the letter, its address is where questions go; `at`: the letter's date. */
export function letterOf(
  notice: Notice,
  facts: MailFacts,
  { sender, at }: { sender: { name: string; address: string }; at: Date },
): LetterText {
  const { speaker } = notice
  const own = LETTER_WORDS[speaker.language]
  return {
    date: speaker.day(at),
    parts: [
      { kind: 'heading', text: notice.heading, red: notice.headingRed },
      ...(notice.under === null ? [] : [{ kind: 'under', text: notice.under } as const]),
      { kind: 'box', tone: notice.answer === 'possibly' ? 'check' : 'stop', title: notice.signal, text: notice.signalText },
      ...notice.sections.flatMap((section): LetterPart[] => [
        { kind: 'section', text: section.heading },
        ...section.blocks.flatMap((block) => partsOf(notice, block, facts, sender.address)),
      ]),
      { kind: 'sender', text: sender.name },
    ],
    pageOf: (page, pages) => speaker.say(own.page, { page: String(page), pages: String(pages) }),
  }
}

function partsOf(notice: Notice, block: Block, { notice: about, link, code }: MailFacts, contact: string): LetterPart[] {
  const { speaker } = notice
  const { words, say } = speaker
  const own = LETTER_WORDS[speaker.language]
  switch (block.kind) {
    case 'steps':
      return notice.steps(about.refund).map((step, index) => stepPart(notice, step, index + 1))
    case 'action':
      return [{ kind: 'page', title: notice.action, lead: own.scan, url: link }]
    case 'bought': {
      const lines = about.lines.map(
        (line) =>
          `${line.title}: ${say(words.bought, { units: speaker.units(line.units), date: speaker.day(line.orderedAt), amount: speaker.money(line.amount) })}`,
      )
      const more = about.lineCount - about.lines.length
      return [...lines, ...(more > 0 ? [speaker.count(words.moreLines, more)] : [])].map((text) => ({ kind: 'bullet', text }))
    }
    case 'code':
      return [{ kind: 'code', lead: words.code, code }]
    case 'photos':
      // As in the mail, one: the page has the others.
      return block.images.slice(0, 1).map(({ url, caption }) => ({ kind: 'photo', url, caption: caption ?? '' }))
    case 'said':
      return [{ kind: 'said', text: block.text }]
    case 'quote':
      return [{ kind: 'said', text: block.lead }, ...block.texts.map(({ text }): LetterPart => ({ kind: 'said', text }))]
    case 'facts':
      return block.facts.map(({ term, text }) => ({ kind: 'fact', term, text }))
    case 'agency_link':
      return [{ kind: 'address', lead: block.text, url: block.url }]
    case 'own_link':
      return [{ kind: 'address', lead: block.text, url: `${link}?lang=${block.lang.split('-')[0]}` }]
    case 'ask':
      return [{ kind: 'said', text: say(words.questionsPage, { address: contact }) }]
  }
}

/** Paper cannot be answered by e-mail: who is to find out first tells the number on the page instead. */
function stepPart({ answer, speaker }: Notice, step: Step, no: number): LetterPart {
  const own = LETTER_WORDS[speaker.language]
  const byPage = answer === 'possibly' && step.element === 'remedy'
  const [title, text] = byPage ? [own.checkTitle, own.checkText] : [step.title, step.text]
  return { kind: 'step', mark: `${no}.`, title, text, quote: step.agency?.text ?? null }
}

/** Everything that is printed, one text after the other: what a test holds against the linter's reading. */
export function printedText({ parts }: LetterText): string {
  return parts.map((part) => Object.values(part).filter((value) => typeof value === 'string').join('\n')).join('\n') // prettier-ignore
}
