/**
 * The agency's words without what lowers the reader's sense of danger, for jurisdictions that forbid it: whole sentences are left out, and where
 * one was stands "[…]". Nothing is reworded. Pure.
 */
import { NONE_REPORTED, phraseIn, PRECAUTION, RARELY, VOLUNTARY } from '../linter/phrases.ts'
import { LANGUAGES } from './language.ts'

/** Sentences and lines; an abbreviation cuts one in two, which leaves out too little rather than too much. */
const SENTENCES = /[^\n.!?。！？]*(?:[.!?。！？]+(?=\s|$|[^\s\d])["”’)]*|\n|$)\s*/gu

/** What takes away from the reader's sense of danger, by language: the lists that Article 36(2)(c) of Regulation (EU) 2023/988 begins. */
const LOWERING = new Map<string, readonly RegExp[]>(
  LANGUAGES.map((language) => [language, [VOLUNTARY, PRECAUTION, RARELY, NONE_REPORTED].flatMap((phrases) => phrases[language])]),
)
const LOWERING_ANYWHERE = [...LOWERING.values()].flat()

/** The phrase that lowers the sense of danger, as it stands in the text; null where there is none. `lang` is BCP 47. */
export function loweringPhrase(text: string, lang: string): string | null {
  return phraseIn(LOWERING.get(lang.split('-')[0]!.toLowerCase()) ?? LOWERING_ANYWHERE, text)
}

/** The text without its sentences that lower the sense of danger; empty where nothing else is in it. */
export function withoutLowering(text: string, lang: string): string {
  if (loweringPhrase(text, lang) === null) return text
  let kept = ''
  let left = false
  for (const [sentence] of text.matchAll(SENTENCES)) {
    if (sentence === '') continue
    if (loweringPhrase(sentence, lang) !== null) {
      if (!left && kept !== '') kept = `${kept.trimEnd()} […] `
      left = true
      continue
    }
    kept += sentence
    left = false
  }
  const rest = kept.replace(/\s*\[…\]\s*$/u, '').trim()
  // A phrase that begins in one sentence and ends in the next is in neither of them alone.
  return loweringPhrase(rest, lang) === null ? rest : ''
}
