/**
 * Everything that we ourselves say to buyers, as one type: a language is a file with all of it, and one that lacks an entry does not compile.
 * `{name}` is filled in; `{these}` and `{them}` are the product, which English calls by the agency's own plural and all others "this product".
 */
import type { Hazard, Jurisdiction, RemedyOption } from '../../recalls/index.ts'
import type { Language } from './language.ts'

/** By the rules of Intl.PluralRules; `other` holds where a language has no form of its own for a number. */
export type Plural = { other: string } & Partial<Record<Exclude<Intl.LDMLPluralRule, 'other'>, string>>

/** What one does with a product decides what is to be done first: nobody is told to stop taking a medicine without asking. */
export const USES = ['thing', 'food', 'medicine', 'vehicle'] as const
export type Use = (typeof USES)[number]

/** The facts of a recall that a notice can state. */
export const FACTS = [
  'number', 'title', 'product', 'description', 'brands', 'models', 'lots', 'serials', 'gtins', 'made', 'units', 'sold', 'price', 'incidents',
  'advice', 'firms', 'origin', 'contact',
] as const // prettier-ignore
export type FactId = (typeof FACTS)[number]

export const SECTIONS = [
  'what_to_do', 'danger', 'why', 'product', 'bought', 'rights', 'about', 'background', 'share', 'report', 'genuine', 'questions',
] as const // prettier-ignore
export type SectionId = (typeof SECTIONS)[number]

export type FirmRole = 'manufacturer' | 'importer' | 'distributor' | 'recalling firm'

export type Catalogue = {
  language: Language
  /** What the language calls itself. */
  name: string
  /** How the text speaks of a product that it has no noun for. */
  these: string
  them: string
  /** The heading of a notice. EU: nothing but the words of Article 36(2)(a) of Regulation (EU) 2023/988; the others name the {product}. */
  heading: Record<Jurisdiction, string>
  /** What the mail is called; {product} is the recalled product. `check`: the buyer is to find out whether theirs is meant. */
  subject: Record<Use | 'check', string>
  /** The words in the hazard box. `check…` where the buyer is to find out first, by what one does with the product. */
  signal: Record<Use | 'check' | 'checkFood' | 'checkMedicine' | 'checkVehicle', string>
  danger: string
  /** Where neither the kinds of danger are known nor any of the agency's sentences may be shown. */
  whyElsewhere: string
  keepAway: string
  doNotPassOn: string
  steps: {
    checkTitle: string
    checkText: string
    answerTitle: string
    answerText: string
    refundTitle: string
    refundTitleOf: string
    refundText: string
    breakTitle: string
    unusableTitle: string
    photoText: string
    freeOfCharge: string
  }
  /** The title of the step to a remedy. */
  remedySteps: Record<Exclude<RemedyOption, 'refund'>, string>
  /** Remedies inside a sentence. */
  remedies: Record<RemedyOption, string>
  action: { refund: string; other: string }
  orCopy: string
  sections: Record<SectionId, string>
  facts: Record<FactId, string>
  firmRoles: Record<FirmRole, string>
  /** Before the agency's own text. */
  agencyWords: string
  agencyNotice: string
  photo: string
  from: string
  until: string
  fromUntil: string
  priceAbout: string
  andOthers: string
  moreFacts: Plural
  units: Plural
  bought: string
  moreLines: Plural
  rights: { cost: string; choice: string; one: string; none: string; late: string }
  share: string
  report: string
  inThisLanguage: string
  genuine: string
  neverAsk: string
  code: string
  questionsMail: string
  questionsPage: string
  hazards: Record<Exclude<Hazard, 'other'>, string>
  page: {
    skip: string
    language: string
    product: string
    howMany: string
    paid: string
    boughtOn: string
    more: Plural
    read: string
    readHint: string
    readDone: string
  }
  case: {
    photoTitle: string
    photoText: string
    photoAction: string
    asked: string
    askedText: string
    refunded: string
    refundedText: string
    refused: string
    refusedText: string
    see: string
  }
  yours: {
    title: string
    noneTitle: string
    noneText: string
    elsewhere: string
    list: string
    genuineTitle: string
    genuineText: string
    genuineNone: string
    boughtFromUs: Plural
    waitingForPhoto: string
    refundAsked: string
    refundPaid: string
    refundRefused: string
    open: string
    readOn: string
    told: string
  }
}
