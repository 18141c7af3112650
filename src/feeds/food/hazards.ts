/** Why food, medicine or a device is recalled, in the closed list. Reasons of food agencies are terse: "Undeclared milk", "Potential Salmonella contamination". Pure. */
import { HAZARDS, type Hazard } from '../../recalls/index.ts'
import { readHazards } from '../read/hazards.ts'
import { prose } from '../formats/prose.ts'

const ALLERGENS =
  /\b(?:allerg\w*|al[eé]rgenos?|milk|dairy|egg|eggs|wheat|gluten|soy\w*|peanuts?|tree nuts?|nuts?|almonds?|cashews?|pecans?|pistachios?|walnuts?|hazelnuts?|macadamias?|sesame|fish|shellfish|crustaceans?|shrimp|crab|lobster|anchov\w+|mustard|lupin|celery|sulfites?|sulphites?|sulfur dioxide)\b/i
const NOT_DECLARED =
  /\bundeclared\b|\bnot declared\b|\bunreported\b|\bnot (?:listed|labell?ed)\b|\bno declarados?\b|\bomitted\b|\bfail\w* to declare|\bmislabel|\bmisbrand|\bunlabell?ed\b|\ballerg/i
const DYES = /\b(?:(?:FD&C )?(?:red|yellow|blue|green)\s*(?:no\.?|#)?\s*\d+|food colou?rs?|dyes?)\b/i
const GERMS =
  /\b(?:salmonella|listeria|e\.? ?coli|escherichia|botulinum|botulism|botulismo|clostridium|cronobacter|hepatitis|norovirus|campylobacter|cyclospora|vibrio|bacillus|cereulide|staphyl\w*|shigella|pseudomonas|burkholderia|bacteri\w*|microb\w*|pathogen\w*|non-?steril\w*|steril\w*|under-?process(?:ed|ing)|uneviscerated|spoil\w*|pathog[eè]nes?|parasit\w*)\b/i
const MOLD = /\bmou?lds?\b|\byeasts?\b/i
const SHARP = /\b(?:glass|metal\w*|steel|needles?|sharp|bone fragments?|vidrio)\b/i
const TOXIC =
  /\b(?:toxin\w*|toxic|oleander|patulin|aflatoxin|histamine|scombro\w*|sildenafil|tadalafil|vardenafil|sibutramine|phenolphthalein|diclofenac|dexamethasone|tianeptine|kratom|superpotent|poison\w*|drug ingredient|muscimol|ciguat\w+)\b/i
const CHEMICAL =
  /\b(?:pesticid\w*|chemical\w*|clean(?:er|ing (?:solution|agent|chemical))|sanitizer|arsenic|cadmium|mercury|nitrosamine\w*|ndma|benzene|pfas|ethylene oxide|solvent|diesel|chloropropanols?|radionuclide\w*|cesium|caesium)\b/i
const LEAD = /\blead\b(?! to\b)/i

/** The hazards of the texts that give the reason, in the order of the list; a reason that none of them fits is `other`, no reason at all none. */
export function readFoodHazards(reasons: readonly string[]): Hazard[] {
  const text = prose(reasons.filter((reason) => reason !== '').join(' . '))
  if (text === '') return []
  const found = new Set<Hazard>(readHazards([text]))
  // "Contaminated" alone does not say by what.
  found.delete('infection')
  found.delete('other')
  // An ingredient that is not on the label is a danger to those whom it makes ill; a name without that is the name of the food.
  if (ALLERGENS.test(text) && NOT_DECLARED.test(text)) found.add('allergen')
  if ((DYES.test(text) && NOT_DECLARED.test(text)) || CHEMICAL.test(text)) found.add('chemical')
  if (GERMS.test(text)) found.add('infection')
  if (MOLD.test(text)) found.add('mold')
  if (SHARP.test(text)) found.add('laceration')
  if (TOXIC.test(text)) found.add('poisoning')
  if (LEAD.test(text)) found.add('lead')
  if (found.size === 0) found.add('other')
  return HAZARDS.filter((hazard) => found.has(hazard))
}

/** What is named as present, for feeds whose field names the substance alone: "Milk", "Listeria". */
export function readNamedFoodHazards(issue: string): Hazard[] {
  return readFoodHazards([ALLERGENS.test(issue) && !NOT_DECLARED.test(issue) ? `Undeclared ${issue}` : issue])
}
