import { rm, statfs, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { isDecided } from '@pdf-smaller/domain'
import { describe, expect, it } from 'vitest'
import { smallDisk, type SmallDisk } from '@pdf-smaller/testing/small-disk'
import { openHarness } from '../testing/harness.ts'
import { taskContext } from '../testing/task-context.ts'
import { diagnosed } from './diagnosis.ts'

const mebibyte = 2 ** 20

/** Leaves so many bytes of a disk free. */
async function fill({ folder }: SmallDisk, free: number): Promise<string> {
  const { bfree, bsize } = await statfs(folder)
  const filler = path.join(folder, 'filler')
  await writeFile(filler, Buffer.alloc(bfree * bsize - free))
  return filler
}

describe('a full work disk', () => {
  it.each([
    ['input', 0],
    ['output', 3 * mebibyte],
  ])(
    'that has no room for an %s is told by its folder, and jobs go on once there is room',
    async (_, free) => {
      await using disk = await smallDisk(8)
      const harness = await openHarness({ PDF_SMALLER_WORK_DIR: disk.folder })
      const filler = await fill(disk, free)
      await harness.work()
      const address = await harness.request('echo', {}, 'x'.repeat(2 * mebibyte))
      const job = await harness.when(address, ({ status }) => status === 'retrying')
      expect(job.failure).toMatchObject({ code: 'work_disk_full', retryable: true })
      expect(job.failure?.message).toContain(disk.folder)
      await rm(filler)
      expect(await harness.when(address, isDecided)).toMatchObject({ status: 'completed' })
      await harness.close()
    },
  )

  it.each(['PNM file is cut off', 'unexpected end of file'])(
    'is behind whatever it cut off: %s',
    async (said) => {
      await using disk = await smallDisk(8)
      const harness = await openHarness()
      const job = await harness.job(await harness.request('noop'))
      const { engine } = taskContext(disk.folder, {})
      const log = { debug: () => {}, info: () => {}, warn: () => {} }
      const error = new Error(said)
      const scene = (since: number) => ({ job, inputs: [], engine, log, since })
      expect(await diagnosed(error, scene(performance.now()))).toBe(error)
      const before = performance.now()
      const filler = await fill(disk, 4096)
      const full = { code: 'work_disk_full', cause: error }
      expect(await diagnosed(error, scene(performance.now()))).toMatchObject(full)
      // Whoever was at work then may have lost something, too, and looks after room was made.
      await rm(filler)
      expect(await diagnosed(error, scene(before))).toMatchObject(full)
      expect(await diagnosed(error, scene(performance.now()))).toBe(error)
      await harness.close()
    },
  )
})
