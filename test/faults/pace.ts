/** How the drills send: small blocks and short leases, so that little sending shows much of both. */
import type { Pace } from '../../src/outreach/index.ts'

export const DRILL_CONNECTIONS = 4
export const DRILL_PACE: Partial<Pace> = {
  blockSize: 20,
  lanes: 2,
  sendsAtOnce: 8,
  leaseSeconds: 2,
  pausesSeconds: [0, 0, 0],
  sendSecondsMax: 10,
}

/** Messages that one worker has on the way at most: what a kill can send twice. */
export const IN_FLIGHT_MAX = DRILL_PACE.blockSize! * DRILL_PACE.lanes!
