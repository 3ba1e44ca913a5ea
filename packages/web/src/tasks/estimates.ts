import { effect, signal } from '@preact/signals'
import { ask } from '../api/ask.ts'
import { Estimate, type Level, levels } from '../api/task.ts'
import type { Entry } from '../queue/entry.ts'
import { openOnes } from '../queue/queue.ts'

/** What each level would make of a file, by the id of its entry; `none` where the service cannot say. */
export const estimates = signal<ReadonlyMap<string, Estimate | 'none'>>(new Map())

/** Beyond so many files the sum is told of the first ones. */
const mostFiles = 40

let isAsking = false

/** Asks for the estimate of each uploaded PDF, one after the other: they take the service's own time. */
export function followEstimates(): () => void {
  return effect(() => {
    const next = dueEstimate(openOnes.value, estimates.value)
    if (next && !isAsking) void askFor(next)
  })
}

/** The next file to be asked about. */
export function dueEstimate(
  entries: readonly Entry[],
  known: ReadonlyMap<string, unknown>,
): Entry | undefined {
  return entries
    .slice(0, mostFiles)
    .find(
      ({ id, way, contentType }) =>
        way.kind === 'sent' && contentType === 'application/pdf' && !known.has(id),
    )
}

async function askFor({ id, way }: Entry): Promise<void> {
  if (way.kind !== 'sent') return
  isAsking = true
  const json = { input: { upload: way.uploadId } }
  const found = await ask('/api/estimate', Estimate, { method: 'POST', json }).catch(() => 'none' as const)
  isAsking = false
  estimates.value = new Map([...estimates.peek(), [id, found]])
}

/** What files are expected to become at a level, bytes; `of` are those that an estimate is known of. */
export type Expected = { before: number; bytes: number; least: number; most: number; of: number }

/** The sums of what is known. */
export function expectedAt(
  level: Level,
  entries: readonly Entry[],
  known: ReadonlyMap<string, Estimate | 'none'>,
): Expected {
  const sum: Expected = { before: 0, bytes: 0, least: 0, most: 0, of: 0 }
  for (const { id } of entries) {
    const found = known.get(id)
    if (!found || found === 'none') continue
    const { bytes, least, most } = found.levels[level]
    sum.before += found.bytes
    sum.bytes += bytes
    sum.least += least
    sum.most += most
    sum.of += 1
  }
  return sum
}

export const isLevel = (value: string): value is Level => levels.some((level) => level === value)
