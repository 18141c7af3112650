/** A file with one message, or a mailbox file with many (RFC 4155). Pure. */

/** The messages of a file. A mailbox file is one whose first line is a `From ` line; quoted ones inside messages are left to readers. */
export function splitMailbox(file: Buffer): Buffer[] {
  if (!/^From \S+.*\d{4}\s*$/m.test(file.subarray(0, 300).toString('latin1').split('\n')[0] ?? '')) return [file]
  const messages: Buffer[] = []
  let start = 0
  for (let at = next(file, 0); at !== -1; at = next(file, at + 1)) {
    messages.push(file.subarray(start, at))
    start = at
  }
  messages.push(file.subarray(start))
  return messages
}

/** Where the next message begins: a `From ` line with a year at its end behind an empty line. */
function next(file: Buffer, from: number): number {
  for (let at = file.indexOf('\nFrom ', from); at !== -1; at = file.indexOf('\nFrom ', at + 1)) {
    const emptyBefore = file[at - 1] === 10 || (file[at - 1] === 13 && file[at - 2] === 10)
    const end = file.indexOf(10, at + 1)
    const line = file.subarray(at + 1, end === -1 ? file.length : Math.min(end, at + 300)).toString('latin1')
    if (emptyBefore && /^From \S+ .*\d{1,2}:\d\d.*\d{4}\s*$/.test(line)) return at + 1
  }
  return -1
}
