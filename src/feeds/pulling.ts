/** What pulling needs in the product: real patience, real pauses, and no trust in any private address. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/db.ts'
import type { Bodies } from './bodies.ts'
import { LIMITS } from './fetch.ts'
import type { PullDeps } from './pull.ts'

/** `baseUrl` tells the agencies who asks. */
export function pulling(parts: { database: Database; bodies: Bodies; clock: Clock; baseUrl: string }): PullDeps {
  const { database, bodies, clock, baseUrl } = parts
  return {
    database,
    bodies,
    clock,
    limits: LIMITS,
    // Some agencies refuse clients that do not begin like a browser; the rest says who it is.
    userAgent: `Mozilla/5.0 (compatible; Tocsin/0.1; +${baseUrl})`,
    trustedOrigin: null,
    pause: (ms, signal) => wait(ms, undefined, { signal }),
  }
}
