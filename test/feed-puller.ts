/** A process that pulls a source and kills itself, without a word, while it takes the items in. For tests of what a dying process leaves behind. */
import { openBodies } from '../src/feeds/bodies.ts'
import { cpsc } from '../src/feeds/cpsc/index.ts'
import { pullSource, type PullDeps } from '../src/feeds/pull.ts'
import { openDatabase } from '../src/platform/db.ts'
import { PATIENCE, sourceOn } from './feed-world.ts'

const [databaseUrl, home, origin, path, name, dieAt] = process.argv.slice(2) as [string, string, string, string, string, string]
let parsed = 0
const dying = {
  ...cpsc,
  parse(item: Parameters<typeof cpsc.parse>[0]) {
    if (++parsed === Number(dieAt)) process.kill(process.pid, 'SIGKILL')
    return cpsc.parse(item)
  },
}
const at = new Date('2026-11-23T08:00:00Z')
const deps = {
  database: openDatabase(databaseUrl),
  bodies: openBodies(home),
  limits: PATIENCE,
  userAgent: 'Tocsin test',
  clock: () => at,
  trustedOrigin: origin,
  pause: async () => {},
  feeds: { CPSC: dying },
} as unknown as PullDeps
await pullSource(deps, sourceOn(origin, name, { kind: 'whole', address: path, dump: true }), { at, actor: 'test' })
