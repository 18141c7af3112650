/** What owners are offered, in NHTSA's words: "Dealers will inspect and replace the sensor, free of charge." Pure. */
import { REMEDY_OPTIONS, type RemedyOption } from '../../recalls/index.ts'
import { readRemedies } from '../read/remedies.ts'
import { prose } from '../formats/prose.ts'

const AT_A_DEALER =
  /\b(?:dealers?|service cent(?:er|re)s?|technicians?|shops?|repair facilit(?:y|ies)|manufacturer)\b[^.]{0,160}\b(?:replac|repair|inspect|updat|install|modif|reprogram|adjust|tighten|re-?torque|correct|seal|secure|reflash|remov)\w*/i

/** What a dealer fits or changes is a repair, whatever word the sentence has for it. */
export function readVehicleRemedies(text: string): RemedyOption[] {
  const plain = prose(text)
  const found = new Set(readRemedies([], plain))
  if (AT_A_DEALER.test(plain)) found.add('repair')
  return REMEDY_OPTIONS.filter((remedy) => found.has(remedy))
}
