import { promisify } from 'node:util'
import { deflate } from 'node:zlib'
import type { ReadPage } from '@pdf-smaller/engines'
import { type Dictionary, inherited, type InspectedPdf, without } from '@pdf-smaller/pdf'
import { frameOf } from '../../recognition/page-size.ts'
import { layerMatrix } from './layer-matrix.ts'
import type { Picture } from './picture.ts'
import { textLayer } from './text-layer.ts'

const pack = promisify(deflate)

export type Layer = {
  page: number
  turn: 0 | 90 | 180 | 270
  lines: ReadPage
  /** Takes the place of what the page showed. */
  picture?: Picture
}

/**
 * Puts invisible text under what a page shows, which itself stays as it is. The text comes first, so that nothing the
 * page does to its graphics state moves it.
 */
export async function addLayer(
  { copy, pageReferences }: InspectedPdf,
  { page, turn, lines, picture }: Layer,
  font: string,
): Promise<void> {
  const reference = pageReferences[page - 1] ?? ''
  const own = frameOf(copy, reference)
  const frame = { ...own, rotation: turned(own.rotation, turn) }
  const layer = copy.add({ value: null })
  const form = {
    '/Type': '/XObject',
    '/Subtype': '/Form',
    '/BBox': [0, 0, lines.width, lines.height],
    '/Matrix': layerMatrix(frame, lines.width, lines.height),
    '/Resources': { '/Font': { '/F': font } },
    '/Filter': '/FlateDecode',
  }
  await copy.putStream(layer, form, await pack(textLayer(lines, '/F')))
  const dictionary = copy.dictionary(reference)
  const resources = picture ? {} : copy.dictionary(inherited(copy, reference, '/Resources'))
  const objects = copy.dictionary(resources['/XObject'])
  const name = freeName('/OcrText', objects)
  const contents = copy.resolve(dictionary['/Contents'])
  const shown = Array.isArray(contents) ? contents : contents === undefined ? [] : [dictionary['/Contents']]
  const put = async (operators: string) => {
    const stream = copy.add({ value: null })
    await copy.putStream(stream, {}, Buffer.from(operators))
    return stream
  }
  const [replaced, more] = picture
    ? [
        [await put(`q ${layerMatrix(own, 1, 1).join(' ')} cm /Page Do Q\n`)],
        { '/Page': pictureObject(picture) },
      ]
    : [shown, {}]
  copy.put(reference, {
    value: {
      ...(picture ? without(dictionary, '/StructParents') : dictionary),
      ...(turn === 0 ? {} : { '/Rotate': frame.rotation }),
      '/Resources': { ...resources, '/XObject': { ...objects, ...more, [name]: layer } },
      '/Contents': [await put(`q ${name} Do Q\n`), ...replaced],
    },
  })

  function pictureObject({ file, width, height }: Picture): string {
    const image = { '/Type': '/XObject', '/Subtype': '/Image', '/Width': width, '/Height': height }
    const coding = { '/ColorSpace': '/DeviceRGB', '/BitsPerComponent': 8, '/Filter': '/DCTDecode' }
    return copy.add({ dictionary: { ...image, ...coding }, file })
  }
}

const turned = (rotation: number, turn: number) =>
  ([0, 90, 180, 270] as const).find((each) => each === (rotation + turn) % 360) ?? 0

function freeName(name: string, taken: Dictionary): string {
  let free = name
  for (let number = 2; free in taken; number++) free = `${name}${number}`
  return free
}
