import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { FinishedParts, HostedTask, TaskContext } from '@pdf-smaller/task'
import type { z } from 'zod'
import { taskContext } from './task-context.ts'

export type TestInput = { name: string; bytes: Uint8Array; contentType?: string }

export type Ran<Result> = {
  result: Result
  outputs: { name: string; contentType: string; bytes: Buffer }[]
  /** The stages that were told of, in their order. */
  stages: string[]
  /** What could be fetched before the end. */
  published: { name: string; contentType: string; bytes: Buffer }[]
}

/** Runs a task over files as a worker would, in a workspace that is removed afterwards. */
export async function runTask<O extends z.ZodType, R extends z.ZodType>(
  task: HostedTask<O, R>,
  inputs: readonly TestInput[],
  options: object = {},
  {
    parts,
    memoryBytes,
    ask,
    progress,
    seconds = 100,
  }: {
    parts?: FinishedParts
    memoryBytes?: number
    ask?: TaskContext<unknown>['ask']
    progress?: TaskContext<unknown>['progress']
    /** It is ended after. */
    seconds?: number
  } = {},
): Promise<Ran<z.output<R>>> {
  const workspace = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-task-'))
  try {
    const files = await Promise.all(
      inputs.map(async ({ name, bytes, contentType = 'application/pdf' }, index) => {
        const file = path.join(workspace, `in-${index}-${name.replaceAll(/[^\w.-]/g, '_')}`)
        await writeFile(file, bytes)
        const sha256 = createHash('sha256').update(bytes).digest('hex')
        return { path: file, name, size: bytes.length, sha256, contentType }
      }),
    )
    const stages = new Set<string>()
    const published: Ran<unknown>['published'] = []
    const context = taskContext<z.output<O>>(workspace, task.options.parse(options), {
      inputs: files,
      signal: AbortSignal.timeout(seconds * 1000),
      progress: (stage, ...step) => {
        stages.add(stage)
        progress?.(stage, ...step)
      },
      publish: async ({ path: file, name, contentType }) => {
        published.push({ name, contentType, bytes: await readFile(file) })
      },
      ...(parts ? { parts } : {}),
      ...(ask ? { ask } : {}),
      ...(memoryBytes ? { engine: { memoryBytes } } : {}),
    })
    const { run } = await task.code()
    const { result, outputs } = await run(context)
    const read = outputs.map(async ({ path: file, name, contentType }) => ({
      name,
      contentType,
      bytes: await readFile(file),
    }))
    return {
      result: task.result.parse(result),
      outputs: await Promise.all(read),
      stages: [...stages],
      published,
    }
  } finally {
    await rm(workspace, { recursive: true, force: true })
  }
}
