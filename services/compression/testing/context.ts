import { createHash } from 'node:crypto'
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TaskContext, TaskResult } from '@pdf-smaller/worker/task'
import { Options, type Result } from '../tasks/compress/task.ts'
import { run } from '../tasks/compress/run.ts'

export type Compressed = TaskResult<Result> & { output: Buffer; input: Buffer; told: number[] }

/** Compresses a file as a worker would, in a workspace that is removed afterwards. */
export async function compressFile(file: string, options: object = {}): Promise<Compressed> {
  const workspace = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-compress-'))
  try {
    const inputPath = path.join(workspace, 'in.pdf')
    await copyFile(file, inputPath)
    const input = await readFile(inputPath)
    const told: number[] = []
    const signal = AbortSignal.timeout(100_000)
    const context: TaskContext<Options> = {
      inputs: [
        {
          path: inputPath,
          name: path.basename(file),
          size: input.length,
          sha256: createHash('sha256').update(input).digest('hex'),
          contentType: 'application/pdf',
        },
      ],
      options: Options.parse(options),
      workspace,
      signal,
      log: { debug: () => {}, info: () => {}, warn: () => {} },
      progress: (_stage, current, total) => told.push(current / total),
      engine: { cwd: workspace, signal, memoryBytes: 1024 ** 3, cores: 2, core: (work) => work() },
    }
    const done = await run(context)
    return { ...done, input, told, output: await readFile(done.outputs[0]?.path ?? '') }
  } finally {
    await rm(workspace, { recursive: true, force: true })
  }
}
