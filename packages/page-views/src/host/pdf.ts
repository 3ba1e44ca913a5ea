import { JobFailure } from '@pdf-smaller/contracts'
import type { DrawingLimits } from '@pdf-smaller/engines/context'
import { locked, openPdfium } from '@pdf-smaller/pdfium'
import sharp from 'sharp'
import { mostSizes, type Pages } from './pages.ts'
import { mostAcross, webp } from './picture.ts'

/** The pages of a PDF, as PDFium draws and reads them. */
export function pdfPages(file: string, folder: string, limits: DrawingLimits): Pages {
  const { signal } = new AbortController()
  const document = openPdfium(file, {
    cwd: folder,
    signal,
    memoryBytes: limits.memoryBytes,
    cores: 1,
    core: (work) => work(),
    drawing: limits,
  })
  const pages = async () => document.pages().catch((error: unknown) => Promise.reject(asOfFile(error)))
  const sizeOf = async (page: number): Promise<readonly [number, number]> => {
    if (page > (await pages())) throw new JobFailure('no_such_page', `it has ${await pages()}`)
    const [size] = await document.sizes([page])
    if (!size || !(size[0] > 0 && size[1] > 0))
      throw new JobFailure('damaged_pdf', `page ${page} has no size`)
    return size
  }
  return {
    look: async () => {
      const count = await pages()
      const listed = Array.from({ length: Math.min(count, mostSizes) }, (_, index) => index + 1)
      return { pages: count, sizes: await document.sizes(listed) }
    },
    draw: async (page, asked) => {
      const size = await sizeOf(page)
      const longest = (mostAcross(asked, size, limits.mostPixels) / size[0]) * Math.max(...size)
      const how = { scale: { longestSide: longest }, withoutAnnotations: false }
      const { samples, width, height } = await document.draw(page, how)
      return webp(sharp(samples, { raw: { width, height, channels: 3 } }))
    },
    words: async (page) => {
      await sizeOf(page)
      return document.words(page)
    },
  }
}

/** What is wrong with a file that PDFium does not open. */
function asOfFile(error: unknown): unknown {
  if (!(error instanceof JobFailure) || error.code !== 'engine_failed') return error
  return new JobFailure(error.why.includes(locked) ? 'encrypted_pdf' : 'damaged_pdf', error.why, {
    cause: error,
  })
}
