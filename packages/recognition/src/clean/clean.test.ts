import path from 'node:path'
import { readFile } from 'node:fs/promises'
import { renderPages, textOfPages } from '@pdf-smaller/engines'
import { recognise } from '../recognise.ts'
import sharp, { type Sharp } from 'sharp'
import { describe, expect, it } from 'vitest'
import { engineContext } from '@pdf-smaller/engines/testing/context'
import { dirty, type Dirt } from '../../testing/dirty.ts'
import { errorRate } from '../../testing/error-rate.ts'
import { cleanedPicture } from './clean-picture.ts'

const invoice = path.join(import.meta.dirname, '../../../../examples/invoice.pdf')
const dpi = 200

/** The share of letters that are read wrong on a page with dirt, and on the same page once it was cleaned. */
async function errorsOf(dirt: readonly Dirt[]): Promise<{ before: number; after: number }> {
  await using test = await engineContext()
  const { context, folder } = test
  const [drawn] = await renderPages(invoice, path.join(folder, 'page'), context, {
    first: 1,
    last: 1,
    scale: { dpi },
    colours: 'grayscale',
    as: { format: 'tiff' },
    timeoutMs: 30_000,
  })
  const page = await dirty(await readFile(drawn?.file ?? ''), dirt)
  const [truth = ''] = await textOfPages(invoice, context, 1)
  const errors = async (name: string, picture: Sharp) => {
    const file = path.join(folder, name)
    await picture.png().toFile(file)
    const how = {
      languages: ['eng'],
      dpi,
      segmentation: 'automatic',
      timeoutMs: 60_000,
    } as const
    return errorRate((await recognise('native', file, context, how)).text, truth)
  }
  const clean = await cleanedPicture(sharp(page).toColourspace('b-w'), dpi)
  return { before: await errors('before.png', sharp(page)), after: await errors('after.png', clean) }
}

describe('a picture that is cleaned', () => {
  it.each([
    ['specks', ['specks']],
    ['a dark border', ['border']],
    ['a shadow', ['shadow']],
    ['all of them', ['specks', 'border', 'shadow']],
  ] as const)('is read better, or as well, with %s', async (_, dirt) => {
    const { before, after } = await errorsOf(dirt)
    expect(after).toBeLessThanOrEqual(before)
  })

  it('is read as well where it was clean', async () => {
    const { before, after } = await errorsOf([])
    expect(after).toBeLessThanOrEqual(before + 0.001)
  })

  it('keeps dots of letters, points and colours, and loses specks, lid and shadow', async () => {
    const [width, height] = [600, 400]
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
      <rect width="600" height="400" fill="#ddd"/><rect width="600" height="20" fill="#111"/>
      <rect x="100" y="100" width="6" height="30"/><rect x="101" y="92" width="4" height="4"/>
      <rect x="200" y="300" width="2" height="2"/><rect x="300" y="200" width="80" height="40" fill="#c00"/>
    </svg>`
    const picture = sharp(Buffer.from(svg)).removeAlpha()
    const { data } = await (await cleanedPicture(picture, dpi)).raw().toBuffer({ resolveWithObject: true })
    const at = (x: number, y: number) => [...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)]
    const white = [255, 255, 255]
    expect([at(50, 10), at(50, 30), at(200, 300), at(500, 380)]).toEqual([white, white, white, white])
    expect(Math.max(...at(103, 94), ...at(103, 110))).toBeLessThan(60)
    const [red = 0, green = 255] = at(340, 220)
    expect(red - green).toBeGreaterThan(150)
  })
})
