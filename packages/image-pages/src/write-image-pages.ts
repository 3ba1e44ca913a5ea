import { writeFile } from 'node:fs/promises'
import { JobFailure } from '@pdf-smaller/contracts'
import type { EngineContext } from '@pdf-smaller/engines'
import { mostPages, newDocument, type NewDocument, wholeFile } from '@pdf-smaller/pdf'
import sharp, { type Metadata } from 'sharp'
import { densityOf, type Unsaid } from './density.ts'
import { mostPixels, type PageImage, type Placed, placedImage } from './image-page.ts'

/** The longest side of a page, points (ISO 32000-1, annex C). */
const longestSide = 14_400

/** An image, by its path and by the name that its sender knows. */
export type ImageFile = { path: string; name: string }

type ImagePagesOptions = {
  /** How large images are that do not say. */
  unsaid: Unsaid
  /** Called after each image. */
  onImage?: (done: number) => void
}

/**
 * Writes a document whose pages are filled by images, in their order and in the size that their resolution gives them;
 * each page of a TIFF is one. What is made of the images waits in files beside them.
 * @throws JobFailure damaged_image, too_many_pixels, too_many_pages, naming the image
 */
export async function writeImagePages(
  images: readonly ImageFile[],
  output: string,
  { core, signal }: Pick<EngineContext, 'core' | 'signal'>,
  { unsaid, onImage = () => {} }: ImagePagesOptions,
): Promise<void> {
  const document = newDocument()
  let pages = 0
  for (const [index, image] of images.entries()) {
    signal.throwIfAborted()
    await core(() => addImage(image))
    onImage(index + 1)
  }
  await document.write(output)

  async function addImage({ path, name }: ImageFile): Promise<void> {
    try {
      const { format, pages: count = 1 } = await metadataOf(path, 0)
      // Those of other kinds are moments of a moving picture.
      const own = format === 'tiff' ? count : 1
      pages += own
      if (pages > mostPages) throw new JobFailure('too_many_pages', `${name} ends beyond page ${mostPages}`)
      for (let page = 0; page < own; page++) {
        signal.throwIfAborted()
        await addPage(document, await openPage(path, page, name), `${path}-${page}`)
      }
    } catch (error) {
      if (error instanceof JobFailure || signal.aborted) throw error
      const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''
      throw new JobFailure('damaged_image', `${name}: ${why.replaceAll(path, 'it')}`, { cause: error })
    }
  }

  async function openPage(path: string, page: number, name: string): Promise<Placed & { density: number }> {
    const metadata = await metadataOf(path, page)
    const { width, height } = metadata
    if (width * height > mostPixels)
      throw new JobFailure('too_many_pixels', `${name} is an image of ${width} × ${height} pixels`)
    return { ...(await placedImage(path, page, metadata)), density: densityOf(metadata, unsaid) }
  }
}

const metadataOf = (path: string, page: number): Promise<Metadata> =>
  sharp(path, { page, limitInputPixels: false }).metadata()

async function addPage(
  document: NewDocument,
  { mask, image, width, height, rotate, density }: Placed & { density: number },
  aside: string,
): Promise<void> {
  const points = (pixels: number) => (pixels / density) * 72
  const scale = Math.min(1, longestSide / Math.max(points(width), points(height)))
  const [across, up] = [points(width) * scale, points(height) * scale]
  const softMask = mask ? { '/SMask': document.add(await setAside(mask, `${aside}.mask`)) } : {}
  const { dictionary, file } = await setAside(image, aside)
  const picture = document.add({ dictionary: { ...dictionary, ...softMask }, file })
  const contents = Buffer.from(`q ${across} 0 0 ${up} 0 0 cm /I Do Q`)
  document.addPage(
    [0, 0, across, up],
    document.add({ dictionary: {}, data: contents }),
    { '/XObject': { '/I': picture } },
    { '/Rotate': rotate },
  )
}

/** Hundreds of images would fill the memory until the document is written. */
async function setAside(image: PageImage, file: string) {
  if ('file' in image) return image
  await writeFile(file, image.data)
  return { dictionary: image.dictionary, file: await wholeFile(file) }
}
