/** The browser of the browser tests: an installed Chromium, or one brought by what this machine can reach. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { chromium } from 'playwright-core'
import { fail, ok, type Result } from '../src/platform/result.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** The path of a Chromium, installing one as a last resort: Debian's as root, else Playwright's own. */
export function findChromium(): Result<string> {
  const installed = installedChromium()
  if (installed !== null) return ok(installed)
  process.stderr.write('No Chromium here; bringing one for the browser tests …\n')
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore' })
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      stdio: 'ignore',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  }
  if (installedChromium() === null) {
    const cli = path.join(import.meta.dirname, '../node_modules/playwright-core/cli.js')
    spawnSync(process.execPath, [cli, 'install', 'chromium-headless-shell'], { stdio: 'ignore', timeout: 300_000 })
  }
  const brought = installedChromium()
  return brought === null
    ? fail('unavailable', 'The browser tests need Chromium: install it (Debian: apt-get install chromium) and run npm test again.')
    : ok(brought)
}

function installedChromium(): string | null {
  for (const folder of (process.env['PATH'] ?? '').split(path.delimiter)) {
    for (const name of NAMES) {
      const file = path.join(folder, name)
      if (existsSync(file)) return file
    }
  }
  const own = chromium.executablePath()
  return existsSync(own) ? own : null
}
