/** Which model numbers of a listing the recall names, nearly names, or rules out. Pure. */
import { HARD, PIECE, SOFT, WEAK } from './codes.ts'
import { FOR, MAIN, MODEL_FIELD, WITH, type ListingCode, type ListingFeatures } from './listing-features.ts'
import type { RecallFeatures } from './recall-features.ts'
import { COLOUR_SUFFIX } from './words.ts'
import { EXCLUDED, IN_DESCRIPTION, IN_NAME, IN_TITLE, LEAD, MODEL, NAMED, SERIAL, STEM, BASE } from './zones.ts'
import { INDEX, zonesOf, type Evidence } from './evidence.ts'

export type ModelState = {
  strength: number
  stated: number
  forOnly: boolean
  /** What it is said to be for is a model number that the recall states. */
  forModel: boolean
  /** It has the numbers' family with another number. */
  isSibling: boolean
  soft: boolean
  /** Nothing better than a name beside a number, or a number alone, matches. */ isLoose: boolean
}

export function compareModels(recall: RecallFeatures, listing: ListingFeatures, evidence: Evidence): ModelState {
  const { values } = evidence
  const state: ModelState = { strength: 0, stated: 0, forOnly: false, forModel: false, isSibling: false, soft: false, isLoose: false }
  let near = 0
  let prefix = false
  let sibling = false
  let other: ListingCode | null = null
  let named: ListingCode | null = null
  let many = false
  let ownNumber = false
  let nearCode: ListingCode | null = null
  for (const code of listing.codes) {
    const isStated = (code.place & (MODEL_FIELD | MAIN)) !== 0 && (code.kind & (SOFT | PIECE)) === 0 && (code.kind & HARD) !== 0
    const zones = zonesOf(recall, code.id)
    if ((zones & EXCLUDED) !== 0 && (zones & MODEL) === 0 && code.place !== FOR) {
      values[INDEX.model_excluded] = 1
      evidence.code = code
    }
    const exact = strengthOf(recall, zones, code)
    if (exact > 0 && code.place === FOR) {
      state.forOnly = true
      if ((zones & MODEL) !== 0) state.forModel = true
      continue
    }
    if (exact >= 0.5 && code.place === MAIN && (code.kind & (SOFT | PIECE)) === 0) {
      many ||= named !== null && !code.code.startsWith(named.code) && !named.code.startsWith(code.code)
      named ??= code
    }
    if (exact > state.strength) {
      state.strength = exact
      state.soft = (code.kind & SOFT) !== 0
      state.isLoose = (code.kind & (SOFT | WEAK)) !== 0
      if (values[INDEX.model_excluded] === 0) evidence.code = code
    }
    if (exact > 0 || code.place === FOR) continue
    if ((code.kind & WEAK) !== 0) {
      // `S3`, `T3`, `7D`: too short to be sure of, yet said for a reason.
      if (code.place === MAIN && code.code.length === 2 && state.stated === 0) state.stated = 0.4
      continue
    }
    if ((code.kind & SOFT) !== 0) {
      // `LabelWriter 450` beside `LabelWriter 400`; `ELPH 100` where the recall names another camera.
      if (code.place !== MAIN) continue
      if (recall.families.has(familyOf(code.code))) sibling = true
      if (state.stated === 0 && /\d{2}/.test(code.code)) state.stated = 0.5
      continue
    }
    const closeness = nearness(recall, zones, code)
    if (closeness > near) {
      near = closeness
      nearCode = code
    } else if (closeness === 0 && recall.modelsByPrefix && beginsWithStated(recall, code)) {
      prefix = true
      nearCode ??= code
    } else if (closeness === 0 && isStated) {
      const surety = (code.place & MODEL_FIELD) !== 0 ? 1 : 0.85
      ownNumber ||= surety === 1
      if (surety > state.stated) {
        state.stated = surety
        other = code
      }
      if (recall.families.has(familyOf(code.code))) sibling = true
    }
  }
  if (state.strength > 0) state.forOnly = false
  if (near > 0.8 && near > state.strength) state.strength = near
  // The line's name and number match, `PowerCore 10000`, but what the listing states as its model number is another: the number decides.
  if (state.isLoose && state.stated >= 0.85 && recall.modelsListed === 1 && near === 0 && !prefix) state.strength *= 0.3
  // Several recalled models in one title, under a number of its own: what it offers is for them.
  if (many && ownNumber) values[INDEX.models_many] = 1
  values[INDEX.model_same] = state.strength
  if (state.strength < 0.5 && near > 0) values[INDEX.model_near] = 1
  else if (state.strength < 0.5 && prefix) values[INDEX.model_prefix] = 1
  else if (state.strength < 0.5) values[INDEX.model_other] = recall.modelsStated * state.stated
  state.isSibling = sibling && near === 0 && !prefix && state.strength < 0.85
  if (state.isSibling) values[INDEX.model_sibling] = 1
  if (evidence.code === null) evidence.code = nearCode ?? other
  return state
}

