/** The `tocsin` command: finds the verb, hands over the rest. Each verb is a file in `cli/`. */
import { VERBS } from './cli/verbs.ts'
import { usage } from './cli/usage.ts'
import { say } from './platform/terminal.ts'

const [name = '', ...args] = process.argv.slice(2)
const verb = VERBS.find((candidate) => candidate.name === name)
if (verb === undefined) {
  const asked = name === '' || name === 'help' || name === '--help' || name === '-h'
  if (!asked) say(`There is no command "${name}".\n`)
  say(usage(VERBS))
  process.exitCode = asked ? 0 : 2
} else if (args.includes('--help') || args.includes('-h')) {
  say(verb.help)
} else {
  process.exitCode = await verb.run(args)
}
