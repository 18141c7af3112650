/** Where numbers, months and prices are read: the part of a sentence for which the very reader gives them. Pure. */
import type { Month } from '../recalls/index.ts'
import { readExpands } from './read/expands.ts'
import { readIncidents, type Incidents } from './read/incidents.ts'
import { readMade } from './read/made.ts'
import { monthBefore, monthsIn, type MonthWindow } from './read/months.ts'
import { NUMBER, readNumber } from './read/numbers.ts'
import { readPrice, readPriceFromProse } from './read/price.ts'
import { readSold, readSoldFromProse } from './read/sold.ts'
import { readUnits, readUnitsFromProse } from './read/units.ts'
import { readQuantity } from './food/quantity.ts'
import { partAt, partOf, placeOf, plainOfPlace, type Place, type SourceText, type Texts } from './evidence-texts.ts'

/** One place per text that adds to the number; of a number that one text states, that number alone. */
export function unitsIn({ unitsTexts, description, title, sold }: Texts, units: number): Place[] {
  const parts = unitsTexts.flatMap((text) => {
    const said = readUnits([text.plain().text]).units
    return said === null || said === 0 ? [] : [{ text, said }]
  })
  if (parts.reduce((sum, { said }) => sum + said, 0) === units)
    return parts.flatMap(({ text, said }) =>
      numberPlace(
        partOf([text], (part) => readUnits([part]).units === said),
        said,
      ),
    )
  const place =
    partOf(unitsTexts, (part) => readUnits([part]).units === units || readQuantity(part) === units) ??
    partOf([...description, ...title, ...sold], (part) => readUnitsFromProse(part) === units)
  return numberPlace(place, units)
}

/** The number that says `value` within a place; the place itself where several numbers make it up. */
function numberPlace(place: Place | null, value: number): Place[] {
  if (place === null) return []
  const { text, start } = place
  const said = text.original.slice(start, place.end)
  const number = [...said.matchAll(new RegExp(NUMBER, 'gi'))].find((match) => readNumber(match[0]) === value)
  return [number === undefined ? place : { text, start: start + number.index, end: start + number.index + number[0].length }]
}

/** The number with the country that it is for. */
export function elsewhereIn({ unitsTexts }: Texts, country: string, units: number): Place[] {
  const parts = unitsTexts.flatMap((text) => {
    const said = readUnits([text.plain().text]).elsewhere[country]
    const place = said === undefined ? null : partOf([text], (part) => readUnits([part]).elsewhere[country] === said)
    return place === null ? [] : [{ place, said: said! }]
  })
  return parts.reduce((sum, { said }) => sum + said, 0) === units
    ? parts.map(({ place }) => place)
    : parts.slice(0, 1).map(({ place }) => place)
}

export type Side = 'from' | 'to'

export function soldIn({ sold, description }: Texts, side: Side, month: Month): Place[] {
  const readers = [...sold.map((text) => [text, readSold] as const), ...description.map((text) => [text, readSoldFromProse] as const)]
  return monthIn(readers, side, month)
}

export function madeIn({ description, hazard, title }: Texts, side: Side, month: Month): Place[] {
  return monthIn(
    [...description, ...hazard, ...title].map((text) => [text, readMade] as const),
    side,
    month,
  )
}

type Window = (text: string) => MonthWindow

/** The mention of the month in a sentence from which the reader takes it, else in one that mentions it. */
function monthIn(texts: readonly (readonly [SourceText, Window])[], side: Side, month: Month): Place[] {
  for (const [text, read] of texts) {
    for (const sentence of text.sentences()) {
      if (!mentions(sentence.text, month) || read(sentence.text)[side] !== month) continue
      const place = mention(text, sentence, month)
      if (place !== null) return [place]
    }
  }
  // Windows of several sentences are put together: the one that bounds them says it.
  for (const [text, read] of texts) {
    for (const sentence of text.sentences()) {
      const window = read(sentence.text)
      if (!mentions(sentence.text, month) || (window.from !== month && window.to !== month && text.name !== 'soldText')) continue
      const place = mention(text, sentence, month)
      if (place !== null) return [place]
    }
  }
  return []
}

function mentions(text: string, month: Month): boolean {
  return monthsIn(text).some((each) => each.month === month || monthBefore(each.month) === month)
}

/** A month without its year goes on to the one that gives it: "September to November 2012". */
function mention(text: SourceText, { text: said, start: at }: { text: string; start: number }, month: Month): Place | null {
  const months = monthsIn(said)
  const exact = months.findIndex((each) => each.month === month)
  const first = exact >= 0 ? exact : months.findIndex((each) => monthBefore(each.month) === month)
  if (first < 0) return null
  const { start } = months[first]!
  const last = months.slice(first).find(({ end }) => monthsIn(said.slice(start, end))[0]?.start === 0) ?? months[first]!
  return placeOf(text, at + start, at + last.end)
}

/** `minor` is the lowest or the highest of the prices of a text. */
export function priceIn({ sold, description }: Texts, minor: number): Place[] {
  const holds = (part: string) => {
    const { minMinor, maxMinor } = readPrice(part)
    return minMinor === minor || maxMinor === minor
  }
  for (const [texts, speaks] of [[sold, holds] as const, [description, priced(minor)] as const]) {
    for (const text of texts) {
      const sentence = text.sentences().find((each) => speaks(each.text))
      const place = sentence === undefined ? null : partAt(text, sentence, holds)
      if (place !== null) return [place]
    }
  }
  return []
}

function priced(minor: number): (sentence: string) => boolean {
  return (sentence) => {
    const { minMinor, maxMinor } = readPriceFromProse(sentence)
    return minMinor === minor || maxMinor === minor
  }
}

/** One place per sentence that adds to the count; where the agency says that there are none, that. */
export function incidentsIn({ incident, description }: Texts, field: keyof Incidents, value: number): Place[] {
  const texts = incident.length > 0 ? incident : description
  const parts = texts.flatMap((text) =>
    text.sentences().flatMap((sentence) => {
      const said = readIncidents(sentence.text)[field]
      return said === null || said === 0 ? [] : [{ text, sentence, said }]
    }),
  )
  if (value > 0 && parts.length <= PARTS_MAX && parts.reduce((sum, { said }) => sum + said, 0) === value)
    return parts.flatMap(({ text, sentence, said }) => partAt(text, sentence, (part) => readIncidents(part)[field] === said) ?? [])
  const place = partOf(texts, (part) => readIncidents(part)[field] === value)
  return place === null ? [] : [place]
}

const PARTS_MAX = 12

export function expandsIn({ title, description, unitsTexts }: Texts, ownNumber: string, number: string): Place[] {
  const place = partOf([...title, ...description, ...unitsTexts], (part) => readExpands([part], ownNumber).includes(number))
  if (place === null) return []
  const { text, start } = place
  const printed = new RegExp(`${number.slice(0, 2)}-${number.slice(2)}`).exec(plainOfPlace(place))
  const at = printed === null ? -1 : text.original.slice(start, place.end).indexOf(printed[0])
  return [at < 0 ? place : { text, start: start + at, end: start + at + printed![0].length }]
}
