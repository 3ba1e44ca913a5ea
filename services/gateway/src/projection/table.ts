import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { JobView } from '@pdf-smaller/contracts'
import type { Checkpoint } from '@pdf-smaller/eventstore'
import { countRows } from './counts.ts'
import { listRows } from './list.ts'
import type { Counts, JobFilter, Page } from './port.ts'
import { checkpointIn, usagesIn } from './meta.ts'
import type { StoredUsages } from './usage.ts'

/** A job with its place in the stream. */
export type Row = {
  job: JobView
  /** The sequence of its request: the order of lists. */
  created: number
  /** The sequences of all its events. */
  sequences: number[]
  /** What a newer release stored of it, as far as that is known: the job is only that of the events before. */
  newer?: string
}

/** What the tables stand at. */
export type Reached = { checkpoint: Checkpoint; usages: StoredUsages }

/** The projection's tables in SQLite. The file may be deleted at any time; it is rebuilt from the stream. */
export type Table = {
  /** What the tables stand at when they are opened. */
  checkpoint: Checkpoint
  /** What tenants have by what the tables hold. */
  usages: StoredUsages
  row: (jobId: string) => Row | undefined
  list: (tenant: string, filter: JobFilter, limit: number, cursor?: number) => Page
  counts: (tenant: string, from: string, until: string) => Counts
  /** The jobs requested last whose state is known, the oldest of them first. */
  newest: (limit: number) => JobView[]
  /** Stores and removes rows, and the checkpoint and the usages that this brings about, in one transaction. */
  save: (changes: { rows: Iterable<Row>; removed: Iterable<string> }, reached: Reached) => void
  /** Removes everything, to be filled from another history of events. */
  begin: (history: string) => void
  /** Notes that an event was passed over; of each kind one is remembered. */
  passOver: (unknown: string, sequence: number) => void
  /** The sequences of events, one of each kind, that could not be read when they were passed over. */
  passedOver: () => number[]
  setAside: (sequence: number, subject: string, error: string, payload: string) => void
  /** The first rows are all there: from now on the file is kept over crashes. */
  complete: () => void
  close: () => void
}

/** Raised whenever the tables or the job view change; an older file is then rebuilt. */
const version = 7

const tables = `
  CREATE TABLE meta (one INTEGER PRIMARY KEY CHECK (one = 1), checkpoint TEXT NOT NULL, usages TEXT NOT NULL);
  CREATE TABLE jobs (
    created INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, tenant TEXT NOT NULL, task TEXT NOT NULL, status TEXT NOT NULL,
    code TEXT, tag TEXT, batch TEXT, replays TEXT, corrections INTEGER, requested_at TEXT NOT NULL, view TEXT NOT NULL, sequences TEXT NOT NULL, newer TEXT
  );
  CREATE TABLE passed_over (unknown TEXT PRIMARY KEY, sequence INTEGER NOT NULL);
  CREATE TABLE poison (sequence INTEGER PRIMARY KEY, subject TEXT NOT NULL, error TEXT NOT NULL, payload TEXT NOT NULL);
`

/** Made when the rows are there: keeping them in order from the start costs a rebuild a third of its time. */
const indexes = `
  CREATE INDEX IF NOT EXISTS jobs_by_tenant ON jobs (tenant, created);
  CREATE INDEX IF NOT EXISTS jobs_by_status ON jobs (tenant, status, created);
  CREATE INDEX IF NOT EXISTS jobs_by_task ON jobs (tenant, task, created);
  CREATE INDEX IF NOT EXISTS jobs_by_code ON jobs (tenant, code, created) WHERE code IS NOT NULL;
  CREATE INDEX IF NOT EXISTS jobs_by_time ON jobs (tenant, requested_at, created);
  CREATE INDEX IF NOT EXISTS jobs_by_tag ON jobs (tenant, tag, created) WHERE tag IS NOT NULL;
  CREATE INDEX IF NOT EXISTS jobs_by_batch ON jobs (tenant, batch, created) WHERE batch IS NOT NULL;
  CREATE INDEX IF NOT EXISTS jobs_by_replayed ON jobs (tenant, replays, created) WHERE replays IS NOT NULL;
  CREATE INDEX IF NOT EXISTS jobs_corrected ON jobs (tenant, created) WHERE corrections > 0;
`

