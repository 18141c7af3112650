/**
 * How a buyer makes a product unusable without hurting themselves. Pure.
 * Only what is known to be harmless when broken is cut or broken. What can burn, burst or leak is marked, photographed and taken to hazardous
 * waste, as the CPSC's own notices ask for power banks and batteries (lithium cells: see also 49 CFR 173.185(f)). In doubt it is marked.
 */
import type { Hazard, Recall } from '../recalls/index.ts'

/**
 * `burns`, `leaks`: never opened, then to hazardous waste; `mark`: only marked; `batteries`: small cells come out first; `cord`: a mains
 * appliance; `cut`: everything that is safe to break.
 */
export type DestructionWay = 'burns' | 'leaks' | 'mark' | 'batteries' | 'cord' | 'cut'

const CAN_BURN_OR_BURST =
  /\b(lithium|li-?ion|rechargeable|cordless|(power|battery) ?(banks?|packs?)|e-?bikes?|e-?scooters?|hoverboards?|e-?cigarettes?|vapes?|laptops?|notebook computers?|propane|butane|gasoline|ethanol|kerosene|fuel|aerosol|spray (paint|cans?)|pressuri[sz]ed|gas cylinders?|canisters?|fireworks?|ammunition|inflators?|fire extinguishers?|(cigarette|multi-?purpose|torch) lighters?)\b/i
const SMALL_CELLS = /\b(batter(y|ies)|button cells?|coin cells?)\b/i
const MAINS = /\b(power cords?|electrical cords?|cords? and plugs?|plugs?|plug-in|outlets?|volts?|electric(al)?|wiring)\b/i

const SHATTERS = /\b(glass|glasses|ceramic|porcelain|mirrors?)\b/i

const LEAKS: readonly Hazard[] = ['chemical', 'poisoning', 'carbon_monoxide', 'eye_injury']
const BURNS: readonly Hazard[] = ['fire', 'burn', 'electric_shock']
/** Dangers of using the product whole, or of its lead, none of which breaking it brings about. */
const SAFE_TO_BREAK: readonly Hazard[] = [
  'lead', 'choking', 'ingestion', 'strangulation', 'suffocation', 'entrapment', 'fall', 'tip_over', 'drowning', 'impact', 'crash', 'pinch',
  'amputation', 'hearing',
] // prettier-ignore

type RecallWords = Pick<Recall, 'title' | 'description' | 'hazardText' | 'remedyText' | 'hazards' | 'products'>

/** The way for a recalled product, read from the agency's words and hazards. */
export function destructionWay(recall: RecallWords | null): DestructionWay {
  if (recall === null) return 'burns'
  const words = [
    recall.title,
    recall.description,
    recall.hazardText,
    recall.remedyText,
    ...recall.products.map((product) => product.name),
  ].join(' ')
  if (recall.hazards.includes('explosion') || CAN_BURN_OR_BURST.test(words)) return 'burns'
  // Lead poisons who swallows it over time; a cup with lead in it does not leak.
  const lead = recall.hazards.includes('lead')
  if (recall.hazards.some((hazard) => LEAKS.includes(hazard) && !(lead && hazard === 'poisoning'))) return 'leaks'
  const burns = recall.hazards.some((hazard) => BURNS.includes(hazard))
  // What runs on batteries and catches fire most likely has cells that are as dangerous to open as to use.
  if (SMALL_CELLS.test(words)) return burns ? 'burns' : 'batteries'
  if (MAINS.test(words)) return 'cord'
  if (SHATTERS.test(words) || burns) return 'mark'
  const harmless =
    recall.hazards.length > 0 && recall.hazards.every((hazard) => SAFE_TO_BREAK.includes(hazard) || (lead && hazard === 'poisoning'))
  return harmless ? 'cut' : 'mark'
}

/** What to do, one step per entry, in the order to do it. `one` where the buyer has a single one. */
export function destructionSteps(recall: RecallWords | null, one = false): string[] {
  const them = one ? 'it' : 'them'
  const mark = `Write “RECALLED” on ${them} in large letters with a permanent marker.`
  const cut = `Cut, break or bend ${them} so that nobody can use ${them} again. If you cannot do that safely, write “RECALLED” on ${them} with a permanent marker.`
  const care = recall?.hazards.includes('lead') === true ? [`Do not sand, grind or burn ${them}. Wash your hands afterwards.`] : []
  const trash = `When we have accepted your photo, put ${them} in your household trash.`
  const hazardousWaste = `Then take ${them} to a household hazardous waste site. Ask there first.`
  const photo = `Take one photo that shows ${one ? 'all of it' : 'all of them'}`
  switch (destructionWay(recall)) {
    case 'burns':
      return [
        `Do not cut, break, open or charge ${them}. ${one ? 'It' : 'They'} can catch fire or burst.`,
        mark,
        `${photo} and the writing.`,
        `${hazardousWaste} Never use the trash or the battery box of a shop.`,
      ]
    case 'leaks':
      return [`Do not open, empty, cut or break ${them}.`, mark, `${photo} and the writing.`, hazardousWaste]
    case 'mark':
      return [`${mark} You need not cut or break ${them}.`, `${photo} and the writing.`, trash]
    case 'batteries':
      return [
        'Take the batteries out, and keep them away from children. Batteries go to a household hazardous waste site.',
        cut,
        ...care,
        `${photo}.`,
        trash,
      ]
    case 'cord':
      return ['Pull the plug. Then cut the power cord, if there is one.', mark, ...care, `${photo} and the writing.`, trash]
    case 'cut':
      return [cut, ...care, `${photo}.`, trash]
  }
}
