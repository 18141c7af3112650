/**
 * The house keeps its shape: imports only go down the ladder and through a room's face, only its owner names a room's tables,
 * others read its published views, and files stay files of one thing.
 */
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const SRC = path.join(import.meta.dirname, '../src')

/** Rooms by rung (ARCHITECTURE.md). Rooms of one rung do not know each other. */
const RUNGS: Record<string, number> = {
  platform: 0,
  recalls: 1,
  catalog: 1,
  feeds: 2,
  matching: 2,
  supply: 3,
  outreach: 3,
  remedies: 3,
  campaigns: 4,
  sellers: 5,
  insights: 6,
}
/** Files directly in src and the folders of the composition: they may know every room. */
const TOP = 7

type Source = { file: string; room: string; rung: number; text: string }

const sources: Source[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => {
    const room = file.includes(path.sep) ? file.split(path.sep)[0]! : ''
    return { file, room, rung: RUNGS[room] ?? TOP, text: readFileSync(path.join(SRC, file), 'utf8') }
  })

const tested = sources.filter((source) => !source.file.endsWith('.test.ts'))

function importsOf(source: Source): string[] {
  const found = [...source.text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) => match[1]!)
  return found.map((specifier) => path.normalize(path.join(path.dirname(source.file), specifier)))
}

test('every folder of src is a room of the ladder or of the composition', () => {
  const rooms = new Set(sources.map((source) => source.room).filter((room) => room !== ''))
  const unknown = [...rooms].filter((room) => RUNGS[room] === undefined && !['cli', 'demo'].includes(room))
  assert.deepEqual(unknown, [])
  assert.ok(rooms.size >= 10, 'the rooms are found at all')
})

test('imports go down the ladder, and into another room only by its index.ts', () => {
  const wrong: string[] = []
  for (const source of sources) {
    for (const target of importsOf(source)) {
      if (target.startsWith('..')) {
        const allowed = target === path.normalize('../db/schema.ts') || source.file.endsWith('.test.ts') || source.rung === TOP
        if (!allowed) wrong.push(`${source.file} reaches outside src: ${target}`)
        continue
      }
      const room = target.includes(path.sep) ? target.split(path.sep)[0]! : ''
      if (room === source.room) continue
      const rung = RUNGS[room] ?? TOP
      if (rung >= source.rung && source.rung !== TOP) wrong.push(`${source.file} (rung ${source.rung}) imports ${target} (rung ${rung})`)
      else if (room !== 'platform' && rung !== TOP && path.basename(target) !== 'index.ts')
        wrong.push(`${source.file} goes past the face of ${room}: ${target}`)
    }
  }
  assert.deepEqual(wrong, [])
})

test('a table is named only by its owner; other rooms read published views, of their own rung or lower', () => {
  const wrong: string[] = []
  const reference = new RegExp(`\\b(${Object.keys(RUNGS).join('|')}|auth)\\.([a-z_]+)\\b`, 'g')
  const tables = tablesOfMigrations()
  for (const source of tested) {
    for (const [, schema, name] of withoutComments(source.text).matchAll(reference)) {
      if (!tables.has(`${schema}.${name}`) || schema === source.room) continue
      if (source.room === 'platform' && schema === 'auth') continue
      if (source.rung === TOP && schema === 'platform') continue
      const published = name!.endsWith('_view') && (RUNGS[schema!] ?? 0) <= source.rung
      if (!published) wrong.push(`${source.file} names ${schema}.${name}`)
    }
  }
  assert.deepEqual([...new Set(wrong)], [])
  assert.ok(tables.size > 40, 'the tables are found at all')
})

test('SQL lives in the rooms’ queries files', () => {
  const wrong = tested
    .filter((source) => source.room !== 'platform' && source.rung < TOP && /\bsql(<[^`]*>)?`/.test(withoutComments(source.text)))
    .map((source) => source.file)
    .filter((file) => !/^(queries|scope-sql)/.test(path.basename(file)))
  assert.deepEqual(wrong, [])
})

test('nothing but config.ts and the composition reads the environment', () => {
  const wrong = tested
    .filter((source) => source.rung < TOP && withoutComments(source.text).includes('process.env'))
    .map((source) => source.file)
  assert.deepEqual(wrong, [])
})

test('every room has a README and a face', () => {
  const missing = Object.keys(RUNGS).filter((room) => {
    const files = readdirSync(path.join(SRC, room))
    return !files.includes('README.md') || (room !== 'platform' && !files.includes('index.ts'))
  })
  assert.deepEqual(missing, [])
})

test('no file has grown past one thing', () => {
  const large = tested.map((source) => ({ file: source.file, lines: source.text.split('\n').length })).filter(({ lines }) => lines > 400)
  assert.deepEqual(large, [])
})

/** Every `schema.name` that a migration makes as a table or a view. */
function tablesOfMigrations(): Set<string> {
  const folder = path.join(SRC, '../db/migrations')
  const names = readdirSync(folder).flatMap((file) => {
    const text = readFileSync(path.join(folder, file), 'utf8')
    return [...text.matchAll(/create (?:table|view) ([a-z_]+\.[a-z_"]+)/g)].map((match) => match[1]!.replaceAll('"', ''))
  })
  return new Set(names)
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')
}
