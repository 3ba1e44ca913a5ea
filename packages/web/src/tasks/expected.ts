import { type Estimate, type Level, levels } from '../api/task.ts'
import type { Entry } from '../queue/entry.ts'

/** What is known of files, by the ids of their uploads; `none` where the service cannot say. */
export type Estimates = ReadonlyMap<string, Estimate | 'none'>

/** Beyond so many files the sum is told of the first ones. */
const mostFiles = 40

/** The next file to be asked about. */
export function dueEstimate(entries: readonly Entry[], known: Estimates): Entry | undefined {
  return entries
    .slice(0, mostFiles)
    .find(
      ({ way, contentType }) =>
        way.kind === 'sent' && contentType === 'application/pdf' && !known.has(way.uploadId),
    )
}

/** Whether an estimate of one of these files is known, or still to come. */
export const hasEstimates = (entries: readonly Entry[], known: Estimates): boolean =>
  entries
    .slice(0, mostFiles)
    .some(
      ({ way, contentType }) =>
        contentType === 'application/pdf' && (way.kind !== 'sent' || known.get(way.uploadId) !== 'none'),
    )

/** What files are expected to become at a level, bytes; `of` are those that an estimate is known of. */
export type Expected = { before: number; bytes: number; least: number; most: number; of: number }

/** The sums of what is known. */
export function expectedAt(level: Level, entries: readonly Entry[], known: Estimates): Expected {
  const sum: Expected = { before: 0, bytes: 0, least: 0, most: 0, of: 0 }
  for (const { way } of entries) {
    const found = way.kind === 'sent' ? known.get(way.uploadId) : undefined
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
