/** Messages that came back: read offline, or taken into the ledger. */
import { readFile } from 'node:fs/promises'
import { readBounce, readReturn, splitMailbox, takeReturns, type TakenCounts } from '../outreach/index.ts'
import { say } from '../platform/terminal.ts'
import { readArgs, withRuntime } from './shared.ts'
import type { Verb } from './usage.ts'

const HELP = `npx tocsin bounce parse|take FILE…: messages that came back

A FILE is one message as it came (.eml) or a mailbox file with many.

  npx tocsin bounce parse returned/*.eml       what each says, without a database: one line of JSON per message,
                                               {"file","recipient","status","kind","diagnostic"}; kind is hard (this address will not work),
                                               soft (it may later), complaint, autoreply, or none (no failure at all)
  npx tocsin bounce take /var/mail/bounces     writes what came back beside the delivery it is about; a notice that nothing else brought is
                                               pending again, and its next channel is due. Taking a file in twice changes nothing.`

export const bounce: Verb = {
  name: 'bounce',
  summary: 'read messages that came back, or take them into the ledger',
  help: HELP,
  run: async (args) => {
    const read = readArgs(args, {}, HELP)
    if (read === null) return 2
    const [what, ...files] = read.positionals
    if ((what !== 'parse' && what !== 'take') || files.length === 0) {
      const known = what === undefined || what === 'parse' || what === 'take'
      say(`${what === undefined ? 'What is to be done?' : known ? 'Which file?' : `"${what}" is not something to do.`}\n\n${HELP}`)
      return 2
    }
    return what === 'parse' ? parse(files) : take(files)
  },
}

async function parse(files: readonly string[]): Promise<number> {
  return eachFile(files, async (file, messages) => {
    for (const message of messages) process.stdout.write(`${JSON.stringify({ file, ...readBounce(message) })}\n`)
  })
}

function take(files: readonly string[]): Promise<number> {
  return withRuntime(({ deps }) =>
    eachFile(files, async (file, messages) => {
      const returns = messages.map((message) => readReturn(deps.linkKey, message))
      const { counts } = await takeReturns(deps.database, returns, { way: 'file', at: deps.clock() })
      say(`${file}: ${takenText(messages.length, counts)}`)
    }),
  )
}

function takenText(messages: number, { taken, again, undone, unmatched, ignored, early }: TakenCounts): string {
  const parts = [
    `${taken} taken in`,
    ...(again > 0 ? [`${again} taken in before`] : []),
    ...(unmatched > 0 ? [`${unmatched} about no delivery known here`] : []),
    ...(ignored > 0 ? [`${ignored} no returned message`] : []),
    ...(early > 0 ? [`${early} about a message that is still being sent: take the file in again later`] : []),
  ]
  return `${messages} ${messages === 1 ? 'message' : 'messages'}: ${parts.join(', ')}. ${undone} ${undone === 1 ? 'notice is' : 'notices are'} pending again.`
}

/** Does the work for each file that can be read; exit code 1 where one cannot. */
async function eachFile(files: readonly string[], work: (file: string, messages: Buffer[]) => Promise<void>): Promise<number> {
  let clean = true
  for (const file of files) {
    const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => error)
    if (!Buffer.isBuffer(bytes)) {
      say(`${file}: not read: ${bytes.code === 'ENOENT' ? 'there is no such file' : (bytes.code ?? bytes.message)}`)
      clean = false
      continue
    }
    await work(file, splitMailbox(bytes))
  }
  return clean ? 0 : 1
}
