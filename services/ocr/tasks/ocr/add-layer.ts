import type { ReadPage } from '@pdf-smaller/text'
import {
  deflated,
  type Dictionary,
  inherited,
  type InspectedPdf,
  type WorkingCopy,
  without,
} from '@pdf-smaller/pdf'
import type { Matrix } from '@pdf-smaller/pdf/matrix'
import { frameOf } from '@pdf-smaller/pdf/page-frame'
import { layerMatrix } from './layer-matrix.ts'
import type { Picture } from './picture.ts'
import { movedAnnotations, straighteningMatrix } from './straight-page.ts'
import { textLayer } from './text-layer.ts'

export type Layer = {
  page: number
  turn: 0 | 90 | 180 | 270
  /** How far what the page shows is turned clockwise for its lines to lie straight, degrees. */
  skew: number
  lines: ReadPage
  /** Takes the place of what the page showed. */
  picture?: Picture
}

/**
 * Puts invisible text under what a page shows, which itself stays as it is, or is turned as a whole. The text comes
 * first, so that nothing the page does to its graphics state moves it.
 */
export async function addLayer(
  { copy, pageReferences }: InspectedPdf,
  { page, turn, skew, lines, picture }: Layer,
  font: string,
): Promise<void> {
  const reference = pageReferences[page - 1] ?? ''
  const own = frameOf(copy, reference)
  const frame = { ...own, rotation: turned(own.rotation, turn) }
  const form = {
    '/Type': '/XObject',
    '/Subtype': '/Form',
    '/BBox': [0, 0, lines.width, lines.height],
    '/Matrix': layerMatrix(frame, lines.width, lines.height),
    '/Resources': { '/Font': { '/F': font } },
    '/Filter': '/FlateDecode',
  }
  const layer = await copy.addStream(form, await deflated(textLayer(lines, '/F')))
  const dictionary = copy.dictionary(reference)
  const resources = picture ? {} : copy.dictionary(inherited(copy, reference, '/Resources'))
  const objects = copy.dictionary(resources['/XObject'])
  const name = freeName('/OcrText', objects)
  const straightening = skew === 0 ? undefined : straighteningMatrix(own, skew)
  const replaced = picture
    ? [await addContents(copy, `q ${operands(layerMatrix(own, 1, 1))} cm /Page Do Q`)]
    : await shownContents(copy, dictionary, straightening)
  const more = picture ? { '/Page': copy.add(picture) } : {}
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

const addContents = (copy: WorkingCopy, operators: string): Promise<string> =>
  copy.addStream({}, Buffer.from(`${operators}\n`))

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

/** Content streams know no exponents. */
const operands = (matrix: Matrix): string => matrix.map((number) => number.toFixed(8)).join(' ')

const turned = (rotation: number, turn: number) =>
  ([0, 90, 180, 270] as const).find((each) => each === (rotation + turn) % 360) ?? 0

function freeName(name: string, taken: Dictionary): string {
  let free = name
  for (let number = 2; free in taken; number++) free = `${name}${number}`
  return free
}