/** The letters a code begins with. */
function familyOf(code: string): string {
  let end = 0
  while (end < code.length && code.charCodeAt(end) > 57) end++
  return code.slice(0, end)
}

/** How surely a code the recall has stands for its model. */
function strengthOf(recall: RecallFeatures, zones: number, code: ListingCode): number {
  if (zones === 0 || (zones & EXCLUDED) !== 0) return 0
  // Short codes and short numbers are met by chance.
  const length = code.code.length
  const size = length >= 6 ? 1 : length === 5 ? 0.95 : length === 4 ? 0.88 : length === 3 ? 0.75 : 0.45
  const place = (code.place & (MODEL_FIELD | MAIN | WITH)) !== 0 ? 1 : 0.9
  if ((code.kind & WEAK) !== 0 && (zones & MODEL) === 0) return 0
  if ((zones & MODEL) !== 0) return size * place
  // A number of the product's name is its line where the text lists model numbers besides.
  if ((zones & NAMED) !== 0 && (zones & IN_DESCRIPTION) === 0) return (recall.modelsListed === 1 ? 0.45 : 1) * size * place
  if ((zones & NAMED) !== 0) return (recall.modelsListed === 1 ? 0.55 : 1) * size * place
  // A name and a number beside each other are a model only where the recall states no better one.
  if ((code.kind & SOFT) !== 0) return recall.modelsStated === 0 ? 0.55 * size * place : 0.3 * size * place
  if ((zones & STEM) !== 0 && (zones & LEAD) === 0) return 0.8 * size * place
  if ((zones & SERIAL) !== 0) return 0.75 * size * place
  if ((zones & LEAD) !== 0) return 0.75 * size * place
  if ((zones & IN_DESCRIPTION) === 0 && (zones & (IN_NAME | IN_TITLE)) === 0) return 0
  return 0.88 * size * place
}

/** 0 where no code of the recall is near; above 0.8 where only a colour or country ending differs; else the variant is not named. */
function nearness(recall: RecallFeatures, zones: number, code: ListingCode): number {
  // The recall has this code with an ending that may matter.
  if ((zones & BASE) !== 0 && code.code.length >= 4) return 0.5
  if (code.baseId < 0) return 0
  const base = zonesOf(recall, code.baseId)
  if (base === 0 || (base & EXCLUDED) !== 0) return 0
  const baseLength = code.code.length - code.suffix.length
  if (baseLength < 4) return 0
  const isColour = COLOUR_SUFFIX.test(code.suffix)
  if ((base & (MODEL | IN_DESCRIPTION | IN_NAME | IN_TITLE)) !== 0) return isColour && baseLength >= 5 ? 0.9 : 0.5
  return isColour ? 0.5 : 0
}

function beginsWithStated(recall: RecallFeatures, code: ListingCode): boolean {
  for (const id of code.prefixIds) if ((zonesOf(recall, id) & (IN_DESCRIPTION | MODEL)) !== 0) return true
  return false
}
