import { mkdtemp, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { JobView } from '@pdf-smaller/contracts'
import { openTable, type Table } from '@pdf-smaller/gateway/projection'
import type { Figure } from '../table.ts'
import { addressOf, behind, commandsOf, stepsOf } from './lives.ts'

const perSave = 5000
const pageSize = 50
const rounds = 200
const begunAt = Date.now()

/**
 * How long a list and a status take with so many jobs in the tables of the projection, which are filled directly.
 * @param folder one with room for about 1.6 kB a row
 */
export async function measureLists(rows: number, folder: string): Promise<Figure[]> {
  const own = await mkdtemp(path.join(folder, 'pdf-smaller-rows-'))
  const file = path.join(own, 'projection.sqlite')
  try {
    const filledAt = performance.now()
    const table = fill(openTable(file), rows)
    const seconds = (performance.now() - filledAt) / 1000
    const indexedAt = performance.now()
    table.complete()
    const indexSeconds = (performance.now() - indexedAt) / 1000
    const { size } = await stat(file)
    const figures: Figure[] = [
      { name: `rows written, of ${rows.toLocaleString('en')}`, value: rows / seconds, unit: 'rows/s' },
      { name: 'time of the indexes', value: indexSeconds, unit: 's' },
      { name: 'size of the projection', value: size / 1e9, unit: 'GB' },
      ...asked(table, rows),
    ]
    table.close()
    return figures
  } finally {
    await rm(own, { recursive: true, force: true })
  }
}

function fill(table: Table, rows: number): Table {
  for (let n = 0; n < rows; n += perSave) {
    const made = Array.from({ length: Math.min(perSave, rows - n) }, (_, i) => rowOf(n + i))
    const sequence = (n + perSave) * 4
    table.save({ rows: made, removed: [] }, { checkpoint: { sequence, history: 'bench' }, usages: {} })
    if (n % 500_000 === 0) console.error(`${new Date().toISOString()} ${n} rows`)
  }
  return table
}

function rowOf(n: number) {
  const address = addressOf(n)
  const sequences: number[] = []
  let job: JobView | undefined
  for (const command of commandsOf(n, address))
    for (const step of stepsOf(command, address, job)) {
      sequences.push(n * 6 + sequences.length + 1)
      job = behind(job, step, sequences.at(-1) ?? 0)
    }
  if (!job) throw new Error(`no job came of ${n}`)
  return { job, created: sequences[0] ?? 0, sequences }
}

/** Each question of the HTTP API as a list, at the beginning, and far behind it. */
function asked(table: Table, rows: number): Figure[] {
  const list = (filter: Parameters<Table['list']>[1], cursor?: number, tenant = 'default') =>
    void table.list(tenant, filter, pageSize, cursor)
  const somewhere = () => Math.floor(Math.random() * rows)
  const middle = {
    requestedAfter: new Date(begunAt + (Date.now() - begunAt) / 2).toISOString(),
    requestedBefore: new Date(begunAt + (Date.now() - begunAt) / 2 + 60_000).toISOString(),
  }
  const questions: Record<string, () => void> = {
    'status of any job': () => void table.row(addressOf(somewhere()).jobId),
    'first page': () => list({}),
    'first page of a small tenant': () => list({}, undefined, 'tenant-3'),
    'any page': () => list({}, somewhere() * 6),
    'failed jobs': () => list({ status: 'failed' }),
    'jobs of a tag': () => list({ tag: 'month-4' }),
    'jobs of a rare task': () => list({ task: 'split' }),
    'jobs of a task that nobody used': () => list({ task: 'merge' }),
    'jobs of a code of failure': () => list({ status: 'failed', code: 'damaged_pdf' }),
    'jobs of a code that nothing failed with': () => list({ code: 'out_of_memory' }),
    'running jobs, of which there are none': () => list({ status: 'running' }),
    'failed jobs of a rare task': () => list({ status: 'failed', task: 'split' }),
    'jobs requested in a minute in the middle': () => list(middle),
    'jobs requested before the first': () => list({ requestedBefore: '2020-01-01T00:00:00.000Z' }),
    'corrected jobs, of which there are none': () => list({ corrected: true }),
  }
  return Object.entries(questions).flatMap(([name, ask]) => figuresOf(name, ask))
}

/** At least three times, and as often as five seconds allow. */
function figuresOf(name: string, ask: () => void): Figure[] {
  const took: number[] = []
  const until = performance.now() + 5000
  while (took.length < 3 || (took.length < rounds && performance.now() < until)) {
    const startedAt = performance.now()
    ask()
    took.push(performance.now() - startedAt)
  }
  took.sort((a, b) => a - b)
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? NaN
  return [
    { name: `${name}, p50`, value: at(0.5), unit: 'ms' },
    { name: `${name}, p99`, value: at(0.99), unit: 'ms' },
  ]
}
