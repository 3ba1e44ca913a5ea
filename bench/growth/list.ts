import { mkdtemp, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { JobView } from '@pdf-smaller/contracts'
import { openTable, type Table } from '@pdf-smaller/gateway/projection'
import type { Figure } from '../table.ts'
import { addressOf, behind, commandsOf, stepsOf } from './lives.ts'

const perSave = 5000
const made = 50_000
/** Places in the stream that are left for one job. */
const perJob = 6
const pageSize = 50
const rounds = 200
const begunAt = Date.now()

/**
 * How long a list and a status take with so many jobs in the tables of the projection, which are filled directly.
 * @param rows a multiple of 50,000
 * @param folder one with room for about 2.3 kB a row
 */
export async function measureLists(rows: number, folder: string): Promise<Figure[]> {
  const own = await mkdtemp(path.join(folder, 'pdf-smaller-rows-'))
  const file = path.join(own, 'projection.sqlite')
  try {
    const filledAt = performance.now()
    const table = fill(file, rows)
    const seconds = (performance.now() - filledAt) / 1000
    const { size } = await stat(file)
    const figures: Figure[] = [
      { name: `rows written, of ${rows.toLocaleString('en')}`, value: rows / seconds, unit: 'rows/s' },
      { name: 'size of the projection', value: size / 1e9, unit: 'GB' },
      ...asked(table, rows),
    ]
    table.close()
    return figures
  } finally {
    await rm(own, { recursive: true, force: true })
  }
}

/** The rows of the first jobs as the projection makes them; the others are copies of these, each with an id and a place of its own. */
function fill(file: string, rows: number): Table {
  const table = openTable(file)
  for (let n = 0; n < Math.min(rows, made); n += perSave) {
    const few = Array.from({ length: perSave }, (_, i) => rowOf(n + i))
    table.save(
      { rows: few, removed: [] },
      { checkpoint: { sequence: (n + perSave) * perJob, history: 'bench' }, usages: {} },
    )
  }
  table.complete()
  table.close()
  const database = new DatabaseSync(file)
  database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000')
  const copies = database.prepare(`INSERT INTO jobs
    SELECT created + ?2, replace(id, '-0000-', ?1), tenant, task, status, code, tag, batch, replays, corrections,
      requested_at, replace(view, '-0000-7000', ?1 || '7000'), sequences, newer FROM jobs WHERE created < ?3`)
  for (let copy = 1; copy < rows / made; copy++) {
    copies.run(middleOf(copy), copy * made * perJob, made * perJob)
    if (copy % 20 === 0) console.error(`${new Date().toISOString()} ${copy * made} rows`)
  }
  database.close()
  return openTable(file)
}

/** Part of the id that tells copies apart. */
const middleOf = (copy: number) => `-${copy.toString(16).padStart(4, '0')}-`
const idOf = (n: number) => addressOf(n % made).jobId.replace('-0000-', middleOf(Math.floor(n / made)))

function rowOf(n: number) {
  const address = addressOf(n)
  const sequences: number[] = []
  let job: JobView | undefined
  for (const command of commandsOf(n, address))
    for (const step of stepsOf(command, address, job)) {
      sequences.push(n * perJob + sequences.length + 1)
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
    'status of any job': () => void table.row(idOf(somewhere())),
    'first page': () => list({}),
    'first page of a small tenant': () => list({}, undefined, 'tenant-3'),
    'any page': () => list({}, somewhere() * perJob),
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
