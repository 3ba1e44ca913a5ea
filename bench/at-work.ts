import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { JobView } from '@pdf-smaller/contracts'
import { httpRequest, load, quantile } from './load/http-load.ts'
import type { BenchSystem } from './system.ts'
import type { Figure } from './table.ts'

const corpus = fileURLToPath(new URL('../../shared/corpus', import.meta.url))
const examples = fileURLToPath(new URL('../examples', import.meta.url))
const [idleMs, longestMs] = [3000, 60_000]

/** What is to be said of a system whose hosts are at work. */
export async function measureAtWork(system: BenchSystem, quick: boolean): Promise<Figure[]> {
  return [
    ...(await measureFelt(system, quick)),
    ...(await measureMixed(system)),
    ...(await measureMany(system, quick)),
  ]
}

/** What others feel while jobs are worked on: liveness and a status, as the largest files that there are become smaller. */
export async function measureFelt(system: BenchSystem, quick: boolean): Promise<Figure[]> {
  const files = await largest(4)
  const known = await submit(system, 'noop', undefined)
  const idle = await latencies(system, known, (elapsed) => elapsed < idleMs)
  let done = 0
  const ids = await Promise.all(files.map((file) => submit(system, 'compress', file)))
  const jobs = ids.map(async (id) => {
    const job = await whenDecided(system, id)
    done++
    return job
  })
  const most = quick ? longestMs / 6 : longestMs
  const busy = await latencies(system, known, (elapsed) => done < files.length && elapsed < most)
  // What they feel is known; the rest of the work is measured elsewhere.
  await Promise.all(ids.map((id) => fetch(`${system.url}/api/jobs/${id}/cancel`, { method: 'POST' })))
  const ended = await Promise.all(jobs)
  const peaks = ended.flatMap(({ measures }) => measures?.peakBytes ?? [])
  const figures = (['/livez', 'status'] as const).flatMap((what) => figuresOf(what, idle[what], busy[what]))
  return [
    ...figures,
    ...(peaks.length > 0
      ? [{ name: 'peak memory of a job among these', value: Math.max(...peaks) / 1e6, unit: 'MB' }]
      : []),
  ]
}

function figuresOf(what: string, idle: number[], busy: number[]): Figure[] {
  const [before, while_] = [quantile(idle, 0.99), quantile(busy, 0.99)]
  return [
    {
      name: `${what} while 4 large files are compressed, p50`,
      value: quantile(busy, 0.5),
      unit: 'ms',
      baseline: { name: 'idle', value: quantile(idle, 0.5) },
    },
    {
      name: `${what} while 4 large files are compressed, p99`,
      value: while_,
      unit: 'ms',
      goal: { at: 'most', value: Math.max(3 * before, 20) },
      baseline: { name: 'idle', value: before },
    },
  ]
}

/** One request at a time, a hundred a second: more would be work of its own. */
async function latencies(
  { port }: BenchSystem,
  jobId: string,
  goesOn: (elapsed: number) => boolean,
): Promise<Record<'/livez' | 'status', number[]>> {
  const requests = {
    '/livez': httpRequest('GET', '/livez'),
    status: httpRequest('GET', `/api/jobs/${jobId}/status`),
  }
  const found = { '/livez': [] as number[], status: [] as number[] }
  const startedAt = performance.now()
  while (goesOn(performance.now() - startedAt)) {
    for (const what of ['/livez', 'status'] as const) {
      const { latencies: one } = await load({
        port,
        connections: 1,
        requests: 1,
        request: () => requests[what],
      })
      found[what].push(...one)
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return found
}

/** Twenty jobs of several kinds, handed in at once. */
export async function measureMixed(system: BenchSystem): Promise<Figure[]> {
  const brochure = path.join(examples, 'brochure.pdf')
  const kinds = ['compress', 'convert-to-images', 'split', 'extract-text']
  const startedAt = performance.now()
  const ids = await Promise.all(
    Array.from({ length: 20 }, (_, n) => submit(system, kinds[n % kinds.length] ?? '', brochure)),
  )
  const jobs = await Promise.all(ids.map((id) => whenDecided(system, id)))
  const failed = jobs.filter(({ status }) => status !== 'completed')
  if (failed.length > 0) throw new Error(`a job failed: ${failed[0]?.failure?.message}`)
  return [{ name: 'wall of 20 mixed jobs', value: (performance.now() - startedAt) / 1000, unit: 's' }]
}

/** The memory of the process that supervises, before and behind many jobs. */
export async function measureMany(system: BenchSystem, quick: boolean): Promise<Figure[]> {
  const file = path.join(examples, 'brochure.pdf')
  const round = async (count: number) => {
    for (let n = 0; n < count; n += 10) {
      const ids = await Promise.all(Array.from({ length: 10 }, () => submit(system, 'echo', file)))
      await Promise.all(ids.map((id) => whenDecided(system, id)))
    }
  }
  await round(quick ? 20 : 100)
  const before = await system.residentMemory()
  await round(quick ? 50 : 500)
  const after = await system.residentMemory()
  return [
    {
      name: 'memory of the supervising process behind 500 jobs',
      value: after / 1e6,
      unit: 'MB',
      baseline: { name: 'before', value: before / 1e6 },
    },
  ]
}

async function largest(count: number): Promise<string[]> {
  const folder = (await readdir(corpus).catch(() => [])).length > 0 ? corpus : examples
  const names = (await readdir(folder)).filter(
    (name) => /^(scan|image|text|form|mixed|.*)-?.*\.pdf$/.test(name) && !name.startsWith('bad-'),
  )
  const sized = await Promise.all(
    names.map(async (name) => ({ name, size: (await stat(path.join(folder, name))).size })),
  )
  return sized
    .toSorted((one, other) => other.size - one.size)
    .slice(0, count)
    .map(({ name }) => path.join(folder, name))
}

async function submit({ url }: BenchSystem, task: string, file: string | undefined): Promise<string> {
  const form = new FormData()
  if (file) form.set('file', new Blob([await readFile(file)], { type: 'application/pdf' }), 'a.pdf')
  const headers: Record<string, string> = file ? {} : { 'content-type': 'application/json' }
  form.set('fresh', 'true')
  const response = await fetch(`${url}/api/jobs/${task}`, {
    method: 'POST',
    body: file ? form : '{}',
    headers,
  })
  if (response.status !== 202)
    throw new Error(`${task} was answered ${response.status}: ${await response.text()}`)
  return JobView.pick({ id: true }).parse(await response.json()).id
}

async function whenDecided({ url }: BenchSystem, id: string): Promise<JobView> {
  for (;;) {
    const response = await fetch(`${url}/api/jobs/${id}`, { headers: { prefer: 'wait=30' } })
    const job = JobView.parse(await response.json())
    if (['completed', 'failed', 'cancelled'].includes(job.status)) return job
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
