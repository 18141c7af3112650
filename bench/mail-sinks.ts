/** The mail server that the benchmarks send to: Postfix's `smtp-sink`, or one of Node's (`mail-sink.ts`) where it is not installed. */
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export type Sink = { port: number; pid: number; kind: 'smtp-sink' | 'node'; stop: () => void }

export async function startSink(): Promise<Sink> {
  const port = await freePort()
  const postfix = '/usr/sbin/smtp-sink'
  const kind = existsSync(postfix) ? 'smtp-sink' : 'node'
  const child: ChildProcess =
    kind === 'smtp-sink'
      ? spawn(postfix, [...(process.getuid?.() === 0 ? ['-u', 'nobody'] : []), `127.0.0.1:${port}`, '1000'], { stdio: 'ignore' })
      : spawn(process.execPath, [new URL('./mail-sink.ts', import.meta.url).pathname, String(port)], { stdio: 'ignore' })
  for (let tries = 0; !(await answers(port)); tries++) {
    if (tries === 100) throw new Error('The mail sink does not come up.')
    await sleep(50)
  }
  return { port, pid: child.pid!, kind, stop: () => child.kill('SIGKILL') }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('data', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
