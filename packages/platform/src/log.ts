import { createRequire } from 'node:module'
import pino, { type Logger } from 'pino'
import type Pretty from 'pino-pretty'
import type { Config } from './config.ts'
import { spanFields } from './traces/spans.ts'

export type Log = Logger

/** The service's log: JSON lines, or readable lines on a terminal. Keys and passwords never reach it. */
export function openLog(config: Pick<Config, 'LOG_LEVEL' | 'LOG_FORMAT'>, service: string): Log {
  const readable = config.LOG_FORMAT === 'pretty' || (config.LOG_FORMAT === 'auto' && process.stdout.isTTY)
  const options = {
    level: config.LOG_LEVEL,
    base: { service },
    mixin: spanFields,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: {
      paths: ['*.authorization', '*.password', '*.secret', 'req.headers.authorization'],
      censor: '(hidden)',
    },
  }
  if (!readable) return pino(options)
  // Loaded only for people: programs that read the log need neither its memory nor its time to load.
  const pretty: typeof Pretty = createRequire(import.meta.url)('pino-pretty')
  return pino(
    options,
    pretty({
      sync: true,
      singleLine: true,
      ignore: 'pid,hostname,service',
      translateTime: 'SYS:HH:MM:ss',
      messageFormat: '{msg}',
    }),
  )
}
