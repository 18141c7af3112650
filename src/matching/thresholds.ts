/** Where the lines between the answers lie, by how dangerous the recall is; settings. Pure. */
import { SEVERITIES, type Severity } from '../recalls/index.ts'
import { fail, ok, type Result } from '../platform/result.ts'
import { THRESHOLDS, type Thresholds } from './weights.ts'

/** Lines in bits for each severity. */
export type SeverityThresholds = Record<Severity, Thresholds>

/** Lines that a file or a row changes; the others stay. */
export type ThresholdChange = Partial<Record<Severity, Partial<Thresholds>>>

/**
 * What kills or maims comes before a person on less evidence; what can hardly hurt has to be likelier before it is anybody's work, and surer
 * before a listing is stopped without a person.
 */
export const SEVERITY_THRESHOLDS: SeverityThresholds = {
  serious: { ...THRESHOLDS, unstated: -2.8 },
  high: THRESHOLDS,
  medium: { ...THRESHOLDS, possibly: 0, auto: 3.5, unstated: -1.5, unit: -0.5 },
  low: { ...THRESHOLDS, affected: 1, possibly: 0.5, auto: 4, unstated: -0.5, unit: 0.5 },
}

/** The lines of a severity as a text; those of a danger that nobody classified are the high ones. */
export function linesFor(severity: string, thresholds: SeverityThresholds = SEVERITY_THRESHOLDS): Thresholds {
  return isSeverity(severity) ? thresholds[severity] : thresholds.high
}

const LINES = Object.keys(THRESHOLDS) as (keyof Thresholds)[]
/** Beyond this no sum of the weights lies. */
const BITS_MAX = 60

/** The settings with a change laid over them; what is wrong is named by severity and line. */
export function changedThresholds(before: SeverityThresholds, change: unknown): Result<SeverityThresholds> {
  if (!isObject(change)) return fail('invalid', 'Thresholds are an object by severity.', 'thresholds')
  const after: SeverityThresholds = { ...before }
  for (const [severity, lines] of Object.entries(change)) {
    if (!isSeverity(severity))
      return fail('invalid', `${severity.slice(0, 40)} is no severity; they are ${SEVERITIES.join(', ')}.`, 'thresholds')
    if (!isObject(lines)) return fail('invalid', `The lines of ${severity} are an object.`, `thresholds.${severity}`)
    const changed: Thresholds = { ...after[severity] }
    for (const [line, bits] of Object.entries(lines)) {
      const field = `thresholds.${severity}.${line.slice(0, 40)}`
      const name = LINES.find((each) => each === line)
      if (name === undefined) return fail('invalid', `There is no such line; they are ${LINES.join(', ')}.`, field)
      if (typeof bits !== 'number' || !(Math.abs(bits) <= BITS_MAX))
        return fail('invalid', `must be bits between -${BITS_MAX} and ${BITS_MAX}`, field)
      changed[name] = bits
    }
    if (!(changed.possibly <= changed.affected && changed.affected <= changed.auto))
      return fail('invalid', 'possibly, affected and auto must rise in this order.', `thresholds.${severity}`)
    after[severity] = changed
  }
  return ok(after)
}

function isSeverity(text: string): text is Severity {
  return (SEVERITIES as readonly string[]).includes(text)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
