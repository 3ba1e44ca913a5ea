import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The embedded system in a process of its own, with the benchmark's tasks beside the real ones. */
export type BenchSystem = {
  port: number
  url: string
  folder: string
  /** Resident memory of the process that the gateway runs in, bytes. */
  residentMemory: () => Promise<number>
  /** Proportional set size of the whole process tree, bytes. */
  memory: () => Promise<number>
  stop: () => Promise<void>
}

export async function startBenchSystem(folder?: string): Promise<BenchSystem> {
  const data = folder ?? (await mkdtemp(path.join(tmpdir(), 'pdf-smaller-bench-')))
  const child = fork(new URL('system-process.ts', import.meta.url), {
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      // As the start command does.
      NODE_COMPILE_CACHE: fileURLToPath(new URL('../node_modules/.cache/node', import.meta.url)),
      PDF_SMALLER_DATA_DIR: data,
      PDF_SMALLER_PORT: '0',
      PDF_SMALLER_LOG_LEVEL: 'warn',
    },
    execArgv: process.env['BENCH_PROFILE']
      ? ['--cpu-prof', `--cpu-prof-dir=${process.env['BENCH_PROFILE']}`]
      : [],
  })
  const [message]: unknown[] = await once(child, 'message')
  const url = typeof message === 'object' && message !== null && 'url' in message ? String(message.url) : ''
  return {
    url,
    port: Number(new URL(url).port),
    folder: data,
    residentMemory: async () => {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8')
      return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * 1024
    },
    memory: () => memoryOf(child),
    stop: async () => {
      child.kill('SIGTERM')
      await once(child, 'exit')
      if (!folder) await rm(data, { recursive: true, force: true })
    },
  }
}

/** PSS shares out what several processes have in common, so the sum counts every page once. */
async function memoryOf(root: ChildProcess): Promise<number> {
  const pids = [root.pid ?? 0]
  for (const pid of pids) {
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
    pids.push(...children.split(' ').filter(Boolean).map(Number))
  }
  const sizes = await Promise.all(
    pids.map(async (pid) => {
      const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '')
      return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024
    }),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
