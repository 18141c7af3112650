/**
 * A mark of the rules that answers come from: the source of the engine and of the tokens of listings with everything they import of this
 * room, the table of word frequencies, and the settings. Answers stored under another mark are owed again, so an upgrade cannot leave old answers behind.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { sha256 } from '../platform/ids.ts'
import type { Settings } from './engine.ts'

const FOLDER = import.meta.dirname

let sources: string | null = null

export function rulesMark(settings: Settings): string {
  sources ??= sourcesOf(['engine.ts', 'tokens.ts'])
  return sha256(sources + JSON.stringify(settings))
    .toString('hex')
    .slice(0, 16)
}

/** The texts of some files and of all files of this folder that they import, however far. */
function sourcesOf(first: readonly string[]): string {
  const files = [...first]
  let all = readFileSync(path.join(FOLDER, 'word-frequencies.tsv'), 'utf8')
  for (let i = 0; i < files.length; i++) {
    const text = readFileSync(path.join(FOLDER, files[i]!), 'utf8')
    all += text
    for (const match of text.matchAll(/from '\.\/([a-z-]+\.ts)'/g)) if (!files.includes(match[1]!)) files.push(match[1]!)
  }
  return all
}
