/**
 * Sizes in running text: contents, storage, battery charge, power, voltage, length. Pure.
 *
 * Ounces of weight and of volume differ by four per cent, and sellers mix them up, so volume and weight share one dimension, `content`,
 * in millilitres or grams; two sizes of a dimension are the same within six per cent.
 */
import { BREAK, HYPHEN, SLASH, isNumber, type Words } from './text.ts'

export const DIMENSIONS = ['content', 'storage', 'charge', 'power', 'voltage', 'length', 'count', 'fit', 'area'] as const
export type Dimension = (typeof DIMENSIONS)[number]
export type Size = { dimension: Dimension; value: number; at: number }

/** How far two statements of one size may lie apart. */
export const TOLERANCE = 0.06

const UNITS: Record<string, [Dimension, number]> = {
  oz: ['content', 29], ounce: ['content', 29], ounces: ['content', 29], floz: ['content', 29], ml: ['content', 1], milliliter: ['content', 1], milliliters: ['content', 1],
  cl: ['content', 10], l: ['content', 1000], liter: ['content', 1000], liters: ['content', 1000], litre: ['content', 1000], litres: ['content', 1000],
  qt: ['content', 946], quart: ['content', 946], quarts: ['content', 946], gal: ['content', 3785], gallon: ['content', 3785], gallons: ['content', 3785],
  pint: ['content', 473], pints: ['content', 473], g: ['content', 1], gram: ['content', 1], grams: ['content', 1], kg: ['content', 1000],
  lb: ['content', 454], lbs: ['content', 454], pound: ['content', 454], pounds: ['content', 454],
  gb: ['storage', 1], tb: ['storage', 1024], mb: ['storage', 1 / 1024], mah: ['charge', 1],
  w: ['power', 1], watt: ['power', 1], watts: ['power', 1], kw: ['power', 1000], v: ['voltage', 1], volt: ['voltage', 1], volts: ['voltage', 1],
  in: ['length', 25.4], inch: ['length', 25.4], inches: ['length', 25.4], ft: ['length', 304.8], foot: ['length', 304.8], feet: ['length', 304.8],
  cm: ['length', 10], mm: ['length', 1],
  pack: ['count', 1], pk: ['count', 1], pc: ['count', 1], pcs: ['count', 1], piece: ['count', 1], pieces: ['count', 1], ct: ['count', 1], count: ['count', 1],
  capsules: ['count', 1], caps: ['count', 1], tablets: ['count', 1], drawer: ['count', 1], drawers: ['count', 1],
} // prettier-ignore

/** Sizes of clothing and helmets, far enough apart for the tolerance. */
const FITS: Record<string, number> = { xxs: 1, xs: 2, s: 4, small: 4, m: 8, medium: 8, l: 16, large: 16, xl: 32, xxl: 64, xxxl: 128 }

/** `size M`, `size small (S)`, `sizes S, M and XL`: letters count as sizes only behind the word. */
function addFits(words: Words, at: number, sizes: Size[]): void {
  for (let i = at + 1; i < words.text.length && i <= at + 8; i++) {
    const word = words.text[i]!
    if (Object.hasOwn(FITS, word)) sizes.push({ dimension: 'fit', value: FITS[word]!, at: i })
    else if (word !== 'and' && word !== 'or' && word !== 'to' && word !== 'extra') return
  }
}

/** The sizes a text states, at most `sizesMax`. */
export function sizesOf(words: Words, sizesMax = 60): Size[] {
  const sizes: Size[] = []
  for (let i = 0; i < words.text.length && sizes.length < sizesMax; i++) {
    const word = words.text[i]!
    if (word === 'size' || word === 'sizes' || word === 'sz') addFits(words, i, sizes)
    const first = word.charCodeAt(0)
    if (first < 48 || first > 57 || word.length > 12) continue
    const area = areaAt(words, i)
    if (area > 0) sizes.push({ dimension: 'area', value: area, at: i })
    let digits = 1
    while (digits < word.length && word.charCodeAt(digits) >= 48 && word.charCodeAt(digits) <= 57) digits++
    const unitWord = digits < word.length ? word.slice(digits) : unitAfter(words, i)
    const unit = unitWord === null ? undefined : UNITS[unitWord]
    if (unit === undefined || !Object.hasOwn(UNITS, unitWord!)) continue
    sizes.push({ dimension: unit[0], value: numberEndingAt(words, i, word.slice(0, digits)) * unit[1], at: i })
  }
  return sizes
}

/** The two sides of an area are kept in one number: the longer one in thousands, then the shorter one. */
const SIDE = 1000
/** Sides are inches or feet in print: larger numbers are pixels. */
const SIDE_MAX = 99

/** `11 x 17`, `36x48`: the same area either way round; 0 where none begins here. */
function areaAt(words: Words, i: number): number {
  const joined = /^(\d{1,2})x(\d{1,2})$/.exec(words.text[i]!)
  const sides =
    joined !== null
      ? [joined[1]!, joined[2]!]
      : words.text[i + 1] === 'x' && words.text[i + 2] !== undefined
        ? [words.text[i]!, words.text[i + 2]!]
        : []
  const [a, b] = sides.map(Number)
  if (a === undefined || b === undefined || !(a > 0 && b > 0 && a <= SIDE_MAX && b <= SIDE_MAX)) return 0
  return Math.max(a, b) * SIDE + Math.min(a, b)
}

function unitAfter(words: Words, i: number): string | null {
  const next = words.text[i + 1]
  if (next === undefined || words.before[i + 1]! > HYPHEN) return null
  // `8 fl oz`, `50-fluid-ounce`, `8 oz.`
  if ((next === 'fl' || next === 'fluid') && words.text[i + 2] !== undefined) return words.text[i + 2]!
  return next
}

/** `7.4` arrives as `7` and `4`, `1/2` as `1` and `2`. */
function numberEndingAt(words: Words, i: number, digits: string): number {
  const value = Number(digits)
  const previous = i > 0 ? words.text[i - 1]! : ''
  if (!isNumber(previous) || previous.length > 4) return value
  // `1,500 watts` arrives as `1` and `500`.
  if (words.before[i] === BREAK && digits.length === 3 && previous.length <= 3) return Number(previous + digits)
  if (words.before[i] === HYPHEN && digits.length <= 2) return Number(`${previous}.${digits}`)
  if (words.before[i] === SLASH && value > 1 && Number(previous) < value) return Number(previous) / value
  return value
}

/** Whether two values of one dimension say the same. */
export function sameSize(a: number, b: number, dimension?: Dimension): boolean {
  if (dimension === 'area') return Math.floor(a / SIDE) === Math.floor(b / SIDE) && Math.abs((a % SIDE) - (b % SIDE)) < 1

  return Math.abs(a - b) <= TOLERANCE * Math.max(a, b)
}
