/** Reading messages that came back. */
import { readFile } from 'node:fs/promises'
import { readBounce, splitMailbox } from '../outreach/index.ts'
import { say } from '../platform/terminal.ts'
import { readArgs } from './shared.ts'
import type { Verb } from './usage.ts'

const HELP = `npx tocsin bounce parse FILE…: what messages that came back say, one line of JSON each, without a database

A FILE is one message as it came (.eml) or a mailbox file with many. Every message gets a line:
  {"file","recipient","status","kind","diagnostic"}
kind is hard (this address will not work), soft (it may later), complaint, autoreply, or none (no failure at all).

  npx tocsin bounce parse returned/*.eml
  npx tocsin bounce parse /var/mail/bounces > bounces.jsonl`

export const bounce: Verb = {
  name: 'bounce',
  summary: 'read messages that came back, offline',
  help: HELP,
  run: async (args) => {
    const read = readArgs(args, {}, HELP)
    if (read === null) return 2
    const [what, ...files] = read.positionals
    if (what !== 'parse' || files.length === 0) {
      say(
        `${what === undefined ? 'What is to be done?' : what !== 'parse' ? `"${what}" is not something to do.` : 'Which file?'}\n\n${HELP}`,
      )
      return 2
    }
    let clean = true
    for (const file of files) {
      const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => error)
      if (!Buffer.isBuffer(bytes)) {
        say(`${file}: not read: ${bytes.code === 'ENOENT' ? 'there is no such file' : (bytes.code ?? bytes.message)}`)
        clean = false
        continue
      }
      for (const message of splitMailbox(bytes)) process.stdout.write(`${JSON.stringify({ file, ...readBounce(message) })}\n`)
    }
    return clean ? 0 : 1
  },
}
