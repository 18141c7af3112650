/**
 * English for the United States: what a notice says, as parts that the mail and the page lay out. The contents are those of 16 CFR 1115.27;
 * the order is what to do, then why, then the rest. Our own sentences neither hedge nor call a recall voluntary; the agency's words stay as
 * the agency wrote them. Pure.
 */
import { AGENCY_NAMES, type Hazard, printedNumber, type Recall, type RemedyOption } from '../../recalls/index.ts'
import type { Money, NoticeBrief, NoticeOfBuyer } from '../brief.ts'

/** What every notice of a campaign says. */
export type BriefWords = {
  lang: 'en-US'
  /** "CUPKIN Double-Walled Stainless Steel Children's Cups". */
  product: string
  /** How the text speaks of it: "these cups … them", or "this product … it". */
  noun: Noun
  /** The heading of the notice; it has the word "recall" in it (16 CFR 1115.27(a)). */
  heading: string
  /** "Danger: lead poisoning.", or empty where the agency's words are all we have. */
  danger: string
  /** The hazard in the agency's words, a paragraph each; its title where it names none. */
  why: string[]
  /** The rest of 16 CFR 1115.27, each with what it is called. Never empty texts. */
  facts: { term: string; text: string }[]
  agency: { name: string; url: string | null }
  images: { url: string; alt: string; caption: string | null }[]
}

/** What the notice of one buyer says beside that. */
export type NoticeWords = {
  subject: string
  /** The words in the hazard box: what to do this minute. */
  signal: string
  signalText: string
  steps: { title: string; text: string }[]
  /** What the main button says. */
  action: string
  /** True where the buyer is to check first whether theirs is affected. */
  check: boolean
  /** True where the action is to choose a refund here. */
  refundHere: boolean
}

type Noun = { these: string; them: string; plural: string | null }

const SUBJECT_PRODUCT_MAX = 60 // so that the whole subject shows on a phone's two lines
const FACT_ITEMS_MAX = 60
const NOUN_LETTERS_MAX = 40
const IMAGES_MAX = 4 // some recalls have dozens; the agency's notice has them all

/** Dangers as people are told them; '' for one that has no name. */
export const HAZARD_NAMES: Record<Hazard, string> = {
  fire: 'fire',
  burn: 'burns',
  electric_shock: 'electric shock',
  laceration: 'cuts',
  choking: 'choking',
  ingestion: 'swallowed parts',
  strangulation: 'strangulation',
  suffocation: 'suffocation',
  entrapment: 'getting trapped',
  fall: 'falls',
  tip_over: 'tipping over',
  drowning: 'drowning',
  poisoning: 'poisoning',
  lead: 'lead poisoning',
  chemical: 'harmful chemicals',
  carbon_monoxide: 'carbon monoxide poisoning',
  explosion: 'explosion',
  projectile: 'flying parts',
  impact: 'being hit',
  crash: 'crashes',
  amputation: 'amputation',
  pinch: 'pinched or crushed fingers',
  magnet: 'swallowed magnets',
  hearing: 'hearing damage',
  eye_injury: 'eye injury',
  infection: 'infection',
  allergen: 'allergic reaction',
  mold: 'mold',
  other: '',
}

/** Breaking what can burn, burst or leak is a danger of its own: there the agency's instruction is the only one we give. */
const NOT_TO_BE_BROKEN: readonly Hazard[] = ['fire', 'burn', 'explosion', 'chemical', 'electric_shock', 'carbon_monoxide']

const OTHER_REMEDIES: Partial<Record<RemedyOption, string>> = {
  repair: 'Get your free repair',
  replace: 'Get your free replacement',
  dispose: 'Dispose of it safely',
  new_instructions: 'Get the new instructions',
  label: 'Get the new warning label',
}

export function briefWords({ recall }: NoticeBrief): BriefWords {
  const product = productName(recall)
  const dangers = [...new Set(recall.hazards.map((hazard) => HAZARD_NAMES[hazard]).filter((name) => name !== ''))]
  return {
    lang: 'en-US',
    product,
    noun: nounOf(recall),
    heading: `Recall: ${product}`,
    danger: dangers.length === 0 ? '' : `Danger: ${listed(dangers)}.`,
    why: paragraphs(recall.hazardText.trim() === '' ? recall.title : recall.hazardText),
    facts: facts(recall, product),
    agency: { name: AGENCY_NAMES[recall.agency], url: webAddress(recall.url) },
    images: recall.images
      .filter((image) => image.url.startsWith('https://'))
      .slice(0, IMAGES_MAX)
      .map((image) => ({ url: image.url, alt: image.caption ?? `The recalled product: ${product}`, caption: image.caption })),
  }
}

