import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { JobFailure } from '@pdf-smaller/contracts'
import type { EngineContext } from '@pdf-smaller/engines'
import {
  boxOf,
  type Dictionary,
  graphCopier,
  inherited,
  inspect,
  type InspectedPdf,
  type PdfObjects,
  type PdfStream,
  type WorkingCopy,
  without,
} from '@pdf-smaller/pdf'
import { frameOf } from '../../recognition/page-size.ts'
import { layerMatrix, type Matrix } from './layer-matrix.ts'
import type { Picture } from './picture.ts'
import { movedAnnotations, straighteningMatrix } from './straight-page.ts'

/** The fonts of the layers: the same on every page, so that they stand in the document once. */
export type LayerFonts = { fonts: unknown }

export type Layer = {
  page: number
  turn: 0 | 90 | 180 | 270
  /** How far what the page shows is turned clockwise for its lines to lie straight, degrees. */
  skew: number
  text: LayerText
  /** Takes the place of what the page showed. */
  picture?: Picture
}

/**
 * Puts invisible text under what a page shows, which itself stays as it is, or is turned as a whole. The text comes
 * first, so that nothing the page does to its graphics state moves it.
 */
export async function addLayer(
  { copy, pageReferences }: InspectedPdf,
  { page, turn, skew, text, picture }: Layer,
  shared: Partial<LayerFonts>,
): Promise<void> {
  const reference = pageReferences[page - 1] ?? ''
  shared.fonts ??= graphCopier(
    { get: (each) => text.copy.all.get(each) },
    { placeOf: () => undefined, add: copy.add, put: copy.put },
  )(text.fonts)
  const own = frameOf(copy, reference)
  const frame = { ...own, rotation: turned(own.rotation, turn) }
  const [, , width = 1, height = 1] = text.box
  const layer = copy.add({
    dictionary: {
      ...text.dictionary,
      '/Type': '/XObject',
      '/Subtype': '/Form',
      '/BBox': text.box,
      '/Matrix': layerMatrix(frame, width, height),
      '/Resources': { '/Font': shared.fonts },
    },
    file: text.file,
  })
  const dictionary = copy.dictionary(reference)
  const resources = picture ? {} : copy.dictionary(inherited(copy, reference, '/Resources'))
  const objects = copy.dictionary(resources['/XObject'])
  const name = freeName('/OcrText', objects)
  const straightening = skew === 0 ? undefined : straighteningMatrix(own, skew)
  const replaced = picture
    ? [await addContents(copy, `q ${operands(layerMatrix(own, 1, 1))} cm /Page Do Q`)]
    : await shownContents(copy, dictionary, straightening)
  const more = picture ? { '/Page': pictureObject(copy, picture) } : {}
  const annotations = dictionary['/Annots']
  copy.put(reference, {
    value: {
      ...(picture ? without(dictionary, '/StructParents') : dictionary),
      ...(turn === 0 ? {} : { '/Rotate': frame.rotation }),
      ...(straightening && annotations !== undefined
        ? { '/Annots': movedAnnotations(copy, annotations, straightening) }
        : {}),
      '/Resources': { ...resources, '/XObject': { ...objects, ...more, [name]: layer } },
      '/Contents': [await addContents(copy, `q ${name} Do Q`), ...replaced],
    },
  })
}

async function addContents(copy: WorkingCopy, operators: string): Promise<string> {
  const stream = copy.add({ value: null })
  await copy.putStream(stream, {}, Buffer.from(`${operators}\n`))
  return stream
}

/** What a page shows, straightened by a matrix in front, not within q and Q: a surplus Q would turn the rest back. */
async function shownContents(
  copy: WorkingCopy,
  { '/Contents': own }: Dictionary,
  straightening: Matrix | undefined,
): Promise<unknown[]> {
  const contents = copy.resolve(own)
  const shown = Array.isArray(contents) ? contents : contents === undefined ? [] : [own]
  return straightening ? [await addContents(copy, `${operands(straightening)} cm`), ...shown] : shown
}

function pictureObject(copy: WorkingCopy, { file, width, height }: Picture): string {
  const image = { '/Type': '/XObject', '/Subtype': '/Image', '/Width': width, '/Height': height }
  const coding = { '/ColorSpace': '/DeviceRGB', '/BitsPerComponent': 8, '/Filter': '/DCTDecode' }
  return copy.add({ dictionary: { ...image, ...coding }, file })
}

/** Content streams know no exponents. */
const operands = (matrix: Matrix): string => matrix.map((number) => number.toFixed(8)).join(' ')

/** The invisible text of a page, with its fonts. */
export type LayerText = PdfStream & { copy: PdfObjects; fonts: unknown; box: number[] }

/** Takes apart a PDF of one page that holds the invisible text. */
export async function openLayer(page: number, pdf: Buffer, context: EngineContext): Promise<LayerText> {
  const file = path.join(context.cwd, `layer-${page}.pdf`)
  await writeFile(file, pdf)
  const { copy, pageReferences } = await inspect(file, context)
  await rm(file)
  const [reference = ''] = pageReferences
  const contents = copy.dictionary(reference)['/Contents']
  const stream = copy.stream(Array.isArray(contents) ? contents[0] : contents)
  if (!stream) throw new JobFailure('engine_failed', `the text of page ${page} has no contents`)
  const fonts = copy.dictionary(inherited(copy, reference, '/Resources'))['/Font']
  return { copy, fonts, box: boxOf(copy, reference, '/MediaBox'), ...stream }
}

const turned = (rotation: number, turn: number) =>
  ([0, 90, 180, 270] as const).find((each) => each === (rotation + turn) % 360) ?? 0

function freeName(name: string, taken: Dictionary): string {
  let free = name
  for (let number = 2; free in taken; number++) free = `${name}${number}`
  return free
}
