import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { workFolder } from '@pdf-smaller/platform'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Harness, openHarness } from '../../testing/harness.ts'
import { cleanupTempFiles } from './task.ts'

let harness: Harness
beforeAll(async () => {
  harness = await openHarness()
})
afterAll(() => harness.close())

it('deletes what dead or silent processes left, and nothing of a running attempt', async () => {
  const work = workFolder(harness.config)
  const [running, dead, silent] = ['a.1.' + process.pid, 'b.1.4194303', 'c.1.' + process.ppid]
  const threeHoursAgo = new Date(Date.now() - 3 * 3_600_000)
  for (const name of [running, dead, silent]) await mkdir(path.join(work, name), { recursive: true })
  await writeFile(path.join(work, silent, 'page.png'), 'pixels')
  await utimes(path.join(work, silent), threeHoursAgo, threeHoursAgo)
  const temporary = path.join(harness.folder, 'objects', 'tmp', '1.1-x')
  await writeFile(temporary, '12345')
  await utimes(temporary, threeHoursAgo, threeHoursAgo)

  expect(await harness.run(cleanupTempFiles)).toEqual({
    objects: { files: 1, bytes: 5 },
    workspaces: 2,
    logs: { compressed: 0, deleted: 0 },
  })
  expect(await readdir(work)).toEqual([running])
  expect(await harness.temporary()).toEqual([])
})