export function noticeWords(brief: NoticeBrief, said: BriefWords, notice: NoticeOfBuyer): NoticeWords {
  const { noun } = said
  const keepAway = brief.recall.childrensProduct === true ? `Take ${noun.them} away from children.` : ''
  const check = notice.answer === 'possibly'
  const short = shortened(said.product, SUBJECT_PRODUCT_MAX)
  const refundHere = brief.remedies.includes('refund') && !check
  return {
    subject: check ? `Recall: check your ${short} now` : `Recall: stop using ${short} now`,
    signal: check ? `Stop using ${noun.these} until you have checked` : `Stop using ${noun.these} now`,
    signalText: [said.danger, keepAway].filter((text) => text !== '').join(' '),
    steps: [stopStep(noun, keepAway, check), ...(check ? checkSteps(noun) : remedySteps(brief, noun, notice))],
    check,
    action: refundHere ? 'Choose your refund' : 'See what to do',
    refundHere,
  }
}

function stopStep(noun: Noun, keepAway: string, check: boolean): { title: string; text: string } {
  const title = check ? `Stop using ${noun.these} until you have checked.` : `Stop using ${noun.these} now.`
  return { title, text: [keepAway, `Do not sell ${noun.them} or give ${noun.them} away.`].filter((text) => text !== '').join(' ') }
}

function checkSteps(noun: Noun): { title: string; text: string }[] {
  const yours = noun.plural === null ? 'yours is' : 'yours are'
  return [
    {
      title: `Check whether ${yours} recalled.`,
      text: `The recall names certain numbers, and your order does not tell us which ones you have. Compare the numbers on the product with those under “About this recall”.`,
    },
    {
      title: `If ${yours} recalled, answer our e-mail with a photo of the number.`,
      text: `We then open your remedy. If you cannot find a number, tell us that too.`,
    },
  ]
}

function remedySteps(brief: NoticeBrief, noun: Noun, notice: NoticeOfBuyer): { title: string; text: string }[] {
  if (!brief.remedies.includes('refund')) {
    const offered = brief.remedies.map((remedy) => OTHER_REMEDIES[remedy]).find((words) => words !== undefined)
    return [{ title: `${offered ?? 'Follow the agency’s instructions'}.`, text: brief.recall.remedyText }]
  }
  const amount = notice.refund.length === 0 ? '' : `: ${listed(notice.refund.map(formatMoney))}`
  const refund = { title: `Choose your refund${amount}.`, text: 'You need no receipt and you do not have to sign in.' }
  if (brief.proof === 'none') return [refund]
  const breakable = !brief.recall.hazards.some((hazard) => NOT_TO_BE_BROKEN.includes(hazard))
  const destroy = breakable ? `Cut or break ${noun.these}` : `Make ${noun.these} unusable as the recall says`
  return [
    refund,
    {
      title: `${destroy}, and take a photo.`,
      text: `The photo must show that nobody can use ${noun.them} again. Send it to us on the same page. Then we pay you back.`,
    },
  ]
}

/** "2 cups", "1 unit". */
export function unitsText(units: number, noun: Noun): string {
  if (noun.plural !== null && units !== 1) return `${units} ${noun.plural}`
  return units === 1 ? '1 unit' : `${units} units`
}

const DATE = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' })

/** "July 20, 2023". */
export function formatDate(date: Date): string {
  return DATE.format(date)
}

const moneyFormats = new Map<string, { format: Intl.NumberFormat; decimals: number }>()

/** "$19.99", "¥1,200". */
export function formatMoney({ amountMinor, currency }: Money): string {
  let known = moneyFormats.get(currency)
  if (known === undefined) {
    const format = new Intl.NumberFormat('en-US', { style: 'currency', currency })
    known = { format, decimals: format.resolvedOptions().maximumFractionDigits ?? 2 }
    moneyFormats.set(currency, known)
  }
  return known.format.format(amountMinor / 10 ** known.decimals)
}

function productName(recall: Recall): string {
  const names = [...new Set(recall.products.map((product) => product.name.trim()).filter((name) => name !== ''))]
  if (names.length === 0) return recall.title.replace(/ \(Recall Alert\)$/i, '')
  return names.length <= 3 ? listed(names) : `${names.slice(0, 2).join(', ')} and other products`
}

