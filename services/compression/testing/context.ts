import { createHash } from 'node:crypto'
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TaskContext, TaskResult } from '@pdf-smaller/worker/task'
import { Options } from '../tasks/compress/options.ts'
import { type Result } from '../tasks/compress/result.ts'
import { run } from '../tasks/compress/run.ts'

export type Compressed = TaskResult<Result> & {
  output: Buffer
  input: Buffer
  /** The parts of each stage that were told as done. */
  told: Map<string, number[]>
}

/** Compresses a file as a worker would, in a workspace that is removed afterwards. */
export async function compressFile(file: string, options: object = {}): Promise<Compressed> {
  const workspace = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-compress-'))
  try {
    const inputPath = path.join(workspace, 'in.pdf')
    await copyFile(file, inputPath)
    const input = await readFile(inputPath)
    const told = new Map<string, number[]>()
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
      progress: (stage, current, total) => told.set(stage, [...(told.get(stage) ?? []), current / total]),
      engine: { cwd: workspace, signal, memoryBytes: 1024 ** 3, cores: 2, core: (work) => work() },
    }
    const done = await run(context)
    return { ...done, input, told, output: await readFile(done.outputs[0]?.path ?? '') }
  } finally {
    await rm(workspace, { recursive: true, force: true })
  }
}

/** Compresses a document that is no file yet. */
export async function compressBytes(pdf: Uint8Array, options: object = {}): Promise<Compressed> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-made-'))
  try {
    const file = path.join(folder, 'made.pdf')
    await writeFile(file, pdf)
    return await compressFile(file, options)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
