/** The log: JSON lines on standard error. Personal data never goes in; log ids and counts. */
import pino from 'pino'

export type Log = pino.Logger

export function openLog(level: 'info' | 'warn' | 'silent' = 'info'): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2))
}
