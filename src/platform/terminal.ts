/** The terminal: progress of long work and plain lines. Everything goes to standard error, so that `--json` output stays alone on standard output. */

export type Progress = { (done: number, total: number): void }

const BAR_WIDTH = 24
const REDRAW_MS = 100
// Work that is done sooner than this is said in one line, without a bar.
const QUIET_MS = 400

/**
 * Runs `work` under a heading. A bar appears when it takes longer than a moment; when it is done the line says what came of it.
 * On something that is not a terminal only the closing line is printed.
 */
export async function step<T>(heading: string, work: (progress: Progress) => Promise<T>, closing: (value: T) => string): Promise<T> {
  const started = performance.now()
  let drawn = 0
  const tty = process.stderr.isTTY
  function progress(done: number, total: number): void {
    const now = performance.now()
    if (!tty || now - started < QUIET_MS || now - drawn < REDRAW_MS) return
    drawn = now
    process.stderr.write(`\r\u001b[2K  ${heading.padEnd(24)} ${bar(done, total)}`)
  }
  if (tty) process.stderr.write(`\r\u001b[2K  ${heading} …`)
  const value = await work(progress)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  process.stderr.write(`${tty ? '\r\u001b[2K' : ''}  ${heading.padEnd(24)} ${closing(value)} (${seconds} s)\n`)
  return value
}

function bar(done: number, total: number): string {
  const share = total > 0 ? Math.min(1, done / total) : 0
  const filled = Math.round(share * BAR_WIDTH)
  return `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)} ${Math.floor(share * 100)} %  ${count(done)} of ${count(total)}`
}

/** 1234567 → "1,234,567". */
export function count(value: number): string {
  return value.toLocaleString('en-US')
}

export function say(line: string): void {
  process.stderr.write(`${line}\n`)
}
