/**
 * `npm test`: format, lint, types, generated row types, then every test file against one real PostgreSQL.
 * With file names only those files run; with --static only what needs no database.
 */
import { spawnSync } from 'node:child_process'
import { glob } from 'node:fs/promises'
import path from 'node:path'
import { findChromium } from './chromium.ts'
import { startTestServer } from '../test/database.ts'

const root = path.join(import.meta.dirname, '..')
const args = process.argv.slice(2)
const files = args.filter((arg) => !arg.startsWith('--'))
const bin = (name: string): string => path.join(root, 'node_modules/.bin', name)

function stage(name: string, command: string, flags: string[], env: NodeJS.ProcessEnv = {}): boolean {
  const started = performance.now()
  const done = spawnSync(command, flags, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  process.stderr.write(`${done.status === 0 ? '✔' : '✖'} ${name} (${seconds} s)\n`)
  return done.status === 0
}

function staticChecks(): boolean {
  const checks = [
    stage('format', bin('oxfmt'), ['--check', 'src', 'test', 'bench', 'scripts', 'web', 'db/demo', 'bin']),
    stage('lint', bin('oxlint'), ['src', 'test', 'bench', 'scripts', 'web', 'db/demo', 'bin', '--deny-warnings']),
    stage('types', bin('tsc'), ['--noEmit', '-p', '.']),
    stage('types of the desk', bin('tsc'), ['--noEmit', '-p', 'web']),
  ]
  return checks.every(Boolean)
}

async function tests(): Promise<boolean> {
  const chromium = files.length > 0 && !files.some((file) => file.includes('e2e')) ? null : findChromium()
  if (chromium !== null && !chromium.ok) {
    process.stderr.write(`${chromium.problem.message}\n`)
    return false
  }
  const server = await startTestServer()
  try {
    const env = { TOCSIN_TEST_SERVER: server.url, ...(chromium === null ? {} : { TOCSIN_CHROMIUM: chromium.value }) }
    const rowTypes = files.length > 0 || stage('row types', process.execPath, ['scripts/generate-schema.ts', '--check'], env)
    const chosen = files.length > 0 ? files : await allTests()
    const flags = ['--test', '--test-concurrency=2', '--test-timeout=300000', ...chosen]
    return stage('tests', process.execPath, flags, env) && rowTypes
  } finally {
    await server.stop()
  }
}

async function allTests(): Promise<string[]> {
  const found = await Array.fromAsync(
    glob(['src/**/*.test.ts', 'test/**/*.test.ts', 'db/**/*.test.ts', 'bench/**/*.test.ts', 'web/src/**/*.test.ts'], { cwd: root }),
  )
  return found.toSorted()
}

const checked = files.length > 0 || staticChecks()
const tested = args.includes('--static') || (await tests())
process.exitCode = checked && tested ? 0 : 1
