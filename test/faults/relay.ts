/**
 * A relay for the drills: it announces PIPELINING, keeps who was given what, and treats each message as its plan says. Its record is the other
 * side's truth: what the database says was accepted must stand here.
 */
import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'

/** What happens to one message: taken; a code at RCPT; taken with the answer lost; a line that stalls, or closes, in the middle of DATA. */
export type Fate = 'take' | 421 | 450 | 550 | 'drop' | 'stall' | 'close'

export type Relay = {
  url: string
  /** Every text that came to its end, in order: recipient and Message-ID. */
  taken: { to: string; messageId: string }[]
  close: () => Promise<void>
}

/** `fateOf` is asked for each message with its number for that recipient, from 1; `onTaken` is told how many were taken. */
export async function startRelay(fateOf: (to: string, time: number) => Fate, onTaken: (count: number) => void = () => {}): Promise<Relay> {
  const taken: Relay['taken'] = []
  const times = new Map<string, number>()
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    socket.setNoDelay(true)
    socket.setEncoding('latin1')
    socket.write('220 relay ESMTP\r\n')
    converse(socket, (to) => {
      const time = (times.get(to) ?? 0) + 1
      times.set(to, time)
      return fateOf(to, time)
    }, (to, text) => {
      taken.push({ to, messageId: /^message-id:\s*(<[^>]+>)/im.exec(text)?.[1] ?? '' })
      onTaken(taken.length)
    }) // prettier-ignore
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}

function converse(socket: Socket, fateOf: (to: string) => Fate, keep: (to: string, text: string) => void): void {
  let rest = ''
  let to = ''
  let fate: Fate = 'take'
  let inText = false
  let dead = false
  function command(line: string): string {
    if (line.startsWith('EHLO')) return '250-relay\r\n250-PIPELINING\r\n250 8BITMIME\r\n'
    if (line.startsWith('RCPT')) {
      to = /<(.*)>/.exec(line)![1]!
      fate = fateOf(to)
      return typeof fate === 'number' ? `${fate} not <${to}> today\r\n` : '250 ok\r\n'
    }
    if (line === 'QUIT') return '221 bye\r\n'
    if (line !== 'DATA') return '250 ok\r\n'
    inText = typeof fate !== 'number'
    return inText ? '354 go on\r\n' : '503 no recipient\r\n'
  }
  function text(body: string): string {
    inText = false
    keep(to, body)
    if (fate === 'drop') dead = true
    return dead ? '' : '250 taken\r\n'
  }
  socket.on('data', (chunk: string) => {
    rest += chunk
    let answers = ''
    while (!dead) {
      if (inText && (fate === 'stall' || fate === 'close')) {
        // The text has begun to come; nothing of it is kept, and no answer ever follows.
        dead = true
        break
      }
      const end = rest.indexOf(inText ? '\r\n.\r\n' : '\r\n')
      if (end === -1) break
      const said = rest.slice(0, end)
      rest = rest.slice(end + (inText ? 5 : 2))
      answers += inText ? text(said) : command(said)
      if (answers.startsWith('421') || answers.includes('\r\n421')) {
        socket.end(answers)
        return
      }
    }
    // What was answered before reaches the client: only the answer that this fate keeps back is lost.
    const gone = dead && (fate === 'drop' || fate === 'close')
    if (answers !== '') socket.write(answers, () => gone && socket.destroy())
    else if (gone) socket.destroy()
  })
}
