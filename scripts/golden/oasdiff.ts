import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'

const docs = path.resolve(import.meta.dirname, '../../docs/api')
/** New tasks and types of events are new alternatives of jobs and events; clients pass over what they do not know. */
const severities = path.join(import.meta.dirname, 'oasdiff.severity')

/** The HTTP API as the last release had it. */
export const released = path.join(docs, 'openapi.released.json')
/** The HTTP API as it is. */
export const current = path.join(docs, 'openapi.json')

/** oasdiff ends so where it finds a break. */
const Found = z.object({ code: z.literal(1), stdout: z.string().min(1) })

/**
 * What of an API breaks the clients of an earlier one, one line each.
 * @param oasdiff the program
 * @throws Error where it cannot compare them
 */
export async function apiBreaks(oasdiff: string, before: string, now: string): Promise<string[]> {
  const options = ['--fail-on', 'ERR', '--format', 'singleline', '--severity-levels', severities]
  try {
    await promisify(execFile)(oasdiff, ['breaking', before, now, ...options], { maxBuffer: 64 * 1024 * 1024 })
    return []
  } catch (error) {
    const found = Found.safeParse(error)
    if (!found.success) throw error
    return found.data.stdout.split('\n').filter((line) => line.startsWith('error'))
  }
}
