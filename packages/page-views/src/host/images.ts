import { JobFailure } from '@pdf-smaller/contracts'
import type { DrawingLimits } from '@pdf-smaller/engines/context'
import sharp from 'sharp'
import { mostSizes, type Pages } from './pages.ts'
import { mostAcross, webp } from './picture.ts'
import { type Entry, entriesOf, readEntry } from './zip-entries.ts'

type Given = string | Buffer

/** Opens an image without drawing more of it than is allowed. */
async function opened(given: Given, page: number, { mostPixels }: DrawingLimits) {
  const image = sharp(given, { limitInputPixels: false, page: page - 1, failOn: 'none' })
  const { autoOrient } = await image.metadata().catch(asOfImage)
  if (autoOrient.width * autoOrient.height > mostPixels * 4) throw new JobFailure('too_many_pixels')
  return { image, size: [autoOrient.width, autoOrient.height] as const }
}

async function drawn(given: Given, page: number, asked: number, limits: DrawingLimits): Promise<Buffer> {
  const { image, size } = await opened(given, page, limits)
  const width = Math.min(mostAcross(asked, size, limits.mostPixels), size[0])
  return webp(image.autoOrient().resize({ width })).catch(asOfImage)
}

function asOfImage(error: unknown): never {
  if (error instanceof JobFailure) throw error
  throw new JobFailure('damaged_image', error instanceof Error ? error.message.slice(0, 200) : '')
}

const noWords = () => Promise.reject(new JobFailure('no_pages', 'an image says nothing; OCR reads it'))

/** A picture, or the pages of a TIFF. */
export function imagePages(file: string, limits: DrawingLimits): Pages {
  const count = async () =>
    (await sharp(file, { limitInputPixels: false }).metadata().catch(asOfImage)).pages ?? 1
  return {
    look: async () => {
      const pages = await count()
      const sizes: [number, number][] = []
      for (let page = 1; page <= Math.min(pages, mostSizes); page++) {
        const { size } = await opened(file, page, limits)
        sizes.push([...size])
      }
      return { pages, sizes }
    },
    draw: async (page, width) => {
      if (page > (await count())) throw new JobFailure('no_such_page', `it has ${await count()}`)
      return drawn(file, page, width, limits)
    },
    words: noWords,
  }
}

/** The pictures in an archive, in its order. */
export function imagesPages(file: string, limits: DrawingLimits): Pages {
  let listed: Promise<Entry[]> | undefined
  const entries = async () => {
    const found = await (listed ??= entriesOf(file))
    const pictures = found.filter(({ name }) => /\.(?:png|jpe?g|webp|tiff?)$/i.test(name))
    if (pictures.length === 0) throw new JobFailure('no_pages', 'the archive holds no pictures')
    return pictures
  }
  return {
    // Their sizes would have all of them unpacked.
    look: async () => ({ pages: (await entries()).length, sizes: [] }),
    draw: async (page, width) => {
      const entry = (await entries())[page - 1]
      if (!entry) throw new JobFailure('no_such_page', `it has ${(await entries()).length}`)
      return drawn(await readEntry(file, entry), 1, width, limits)
    },
    words: noWords,
  }
}
