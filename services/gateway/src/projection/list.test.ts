import { DatabaseSync } from 'node:sqlite'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countRows } from './counts.ts'
import { listRows } from './list.ts'
import type { JobFilter } from './port.ts'
import { openTable } from './table.ts'

const day = '2026-03-01T00:00:00.000Z'

describe('a list of jobs', () => {
  let folder: string
  let database: DatabaseSync
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-list-'))
    const file = path.join(folder, 'projection.sqlite')
    const table = openTable(file)
    table.complete()
    table.close()
    database = new DatabaseSync(file)
  })
  afterAll(async () => {
    database.close()
    await rm(folder, { recursive: true, force: true })
  })

  /** How SQLite goes about a list, step by step. */
  const planOf = (filter: JobFilter): string => {
    const steps: string[] = []
    const explained = {
      prepare: (sql: string) => ({
        all: (...values: (string | number)[]) => {
          const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values)
          steps.push(...plan.map(({ detail }) => String(detail)))
          return []
        },
      }),
    }
    listRows(explained, 'default', filter, 50, 1000)
    return steps.join('\n')
  }

  it('is counted within indexes, without a look at its rows', () => {
    const steps: string[] = []
    const explained = {
      prepare: (sql: string) => {
        const explain = (...values: (string | number)[]) => {
          const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values)
          steps.push(...plan.map(({ detail }) => String(detail)))
        }
        return {
          get: (...values: (string | number)[]) => {
            explain(...values)
            return { created: steps.length, jobs: 1 }
          },
          all: (...values: (string | number)[]) => {
            explain(...values)
            return [{ it: 'failed' }]
          },
        }
      },
    }
    expect(countRows(explained, 'default', day, day)).toEqual({
      statuses: { failed: 1 },
      codes: { failed: 1 },
    })
    const looks = steps.filter((step) => step.includes(' jobs '))
    expect(looks.length).toBeGreaterThan(5)
    for (const look of looks)
      expect(look).toMatch(/^SEARCH jobs USING (COVERING )?INDEX jobs_by_(time|status|code)/)
  })

  it.each<[string, JobFilter]>([
    ['jobs_by_tenant', {}],
    ['jobs_by_status', { status: 'running' }],
    ['jobs_by_task', { task: 'merge' }],
    ['jobs_by_code', { code: 'damaged_pdf' }],
    ['jobs_by_tag', { tag: 'march' }],
    ['jobs_by_batch', { batchId: 'b' }],
    ['jobs_by_replayed', { replayOf: 'r' }],
    ['jobs_corrected', { corrected: true }],
    ['jobs_by_time', { requestedAfter: day }],
    ['jobs_by_time', { requestedBefore: day }],
  ])('goes by %s for %o, and sorts no rows', (index, filter) => {
    const [rows = '', ...beside] = planOf(filter).split('\n')
    expect([rows, ...beside].join('\n')).toContain(index)
    // One that sorts what it has found looks at all of it.
    expect(rows).toMatch(/^SEARCH jobs/)
    expect(beside.filter((step) => step.includes('TEMP B-TREE'))).toEqual([])
  })
})
