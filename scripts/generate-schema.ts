/** Writes `db/schema.ts`, the row types, from a freshly migrated database. `--check` only compares. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { startTestServer } from '../test/database.ts'

const target = path.join(import.meta.dirname, '../db/schema.ts')
const given = process.env['TOCSIN_TEST_SERVER']
const server = given === undefined ? await startTestServer() : { url: given, stop: async () => {} }
try {
  const url = new URL(server.url)
  url.pathname = '/tocsin_template'
  const codegen = path.join(import.meta.dirname, '../node_modules/kysely-codegen/dist/cli/bin.js')
  const mapping = JSON.stringify({ int8: 'number', numeric: 'number' }) // as the parsers in src/platform/db.ts read them
  const flags = ['--dialect', 'postgres', '--print', '--url', url.toString(), '--date-parser', 'string', '--type-mapping', mapping]
  flags.push('--exclude-pattern', 'public.*')
  const printed = execFileSync(process.execPath, [codegen, ...flags], { encoding: 'utf8' })
  const text = `// Generated from db/migrations by \`npm run schema\`. Do not edit.\n${printed.slice(printed.indexOf('import'))}`
  const stands = readFileSync(target, { encoding: 'utf8', flag: 'a+' })
  if (process.argv.includes('--check')) {
    if (stands !== text) {
      process.stderr.write('db/schema.ts is not what the migrations make: run `npm run schema` and commit it.\n')
      process.exitCode = 1
    }
  } else writeFileSync(target, text)
} finally {
  await server.stop()
}
