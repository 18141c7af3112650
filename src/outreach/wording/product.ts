/** What a notice takes from the recall itself: names, photographs, addresses, and what one does with the product. Pure. */
import type { Recall } from '../../recalls/index.ts'
import type { Use } from './catalogue.ts'
import type { Noun } from './speaker.ts'

const NOUN_LETTERS_MAX = 40
const IMAGES_MAX = 4 // some recalls have dozens; the agency's notice has them all

export type Photograph = { url: string; alt: string; caption: string | null }

/** The names of the recalled products as the agency writes them, each once; its title where it names none. */
export function productNames(recall: Recall): string[] {
  const names = [...new Set(recall.products.map((product) => product.name.trim()).filter((name) => name !== ''))]
  return names.length === 0 ? [recall.title.replace(/ \(Recall Alert\)$/i, '')] : names
}

/**
 * The noun of the scope in the plural where the agency itself uses that plural ("cups"), so that an English text need not say "this product".
 * Where there is none, or several, it says exactly that.
 */
export function nounOf(recall: Recall): Noun {
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

const MEDICAL = /\b(?:doctor|physician|pharmacist|health ?care (?:provider|professional)|consult)/i

/**
 * To stop using is the answer for things. Food is not to be eaten, a vehicle and its equipment are put right, and nobody is told to stop taking a
 * medicine or using a device without asking a doctor. FDA numbers food with F, drugs with D and devices with Z.
 */
export function useOf(recall: Recall): Use {
  const { agency, authority, recallNumber } = recall
  if (agency === 'FSIS' || authority === 'CFIA' || (agency === 'FDA' && recallNumber.startsWith('F-'))) return 'food'
  if ((agency === 'FDA' && /^[DZ]-/.test(recallNumber)) || (['FDA', 'HC'].includes(agency) && MEDICAL.test(recall.remedyText))) {
    return 'medicine'
  }
  return agency === 'NHTSA' || authority === 'Transport Canada' ? 'vehicle' : 'thing'
}

/** Its first photographs; `alt` says what they show where the agency says nothing. */
export function photographs(recall: Recall, alt: string): Photograph[] {
  return recall.images
    .filter((image) => image.url.startsWith('https://'))
    .slice(0, IMAGES_MAX)
    .map(({ url, caption }) => ({ url, alt: caption ?? alt, caption }))
}

/** An address of the web or nothing: what a feed calls an address is not ours to trust. */
export function webAddress(url: string | null): string | null {
  return url !== null && /^https?:\/\//i.test(url) ? url : null
}

/** The language of the agency's words, BCP 47. */
export function languageOfRecall(recall: Recall): string {
  return recall.language ?? 'en'
}

export function paragraphs(text: string): string[] {
  return text
    .split(/\n+/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** Cut at a word, with an ellipsis. */
export function shortened(text: string, lengthMax: number): string {
  if (text.length <= lengthMax) return text
  return `${text.slice(0, lengthMax).replace(/\s+\S*$/, '')}…`
}
