/** Processor time of other processes, from Linux's /proc: what work costs, whatever else the machine does meanwhile. */
import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts processor time for programs in hundredths of a second, on every machine that we run on (`getconf CLK_TCK`). */
const TICKS_PER_SECOND = 100

type Process = { parent: number; ticks: number; ticksOfEnded: number }

/**
 * Seconds used by a process, its children that live and those that have ended. Differences of two readings count, and only while the same
 * children live; null where there is no /proc.
 */
export function processSeconds(pid: number): number | null {
  const own = readProcess(pid)
  if (own === null) return null
  let ticks = own.ticks + own.ticksOfEnded
  for (const name of readdirSync('/proc')) {
    const child = /^\d+$/.test(name) ? readProcess(Number(name)) : null
    if (child?.parent === pid) ticks += child.ticks + child.ticksOfEnded
  }
  return ticks / TICKS_PER_SECOND
}

/** The process that started `pid`; null as above. */
export function parentOf(pid: number): number | null {
  return readProcess(pid)?.parent ?? null
}

/** proc_pid_stat(5): the fields after the name in parentheses, which may hold blanks. */
function readProcess(pid: number): Process | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const number = (field: number): number => Number(fields[field - 3])
    return { parent: number(4), ticks: number(14) + number(15), ticksOfEnded: number(16) + number(17) }
  } catch {
    return null
  }
}
