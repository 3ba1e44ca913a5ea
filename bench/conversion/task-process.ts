import { copyFile, mkdtemp, rm, stat, symlink } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { RunTask } from '@pdf-smaller/task'
import { z } from 'zod'
import { tasks as conversion } from '@pdf-smaller/conversion/tasks'
import { tasks as ocr } from '@pdf-smaller/ocr/tasks'
import { openCores } from '../../packages/worker/src/cores.ts'
import { taskContext } from '@pdf-smaller/worker/testing/task-context'

/** Runs a task some times in one process, as a worker would, and prints what the runs took. */
const Order = z.object({
  task: z.string(),
  files: z.array(z.string()),
  options: z.record(z.string(), z.unknown()),
  rounds: z.int(),
  /** A folder for the outputs of the last round. */
  keep: z.string().optional(),
})
const order = Order.parse(JSON.parse(process.argv[2] ?? ''))
const task = [...conversion, ...ocr].find(({ name }) => name === order.task)
if (!task || task.inWorker) throw new Error(`there is no task ${order.task}`)
const { run } = await task.code()
const options = task.options.parse(order.options)
const cores = openCores(2)

async function runOnce(run: RunTask<unknown, unknown>): Promise<{ ms: number; result: unknown }> {
  const workspace = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-bench-'))
  const { signal } = new AbortController()
  try {
    const inputs = await Promise.all(
      order.files.map(async (file, index) => {
        const { size } = await stat(file)
        const input = path.join(workspace, `in-${index}.pdf`)
        await symlink(file, input)
        return { path: input, name: path.basename(file), size, sha256: '', contentType: 'application/pdf' }
      }),
    )
    const startedAt = performance.now()
    const { outputs, result } = await run(
      taskContext(workspace, options, {
        inputs,
        signal,
        engine: { core: (work) => cores.use('medium', signal, work) },
      }),
    )
    const ms = performance.now() - startedAt
    if (order.keep)
      for (const output of outputs) await copyFile(output.path, path.join(order.keep, output.name))
    return { ms, result }
  } finally {
    await rm(workspace, { recursive: true, force: true })
  }
}

const times: number[] = []
let last: unknown
for (let round = 0; round < order.rounds; round++) {
  const { ms, result } = await runOnce(run)
  times.push(ms)
  last = result
}
const peakKb = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
process.stdout.write(
  `${JSON.stringify({ ms: Math.min(...times), peakMb: Number(peakKb) / 1024, result: last })}\n`,
)
