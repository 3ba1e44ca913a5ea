import { availableParallelism } from 'node:os'
import { hostSettings } from '@pdf-smaller/hosts/settings'
import type { ConfigOf } from '@pdf-smaller/platform'
import { count, megabytes, opsSettings, type Settings, streamSettings } from '@pdf-smaller/platform/settings'
import { z } from 'zod'

/** What a task may take in memory, where it is not among the exceptions. */
export type TaskMemory = { usual: number; of: ReadonlyMap<string, number> }

/** A number of megabytes, and others for the tasks that are named: `4096,ocr=6144`. */
const taskMemory = z
  .string()
  .regex(/^\d+(,[a-z-]+=\d+)*$/, 'a number of megabytes, and exceptions behind it, such as 4096,ocr=6144')
  .transform((given): TaskMemory => {
    const [usual = '', ...exceptions] = given.split(',')
    const named = exceptions
      .map((each) => each.split('='))
      .map(([task = '', size]): [string, number] => [task, bytesOf(size)])
    return { usual: bytesOf(usual), of: new Map(named) }
  })
const bytesOf = (size: string | undefined) => Number(size) * 1024 * 1024

/** What every service reads that works on jobs. */
export const workerSettings = {
  ...hostSettings,
  ...opsSettings,
  MAX_OBJECTS: count(500_000, 1).describe('Most objects in a PDF; each takes one to two kilobytes of memory'),
  CORES: count(availableParallelism(), 1).describe('Engine processes that may run at once on this host'),
  ENGINE_MEMORY_MB: megabytes(1024).describe('Address space of one engine process'),
  TASK_MEMORY_MB: taskMemory
    .prefault('4096')
    .describe(
      'Resident memory of the process that works on a job, with its engines, beyond which it is ended; exceptions for tasks follow: 4096,ocr=6144',
    ),
  DRAWING_MEMORY_MB: megabytes(512).describe('Memory of one thread that draws pages in this process'),
  DRAWING_MEGAPIXELS: count(50, 1).describe('Pixels of one page drawn in this process, in millions'),
  DRAWING_SECONDS: count(30, 1).describe('Processor time for drawing one page in this process'),
  RETRY_PACE: streamSettings.RETRY_PACE,
} satisfies Settings
export type WorkerConfig = ConfigOf<typeof workerSettings>
