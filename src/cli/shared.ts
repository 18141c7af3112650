/** What several commands do the same way. */
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import { openRuntime, type Runtime } from '../main.ts'
import { readConfig, type Config } from '../platform/config.ts'
import { say } from '../platform/terminal.ts'
import { AGENCIES, findRecall } from '../recalls/index.ts'

/** The settings, or exit code 2 after saying which cannot be used. */
export function configOrSay(): Config | null {
  const config = readConfig(process.env)
  if (config.ok) return config.value
  say(config.problem.message)
  return null
}

/** Opens everything, runs the work, closes everything, whatever happens. */
export async function withRuntime(work: (runtime: Runtime) => Promise<number>): Promise<number> {
  const config = configOrSay()
  if (config === null) return 2
  const runtime = await openRuntime(config, { quiet: true })
  try {
    return await work(runtime)
  } finally {
    await runtime.close()
  }
}

/** The flags and words of a command line; an unknown flag is said with the command's help. */
export function readArgs<T extends ParseArgsOptionsConfig>(args: string[], options: T, help: string) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true })
  } catch (error) {
    say(`${(error as Error).message}\n\n${help}`)
    return null
  }
}

let waiting = false

/** Whether a command waits for the signal that ends it, and so will end in order by itself. */
export function isWaitedFor(): boolean {
  return waiting
}

/** Resolves on Ctrl-C or a polite kill; a second one ends the process at once. */
export function stopAsked(): Promise<void> {
  waiting = true
  return new Promise((resolve) => {
    let asked = false
    function ask(): void {
      if (asked) process.exit(130)
      asked = true
      resolve()
    }
    process.on('SIGINT', ask)
    process.on('SIGTERM', ask)
    process.on('SIGHUP', ask)
  })
}

/** `CPSC-23774`, or the number of any agency's recall. */
export async function recallNamed({ deps }: Runtime, text: string): Promise<string | null> {
  const [agency, ...rest] = text.split('-')
  const named = AGENCIES.find((known) => known.toLowerCase() === agency!.toLowerCase())
  for (const candidate of named === undefined ? AGENCIES : [named]) {
    const found = await findRecall(deps.database.db, candidate, named === undefined ? text : rest.join('-'))
    if (found !== null) return found.recallId
  }
  return null
}
