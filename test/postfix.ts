/**
 * A Postfix of the test's own: Debian's program with a configuration, a queue and a port below a temporary folder. It takes mail for everybody,
 * discards what it can deliver, refuses some recipients for good, and returns what it refused to a listener, as a relay does.
 */
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export type Postfix = { url: string; log: () => string; stop: () => Promise<void> }

const PROGRAM = '/usr/sbin/postfix'

/** Whether Postfix is here; as root on Debian it is brought. Null, or why not. */
export function postfixMissing(): string | null {
  if (process.getuid?.() !== 0)
    return existsSync(PROGRAM) ? 'Postfix is started by root only' : 'Postfix is not installed (Debian: apt-get install postfix)'
  if (!existsSync(PROGRAM) && existsSync('/usr/bin/apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore' })
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'postfix'], { stdio: 'ignore', env })
  }
  return existsSync(PROGRAM) ? null : 'Postfix is not installed (Debian: apt-get install postfix)'
}

/** `returnsTo` is the port of the listener for returned mail; `sender` the address that mail is returned to. */
export async function startPostfix(order: { sender: string; returnsTo: number; transports: readonly string[] }): Promise<Postfix> {
  const home = mkdtempSync(path.join(tmpdir(), 'tocsin-postfix-'))
  chmodSync(home, 0o755)
  const port = await freePort()
  const config = path.join(home, 'etc')
  const log = path.join(home, 'mail.log')
  for (const folder of ['etc', 'queue', 'data']) mkdirSync(path.join(home, folder), { mode: 0o755 })
  const postfixUser = Number(spawnSync('id', ['-u', 'postfix'], { encoding: 'utf8' }).stdout)
  chownSync(path.join(home, 'data'), postfixUser, 0)
  const escaped = order.sender.replaceAll('.', '\\.')
  writeFileSync(
    path.join(config, 'transport'),
    `/^${escaped}$/ smtp:[127.0.0.1]:${order.returnsTo}\n${order.transports.join('\n')}\n/./ discard:\n`,
  )
  writeFileSync(path.join(config, 'main.cf'), mainConfig(home, log))
  // Every service without a root of its own; its smtp service listens on our port of loopback.
  const services = readFileSync('/usr/share/postfix/master.cf.dist', 'utf8')
    .replaceAll(/^(\S+\s+(?:inet|unix|fifo|unix-dgram)\s+\S+\s+\S+\s+)[y-](\s)/gm, '$1n$2')
    .replace(/^smtp(\s+inet)/m, `127.0.0.1:${port}$1`)
  writeFileSync(path.join(config, 'master.cf'), services)
  const master = spawn(PROGRAM, ['-c', config, 'start-fg'], { stdio: 'ignore' })
  async function stop(): Promise<void> {
    spawnSync(PROGRAM, ['-c', config, 'stop'], { stdio: 'ignore' })
    if (master.exitCode === null) await once(master, 'exit')
    rmSync(home, { recursive: true, force: true })
  }
  for (let tries = 0; !(await greets(port)); tries++) {
    if (tries > 100 || master.exitCode !== null) {
      const said = existsSync(log) ? readFileSync(log, 'utf8') : 'no log'
      await stop()
      throw new Error(`Postfix does not come up: ${said.slice(-2_000)}`)
    }
    await sleep(100)
  }
  return { url: `smtp://127.0.0.1:${port}`, log: () => readFileSync(log, 'utf8'), stop }
}

function mainConfig(home: string, log: string): string {
  return `compatibility_level = 3.6
queue_directory = ${home}/queue
data_directory = ${home}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file_prefixes = ${home}
maillog_file = ${log}
myhostname = relay.example
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = loopback-only
inet_protocols = ipv4
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_peername_lookup = no
smtp_dns_support_level = disabled
alias_maps =
alias_database =
transport_maps = regexp:${home}/etc/transport
smtp_destination_concurrency_limit = 5
`
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('data', () => {
      socket.end('QUIT\r\n')
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
