import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { usualDrawing } from '@pdf-smaller/engines'
import { openPdfium } from '@pdf-smaller/pdfium'
import type { Pixels } from '@pdf-smaller/pictures/pixels'
import { expect, it } from 'vitest'
import { textPages } from '@pdf-smaller/testing/pdf/odd-files'
import { engineContext } from '@pdf-smaller/engines/testing/context'
import { type Drawable, drawnPair, type DrawnPair } from './pairs.ts'

const sound = textPages([['a line of text']])
/** Without its trailer, nothing opens it. */
const cutOff = sound.subarray(0, sound.lastIndexOf('\nxref'))

async function drawn(
  before: Buffer,
  after: Buffer,
  mostPixels = usualDrawing.mostPixels,
): Promise<DrawnPair & { isRefused: boolean }> {
  await using test = await engineContext({ drawing: { ...usualDrawing, mostPixels } })
  const drawable = async (pdf: Buffer, name: string): Promise<Drawable> => {
    const file = path.join(test.folder, name)
    await writeFile(file, pdf)
    return { path: file, pdfium: openPdfium(file, test.context) }
  }
  const [had, has] = [await drawable(before, 'before.pdf'), await drawable(after, 'after.pdf')]
  const pair = await drawnPair(had, has, { before: 1, after: 1 }, test.context)
  return { ...pair, isRefused: had.isRefused === true }
}

const isSame = (one: Pixels, other: Pixels) => Buffer.compare(one.samples, other.samples) === 0

it('compares drawings by the same program, whichever can draw the page as it was', async () => {
  const byPdfium = await drawn(sound, sound)
  const byPoppler = await drawn(sound, sound, 1000)
  if ('damage' in byPdfium || 'damage' in byPoppler) throw new Error('nothing was drawn')
  expect([byPdfium.isRefused, byPoppler.isRefused]).toEqual([false, true])
  expect(isSame(byPdfium.after, byPdfium.before)).toBe(true)
  expect(isSame(byPoppler.after, byPoppler.before)).toBe(true)
  expect(isSame(byPoppler.after, byPdfium.after)).toBe(false)
})

it('takes for damaged what could be drawn and cannot any more', async () => {
  expect(await drawn(sound, cutOff)).toMatchObject({ damage: 'page 1 can no longer be drawn' })
})