/** Opens the tables, or makes them anew when they are of another version. */
export function openTable(file: string): Table {
  const current = openCurrent(file)
  let database = current ?? beginFile(file, { sequence: 0 })
  let isComplete = current !== undefined
  let statements = prepare(database)
  return {
    checkpoint: checkpointIn(database),
    usages: usagesIn(database),
    row: (jobId) => {
      const found = statements.byId.get(jobId)
      return found && rowOf(found)
    },
    list: (tenant, filter, limit, cursor) => {
      const { rows, nextCursor } = listRows(database, tenant, filter, limit, cursor)
      const jobs = rows.map((found) => rowOf(found).job)
      return nextCursor === undefined ? { jobs } : { jobs, nextCursor }
    },
    counts: (...asked) => countRows(database, ...asked),
    newest: (limit) =>
      statements.newest
        .all(limit)
        .map((found) => rowOf(found).job)
        .toReversed(),
    save: ({ rows, removed }, { checkpoint, usages }) =>
      inTransaction(database, () => {
        for (const jobId of removed) statements.remove.run(jobId)
        for (const row of rows) upsert(statements.upsert, row)
        statements.reached.run(JSON.stringify(checkpoint), JSON.stringify(usages))
      }),
    begin: (history) => {
      database.close()
      database = beginFile(file, { sequence: 0, history })
      isComplete = false
      statements = prepare(database)
    },
    passOver: (unknown, sequence) => {
      statements.passOver.run(unknown, sequence)
    },
    passedOver: () => statements.passedOver.all().map(({ sequence }) => Number(sequence)),
    setAside: (sequence, subject, error, payload) => {
      statements.poison.run(sequence, subject, error, payload)
    },
    complete: () => {
      if (isComplete) return
      database.exec(`${indexes} PRAGMA journal_mode = WAL; PRAGMA user_version = ${version}`)
      isComplete = true
    },
    close: () => database.close(),
  }
}

/** @throws what ended it; SQLite may have rolled back by itself, as when the disk is full */
function inTransaction(database: DatabaseSync, work: () => void): void {
  database.exec('BEGIN')
  try {
    work()
    database.exec('COMMIT')
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

/**
 * A new file. Until it is complete it has no version, so that one that a crash has cut off is begun again, and may be
 * written without care for crashes.
 */
function beginFile(file: string, checkpoint: Checkpoint): DatabaseSync {
  mkdirSync(path.dirname(file), { recursive: true })
  for (const each of filesOf(file)) rmSync(each, { force: true })
  const database = openFile(file, 'MEMORY')
  database.exec(tables)
  database.prepare('INSERT INTO meta VALUES (1, ?, ?)').run(JSON.stringify(checkpoint), '{}')
  return database
}

/** All files of a database. */
const filesOf = (file: string) => ['', '-wal', '-shm', '-journal'].map((suffix) => `${file}${suffix}`)

/** Opens the file, or makes it, for its owner alone, as rows of all tenants are in it. */
function openFile(file: string, journal: 'MEMORY' | 'WAL'): DatabaseSync {
  // SQLite gives the files beside it the mode of this one (findCreateFileMode in os_unix.c).
  writeFileSync(file, '', { flag: 'a', mode: 0o600 })
  for (const each of filesOf(file)) if (existsSync(each)) chmodSync(each, 0o600)
  const database = new DatabaseSync(file)
  // The stream is the truth: what a power cut takes from here is read again from there.
  database.exec(
    `PRAGMA journal_mode = ${journal}; PRAGMA synchronous = OFF; PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 4000`,
  )
  return database
}

/** The file as it stands, unless it is damaged or of another version. */
function openCurrent(file: string): DatabaseSync | undefined {
  if (!existsSync(file)) return undefined
  let database: DatabaseSync | undefined
  try {
    database = openFile(file, 'WAL')
    const stored = database.prepare('PRAGMA user_version').get()?.['user_version']
    if (stored === version && checkpointIn(database).sequence > 0) return database
  } catch {
    // Damaged: it is made anew like one of another version.
  }
  database?.close()
  return undefined
}

function prepare(database: DatabaseSync) {
  return {
    byId: database.prepare('SELECT created, view, sequences, newer FROM jobs WHERE id = ?'),
    newest: database.prepare(
      'SELECT created, view, sequences, newer FROM jobs WHERE newer IS NULL ORDER BY created DESC LIMIT ?',
    ),
    remove: database.prepare('DELETE FROM jobs WHERE id = ?'),
    upsert: database.prepare(`
      INSERT INTO jobs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (created) DO UPDATE SET status = excluded.status, code = excluded.code, corrections = excluded.corrections, view = excluded.view, sequences = excluded.sequences, newer = excluded.newer`),
    reached: database.prepare('UPDATE meta SET checkpoint = ?, usages = ?'),
    passOver: database.prepare('INSERT OR REPLACE INTO passed_over VALUES (?, ?)'),
    passedOver: database.prepare('SELECT sequence FROM passed_over'),
    poison: database.prepare('INSERT OR REPLACE INTO poison VALUES (?, ?, ?, ?)'),
  }
}

function upsert(statement: StatementSync, { job, created, sequences, newer }: Row): void {
  const {
    id,
    tenant,
    task,
    status,
    failure,
    tag = null,
    batchId = null,
    replayOf = null,
    corrections = 0,
    requestedAt,
  } = job
  statement.run(
    created,
    id,
    tenant,
    task,
    status,
    failure?.code ?? null,
    tag,
    batchId,
    replayOf,
    corrections,
    requestedAt,
    JSON.stringify(job),
    sequences.join(','),
    newer ?? null,
  )
}

function rowOf({ newer, ...found }: Record<string, unknown>): Row {
  return {
    job: JobView.parse(JSON.parse(String(found['view']))),
    created: Number(found['created']),
    sequences: String(found['sequences']).split(',').map(Number),
    ...(typeof newer === 'string' ? { newer } : {}),
  }
}
