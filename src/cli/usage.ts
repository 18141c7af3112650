/** A command of the `tocsin` program. `run` gets the words after its name and answers with the exit code: 0 done, 1 it failed, 2 wrong usage. */
export type Verb = { name: string; summary: string; help: string; run: (args: string[]) => Promise<number> }

export function usage(verbs: readonly Verb[]): string {
  const width = Math.max(...verbs.map((verb) => verb.name.length))
  const lines = verbs.map((verb) => `  ${verb.name.padEnd(width)}  ${verb.summary}`)
  return ['tocsin: from the authority’s notice to the last buyer’s remedy', '', 'Usage: npx tocsin COMMAND [--help]', '', ...lines].join(
    '\n',
  )
}
