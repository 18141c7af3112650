/** A relay on loopback that speaks just enough SMTP, and misbehaves as a test tells it. It counts what it was given, not what it said. */
import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'

/** What is answered to one command or text; null: nothing, and nothing ever after. Text without a code is sent as it is. */
export type Answer = string | null | { answer: string; andClose: true } | 'close'

export type Script = {
  /** Told how many connections are open with this one. */
  greeting?: string | null | ((open: number) => Answer)
  ehlo?: string
  mail?: (connection: number, line: string) => Answer
  rcpt?: (to: string, connection: number) => Answer
  data?: (to: string, connection: number) => Answer
  text?: (to: string, connection: number) => Answer
  /** Answers byte by byte. */
  drip?: boolean
}

export type ScriptedRelay = {
  port: number
  /** Texts that came to their end, by recipient; '' where every recipient had been refused. */
  texts: { to: string; text: string }[]
  connections: () => number
  close: () => Promise<void>
}

export async function startScriptedRelay(script: Script): Promise<ScriptedRelay> {
  const texts: ScriptedRelay['texts'] = []
  const sockets = new Set<Socket>()
  let connections = 0
  const server = createServer((socket) => {
    const connection = ++connections
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    socket.setNoDelay(true)
    serve(socket, { connection, open: sockets.size }, script, texts)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    texts,
    connections: () => connections,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}

function serve(
  socket: Socket,
  { connection, open }: { connection: number; open: number },
  script: Script,
  texts: ScriptedRelay['texts'],
): void {
  let rest = ''
  let to = ''
  let inText = false
  let silent = false
  function say(answer: Answer): void {
    silent ||= answer === null
    if (silent || answer === null) return
    if (answer === 'close') return void socket.destroy()
    const said = `${typeof answer === 'string' ? answer : answer.answer}\r\n`
    if (script.drip === true) for (const byte of said) socket.write(byte)
    else socket.write(said)
    if (typeof answer !== 'string') socket.end()
  }
  say(script.greeting === undefined ? '220 relay' : typeof script.greeting === 'function' ? script.greeting(open) : script.greeting)
  socket.setEncoding('latin1')
  socket.on('data', (chunk: string) => {
    rest += chunk
    while (!silent) {
      if (inText) {
        const end = rest.startsWith('.\r\n') ? 0 : rest.indexOf('\r\n.\r\n')
        if (end === -1) return
        texts.push({ to, text: rest.slice(0, end) })
        rest = rest.slice(end === 0 ? 3 : end + 5)
        inText = false
        say(script.text === undefined ? '250 taken' : script.text(to, connection))
        continue
      }
      const end = rest.indexOf('\r\n')
      if (end === -1) return
      const line = rest.slice(0, end)
      rest = rest.slice(end + 2)
      if (line.startsWith('EHLO')) say(script.ehlo ?? '250-relay\r\n250-8BITMIME\r\n250 PIPELINING')
      else if (line.startsWith('MAIL')) {
        to = ''
        say(script.mail === undefined ? '250 ok' : script.mail(connection, line))
      } else if (line.startsWith('RCPT')) {
        const asked = /<(.*)>/.exec(line)![1]!
        const answer = script.rcpt === undefined ? '250 ok' : script.rcpt(asked, connection)
        if (typeof answer === 'string' && answer.startsWith('2')) to = asked
        say(answer)
      } else if (line === 'DATA') {
        const answer = script.data === undefined ? '354 go on' : script.data(to, connection)
        inText = typeof answer === 'string' && answer.startsWith('354')
        say(answer)
      } else if (line === 'QUIT') say({ answer: '221 bye', andClose: true })
      else say('250 ok')
    }
  })
}
