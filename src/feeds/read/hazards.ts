/** Which dangers a text states, in the closed list. Pure. */
import { HAZARDS, type Hazard } from '../../recalls/index.ts'
import { sentences } from './text.ts'

/**
 * How each hazard is said. A word that names the product and not the danger ("fireworks", "fall arrest") is taken out first; a mechanism
 * counts only where it is explicit ("struck by", "thrown").
 */
const SAID: Partial<Record<Hazard, RegExp>> = {
  fire: /\bfires?\b|\bflash fire|\bcatch(?:es|ing)? (?:on )?fire|\bignit(?:e|es|ing|ion) (?:of )?(?:clothing|nearby|combustible)|\bflames? (?:up|can spread)/i,
  burn: /\bburns?\b(?! (?:rapidly|out|faster|unevenly|with|at|too|down|quickly|hotter|in|the candle)\b)|\bscald|\bthermal burn|\bburned\b/i,
  electric_shock: /\bshock(?:s|ed|ing)?\b(?!\s*(?:absorb|wave))|\belectrocut/i,
  laceration:
    /\blacerat|\bskull punctures?|\bcuts?\b(?=[ ,.](?:hazard|and|or|to|injur|risk|on|users?|consumers?)|$)|\bcutting hazard|\bsharp (?:edges?|points?)\b/i,
  choking: /\bchok/i,
  ingestion: /\bingestion\b|\baspirat(?:ion|e|ed)\b/i,
  strangulation: /\bstrang/i,
  suffocation: /\bsuffocat|\basphyxia/i,
  entrapment:
    /\bentrap|\bentangl|\btrapped\b|\bget(?:ting)? caught\b|\bbecome (?:caught|lodged|wedged)\b(?! in the (?:digestive|intestin|throat|stomach))/i,
  fall: /\bfall(?:s|ing)?\b[^.]{0,30}\b(?:hazard|risk|injur)|\b(?:risk|hazard|danger) of (?:a )?(?:\w+ )?falls?\b|\b(?:users?|riders?|consumers?|child(?:ren)?|infants?|bab(?:y|ies)|occupants?|person|people|hunters?|climbers?|operators?|toddlers?)\b[^.;]{0,60}\b(?:to |can |could |may )?(?:fall|fell|falling)\b|\btripp?ing\b|\btrip and fall|^fall$|\b(?:bench|chair|stool|seat|bed|ladder|hammock|swing|bunk|stand)e?s? (?:can |could |may |to )?collaps/i,
  tip_over: /\btip(?:s|ped|ping)?[- ]?over|\btips?\b,|\bcan tip\b|\boverturn|\brollover/i,
  drowning: /\bdrown|\bsubmer(?:ge|sion)/i,
  poisoning: /\bpoison|\bchild[- ]resistant/i,
  lead: /\blead(?:ed)?[- ](?:paint|content|ban|poison|levels?|standard|hazard|exposure|in the|in paint|based)|\blevels? of lead\b|\blead\b is toxic|\blead levels?\b|\b(?:excessive|high|contains?|containing|amounts? of|exposure to|limits? for|violation of (?:federal )?)(?: \w+)? ?\blead\b(?! to)|^lead$/i,
  chemical:
    /\bchemical|\bphthalate|\bskin (?:(?:and|or) eye )?(?:irritation|rash|reaction)|\birritation (?:of|to) the skin|\brash(?:es)?\b|\bbenzene|\bcarcinogen|\bformaldehyde|\basbestos|\bmercury\b|\btoxic (?:fumes|substance|chemical)/i,
  carbon_monoxide: /\bcarbon monoxide\b|\bCO\b(?! ?2)/,
  explosion: /\bexplo(?:de|des|sion|ding|sive)/i,
  projectile:
    /\bprojectile|\bpropel|\b(?:fly|flying|flew|ejected?|expel|expelled|thrown?) (?:off|out|from|outward|plastic|pieces|debris|parts)|\bflying\b|\beject/i,
  impact:
    /\bimpact\b|\bstr(?:ike|iking|uck|ikes)\b|\bcollide with (?:a )?(?:consumer|user|person|bystander)|\bhit(?:ting)? (?:the |a )?(?:user|consumer|child|person|bystander|rider|operator|them|someone)|\b(?:fall|falling|drop) (?:on|onto) /i,
  crash: /\bcrash|\bcollision|\blos(?:s|e|ing|es) (?:of )?(?:\w+ )?control|\bbrakes?\b[^.]{0,40}\bfail|\bvehicle accident\b/i,
  amputation: /\bamputat|\bsever(?:ed|ing)?\b(?=[^.]{0,30}\b(?:finger|toe|limb|tip))/i,
  pinch: /\bpinch|\bcrush/i,
  magnet:
    /\bmagnets?\b(?=[^.]{0,80}\b(?:swallow|ingest|attract|link|perforat))|\bmagnet (?:ingestion )?hazard|\bswallow[^.]{0,40}\bmagnets?/i,
  hearing: /\bhearing (?:loss|damage|injur|hazard|impair)/i,
  eye_injury: /\beye (?:injur|irritation|damage|hazard)|\bblind(?:ness|ed)\b|\bvision (?:loss|impair)|\binjur\w+ to the eyes?/i,
  infection: /\bbacteri|\binfection|\bmicrob|\bpathogen|\bcontaminat\w+ (?:with|by) (?:bacteria|fung|mold)/i,
  allergen: /\ballerg/i,
  mold: /\bmold (?:exposure|growth|can|and|could|may|hazard)|\brespiratory or other infections/i,
}

