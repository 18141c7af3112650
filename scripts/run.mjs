/**
 * The door of every npm script, written for the Node that a machine happens to have (20 or later). It installs what is missing,
 * builds the desk when its sources changed, and hands over to the Node 24 that the `node` package brings.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const root = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..')
const node24 = path.join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node')

const PROGRAMS = {
  start: ['src/cli.ts', 'start'],
  cli: ['src/cli.ts'],
  test: ['scripts/test.ts'],
  check: ['scripts/test.ts', '--static'],
  bench: ['bench/run.ts'],
  faults: ['test/faults/run.ts'],
  schema: ['scripts/generate-schema.ts'],
}
const NEEDS_DESK = new Set(['start', 'test', 'cli'])

const [program = '', ...args] = process.argv.slice(2)
if (!(program in PROGRAMS)) fail(`There is no script "${program}". Known: ${Object.keys(PROGRAMS).join(', ')}.`)
install()
if (NEEDS_DESK.has(program)) buildDesk()
run()

/** `npm ci`, unless node_modules is what package-lock.json says already. */
function install() {
  const wanted = hashOf([path.join(root, 'package-lock.json')])
  const stamp = path.join(root, 'node_modules/.tocsin-installed')
  if (existsSync(node24) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  process.stderr.write('Installing what Tocsin needs (once) …\n')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const done = spawnSync(npm, ['ci', '--loglevel=error', '--no-audit', '--no-fund', '--engine-strict=false'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (done.status !== 0) fail('The installation did not succeed; what npm said stands above. Mend that and run the same command again.')
  if (!existsSync(node24)) fail('The package "node" brought no Node 24 for this machine. Its install script must be allowed to run.')
  writeFileSync(stamp, wanted)
}

/** Vite's build of the desk and seller centre, unless web/dist is of these sources already. */
function buildDesk() {
  const sources = filesBelow(path.join(root, 'web')).filter(
    (file) => !file.includes(`${path.sep}dist${path.sep}`) && !file.includes('.test.'),
  )
  const wanted = hashOf([...sources, path.join(root, 'package-lock.json')])
  const stamp = path.join(root, 'web/dist/.built')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  process.stderr.write('Building the desk …\n')
  const done = spawnSync(node24, [path.join(root, 'node_modules/vite/bin/vite.js'), 'build', 'web', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (done.status !== 0) fail('The desk could not be built; what Vite said stands above.')
  mkdirSync(path.dirname(stamp), { recursive: true })
  writeFileSync(stamp, wanted)
}

/** Hands over. Ctrl-C reaches the child from the terminal itself; we only wait for it to end in order. */
function run() {
  const [script, ...before] = PROGRAMS[program]
  const env = { ...process.env, PATH: `${path.dirname(node24)}${path.delimiter}${process.env['PATH'] ?? ''}` }
  const child = spawn(node24, [path.join(root, script), ...before, ...args], { stdio: 'inherit', env })
  process.on('SIGINT', () => {})
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .sort()
}

function hashOf(files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(path.relative(root, file)).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
