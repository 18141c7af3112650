/** The gate's setting: which listings in question are not sold until a person has looked. */
import { gateSettings, setGate } from '../matching/index.ts'
import { transaction } from '../platform/db.ts'
import { say } from '../platform/terminal.ts'
import { tellGates } from '../supply/index.ts'
import { readArgs, withRuntime } from './shared.ts'
import type { Verb } from './usage.ts'

const HELP = `npx tocsin gate [wait SEVERITY | sell SEVERITY] --reason "…": listings that may be a recalled product, and no person has looked yet

A listing that is taken for a recalled product is never sold. For one that may be, the severity of the recall decides.

  npx tocsin gate                                          what holds: for which severities such listings wait
  npx tocsin gate wait medium --reason "After the fires."  they wait, unsold, until an officer has ruled
  npx tocsin gate sell high --reason "…"                   they are sold meanwhile`

export const gate: Verb = {
  name: 'gate',
  summary: 'which listings in question wait, unsold, for a person',
  help: HELP,
  run: async (args) => {
    const read = readArgs(args, { reason: { type: 'string', default: '' } }, HELP)
    if (read === null) return 2
    const [action, severity] = read.positionals
    if (action !== undefined && ((action !== 'wait' && action !== 'sell') || severity === undefined)) {
      say(`That is not complete.\n\n${HELP}`)
      return 2
    }
    return withRuntime(async ({ deps }) => {
      const at = deps.clock()
      if (action !== undefined) {
        const set = await transaction(deps.database, async (tx) => {
          const wanted = { severity: severity!, waits: action === 'wait', actor: 'cli', at, reason: read.values.reason }
          const done = await setGate(tx, wanted)
          if (done.ok) await tellGates(tx, { listingIds: null, actor: 'cli', at })
          return done
        })
        if (!set.ok) {
          say(set.problem.message)
          return 1
        }
      }
      for (const { severity: each, waits, setBy, reason } of await gateSettings(deps.database.db))
        process.stdout.write(`${each.padEnd(8)} ${waits ? 'wait' : 'sell'}  ${setBy}: ${reason}\n`)
      return 0
    })
  },
}
