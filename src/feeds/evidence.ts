/**
 * Which part of the agency's words says each value that was read from them, so that a person can check it. It works on what is stored, of any
 * agency and any revision, and asks the readers themselves: a place is shown only where the words there say the value. Pure.
 */
import { HAZARDS, REMEDY_OPTIONS, type Recall } from '../recalls/index.ts'
import { childrenIn, hazardIn, onlineIn, proofIn, remedyIn } from './evidence-classes.ts'
import { elsewhereIn, expandsIn, incidentsIn, madeIn, priceIn, soldIn, unitsIn } from './evidence-figures.ts'
import { codesIn, gtinsIn, nameIn, nounIn, type CodeKind, type Effort } from './evidence-printed.ts'
import { othersIn } from './evidence-others.ts'
import { textsOf, type Place, type TextName, type Texts } from './evidence-texts.ts'

export type { TextName } from './evidence-texts.ts'

export const EVIDENCE_FIELDS = [
  'brands', 'product_nouns', 'models', 'gtins', 'lots', 'serials', 'manufactured_from', 'manufactured_to', 'sold_from', 'sold_to', 'sold_at',
  'online_only', 'price_min', 'price_max', 'units', 'units_elsewhere', 'hazards', 'remedies', 'proof_of_destruction', 'incidents', 'injuries', 'deaths', 'expands',
  'childrens_product',
] as const // prettier-ignore
export type EvidenceField = (typeof EVIDENCE_FIELDS)[number]

/** One value as it is stored; a price in minor units, units elsewhere as "CA 13". */
export type ReadValue = { field: EvidenceField; value: string | number | boolean }

/**
 * The part of one text, from `start` up to and without `end` in UTF-16 units of the stored text, that says the value. A value that is a sum has one span
 * for each number that adds to it.
 */
export type ValueSpan = ReadValue & { text: TextName; start: number; end: number }

/**
 * Every value of a recall that was read from its words. What is null or an empty list was not said. That a product is not for children, or
 * needs no proof, is said by no words.
 */
export function valuesRead(recall: Recall): ReadValue[] {
  const { scope } = recall
  const all: Record<EvidenceField, readonly (string | number | boolean | null)[]> = {
    brands: scope.brands,
    product_nouns: scope.productNouns,
    models: scope.models,
    gtins: scope.gtins,
    lots: scope.lots,
    serials: scope.serials,
    manufactured_from: [scope.manufacturedFrom],
    manufactured_to: [scope.manufacturedTo],
    sold_from: [scope.soldFrom],
    sold_to: [scope.soldTo],
    sold_at: scope.soldAt,
    online_only: [scope.onlineOnly],
    price_min: [scope.priceMinMinor],
    price_max: [scope.priceMaxMinor],
    units: [scope.units],
    units_elsewhere: Object.entries(scope.unitsElsewhere).map(([country, units]) => `${country} ${units}`),
    hazards: recall.hazards,
    remedies: recall.remedies,
    proof_of_destruction: [recall.proofOfDestruction || null],
    incidents: [recall.incidents],
    injuries: [recall.injuries],
    deaths: [recall.deaths],
    expands: recall.expands,
    childrens_product: [recall.childrensProduct || null],
  }
  return EVIDENCE_FIELDS.flatMap((field) => all[field].flatMap((value) => (value === null ? [] : [{ field, value }])))
}

/** The spans of a recall, field by field, values in their order. A value that no single place says has none. */
export function spansOf(recall: Recall, effort: Effort = { compared: 0 }): ValueSpan[] {
  const texts = textsOf(recall)
  const fields = Map.groupBy(valuesRead(recall), ({ field }) => field)
  return [...fields].flatMap(([field, values]) => {
    const found = placesOf(
      field,
      values.map(({ value }) => value),
      { recall, texts, effort },
    )
    return values.flatMap(({ value }, index) =>
      found[index]!.map(({ text, start, end }) => ({ field, value, text: text.name, start, end })),
    )
  })
}

