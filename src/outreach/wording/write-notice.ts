/** From a brief to the notice of one jurisdiction in one language. Pure. */
import type { NoticeAnswer, NoticeBrief, Money } from '../brief.ts'
import { AGENCY_NAMES, recallId, type Hazard } from '../../recalls/index.ts'
import { withoutLowering } from './calm.ts'
import { factsOf, hadIncidents } from './facts.ts'
import { JURISDICTION_NOTICES } from './jurisdictions/index.ts'
import type { Sources } from './jurisdictions/sources.ts'
import type { Language } from './language.ts'
import type { Notice, Step } from './notice.ts'
import { languageOfRecall, nounOf, paragraphs, photographs, productNames, shortened, useOf, webAddress } from './product.ts'
import { speaker as speakerOf, type Speaker } from './speaker.ts'

export type NoticeWanted = {
  language: Language
  answer: NoticeAnswer
  /** Start of the address of the public recall pages, without a slash at its end. */
  baseUrl: string
}

const SUBJECT_PRODUCT_MAX = 60 // so that the whole subject shows on a phone's two lines
const PRODUCTS_NAMED_MAX = 3

const CHECKS = { thing: 'check', food: 'checkFood', medicine: 'checkMedicine', vehicle: 'checkVehicle' } as const

/** Breaking what can burn, burst or leak is a danger of its own: there the agency's instruction is the only one we give. */
const NOT_TO_BE_BROKEN: readonly Hazard[] = ['fire', 'burn', 'explosion', 'chemical', 'electric_shock', 'carbon_monoxide']

export function writeNotice(brief: NoticeBrief, { language, answer, baseUrl }: NoticeWanted): Notice {
  const { recall, jurisdiction } = brief
  const lang = languageOfRecall(recall)
  // Only English can take the agency's own noun, and only from an English text.
  const speaker = speakerOf(language, jurisdiction, language === 'en' && lang.startsWith('en') ? nounOf(recall) : undefined)
  const { words, say } = speaker
  const law = JURISDICTION_NOTICES[jurisdiction]
  const quoted = law.calm ? (text: string) => withoutLowering(text.trim(), lang) : (text: string) => text.trim()
  const use = useOf(recall)
  const check = answer === 'possibly'
  const names = productNames(recall)
  const product =
    names.length <= PRODUCTS_NAMED_MAX ? speaker.list(names) : say(words.andOthers, { products: names.slice(0, 2).join(', ') })
  const short = shortened(product, SUBJECT_PRODUCT_MAX)
  const signal = words.signal[check ? CHECKS[use] : use]
  const keepAway = recall.childrensProduct === true ? words.keepAway : ''
  const danger = dangerText(recall.hazards, speaker)
  const hazard = [recall.hazardText, recall.title].map((text) => paragraphs(quoted(text))).find((texts) => texts.length > 0) ?? []
  const refundHere = brief.remedies.includes('refund') && !check
  const sources: Sources = {
    brief,
    speaker,
    facts: factsOf(recall, speaker, quoted),
    incidents: hadIncidents(recall),
    danger,
    hazard: hazard.map((text) => ({ text, lang })),
    agency: { name: AGENCY_NAMES[recall.agency], url: webAddress(recall.url) },
    images: photographs(recall, say(words.photo, { product })),
    publicPage: `${baseUrl}/recalls/${encodeURIComponent(recallId(recall))}`,
  }
  return {
    jurisdiction,
    speaker,
    answer,
    use,
    subject: say(words.subject[check ? 'check' : use], { product: short }),
    heading: say(words.heading[jurisdiction], { product }),
    headingRed: law.headingRed,
    under: words.heading[jurisdiction].includes('{product}') ? null : product,
    product: { text: product, short, lang },
    signal: say(signal),
    signalText: [danger, say(keepAway)].filter((text) => text !== '').join(language === 'zh' ? '' : ' '),
    action: refundHere ? words.action.refund : words.action.other,
    refundHere,
    remedies: brief.remedies,
    steps: (refund) => [
      stopStep(speaker, signal, use === 'medicine' ? [] : [keepAway, words.doNotPassOn]),
      ...(check ? checkSteps(speaker, words.sections[law.numbers]) : remedySteps(brief, sources, refund)),
    ],
    sections: law.sections(sources),
  }
}

function dangerText(hazards: readonly Hazard[], { words, list, say }: Speaker): string {
  const dangers = [...new Set(hazards.flatMap((hazard) => (hazard === 'other' ? [] : [words.hazards[hazard]])))]
  return dangers.length === 0 ? '' : say(words.danger, { dangers: list(dangers) })
}

function stopStep({ say, language }: Speaker, signal: string, rest: readonly string[]): Step {
  const texts = rest.filter((text) => text !== '').map((text) => say(text))
  return { element: 'stop', title: sentence(say(signal), language), text: texts.join(language === 'zh' ? '' : ' ') }
}

function sentence(text: string, language: Language): string {
  return `${text}${language === 'zh' ? '。' : '.'}`
}

function checkSteps({ words, say }: Speaker, section: string): Step[] {
  const { steps } = words
  return [
    { element: 'check', title: say(steps.checkTitle), text: say(steps.checkText, { section }) },
    { element: 'remedy', title: say(steps.answerTitle), text: say(steps.answerText) },
  ]
}

function remedySteps(brief: NoticeBrief, { speaker, facts }: Sources, refund: readonly Money[]): Step[] {
  const { words, say, list } = speaker
  const { steps } = words
  const advice = facts.get('advice')
  if (!brief.remedies.includes('refund')) {
    const option = brief.remedies.find((remedy) => remedy !== 'refund') ?? 'none'
    const step: Step = { element: 'remedy', title: words.remedySteps[option], text: option === 'none' ? '' : steps.freeOfCharge }
    return [advice === undefined ? step : { ...step, agency: { text: advice.text, lang: advice.lang! } }]
  }
  const title = refund.length === 0 ? steps.refundTitle : say(steps.refundTitleOf, { amount: list(refund.map(speaker.money)) })
  const choose: Step = { element: 'remedy', title, text: steps.refundText }
  if (brief.proof === 'none') return [choose]
  const breakable = !brief.recall.hazards.some((hazard) => NOT_TO_BE_BROKEN.includes(hazard))
  return [choose, { element: 'proof', title: say(breakable ? steps.breakTitle : steps.unusableTitle), text: say(steps.photoText) }]
}
