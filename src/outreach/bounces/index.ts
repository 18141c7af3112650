/** Messages that came back, read. */
export { readBounce, type BounceReport } from './report.ts'
export type { BounceKind } from './status.ts'
export { splitMailbox } from './mailbox-file.ts'
