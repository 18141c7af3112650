/** The notice linter: what no notice may be sent without, and what in none. */
export { findingText, lintBrief, lintNotice, lintTold, noticesMayGo } from './lint.ts'
export type { Finding } from './lint.ts'
