import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { buildFromJson, type EngineContext, extractImages } from '@pdf-smaller/engines'
import { isDictionary, isReference } from '../../pdf-objects.ts'
import type { PdfStream, WorkingCopy } from '../../working-copy.ts'

/** An image that needs a decoder of Poppler, and the colour space in which its samples are to be taken. */
export type Foreign = { stream: PdfStream; space: unknown }

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
  const folder = path.join(engine.cwd, 'foreign')
  await mkdir(folder)
  const [json, pdf] = [path.join(folder, 'images.json'), path.join(folder, 'images.pdf')]
  await writeFile(json, JSON.stringify(documentOf(copy, images)))
  await buildFromJson(json, pdf, engine)
  const files = await extractImages(pdf, path.join(folder, 'image'), engine)
  return new Map(
    files.flatMap(({ page, file }) => {
      const image = images[page - 1]
      return image ? [[image.stream.reference, file]] : []
    }),
  )
}

/** A document in qpdf's JSON, version 2, with one image to a page. */
function documentOf(copy: WorkingCopy, images: readonly Foreign[]): object {
  const entries: Record<string, object> = {}
  let last = 2
  const add = (entry: object) => {
    const reference = `${++last} 0 R`
    entries[`obj:${reference}`] = entry
    return reference
  }
  const addStream = ({ dictionary, file }: PdfStream, own: object): string => {
    const given = Object.fromEntries(
      ['/Filter', '/DecodeParms'].map((key) => [
        key,
        inlined(copy, dictionary[key], (globals) => addStream(globals, {})),
      ]),
    )
    return add({ stream: { dict: { ...given, ...own }, datafile: file } })
  }
  const pages = images.map(({ stream, space }) => {
    const [width, height] = ['/Width', '/Height'].map((key) => copy.number(stream.dictionary[key]))
    const image = addStream(stream, {
      '/Type': '/XObject',
      '/Subtype': '/Image',
      '/Width': width,
      '/Height': height,
      ...(space === undefined
        ? {}
        : { '/ColorSpace': inlined(copy, space, (table) => addStream(table, {})) }),
      '/BitsPerComponent': copy.number(stream.dictionary['/BitsPerComponent']) || 1,
    })
    const content = Buffer.from(`${width} 0 0 ${height} 0 0 cm /I Do`)
    return add({
      value: {
        '/Type': '/Page',
        '/Parent': '1 0 R',
        '/MediaBox': [0, 0, width, height],
        '/Contents': add({ stream: { dict: {}, data: content.toString('base64') } }),
        '/Resources': { '/XObject': { '/I': image } },
      },
    })
  })
  entries['obj:1 0 R'] = { value: { '/Type': '/Pages', '/Kids': pages, '/Count': pages.length } }
  entries['obj:2 0 R'] = { value: { '/Type': '/Catalog', '/Pages': '1 0 R' } }
  entries['trailer'] = { value: { '/Root': '2 0 R', '/Size': last + 1 } }
  return {
    version: 2,
    parameters: { decodelevel: 'none' },
    qpdf: [{ jsonversion: 2, pdfversion: '1.7', maxobjectid: last }, entries],
  }
}

/** A value with what it refers to in it; streams become objects of the new document. */
function inlined(
  copy: WorkingCopy,
  value: unknown,
  addStream: (stream: PdfStream) => string,
  depth = 0,
): unknown {
  if (value === undefined || depth > 8) return null
  const stream = copy.stream(value)
  if (stream) return addStream(stream)
  const resolved = isReference(value) ? copy.resolve(value) : value
  if (Array.isArray(resolved)) return resolved.map((each) => inlined(copy, each, addStream, depth + 1))
  if (!isDictionary(resolved)) return resolved
  return Object.fromEntries(
    Object.entries(resolved).map(([key, each]) => [key, inlined(copy, each, addStream, depth + 1)]),
  )
}