/** Names of things and rules in which the word of a hazard is not the hazard. */
const NOT_THE_HAZARD =
  /\bfire[- ]?(?:works?|place|pits?|arms?|fight\w+|extinguish\w+|escape|alarms?|hydrant|truck|engine|stations?|logs?|starters?|table|bowl|sprinkler|wood|retardant|resistant|department|rings?|safety)\b|\bgel fire\w*|\bfire & fire-related burn\b|\bburn - not fire-related\b|\bthermal shock|\bshock absorb\w*|\bstun\w* shock|\bfall arrest|\bfall protection|\bfire\b(?= color)|\bhand[- ]?cut\b|\bimpact (?:wrench|driver|drill|resistant|standard|test)\w*|\bbefore burning\b|\blead(?:s|ing)? to\b|\btoxic if ingested\b|(?<=\bcarbon monoxide(?: \(CO\))?) poison\w*|\bblood poisoning\b|\binternal chemical burns?\b|\bsmoke inhalation (?:and|or) burns?\b|\bintestines?, infection|\b(?:fixture|lights?|lamp|fan|chandelier|panel|door|glass|shelf|cabinet|mirror)s? (?:can |could |may )?(?:to )?fall\w*/gi

/** CPSC's own categories, which stand where the prose says nothing. */
const CATEGORIES: readonly (readonly [RegExp, Hazard])[] = [
  [/fire & fire-related burn/i, 'fire'],
  [/burn - not fire-related/i, 'burn'],
  [/electrocution|electric shock/i, 'electric_shock'],
  [/explosion/i, 'explosion'],
  [/projectiles?/i, 'projectile'],
  [/vehicle accident/i, 'crash'],
]

/** What an old press release says of the danger: its sentences on it, without the agency's closing words on all products. */
export function hazardSentences(release: string): string {
  return sentences(release)
    .filter(
      (sentence) =>
        /\b(?:hazards?|risks?|dangers?|injur\w*|could|can|may|pos(?:es?|ing)|caus\w+|PROBLEM)\b/i.test(sentence) && !CLOSING.test(sentence),
    )
    .join(' ')
}

const CLOSING =
  /\bmission\b|\bunreasonable risks?\b|\bjurisdiction\b|\bestimated [\d.]+ million\b|\bhotline\b|\bto report (?:a dangerous|unsafe)|\bteletypewriter\b|\bThe Commission's objective\b|^(?:Consumers|Owners|Parents) (?:should|may|can|who)\b/i

/** The whole text is names of the agency's categories, "Fire & Fire-Related Burn Laceration", and no sentence. */
export function isCategories(text: string): boolean {
  return text !== '' && text.length < 120 && !/[.;]|\b(?:can|could|may|poses?|due|is|are|the|a)\b/.test(text)
}

/**
 * The hazards that the texts state, in the order of the closed list. "Injury hazard" and nothing more precise is `other`; texts that state
 * no danger at all give none.
 */
export function readHazards(texts: readonly string[]): Hazard[] {
  const found = new Set<Hazard>()
  let some = false
  for (const text of texts) {
    for (const [pattern, hazard] of CATEGORIES) if (pattern.test(text)) found.add(hazard)
    const plain = text.replace(NOT_THE_HAZARD, ' ')
    for (const hazard of HAZARDS) if (SAID[hazard]?.test(plain)) found.add(hazard)
    if (/\bhazard|\brisk|\bdanger|\binjur/i.test(text)) some = true
  }
  // Lead is said to be poisonous, and a battery's magnet to be swallowed: one danger, not two.
  if (found.has('lead') && !texts.some((text) => /\bpoison(?!ing from lead)/i.test(text.replace(/\blead[- ]poison\w*/gi, ' '))))
    found.delete('poisoning')
  if (found.size === 0 && some) found.add('other')
  return HAZARDS.filter((hazard) => found.has(hazard))
}
