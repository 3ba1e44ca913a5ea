import { createHash } from 'node:crypto'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import type { JobView } from '@pdf-smaller/contracts'
import type { ObjectStore } from '@pdf-smaller/object-store'

const run = promisify(execFile)

/** The stream as it is read without any code of this project: which outcomes stand under which job. */
export type Reading = { jobs: Map<string, { requested: number; outcomes: string[] }>; digest: string }

/** Reads each message of the stream of events, one after the other, from the server that leads it now. */
export async function readStream(servers: string): Promise<Reading> {
  const connection = await connect({ servers: servers.split(',') })
  const manager = await jetstreamManager(connection, { checkAPI: false })
  const { state } = await manager.streams.info('JOBS')
  const jobs: Reading['jobs'] = new Map()
  const hash = createHash('sha256')
  for (let seq = state.first_seq; seq <= state.last_seq; seq++) {
    const message = await manager.streams.getMessage('JOBS', { seq })
    const [, tenant, , , id, phase] = message?.subject.split('.') ?? []
    if (!message || !message.subject.startsWith('pdf.') || tenant === 'system' || !id) continue
    hash.update(`${seq} ${message.subject} ${message.string()}\n`)
    const job = jobs.get(id) ?? { requested: 0, outcomes: [] }
    if (phase === 'requested') job.requested++
    if (phase === 'outcome') job.outcomes.push(`${seq}`)
    jobs.set(id, job)
  }
  await connection.close()
  return { jobs, digest: hash.digest('hex') }
}

/** Makes the server of a name lead the stream. */
export async function lead(servers: string, name: string): Promise<void> {
  const connection = await connect({ servers: servers.split(',') })
  const asked = JSON.stringify({ placement: { preferred: name } })
  await connection.request('$JS.API.STREAM.LEADER.STEPDOWN.JOBS', asked).catch(() => {})
  await connection.close()
}

/** What does not hold of accepted jobs in a reading, in words. */
export function faultsIn({ jobs }: Reading, accepted: ReadonlySet<string>): string[] {
  const lost = [...accepted].filter((id) => !jobs.has(id)).map((id) => `job ${id} is accepted and not stored`)
  const wrong = [...jobs].flatMap(([id, { requested, outcomes }]) =>
    requested === 1 && outcomes.length === 1
      ? []
      : [`job ${id} was requested ${requested} times and has the outcomes [${outcomes.join(', ')}]`],
  )
  return [...lost, ...wrong]
}

/** What programs of others find wrong with the results of completed jobs, in words. */
export async function faultyFiles(
  jobs: Iterable<Pick<JobView, 'id' | 'status' | 'outputs'>>,
  objects: ObjectStore,
): Promise<{ opened: number; faults: string[] }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-judged-'))
  const faults: string[] = []
  let opened = 0
  for (const { id, status, outputs } of jobs) {
    if (status !== 'completed') continue
    for (const [n, { key, name, contentType }] of outputs.entries()) {
      const file = path.join(folder, `${id}-${n}`)
      try {
        await objects.getFile(key, file)
        await open(file, contentType)
        opened++
      } catch (error) {
        faults.push(`${name} of job ${id} is not right: ${String(error).slice(0, 300)}`)
      }
      await rm(file, { force: true })
    }
  }
  await rm(folder, { recursive: true, force: true })
  return { opened, faults }
}

/** @throws what the program says that opens such files, for one that it cannot open */
async function open(file: string, contentType: string): Promise<void> {
  if (contentType === 'application/pdf') {
    await run('qpdf', ['--check', file])
    await run('pdfinfo', [file])
  }
  if (contentType === 'application/zip') await run('unzip', ['-tqq', file])
  if (contentType === 'application/json') JSON.parse(await readFile(file, 'utf8'))
}