/**
 * The noun of the scope in the plural where the agency itself uses that plural ("cups"), so that the text need not say "this product". Where
 * there is none, or several, it says exactly that.
 */
function nounOf(recall: Recall): Noun {
  const [noun, ...others] = recall.scope.productNouns.map((each) =>
    each
      .trim()
      .toLowerCase()
      .replace(/^.*['’]s /, ''),
  )
  const said = [recall.title, recall.hazardText, recall.remedyText, ...recall.products.map(({ name }) => name)].join(' ').toLowerCase()
  if (noun !== undefined && others.length === 0 && noun.length <= NOUN_LETTERS_MAX && /^[a-z][a-z -]+[a-z]$/.test(noun)) {
    const plural = [noun, `${noun}s`, `${noun}es`, noun.replace(/y$/, 'ies')].find((form) => /[^su]s$/.test(form) && hasWords(said, form))
    if (plural !== undefined) return { these: `these ${plural}`, them: 'them', plural }
  }
  return { these: 'this product', them: 'it', plural: null }
}

function hasWords(text: string, words: string): boolean {
  return ` ${text.replaceAll(/[^a-z-]+/g, ' ')} `.includes(` ${words} `)
}

function facts(recall: Recall, product: string): { term: string; text: string }[] {
  const { scope } = recall
  const units = recall.products.map(({ name, unitsText }) =>
    unitsText === null ? '' : recall.products.length === 1 ? unitsText : `${name}: ${unitsText}`,
  )
  const all: { term: string; text: string }[] = [
    {
      term: 'Recall',
      text: `${recall.agency} recall ${printedNumber(recall.recallNumber)} of ${formatDate(new Date(`${recall.publishedOn}T00:00:00Z`))}`,
    },
    { term: 'The agency’s title', text: recall.title },
    { term: 'Product', text: product },
    { term: 'How to know it', text: recall.description },
    { term: 'Models', text: some([...scope.models, ...recall.products.flatMap(({ model }) => (model === null ? [] : [model]))]) },
    { term: 'Lot numbers', text: some(scope.lots) },
    { term: 'Serial numbers', text: some(scope.serials) },
    { term: 'Bar codes', text: some(scope.gtins) },
    { term: 'Made', text: monthSpan(scope.manufacturedFrom, scope.manufacturedTo) },
    {
      term: 'Number of units',
      text: units.filter((text) => text !== '').join('; ') || (scope.units === null ? '' : scope.units.toLocaleString('en-US')),
    },
    { term: 'Sold', text: recall.soldText },
    { term: 'Incidents and injuries', text: recall.incidentText },
    { term: 'What the agency tells you to do', text: recall.remedyText },
    { term: 'Recalled by', text: recall.firms.map(({ name, role }) => `${name} (${role})`).join('; ') },
    { term: 'Made in', text: recall.countriesOfOrigin.join(', ') },
    { term: 'Contact of the company', text: recall.contactText ?? '' },
  ]
  return all.filter(({ text }) => text.trim() !== '')
}

/** An address of the web or nothing: what a feed calls an address is not ours to trust. */
function webAddress(url: string | null): string | null {
  return url !== null && /^https?:\/\//i.test(url) ? url : null
}

function some(items: string[]): string {
  const unique = [...new Set(items)]
  const rest = unique.length - FACT_ITEMS_MAX
  return unique.slice(0, FACT_ITEMS_MAX).join(', ') + (rest > 0 ? ` and ${rest} more: see the agency’s notice` : '')
}

function monthSpan(from: string | null, to: string | null): string {
  if (from === null && to === null) return ''
  if (from === to) return monthName(from!)
  return [from === null ? '' : `from ${monthName(from)}`, to === null ? '' : `to ${monthName(to)}`].filter((text) => text !== '').join(' ')
}

const MONTH = new Intl.DateTimeFormat('en-US', { month: 'long', year: 'numeric', timeZone: 'UTC' })

function monthName(month: string): string {
  return MONTH.format(new Date(`${month}-01T00:00:00Z`))
}

function paragraphs(text: string): string[] {
  return text
    .split(/\n+/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function listed(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}

function shortened(text: string, lengthMax: number): string {
  if (text.length <= lengthMax) return text
  return `${text.slice(0, lengthMax).replace(/\s+\S*$/, '')}…`
}
