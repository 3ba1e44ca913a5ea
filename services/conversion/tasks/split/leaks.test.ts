import { describe, expect, it } from 'vitest'
import { runTask } from '@pdf-smaller/worker/testing/run-task'
import { seeded } from '@pdf-smaller/testing/pdf/random'
import { createWriter } from '@pdf-smaller/testing/pdf/writer'
import { textPages } from '@pdf-smaller/testing/pdf/odd-files'
import { qpdfCheck, run } from '@pdf-smaller/testing/pdf/inspect'
import { looksOf } from '../../testing/look.ts'
import { markOf, marksOf, sharedResources } from '../../testing/shared-resources.ts'
import { unzip } from '../../testing/unzip.ts'
import { merge } from '../merge/task.ts'
import { split } from './task.ts'

async function partsOf(bytes: Buffer, options: object = {}): Promise<Buffer[]> {
  const { outputs } = await runTask(split, [{ name: 'doc.pdf', bytes }], options)
  const files = await unzip(outputs[0]?.bytes ?? Buffer.alloc(0))
  return [...files].filter(([name]) => name.endsWith('.pdf')).map(([, part]) => part)
}

/** All that stands in a file, unpacked by another program. */
const unpacked = (pdf: Buffer) =>
  run(pdf, 'qpdf', ['--qdf', '--object-streams=disable', '--stream-data=uncompress', '{}', '-'])

describe('parts of a document whose pages share their resources', () => {
  const pages = 3
  const whole = sharedResources(pages)

  it('hold all that their pages draw, and nothing that others do', async () => {
    const parts = await partsOf(whole)
    const looks = await Promise.all(parts.map(looksOf))
    expect(looks.flat()).toEqual(await looksOf(whole))
    expect(new Set(looks.flat()).size).toBe(pages)
    for (const [index, part] of parts.entries()) {
      await qpdfCheck(part)
      const content = await unpacked(part)
      const there = [1, 2, 3].map((page) => marksOf(page).filter((mark) => content.includes(mark)))
      const own = index + 1
      expect(there).toEqual([1, 2, 3].map((page) => (page === own ? marksOf(own) : [])))
    }
  })

  it('hold what each of their pages draws, where they have several', async () => {
    const [part = Buffer.alloc(0)] = await partsOf(whole, { by: 'ranges', ranges: '1-2' })
    const content = await unpacked(part)
    expect(
      marksOf(1)
        .concat(marksOf(2))
        .every((mark) => content.includes(mark)),
    ).toBe(true)
    expect(content).not.toContain('-of-page-3-')
  })

  it('are as small where some pages of it are merged', async () => {
    const other = { name: 'other.pdf', bytes: textPages([['other']]) }
    const { outputs } = await runTask(merge, [{ name: 'doc.pdf', bytes: whole }, other], {
      pages: '2',
    })
    const content = await unpacked(outputs[0]?.bytes ?? Buffer.alloc(0))
    expect(marksOf(2).every((mark) => content.includes(mark))).toBe(true)
    expect(content).not.toMatch(/-of-page-[13]-/)
  })

  it('come as near to a size as what they draw lets them', async () => {
    const parts = await partsOf(imagePages(6), { by: 'size', megabytes: 0.13 })
    expect(parts.map((part) => part.length < 130_000)).toEqual([true, true, true])
  })
})

/** Pages with an image each, named by one dictionary. */
function imagePages(count: number): Buffer {
  const random = seeded(7)
  const writer = createWriter()
  const [root, tree] = [writer.reserve(), writer.reserve()]
  const size = { Width: 200, Height: 300, BitsPerComponent: 8, ColorSpace: 'DeviceGray' }
  const numbers = Array.from({ length: count }, (_, index) => index)
  const images = numbers.map((index) => [
    `I${index}`,
    writer.addStream(
      { Type: 'XObject', Subtype: 'Image', ...size },
      Buffer.from(Array.from({ length: 60_000 }, () => random() * 256)),
    ),
  ])
  const Resources = writer.add({ XObject: Object.fromEntries(images) })
  const Kids = numbers.map((index) => {
    const Contents = writer.addStream({}, `q 200 0 0 300 0 0 cm /I${index} Do Q % ${markOf(index)}`)
    return writer.add({ Type: 'Page', Parent: tree, MediaBox: [0, 0, 200, 300], Resources, Contents })
  })
  writer.set(tree, { Type: 'Pages', Count: count, Kids })
  writer.set(root, { Type: 'Catalog', Pages: tree })
  return writer.save({ Root: root })
}
