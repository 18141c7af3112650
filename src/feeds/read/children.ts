/** Whether a product is evidently made for children. Pure. */

const FOR_CHILDREN =
  /\b(?:child(?:ren)?'?s|kids?'?|infants?'?s?|bab(?:y|ies)(?:'s)?|toddlers?'?s?|toys?|dolls?|cribs?|strollers?|bassinets?|pacifiers?|rattles?|playpens?|play ?yards?|high ?chairs?|teethers?|nursery|newborn|juvenile|youth|boys?'?|girls?'?|walkers?\b(?= with activity)|bouncers?|swaddles?|onesies?|rompers?|bunk beds?|tricycles?|balance bikes?|car seats?|changing tables?|play ?sets?|crayons?|stuffed animals?|plush)\b/i
const MEANT_FOR =
  /\b(?:intended|designed|made|marketed|recommended|labell?ed|meant|sized) for (?:\w+ ){0,4}(?:child(?:ren)?|infants?|bab(?:y|ies)|toddlers?|kids|ages)|\bages? \d+(?: months?| years?)? (?:and (?:up|older)|to|through|-)|\baway from (?:\w+ )?(?:children|babies|infants)/i
const GROWN_UP = /\bfor adults?\b|\badult(?:'s|s)?\b|\bmen'?s\b|\bwomen'?s\b/i

/** True where names or uses say so; null where both children and adults are named; false otherwise. */
export function readChildrensProduct(names: readonly string[], prose: string): boolean | null {
  const named = names.some((name) => FOR_CHILDREN.test(name))
  const meant = MEANT_FOR.test(prose)
  if (!named && !meant) return false
  return names.some((name) => GROWN_UP.test(name)) ? null : true
}
