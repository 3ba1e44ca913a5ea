import path from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { renderPages } from '@pdf-smaller/engines'
import { engineContext } from '@pdf-smaller/engines/testing/context'
import { skewOfPicture, straightened } from './straighten.ts'

const examples = path.join(import.meta.dirname, '../../../examples')

/** What is found askew of the first page of an example that was turned clockwise. */
async function foundOf(example: string, degrees: number): Promise<number> {
  await using test = await engineContext()
  const file = path.join(test.folder, 'turned.png')
  const [drawn] = await renderPages(path.join(examples, example), `${test.folder}/page`, test.context, {
    first: 1,
    last: 1,
    scale: { dpi: 200 },
    colours: 'grayscale',
    as: { format: 'tiff' },
    timeoutMs: 30_000,
  })
  await (await straightened(sharp(drawn?.file), degrees)).png().toFile(file)
  return await skewOfPicture(file, 200, test.context)
}

describe('how far lines lie askew', () => {
  it.each([0.3, -0.7, 0.7, -2, 2, -5, 5, 9.5])('is found when it is %f degrees', async (degrees) => {
    expect(Math.abs((await foundOf('invoice.pdf', degrees)) + degrees)).toBeLessThan(0.05)
  })

  it.each(['invoice.pdf', 'handbook.pdf', 'form.pdf', 'brochure.pdf', 'bank-statement.pdf'])(
    'is nothing in %s',
    async (example) => {
      expect(await foundOf(example, 0)).toBe(0)
    },
  )

  it('is nothing where there are no lines', async () => {
    await using test = await engineContext()
    const file = path.join(test.folder, 'noise.png')
    const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const
    await sharp({ create: { width: 900, height: 1200, channels: 3, background: '#fff', noise } })
      .blur(2)
      .linear(3, -256)
      .png()
      .toFile(file)
    expect(await skewOfPicture(file, 150, test.context)).toBe(0)
    await sharp({ create: { width: 900, height: 1200, channels: 3, background: '#fff' } })
      .png()
      .toFile(file)
    expect(await skewOfPicture(file, 150, test.context)).toBe(0)
  })
})
