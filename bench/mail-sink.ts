/** A mail server that takes everything and keeps nothing, where Postfix's `smtp-sink` is not installed. Its port is its argument. */
import { createServer, type Socket } from 'node:net'

function serve(socket: Socket): void {
  let rest = ''
  let inText = false
  socket.setNoDelay(true)
  socket.setEncoding('latin1')
  socket.on('error', () => {})
  socket.write('220 sink ESMTP\r\n')
  socket.on('data', (chunk: string) => {
    rest += chunk
    let said = ''
    for (;;) {
      const end = rest.indexOf(inText ? '\r\n.\r\n' : '\r\n')
      if (end === -1) break
      const line = inText ? '' : rest.slice(0, end).toUpperCase()
      rest = rest.slice(end + (inText ? 5 : 2))
      if (inText) said += '250 taken\r\n'
      else if (line === 'DATA') said += '354 go on\r\n'
      else if (line.startsWith('EHLO')) said += '250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n'
      else if (line === 'QUIT') said += '221 bye\r\n'
      else said += '250 ok\r\n'
      inText = line === 'DATA'
    }
    if (said !== '') socket.write(said)
  })
}

createServer(serve).listen(Number(process.argv[2]), '127.0.0.1')
