/** Texts as the readers of prose are given them: tidied, and of bounded length, since readers look around what they find. Pure. */
import { tidy } from '../read/text.ts'

/** Characters read: several times what the longest real text and the longest real name have. */
const TEXT_MAX = 40_000
const NAME_MAX = 600

/** A text of several sentences. */
export function prose(text: string): string {
  return tidy(text.slice(0, TEXT_MAX * 2)).slice(0, TEXT_MAX)
}

/** A title, or the name of a firm or product. */
export function nameText(text: string): string {
  return tidy(text.slice(0, NAME_MAX * 2)).slice(0, NAME_MAX)
}

/** As printed, with its marks, but of bounded length and with single blanks. */
export function printedName(text: string): string {
  return text
    .slice(0, NAME_MAX * 2)
    .replace(/\s+/g, ' ')
    .slice(0, NAME_MAX)
}
