/** Keys for the marketplace's own machines: create, list, revoke. */
import { apiKeys, createApiKey, revokeApiKey, SCOPES } from '../platform/api-keys.ts'
import { say } from '../platform/terminal.ts'
import { readArgs, withRuntime } from './shared.ts'
import type { Verb } from './usage.ts'

const HELP = `npx tocsin api-key create NAME | list | revoke ID --reason "…": keys for the marketplace’s own machines

A key is shown once. It is sent with each request as  Authorization: Bearer tocsin_…

  npx tocsin api-key create "catalogue service"                     may do everything that keys can (${SCOPES.join(', ')})
  npx tocsin api-key create "catalogue service" --scope listings:write
  npx tocsin api-key revoke 0a1b2c3d4e5f --reason "The machine was retired."`

const OPTIONS = {
  scope: { type: 'string', multiple: true, default: [...SCOPES] as string[] },
  reason: { type: 'string', default: '' },
} as const

export const apiKey: Verb = {
  name: 'api-key',
  summary: 'create, list and revoke keys for the marketplace’s machines',
  help: HELP,
  run: async (args) => {
    const read = readArgs(args, OPTIONS, HELP)
    if (read === null) return 2
    const [action, named] = read.positionals
    if (action !== 'list' && (named === undefined || (action !== 'create' && action !== 'revoke'))) {
      say(`That is not complete.\n\n${HELP}`)
      return 2
    }
    return withRuntime(async ({ deps }) => {
      const { db } = deps.database
      const at = deps.clock()
      if (action === 'list') {
        for (const key of await apiKeys(db))
          process.stdout.write(`${key.keyId}  ${key.revokedAt === null ? 'valid  ' : 'revoked'}  ${key.scopes.join(',')}  ${key.name}\n`)
        return 0
      }
      if (action === 'revoke') {
        const revoked = await revokeApiKey(db, { keyId: named!, actor: 'cli', at, reason: read.values.reason })
        say(revoked.ok ? `The key ${named!} opens nothing any more.` : revoked.problem.message)
        return revoked.ok ? 0 : 1
      }
      const made = await createApiKey(db, { name: named!, scopes: read.values.scope, actor: 'cli', at })
      if (!made.ok) {
        say(made.problem.message)
        return 1
      }
      say(`Key ${made.value.keyId} for “${named!}”. It is shown this once:`)
      process.stdout.write(`${made.value.key}\n`)
      return 0
    })
  },
}
