/** A notice as the linter reads it: our words and the agency's apart, each with where it stands. Pure. */
import type { NoticeBrief } from '../brief.ts'
import type { FactId } from '../wording/catalogue.ts'
import type { Language } from '../wording/language.ts'
import type { Block, Notice } from '../wording/notice.ts'

/** `exempt` names the one list of phrases that a sentence is there to speak of: that we never ask for secrets. */
export type OurText = { where: string; text: string; exempt?: 'secrets' }
export type TheirText = { where: string; text: string; lang: string }

/** What is there, by the names that rules ask for. */
export type Part = FactId | 'hazard' | 'why_elsewhere' | 'danger' | 'stop' | 'remedy' | 'check' | 'photo' | 'rights' | 'share' | 'report' | 'genuine' | 'never_ask' | 'code' | 'ask' | 'other_language' // prettier-ignore

export type Reading = {
  notice: Notice
  brief: NoticeBrief
  language: Language
  ours: OurText[]
  theirs: TheirText[]
  /** The words of each part that is there and says something. */
  parts: ReadonlyMap<Part, string>
  links: { where: string; url: string }[]
}

export function readNotice(notice: Notice, brief: NoticeBrief): Reading {
  const { speaker } = notice
  const reading = { ours: [] as OurText[], theirs: [] as TheirText[], parts: new Map<Part, string>(), links: [] as Reading['links'] }
  const known = { notice, brief, language: speaker.language, ...reading }
  function ours(where: string, text: string, exempt?: 'secrets'): void {
    known.ours.push({ where, text: withoutNames(notice, text), ...(exempt === undefined ? {} : { exempt }) })
  }
  ours('the subject', notice.subject)
  ours('the heading', notice.heading)
  ours('the hazard box', `${notice.signal}. ${notice.signalText}`)
  ours('the button', notice.action)
  for (const section of notice.sections) {
    const where = `“${section.heading}”`
    ours(where, section.heading)
    for (const block of section.blocks) readBlock(known, block, where, ours)
  }
  return known
}

function readBlock(
  reading: Reading & { parts: Map<Part, string> },
  block: Block,
  where: string,
  ours: (where: string, text: string, exempt?: 'secrets') => void,
): void {
  // prettier-ignore
  const { notice, parts, theirs, links } = reading
  function part(name: Part, text: string): void {
    if (text.trim() !== '') parts.set(name, `${parts.get(name) ?? ''} ${text}`.trim())
  }
  switch (block.kind) {
    case 'steps':
      for (const step of notice.steps([])) {
        ours(where, `${step.title} ${step.text}`)
        part(step.element === 'proof' ? 'remedy' : step.element, step.title)
        if (step.agency !== undefined) theirs.push({ where, ...step.agency })
      }
      return
    case 'said':
      ours(where, block.link === undefined ? block.text : block.text.replace(block.link, ' '), block.element === 'never_ask' ? 'secrets' : undefined) // prettier-ignore
      part(block.element, block.text)
      if (block.link !== undefined) links.push({ where, url: block.link })
      return
    case 'quote':
      ours(where, block.lead)
      for (const text of block.texts) theirs.push({ where, ...text })
      return part(block.element, block.texts.map(({ text }) => text).join(' '))
    case 'facts':
      for (const { id, term, text, lang } of block.facts) {
        ours(where, term)
        if (lang !== null && id !== 'product') theirs.push({ where: `${where}, “${term}”`, text, lang })
        part(id, text)
      }
      return
    case 'photos':
      return part('photo', block.images.map(({ url }) => url).join(' '))
    case 'ask':
      ours(where, notice.speaker.words.questionsMail)
      return part('ask', notice.speaker.words.questionsMail)
    case 'code':
      return part('code', notice.speaker.words.code)
    case 'own_link':
      return part('other_language', block.text)
    case 'agency_link':
      return ours(where, block.text)
    case 'action':
      return
  }
}

/** The product's name is not ours: a "May Day" lamp is no hedge, and a "Gift card holder" no gift card. */
function withoutNames({ product, speaker }: Notice, text: string): string {
  const names = [product.text, product.short, speaker.noun.plural ?? '']
  return names.filter((name) => name !== '').reduce((rest, name) => rest.replaceAll(name, ' '), text)
}
