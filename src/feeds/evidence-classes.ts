/** Where hazards, remedies and other classes are said: the shortest part of a sentence for which the very reader still gives them. Pure. */
import type { Hazard, RemedyOption } from '../recalls/index.ts'
import { readFoodHazards, readNamedFoodHazards } from './food/hazards.ts'
import { readVehicleRemedies } from './nhtsa/remedies.ts'
import { readChildrensProduct } from './read/children.ts'
import { readHazards } from './read/hazards.ts'
import { readProofOfDestruction, readRemedies } from './read/remedies.ts'
import { readOnlineOnly, readOnlineOnlyFromProse } from './read/sellers.ts'
import { partOf, plainOfPlace, type Place, type Texts } from './evidence-texts.ts'

/** The agencies' readers of hazards, the one for all products first. */
const HAZARD_READERS: readonly ((text: string) => Hazard[])[] = [
  (text) => readHazards([text]),
  (text) => readFoodHazards([text]),
  readNamedFoodHazards,
]

export function hazardIn({ hazard, title, description }: Texts, value: Hazard): Place | null {
  for (const texts of [[...hazard, ...title], description]) {
    for (const read of HAZARD_READERS) {
      const place = partOf(texts, (part) => read(part).includes(value))
      if (place !== null) return place
    }
  }
  return null
}

/** Whether any reader of hazards gives `value` for a text. */
export function saysHazard(text: string, value: Hazard): boolean {
  return HAZARD_READERS.some((read) => read(text).includes(value))
}

export function remedyIn({ remedy, description }: Texts, value: RemedyOption): Place | null {
  return partOf(remedy.length > 0 ? remedy : description, (part) => saysRemedy(part, value))
}

export function saysRemedy(text: string, value: RemedyOption): boolean {
  return (
    readVehicleRemedies(text).includes(value) || readRemedies([], text).includes(value) || (value === 'dispose' && THROWN_OUT.test(text))
  )
}

/** Canada's word for it. */
const THROWN_OUT = /\bthrown out\b/i

export function proofIn({ remedy, description }: Texts): Place | null {
  return partOf([...remedy, ...description], readProofOfDestruction)
}

/** Only where it is said to be made for children. That nothing says so is no place of a text. */
export function childrenIn({ title, productNames, description, remedy, hazard }: Texts): Place | null {
  return (
    partOf([...productNames, ...title], (part) => readChildrensProduct([part], '') === true) ??
    partOf([...description, ...remedy, ...hazard], (part) => readChildrensProduct([], part) === true)
  )
}

/** A shop or dealer where it was not only online; else, where names alone tell, the first of `sellers` that does. */
export function onlineIn({ sold, description }: Texts, value: boolean, sellers: readonly Place[]): Place | null {
  if (value) return partOf(sold, (part) => readOnlineOnly(part) === true)
  if (sold.length === 0) return partOf(description, (part) => readOnlineOnlyFromProse(part) === false)
  const shop = partOf(sold, (part) => readOnlineOnly(part.toLowerCase()) === false)
  return shop ?? sellers.find((seller) => readOnlineOnly(plainOfPlace(seller)) === false) ?? null
}
