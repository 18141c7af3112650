/** The `tocsin` command: finds the verb, hands over the rest. Each verb is a file in `cli/`. */
import { VERBS } from './cli/verbs.ts'
import { isWaitedFor } from './cli/shared.ts'
import { usage } from './cli/usage.ts'
import { say } from './platform/terminal.ts'

// A signal in the middle of work ends the process by `exit`, whose last breath stops the database; a command that serves waits for it instead.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  process.on(signal, () => {
    if (!isWaitedFor()) process.exit(code)
  })
}

const [name = '', ...args] = process.argv.slice(2)
const verb = VERBS.find((candidate) => candidate.name === name)
if (verb === undefined) {
  const asked = name === '' || name === 'help' || name === '--help' || name === '-h'
  if (asked) process.stdout.write(`${usage(VERBS)}\n`)
  else say(`There is no command "${name}".\n\n${usage(VERBS)}`)
  process.exitCode = asked ? 0 : 2
} else if (args.includes('--help') || args.includes('-h')) {
  // What was asked for is the output, and can be piped.
  process.stdout.write(`${verb.help}\n`)
} else {
  process.exitCode = await verb.run(args)
}