/** A span as files and the API give it: the text by its name in JSON, and the words themselves. */
export type QuotedSpan = ReadValue & { text: string; start: number; end: number; quote: string }

export function quotedSpans(recall: Recall): QuotedSpan[] {
  return spansOf(recall).map((span) => ({
    ...span,
    text: jsonName(span.text),
    quote: textNamed(recall, span.text).slice(span.start, span.end),
  }))
}

function jsonName(name: TextName): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** The text of that name as it is stored. */
export function textNamed(recall: Recall, name: TextName): string {
  const [list, index, field] = name.split('.')
  if (list === 'products') return recall.products[Number(index)]?.[field as 'name' | 'model' | 'unitsText'] ?? ''
  return recall[name as Exclude<TextName, `products.${string}`>]
}

type Search = { recall: Recall; texts: Texts; effort: Effort }

/** For each value its places, in the same order. */
function placesOf(field: EvidenceField, values: readonly (string | number | boolean)[], { recall, texts, effort }: Search): Place[][] {
  const words = values.map(String)
  const { title, description, productNames, productModels, sold } = texts
  switch (field) {
    case 'brands':
      return words.map((brand) => only(nameIn([...productNames, ...description, ...title, ...sold], brand, effort)))
    case 'product_nouns':
      return words.map((noun) => only(nounIn(texts, recall.scope.brands, noun, effort)))
    case 'models':
      return codes('models', words, [...productModels, ...description, ...productNames, ...title])
    case 'lots':
    case 'serials':
      return codes(field, words, [...description, ...productNames, ...title, ...texts.hazard])
    case 'gtins':
      return gtinsIn([...description, ...productNames, ...productModels], words).map(only)
    case 'manufactured_from':
    case 'manufactured_to':
      return words.map((month) => madeIn(texts, field === 'manufactured_from' ? 'from' : 'to', month))
    case 'sold_from':
    case 'sold_to':
      return words.map((month) => soldIn(texts, field === 'sold_from' ? 'from' : 'to', month))
    case 'sold_at':
      return words.map((seller) => only(nameIn([...sold, ...description], seller, effort)))
    case 'online_only':
      return values.map((value) => only(onlineIn(texts, value === true, sellers())))
    case 'price_min':
    case 'price_max':
      return values.map((minor) => priceIn(texts, Number(minor)))
    case 'units':
      return values.map((units) => unitsIn(texts, Number(units)))
    case 'units_elsewhere':
      return words.map((said) => elsewhereIn(texts, said.slice(0, 2), Number(said.slice(3))))
    case 'hazards':
      return words.map((word) =>
        only(
          hazardIn(
            texts,
            HAZARDS.find((each) => each === word)!,
          ),
        ),
      )
    case 'remedies':
      return words.map((word) =>
        only(
          remedyIn(
            texts,
            REMEDY_OPTIONS.find((each) => each === word)!,
          ),
        ),
      )
    case 'proof_of_destruction':
      return [only(proofIn(texts))]
    case 'incidents':
    case 'injuries':
    case 'deaths':
      return values.map((value) => incidentsIn(texts, field, Number(value)))
    case 'expands':
      return words.map((number) => expandsIn(texts, recall.recallNumber, number))
    case 'childrens_product':
      return [only(childrenIn(texts))]
    default:
      return field satisfies never
  }

  function sellers(): Place[] {
    return recall.scope.soldAt.slice(0, SELLERS_TRIED_MAX).flatMap((seller) => only(nameIn(sold, seller, effort)))
  }

  function codes(kind: CodeKind, values: readonly string[], all: Texts[keyof Texts]): Place[][] {
    const places = codesIn(all, kind, values, effort)
    return values.map((value, index) => only(value === '*' ? othersIn(texts, kind) : places[index]!))
  }
}

const SELLERS_TRIED_MAX = 8

function only(place: Place | null): Place[] {
  return place === null ? [] : [place]
}
