/** A recall in English for the public pages, the feed and the desk, which speak to everybody and not by one jurisdiction's notice. Pure. */
import { AGENCY_NAMES, type Hazard } from '../../recalls/index.ts'
import type { Money, NoticeBrief } from '../brief.ts'
import { en } from './catalogues/en.ts'
import { nounOf, paragraphs, productNames, webAddress } from './product.ts'
import { moneyText, speaker, type Noun } from './speaker.ts'

export type BriefWords = {
  lang: 'en-US'
  /** "CUPKIN Double-Walled Stainless Steel Children's Cups". */
  product: string
  /** How the text speaks of it: "these cups … them", or "this product … it". */
  noun: Noun
  /** "Danger: lead poisoning.", or empty where the agency's words are all we have. */
  danger: string
  /** The hazard in the agency's words, a paragraph each; its title where it names none. */
  why: string[]
  agency: { name: string; url: string | null }
}

/** Dangers as people are told them; '' for one that has no name. */
export const HAZARD_NAMES: Record<Hazard, string> = { ...en.hazards, other: '' }

const ENGLISH = speaker('en', 'US')
const PRODUCTS_NAMED_MAX = 3

export function briefWords({ recall }: NoticeBrief): BriefWords {
  const names = productNames(recall)
  const dangers = [...new Set(recall.hazards.map((hazard) => HAZARD_NAMES[hazard]).filter((name) => name !== ''))]
  return {
    lang: 'en-US',
    product:
      names.length <= PRODUCTS_NAMED_MAX ? ENGLISH.list(names) : ENGLISH.say(en.andOthers, { products: names.slice(0, 2).join(', ') }),
    noun: nounOf(recall),
    danger: dangers.length === 0 ? '' : ENGLISH.say(en.danger, { dangers: ENGLISH.list(dangers) }),
    why: paragraphs(recall.hazardText.trim() === '' ? recall.title : recall.hazardText),
    agency: { name: AGENCY_NAMES[recall.agency], url: webAddress(recall.url) },
  }
}

/** "July 20, 2023". */
export function formatDate(date: Date): string {
  return ENGLISH.day(date)
}

/** "$19.99", "¥1,200". */
export function formatMoney(sum: Money): string {
  return moneyText('en-US', sum)
}
