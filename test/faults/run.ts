/** `npm run faults [-- --json --seed N --notices N --drill NAME]`: does every drill, prints the counts, and fails where a promise was broken. */
import { parseArgs } from 'node:util'
import pg from 'pg'
import { openDatabase } from '../../src/platform/db.ts'
import { startTestServer } from '../database.ts'
import { DRILLS, isHeld, type DrillResult } from './drills.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    notices: { type: 'string', default: '5000' },
    drill: { type: 'string' },
  },
})

// What the drills prove must hold on a database that flushes, so this one does.
const server = await startTestServer({ fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on', shared_buffers: '128MB' })
const results: DrillResult[] = []
try {
  for (const drill of DRILLS) {
    if (values.drill !== undefined && !drill.name.includes(values.drill)) continue
    const url = await cloned(server.url, results.length)
    const database = openDatabase(url)
    try {
      const result = await drill.run({ database, notices: Number(values.notices), seed: Number(values.seed) })
      results.push(result)
      if (!values.json) process.stdout.write(`${line(result)}\n`)
    } finally {
      await database.close()
    }
  }
} finally {
  await server.stop()
}
if (values.json) process.stdout.write(`${JSON.stringify({ drills: results })}\n`)
if (results.length === 0) process.stderr.write(`There is no such drill. Drills: ${DRILLS.map((drill) => drill.name).join('; ')}.\n`)
process.exitCode = results.length > 0 && results.every(isHeld) ? 0 : 1

async function cloned(serverUrl: string, no: number): Promise<string> {
  const url = new URL(serverUrl)
  url.pathname = '/postgres'
  const client = new pg.Client({ connectionString: url.toString() })
  await client.connect()
  await client.query(`create database drill_${no} template tocsin_template`)
  await client.end()
  url.pathname = `/drill_${no}`
  return url.toString()
}

function line(result: DrillResult): string {
  const broken = Object.entries(result.invariants).flatMap(([name, holds]) => (holds ? [] : [name]))
  return (
    `${isHeld(result) ? 'held  ' : 'BROKEN'}  ${result.name}: ${result.notices} notices, ${result.delivered} delivered, ${result.refused} refused, ` +
    `${result.waiting} waiting; lost ${result.lost}, doubled ${result.doubled} (at most ${result.in_flight_max})` +
    (broken.length === 0 ? '' : `; broken: ${broken.join(', ')}`)
  )
}
