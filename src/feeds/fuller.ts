/**
 * One rule for forms of differing fullness: a poorer form makes a recall known, and beside a fuller one it only tells what changed of the few
 * things that it is believed in. It never empties a field. Pure.
 */
import type { Recall } from '../recalls/index.ts'
import type { Told } from './contract.ts'

/** What is recorded for a poorer form, given what is known of the recall; the known one itself where it tells nothing new. */
export function underFuller(poorer: Recall, tells: readonly Told[], known: Recall | null): Recall {
  if (known === null || known.outline === true) return { ...poorer, outline: true }
  return withTold(known, toldBy(poorer, tells))
}

/** The values that a poorer form is believed in, as far as it says them. */
export function toldBy(poorer: Recall, tells: readonly Told[]): Partial<Recall> {
  return Object.fromEntries(tells.filter((field) => poorer[field] !== undefined).map((field) => [field, poorer[field]]))
}

/** A recall with what a poorer form told later. A title in other signs or capitals is the same title. */
export function withTold(known: Recall, told: Partial<Recall>): Recall {
  const { title, ...others } = told
  return { ...known, ...others, ...(title === undefined || letters(title) === letters(known.title) ? {} : { title }) }
}

function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
}
