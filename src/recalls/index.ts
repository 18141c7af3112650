/** The face of the room `recalls`: what agencies say, and the rule that tells which order lines it concerns. */
export * from './recall.ts'
export { ANSWERS, answerByRule, lineAnswer, lineRule, saleWindow } from './scope.ts'
export type { Answer, LineRule, LineScope, SaleWindow, ScopeLine } from './scope.ts'
export { scopeCondition, windowCondition } from './scope-sql.ts'
export { contentHash } from './content.ts'
export { currentRecall, findRecall, recallsForScreening, recordRevisions } from './queries.ts'
export type { CurrentRecall, NewRevision, RevisionCounts } from './queries.ts'
export { checkDigit, isGtin } from './gtin.ts'
