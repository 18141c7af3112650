/** What the consumer is offered. Pure. */
import { REMEDY_OPTIONS, type RemedyOption } from '../../recalls/index.ts'
import { sentences } from './text.ts'

/** CPSC's RemedyOptions, word by word. */
const OPTIONS: readonly (readonly [RegExp, RemedyOption])[] = [
  [/^\s*refund/i, 'refund'],
  [/^\s*replace/i, 'replace'],
  [/^\s*repair/i, 'repair'],
  [/^\s*inspect/i, 'repair'],
  [/^\s*dispose/i, 'dispose'],
  [/^\s*new instructions/i, 'new_instructions'],
  [/^\s*label/i, 'label'],
  [/no remedy/i, 'none'],
]

const REFUND = /\brefund|\bstore credit|\bgift card|\bvouchers?\b|\brebate|\bmoney back|\breimburs|\bcredit\b(?! card)/i
const REPLACE =
  /\breplacements?\b|\bto replace\b|\bwill replace\b|\bexchange (?:it|them|the)\b|\bfor (?:an )?exchange|\bdifferent (?:promotional )?item|\bchoose another\b|\b(?:refund or|or an?) exchange\b|\banother (?:\w+ ){1,3}of (?:comparable|equal) value/i
const REPAIR =
  /\brepair|\bretrofit|\b(?:free|schedule|arrange)[^.]{0,60}\b(?:inspection|install|service|modif|upgrade|update)|\bsoftware update|\banchor(?:ing)? kit|\bremedy kit|\bremov\w+ the (?:\w+ )?drawstrings?|\bpull\w* (?:the |out )?(?:\w+ )?drawstrings?/i
const INSTALLED =
  /\b(?:dealers?|technicians?|installers?|service (?:center|provider|representative)s?|repair ?(?:shop|person))\b[^.]{0,120}\breplac(?:e[ds]?|ing)\b|\b(?:technicians?|installers?|service (?:center|provider|representative)s?)\b[^.]{0,120}\breplacement|\b(?:dealers?|shop)\b[^.]{0,60}\b(?:install\w*|have)\b[^.]{0,40}\breplacement|\breplac[^.]{0,80}\bby (?:a|an|your|the) (?:\w+ )?(?:dealer|technician|installer)/i
/** What replaces a part when the product is repaired: "a free repair to replace both tires". */
const PART = /\brepair|\bservice (?:center|technician)|\bin-home\b|\bto have\b/i
/** Beside options that do not list it, only a repair that is plainly offered is one. */
const REPAIR_ITSELF = /\bfree (?:[\w-]+ )?repair\b|\brepair kit\b|\bon-site repair\b|\bremov\w+ the (?:\w+ )?drawstrings?/i
const DISPOSE = /\bdispos(?:e|ed|es|al|ing)\b|\bdiscard|\bdestroy|\bthrow (?:them |it |the \w+ )?(?:away|out)|\bin the trash/i
const INSTRUCTIONS =
  /\b(?:new|revised|updated|corrected|additional|free copy of the|free)\b[^.]{0,40}\b(?:instructions?|manuals?)\b|\binstruction (?:manual|sheet|booklet)s?\b[^.]{0,30}\bfree|\baddend\w+ to the (?:\S+ )?manual/i
const LABEL = /\b(?:warning|safety|new|free|replacement|adhesive)\b[^.]{0,45}\b(?:labels?|stickers?|decals?)\b(?! to return)/i
const SHIPPING_LABEL = /\b(?:pre-?paid|shipping|return|mailing|postage)[- ](?:\w+[- ])?labels?\b/gi
const NO_REMEDY =
  /\bremedy (?:is |was )?(?:no longer|not) available|\bno (?:longer a )?remedy\b|\bout of business|\bno longer in business\b(?! at)/i
const CONDITION = /(?<!\b(?:new|revised|updated|corrected)\b[^.]{0,40})\binstructions? (?:on|for|about|to|regarding)\b/gi

/**
 * The remedies of a recall: the agency's own options, and what the prose adds to them. A part that is sent to the consumer is a
 * replacement; one that a dealer fits is a repair.
 */
export function readRemedies(options: readonly string[], remedyText: string): RemedyOption[] {
  const found = new Set<RemedyOption>()
  for (const option of options) for (const [pattern, remedy] of OPTIONS) if (pattern.test(option)) found.add(remedy)
  const listed = found.size > 0
  const listedRepair = found.has('repair') && !found.has('replace')
  for (const sentence of sentences(remedyText.replace(SHIPPING_LABEL, ' ')))
    for (const remedy of remediesIn(sentence, listed, listedRepair)) found.add(remedy)
  if (NO_REMEDY.test(remedyText)) {
    found.add('none')
    for (const gone of ['refund', 'replace', 'repair'] as const) if (!listed) found.delete(gone)
  }
  return REMEDY_OPTIONS.filter((remedy) => found.has(remedy))
}

function remediesIn(sentence: string, listed: boolean, listedRepair: boolean): RemedyOption[] {
  const found: RemedyOption[] = []
  if (REFUND.test(sentence)) found.push('refund')
  if (REPLACE.test(sentence) && !/\breplacement (?:kit|hardware kit|program)|\bpast replacement/i.test(sentence))
    found.push(INSTALLED.test(sentence) || (listedRepair && PART.test(sentence)) ? 'repair' : 'replace')
  if (listed ? REPAIR_ITSELF.test(sentence) : REPAIR.test(sentence)) found.push('repair')
  else if (/\bdrawstrings?\b/i.test(sentence) && REPAIR.test(sentence)) found.push('repair')
  if (DISPOSE.test(sentence)) found.push('dispose')
  if (INSTRUCTIONS.test(sentence.replace(CONDITION, ' '))) found.push('new_instructions')
  if (LABEL.test(sentence)) found.push('label')
  return found
}

/** The consumer must show a photograph or other proof that the product was destroyed. */
export function readProofOfDestruction(remedyText: string): boolean {
  return sentences(remedyText).some(
    (sentence) =>
      /\b(?:photo(?:graph)?s?|pictures?|images?|video|proof)\b/i.test(sentence) &&
      /\b(?:destr(?:oy|uct)|dispos|discard|cut(?:ting)?|trash|recalled" (?:on|written)|do not use|disabl|thrown|unusable|unplug)/i.test(
        remedyText,
      ),
  )
}
