import { mkdtemp } from 'node:fs/promises'
import path from 'node:path'
import { type EngineContext, extractImages } from '@pdf-smaller/engines'
import { graphCopier, newDocument, type PdfStream, type WorkingCopy } from '@pdf-smaller/pdf'

/** An image that needs a decoder of Poppler, and the colour space in which its samples are to be taken. */
export type Foreign = {
  stream: PdfStream
  space: unknown
  /** How the samples are to be understood in that space; null for as they stand. */
  decode: unknown
}

/**
 * Decodes images whose filters only Poppler knows (CCITT, JBIG2, JPX, LZW and chains of filters): each is put on a page
 * of its own in a small document, out of reach of everything else on its real page.
 * @returns the PNM file of each image that could be decoded, by its reference: PBM for 1 bit, else PPM
 */
export async function decodeForeign(
  copy: WorkingCopy,
  images: readonly Foreign[],
  engine: EngineContext,
): Promise<Map<string, string>> {
  if (images.length === 0) return new Map()
  const folder = await mkdtemp(path.join(engine.cwd, 'foreign-'))
  const pdf = path.join(folder, 'images.pdf')
  await documentOf(copy, images).write(pdf)
  const files = await extractImages(pdf, path.join(folder, 'image'), engine)
  return new Map(
    files.flatMap(({ page, file }) => {
      const image = images[page - 1]
      return image ? [[image.stream.reference, file]] : []
    }),
  )
}

/** A document with one image to a page, without its mask and without anything that changes its samples. */
function documentOf(copy: WorkingCopy, images: readonly Foreign[]) {
  const document = newDocument()
  const copied = graphCopier(copy.all, { placeOf: () => undefined, ...document })
  for (const { stream, space, decode } of images) {
    const { dictionary, file } = stream
    const [width = 0, height = 0] = ['/Width', '/Height'].map((key) => copy.number(dictionary[key]))
    const image = document.add({
      dictionary: {
        '/Type': '/XObject',
        '/Subtype': '/Image',
        '/Width': width,
        '/Height': height,
        '/BitsPerComponent': copy.number(dictionary['/BitsPerComponent']) || 1,
        ...(space === undefined ? {} : { '/ColorSpace': copied(space) }),
        '/Decode': copied(decode),
        '/Filter': copied(dictionary['/Filter']),
        '/DecodeParms': copied(dictionary['/DecodeParms']) ?? null,
      },
      file,
    })
    const contents = document.add({
      dictionary: {},
      data: Buffer.from(`${width} 0 0 ${height} 0 0 cm /I Do`),
    })
    document.addPage([0, 0, width, height], contents, { '/XObject': { '/I': image } })
  }
  return document
}
