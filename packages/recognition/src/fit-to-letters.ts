import { rm } from 'node:fs/promises'
import type { EngineContext } from '@pdf-smaller/engines'
import sharp from 'sharp'
import { letterHeight } from './letter-height.ts'
import type { Measured, ScaledPicture } from './measured.ts'

/**
 * Pixels of low letters with which Tesseract makes no more mistakes than with more of them: it brings lines to a height
 * of 36 pixels to read them. Of nine documents, clean and as bad scans, as many words were found as at 300 dpi.
 */
const enoughPixels = 14
/** What is hardly smaller is hardly faster. */
const leastGain = 0.9

/**
 * Makes the picture of a page as small as its letters allow; looking through fewer pixels takes less time.
 * @param page what was measured on it
 * @param leastDpi how far it may go down
 */
export async function fitToLetters(
  { file, dpi }: ScaledPicture,
  page: Measured,
  leastDpi: number,
  context: EngineContext,
): Promise<ScaledPicture> {
  const height = letterHeight(page.shapes, page.dpi)
  if (height === undefined) return { file, dpi }
  const enough = Math.max(leastDpi, Math.round((page.dpi * enoughPixels) / height))
  if (enough > dpi * leastGain) return { file, dpi }
  const output = `${file}.fitted.tif`
  await context.core(async () => {
    const picture = sharp(file, { limitInputPixels: false })
    const { width } = await picture.metadata()
    await picture
      .resize(Math.round((width * enough) / dpi))
      .toColourspace('b-w')
      .tiff({ compression: 'none' })
      .toFile(output)
  })
  await rm(file)
  return { file: output, dpi: enough }
}
