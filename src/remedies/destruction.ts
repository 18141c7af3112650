/**
 * How a buyer makes a product unusable without hurting themselves. Pure.
 * Things that can burn or burst are never cut or broken: they are marked, photographed and taken to hazardous waste, as the CPSC's own notices
 * ask for power banks and batteries (for lithium cells see also 49 CFR 173.185(f): damaged ones are dangerous goods).
 */
import type { Recall } from '../recalls/index.ts'

/** `mark`: never open it; `batteries`: small cells come out first; `cord`: mains appliance; `cut`: everything else. */
export type DestructionWay = 'mark' | 'batteries' | 'cord' | 'cut'

const CAN_BURN_OR_BURST =
  /\b(lithium|li-?ion|rechargeable|cordless|power ?banks?|battery packs?|car(ry)? chargers?|e-?bikes?|e-?scooters?|hoverboards?|e-?cigarettes?|vapes?|laptops?|notebook computers?|propane|butane|gasoline|ethanol|fuel|aerosol|pressuri[sz]ed|cylinders?|canisters?|fireworks?|ammunition|inflators?|fire extinguishers?|lighters?)\b/i
const SMALL_CELLS = /\b(batter(y|ies)|button cells?|coin cells?)\b/i
const MAINS = /\b(power cords?|cords?|plugs?|outlets?|volts?|electric(al)?|wiring)\b/i

type RecallWords = Pick<Recall, 'title' | 'description' | 'hazardText' | 'remedyText' | 'hazards' | 'products'>

/** The way for a recalled product, read from the agency's words. Without them, or in doubt, the one that cannot hurt. */
export function destructionWay(recall: RecallWords | null): DestructionWay {
  if (recall === null || recall.hazards.includes('explosion')) return 'mark'
  const words = [
    recall.title,
    recall.description,
    recall.hazardText,
    recall.remedyText,
    ...recall.products.map((product) => product.name),
  ].join(' ')
  if (CAN_BURN_OR_BURST.test(words)) return 'mark'
  if (SMALL_CELLS.test(words)) return 'batteries'
  if (MAINS.test(words) || recall.hazards.includes('electric_shock') || recall.hazards.includes('fire')) return 'cord'
  return 'cut'
}

const MARK = 'Write “RECALLED” on each one in large letters with a permanent marker.'

/** What to do, one step per entry, in the order to do it. */
export function destructionSteps(recall: RecallWords | null): string[] {
  const poison = recall !== null && ['lead', 'chemical', 'poisoning'].some((hazard) => recall.hazards.includes(hazard as 'lead'))
  const care = poison ? ['Do not sand, grind or burn them. Wash your hands afterwards.'] : []
  const cut =
    'Cut, break or bend them so that nobody can use them again. If you cannot do that safely, write “RECALLED” on them with a permanent marker.'
  const bin = 'When we have accepted your photo, put the pieces in your household bin.'
  switch (destructionWay(recall)) {
    case 'mark':
      return [
        'Do not cut, break, open or charge them. They can catch fire or burst.',
        MARK,
        'Take one photo that shows all of them and the writing.',
        'Then take them to a household hazardous waste site. Ask there first. Never use the bin or the battery box of a shop.',
      ]
    case 'batteries':
      return [
        'Take the batteries out and keep them away from children. Take the batteries to a household hazardous waste site.',
        cut,
        ...care,
        'Take one photo that shows all of them.',
        bin,
      ]
    case 'cord':
      return ['Pull the plug. Then cut the power cord, if there is one.', MARK, ...care, 'Take one photo that shows all of them.', bin]
    case 'cut':
      return [cut, ...care, 'Take one photo that shows all of them.', bin]
  }
}
