/** What a jurisdiction makes its sections of, and the parts that several of them have. Pure. */
import type { NoticeBrief } from '../../brief.ts'
import type { FactId, SectionId } from '../catalogue.ts'
import type { AgencyText, Block, Fact, Section } from '../notice.ts'
import type { Photograph } from '../product.ts'
import type { Speaker } from '../speaker.ts'

export type Sources = {
  brief: NoticeBrief
  speaker: Speaker
  facts: ReadonlyMap<FactId, Fact>
  /** The agency says that something happened. */
  incidents: boolean
  /** "Danger: fire.", empty where no kind of danger is known. */
  danger: string
  /** The hazard in the agency's words, a paragraph each. */
  hazard: AgencyText[]
  agency: { name: string; url: string | null }
  images: Photograph[]
  /** Where anybody can read of the recall. */
  publicPage: string
}

export type JurisdictionNotice = {
  /** The agency's sentences that lower the sense of danger are left out. */
  calm: boolean
  headingRed: boolean
  /** The section with the numbers that a buyer compares. */
  numbers: SectionId
  sections: (sources: Sources) => Section[]
}

export function section({ speaker }: Sources, id: SectionId, ...blocks: (Block | null)[]): Section {
  return { id, heading: speaker.words.sections[id], blocks: blocks.filter((block) => block !== null) }
}

/** First of all, in every jurisdiction: what to do, and where. */
export function whatToDo(sources: Sources): Section {
  return section(sources, 'what_to_do', { kind: 'steps' }, { kind: 'action' })
}

export function bought(sources: Sources): Section {
  return section(sources, 'bought', { kind: 'bought' })
}

/** The kinds of danger in our words, where the agency's are in another language than the reader's; the box on top has them anyway. */
export function danger({ danger: text, speaker, hazard: texts }: Sources): Block | null {
  const understood = texts.some(({ lang }) => lang.split('-')[0] === speaker.language)
  return text === '' || understood ? null : { kind: 'said', element: 'danger', text }
}

export function hazard({ speaker, danger: known, hazard: texts, agency }: Sources): Block | null {
  if (texts.length === 0) return known === '' ? { kind: 'said', element: 'why_elsewhere', text: speaker.words.whyElsewhere } : null
  return { kind: 'quote', element: 'hazard', lead: speaker.say(speaker.words.agencyWords, { agency: agency.name }), texts }
}

/** These facts in this order, of those that the recall states; null where it states none of them. */
export function facts({ facts: known }: Sources, ...ids: FactId[]): Block | null {
  const found = ids.flatMap((id) => known.get(id) ?? [])
  return found.length === 0 ? null : { kind: 'facts', facts: found }
}

export function photos({ images }: Sources): Block | null {
  return images.length === 0 ? null : { kind: 'photos', images }
}

export function agencyLink({ agency, speaker }: Sources): Block | null {
  return agency.url === null ? null : { kind: 'agency_link', text: speaker.words.agencyNotice, url: agency.url }
}

/** How to know that the message is ours: by a way that no message can lead to. */
export function genuine(sources: Sources): Section {
  const { words, say } = sources.speaker
  return section(
    sources,
    'genuine',
    { kind: 'said', element: 'genuine', text: say(words.genuine, { page: words.yours.title }) },
    { kind: 'said', element: 'never_ask', text: words.neverAsk },
    { kind: 'code' },
  )
}

export function questions(sources: Sources): Section {
  return section(sources, 'questions', { kind: 'ask' })
}

export function share(sources: Sources): Section {
  const { speaker, publicPage } = sources
  return section(sources, 'share', {
    kind: 'said',
    element: 'share',
    text: speaker.say(speaker.words.share, { link: publicPage }),
    link: publicPage,
  })
}
