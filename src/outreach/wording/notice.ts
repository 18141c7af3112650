/** What a notice consists of, before mail and page lay it out: pure data, so that the linter reads what the buyer reads. */
import type { Jurisdiction, RemedyOption } from '../../recalls/index.ts'
import type { Money, NoticeAnswer } from '../brief.ts'
import type { FactId, SectionId, Use } from './catalogue.ts'
import type { Photograph } from './product.ts'
import type { Speaker } from './speaker.ts'

/** What a paragraph is there for; a law that demands something demands one of these, or a fact. */
export type Element = 'danger' | 'hazard' | 'why_elsewhere' | 'rights' | 'share' | 'report' | 'genuine' | 'never_ask' | 'other_language'

/** The agency's own text, shown as the agency wrote it and marked with its language (BCP 47). */
export type AgencyText = { text: string; lang: string }

export type Step = { element: 'stop' | 'remedy' | 'proof' | 'check'; title: string; text: string; agency?: AgencyText }

/** `lang` where the text is the agency's; a number or a date is nobody's words. */
export type Fact = { id: FactId; term: string; text: string; lang: string | null }

/**
 * A part of a section. `steps`, `action`, `bought` and `code` are another buyer's in another buyer's notice; all the rest is the same in each of a
 * campaign. `link` stands in the text; `ask` says how to reach people, which a mail and a page say differently.
 */
export type Block =
  | { kind: 'steps' }
  | { kind: 'action' }
  | { kind: 'bought' }
  | { kind: 'code' }
  | { kind: 'photos'; images: Photograph[] }
  | { kind: 'said'; element: Element; text: string; link?: string }
  | { kind: 'quote'; element: Element; lead: string; texts: AgencyText[] }
  | { kind: 'facts'; facts: Fact[] }
  | { kind: 'agency_link'; text: string; url: string }
  | { kind: 'own_link'; element: 'other_language'; text: string; lang: string }
  | { kind: 'ask' }

export type Section = { id: SectionId; heading: string; blocks: Block[] }

export type Notice = {
  jurisdiction: Jurisdiction
  speaker: Speaker
  answer: NoticeAnswer
  use: Use
  subject: string
  heading: string
  /** Red, as the template of Implementing Regulation (EU) 2024/1435 has it. */
  headingRed: boolean
  /** Under a heading that does not name the product. */
  under: string | null
  /** The product in the agency's words, and as the subject has it; both stand inside sentences of ours. */
  product: { text: string; short: string; lang: string }
  signal: string
  signalText: string
  action: string
  /** True where the buyer chooses a refund here. */
  refundHere: boolean
  /** What is offered, the first one first. */
  remedies: readonly RemedyOption[]
  /** In order, with what a full refund comes to. */
  steps: (refund: readonly Money[]) => Step[]
  sections: Section[]
}
