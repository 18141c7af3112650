/** The facts of a recall, each with what it is called: a jurisdiction picks those that its notices state. Pure. */
import { printedNumber, type Recall } from '../../recalls/index.ts'
import type { FactId } from './catalogue.ts'
import type { Fact } from './notice.ts'
import { languageOfRecall, productNames } from './product.ts'
import type { Speaker } from './speaker.ts'

const FACT_ITEMS_MAX = 60

/** Every fact that the recall states, never an empty one. `quoted` is what of the agency's prose may be shown. */
export function factsOf(recall: Recall, speaker: Speaker, quoted: (text: string) => string): ReadonlyMap<FactId, Fact> {
  const { scope } = recall
  const { words } = speaker
  const lang = languageOfRecall(recall)
  const prose = (text: string) => ({ text: quoted(text), lang })
  const plain = (text: string) => ({ text, lang: null })
  const all: Record<FactId, { text: string; lang: string | null }> = {
    number: plain(`${recall.agency} ${printedNumber(recall.recallNumber)}, ${speaker.day(new Date(`${recall.publishedOn}T00:00:00Z`))}`),
    title: prose(recall.title),
    product: { text: speaker.list(productNames(recall)), lang },
    description: prose(recall.description),
    brands: plain(codes(scope.brands, speaker)),
    models: plain(codes([...scope.models, ...recall.products.flatMap(({ model }) => (model === null ? [] : [model]))], speaker)),
    lots: plain(codes(scope.lots, speaker)),
    serials: plain(codes(scope.serials, speaker)),
    gtins: plain(codes(scope.gtins, speaker)),
    made: plain(span(scope.manufacturedFrom, scope.manufacturedTo, speaker)),
    units: unitsOf(recall, speaker, quoted),
    sold: prose(recall.soldText),
    price: plain(priceOf(recall, speaker)),
    incidents: prose(recall.incidentText),
    advice: prose(recall.remedyText),
    firms: plain(recall.firms.map(({ name, role }) => `${name} (${words.firmRoles[role]})`).join('; ')),
    origin: { text: recall.countriesOfOrigin.join(', '), lang },
    contact: prose(recall.contactText ?? ''),
  }
  const said = Object.entries(all).filter(([, { text }]) => text.trim() !== '')
  return new Map(said.map(([id, fact]) => [id as FactId, { id: id as FactId, term: words.facts[id as FactId], ...fact }]))
}

/** Whether the agency says that something happened: where it does, no jurisdiction keeps it from the reader. */
export function hadIncidents({ incidents, injuries, deaths }: Recall): boolean {
  return (incidents ?? 0) > 0 || (injuries ?? 0) > 0 || (deaths ?? 0) > 0
}

/** The agency's own words on the number of units, of each product where it has several; else the figure of the scope. */
function unitsOf(recall: Recall, speaker: Speaker, quoted: (text: string) => string): { text: string; lang: string | null } {
  const texts = recall.products.map(({ name, unitsText }) =>
    unitsText === null ? '' : recall.products.length === 1 ? unitsText : `${name}: ${unitsText}`,
  )
  const said = quoted(texts.filter((text) => text !== '').join('; '))
  if (said !== '') return { text: said, lang: languageOfRecall(recall) }
  return { text: recall.scope.units === null ? '' : recall.scope.units.toLocaleString(speaker.locale), lang: null }
}

function priceOf({ scope }: Recall, speaker: Speaker): string {
  const [from, until] = [scope.priceMinMinor, scope.priceMaxMinor].map((amountMinor) =>
    amountMinor === null ? '' : speaker.money({ amountMinor, currency: scope.currency }),
  )
  const { words, say } = speaker
  if (from === until) return from === '' ? '' : say(words.priceAbout, { price: from! })
  return spanText(from!, until!, speaker)
}

function span(from: string | null, until: string | null, speaker: Speaker): string {
  if (from !== null && from === until) return speaker.month(from)
  return spanText(from === null ? '' : speaker.month(from), until === null ? '' : speaker.month(until), speaker)
}

function spanText(from: string, until: string, { words, say }: Speaker): string {
  if (from !== '' && until !== '') return say(words.fromUntil, { from, until })
  if (from !== '') return say(words.from, { from })
  return until === '' ? '' : say(words.until, { until })
}

/** Codes as the agency prints them: at most as many as a person compares. */
function codes(items: readonly string[], speaker: Speaker): string {
  const unique = [...new Set(items.map((item) => item.trim()).filter((item) => item !== ''))]
  const rest = unique.length - FACT_ITEMS_MAX
  return unique.slice(0, FACT_ITEMS_MAX).join(', ') + (rest > 0 ? ` ${speaker.count(speaker.words.moreFacts, rest)}` : '')
}
