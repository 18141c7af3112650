/** Commands that look after an installation: migrate, doctor, officer. */
import { resolveTxt } from 'node:dns/promises'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { invariants } from '../app.ts'
import { audit, brokenAuditEntry } from '../platform/audit.ts'
import type { Invariant } from '../platform/invariants.ts'
import { checkMailDns } from '../platform/mail-dns.ts'
import { say } from '../platform/terminal.ts'
import { configOrSay, readArgs, withRuntime } from './shared.ts'
import type { Verb } from './usage.ts'

export const migrate: Verb = {
  name: 'migrate',
  summary: 'bring the database to this version',
  help: 'npx tocsin migrate: applies the migrations that are missing. Safe to run by two machines at once.',
  run: () =>
    withRuntime(async ({ migrated }) => {
      say(migrated.length === 0 ? 'The database is up to date.' : `Applied: ${migrated.join(', ')}.`)
      return 0
    }),
}

const DOCTOR_HELP = `npx tocsin doctor [--json]: checks the promises on this database, one line each

  npx tocsin doctor          ✔ or ✖ per promise; exit code 1 when one is broken
  npx tocsin doctor --json   {"promises":[{"name","promise","holds","violations":[…]}]}
  npx tocsin doctor --mail   whether receivers can tell that mail from MAIL_FROM is yours: SPF, DKIM and DMARC in the DNS`

const auditChain: Invariant = {
  name: 'platform.audit-chain',
  promise: 'The audit log is whole: no entry was changed, removed or slipped in.',
  check: async (db) => {
    const broken = await brokenAuditEntry(db)
    return broken === null ? [] : [`Entry ${broken.seq}: ${broken.problem}.`]
  },
}

export const doctor: Verb = {
  name: 'doctor',
  summary: 'check every promise on this database',
  help: DOCTOR_HELP,
  run: async (args) => {
    const read = readArgs(args, { json: { type: 'boolean', default: false }, mail: { type: 'boolean', default: false } }, DOCTOR_HELP)
    if (read === null) return 2
    if (read.values.mail) return await mailDoctor(read.values.json)
    return withRuntime(async ({ deps }) => {
      const promises = []
      for (const invariant of [...invariants, auditChain]) {
        const violations = await invariant.check(deps.database.db)
        promises.push({ name: invariant.name, promise: invariant.promise, holds: violations.length === 0, violations })
      }
      if (read.values.json) process.stdout.write(`${JSON.stringify({ promises })}\n`)
      else for (const found of promises) process.stdout.write(promiseLine(found))
      return promises.every((found) => found.holds) ? 0 : 1
    })
  },
}

async function mailDoctor(json: boolean): Promise<number> {
  const config = configOrSay()
  if (config === null) return 2
  const findings = await checkMailDns(config.sender.address, config.dkim, txtRecords)
  if (json) process.stdout.write(`${JSON.stringify({ sender: config.sender.address, mail: findings })}\n`)
  else
    for (const { holds, name, found, advice } of findings)
      process.stdout.write(`${holds ? '✔' : '✖'} ${name.padEnd(6)} ${found}${advice === '' ? '' : `\n    ${advice}`}\n`)
  return findings.every((finding) => finding.holds) ? 0 : 1
}

const NO_RECORDS = new Set(['ENODATA', 'ENOTFOUND'])

async function txtRecords(name: string): Promise<string[] | null> {
  try {
    return (await resolveTxt(name)).map((parts) => parts.join(''))
  } catch (error) {
    return NO_RECORDS.has((error as NodeJS.ErrnoException).code ?? '') ? [] : null
  }
}

function promiseLine(found: { name: string; promise: string; holds: boolean; violations: string[] }): string {
  const detail = found.violations.map((violation) => `    ${violation}\n`).join('')
  return `${found.holds ? '✔' : '✖'} ${found.name.padEnd(34)} ${found.promise}\n${detail}`
}

const OFFICER_HELP = `npx tocsin officer create EMAIL [--name NAME]: an account for a safety officer

The password is asked for, or read from standard input when that is not a terminal:
  npx tocsin officer create dana@example.com --name "Dana Reyes"
  echo "a long pass phrase" | npx tocsin officer create dana@example.com`

export const officer: Verb = {
  name: 'officer',
  summary: 'create a safety officer’s account',
  help: OFFICER_HELP,
  run: async (args) => {
    const read = readArgs(args, { name: { type: 'string' } }, OFFICER_HELP)
    if (read === null) return 2
    const [action, email] = read.positionals
    if (action !== 'create' || email === undefined || !/^[^\s@]+@[^\s@]+$/.test(email)) {
      say(`Give the e-mail address of the officer.\n\n${OFFICER_HELP}`)
      return 2
    }
    const password = await askPassword()
    return withRuntime(async ({ deps }) => {
      const made = await deps.auth.createAccount({ email, name: read.values.name ?? email, role: 'officer' }, password)
      if (!made.ok) {
        say(made.problem.message)
        return 1
      }
      await audit(deps.database.db, {
        actor: 'cli',
        action: 'auth.officer_created',
        subject: `user:${made.value.userId}`,
        detail: {},
        at: deps.clock(),
      })
      say(`${email} can sign in at ${deps.baseUrl}/sign-in`)
      return 0
    })
  },
}

/** The first line of standard input; at a terminal it is asked for and not shown. */
async function askPassword(): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const hidden = process.stdin.isTTY
  if (hidden) process.stderr.write('Password (12 characters or more; it is not shown): ')
  const lines = createInterface({ input: process.stdin, ...(hidden ? { output: nowhere, terminal: true } : {}) })
  for await (const line of lines) {
    lines.close()
    if (hidden) process.stderr.write('\n')
    return line
  }
  return ''
}
