import type { DatabaseSync } from 'node:sqlite'
import type { Checkpoint } from '@pdf-smaller/eventstore'
import { z } from 'zod'
import { StoredUsages } from './usage.ts'

const StoredCheckpoint = z.object({
  sequence: z.int(),
  history: z.string().optional(),
  newest: z.object({ sequence: z.int(), id: z.string() }).optional(),
})

/** What the tables of a file stand at. @throws Error where they are not whole */
export function checkpointIn(database: DatabaseSync): Checkpoint {
  const stored = database.prepare('SELECT checkpoint FROM meta').get()?.['checkpoint']
  const { sequence, history, newest } = StoredCheckpoint.parse(JSON.parse(String(stored)))
  return { sequence, ...(history ? { history } : {}), ...(newest ? { newest } : {}) }
}

/** What tenants have by what the tables of a file hold. @throws Error where they are not whole */
export function usagesIn(database: DatabaseSync): StoredUsages {
  const stored = database.prepare('SELECT usages FROM meta').get()?.['usages']
  return StoredUsages.parse(JSON.parse(String(stored)))
}
