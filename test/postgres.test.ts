/** The embedded PostgreSQL comes and goes with the process that owns it, however that process ends. */
import { after, test } from 'node:test'
import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { removeCluster } from '../src/platform/postgres.ts'

const home = await mkdtemp(path.join(tmpdir(), 'tocsin-test-'))
await chmod(home, 0o755)
after(async () => {
  await removeCluster(home)
  await rm(home, { recursive: true, force: true })
})

const owner = path.join(import.meta.dirname, 'postgres-owner.ts')

/** A process that starts or joins the server and then waits for a signal. It prints whether it owns the server, and the server's process id. */
async function start(): Promise<{ process: ChildProcess; owns: boolean; server: number }> {
  const child = spawn(process.execPath, [owner, home], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer]
  const said = JSON.parse(chunk.toString()) as { owns: boolean }
  const pidFile = await readFile(path.join(home, 'postgres', 'postmaster.pid'), 'utf8')
  return { process: child, owns: said.owns, server: Number(pidFile.split('\n')[0]) }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function gone(pid: number): Promise<void> {
  for (let tries = 0; isAlive(pid); tries++) {
    assert.ok(tries < 200, `server ${pid} is still there`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

test('a second process joins the server and leaves it running; the owner’s end is the server’s end', async () => {
  const first = await start()
  const second = await start()
  assert.deepEqual([first.owns, second.owns, second.server], [true, false, first.server])
  second.process.kill('SIGTERM')
  await once(second.process, 'exit')
  assert.ok(isAlive(first.server))
  first.process.kill('SIGINT')
  await once(first.process, 'exit')
  await gone(first.server)
})

test('a server whose owner was killed is taken over by the next process, and ends with it', async () => {
  const first = await start()
  first.process.kill('SIGKILL')
  await once(first.process, 'exit')
  const next = await start()
  assert.deepEqual([next.owns, next.server], [true, first.server])
  next.process.kill('SIGTERM')
  await once(next.process, 'exit')
  await gone(first.server)
})
