import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { InputFile, TaskContext, TaskResult } from '@pdf-smaller/task'
import { taskContext } from '@pdf-smaller/worker/testing/task-context'
import { Options } from '../src/options.ts'
import { type Result } from '../src/result.ts'
import { run } from '../src/run.ts'

export type Told = { stage: string; part: number; message: string | undefined }

/** What a worker gives to a task; the workspace is removed at the end. */
export type TestContext = AsyncDisposable & {
  context: TaskContext<Options>
  /** The progress that was told. */
  told: Told[]
}

export async function openContext(
  files: readonly { name: string; bytes: Uint8Array }[],
  options: object = {},
  signal: AbortSignal = AbortSignal.timeout(100_000),
): Promise<TestContext> {
  const workspace = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-compress-'))
  const inputs: InputFile[] = []
  for (const [index, { name, bytes }] of files.entries()) {
    const at = path.join(workspace, `in-${index}.pdf`)
    await writeFile(at, bytes)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    inputs.push({ path: at, name, size: bytes.length, sha256, contentType: 'application/pdf' })
  }
  const told: Told[] = []
  const context = taskContext(workspace, Options.parse(options), {
    inputs,
    signal,
    progress: (stage, current, total, message) => told.push({ stage, part: current / total, message }),
  })
  return { context, told, [Symbol.asyncDispose]: () => rm(workspace, { recursive: true, force: true }) }
}

export type Compressed = TaskResult<Result> & {
  output: Buffer
  input: Buffer
  /** The parts of each stage that were told as done. */
  told: Map<string, number[]>
}

/** Compresses a file as a worker would. */
export async function compressFile(
  file: string,
  options: object = {},
  signal?: AbortSignal,
): Promise<Compressed> {
  return compressNamed(path.basename(file), await readFile(file), options, signal)
}

/** Compresses a document that is no file yet. */
export async function compressBytes(pdf: Uint8Array, options: object = {}): Promise<Compressed> {
  return compressNamed('made.pdf', Buffer.from(pdf), options)
}

async function compressNamed(
  name: string,
  input: Buffer,
  options: object,
  signal?: AbortSignal,
): Promise<Compressed> {
  await using test = await openContext([{ name, bytes: input }], options, signal)
  const done = await run(test.context)
  const stages = Map.groupBy(test.told, ({ stage }) => stage)
  const told = new Map(Array.from(stages, ([stage, steps]) => [stage, steps.map(({ part }) => part)]))
  return { ...done, input, told, output: await readFile(done.outputs[0]?.path ?? '') }
}
