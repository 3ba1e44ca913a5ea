import type { Dictionary, WorkingCopy } from '@pdf-smaller/pdf'
import type { Box } from '../reading/marks.ts'
import type { LayeredPage } from './layered.ts'

/** A page in layers that is to stand where an image stood. */
export type LayeredForm = { page: LayeredPage; space: unknown; dictionary: Dictionary }

/** What an image has to do with layers and tags stays with what takes its place. */
const keptKeys = ['/OC', '/StructParent', '/Metadata']

/**
 * Puts a form in place of an image: images and forms are drawn by the same operator, an image into the unit square. The
 * ink has the mask as its stencil (ISO 32000-1, 8.9.6.3).
 */
export async function putLayers(
  copy: WorkingCopy,
  reference: string,
  { page, space, dictionary }: LayeredForm,
): Promise<void> {
  const image = async ({ width, height, bytes }: LayeredPage['paper'], more: Dictionary) => {
    const own = copy.add({ value: null })
    const size = { '/Type': '/XObject', '/Subtype': '/Image', '/Width': width, '/Height': height }
    await copy.putStream(own, { ...size, ...more }, bytes)
    return own
  }
  // Painted is where a stencil is 0; the bitmap has ink as 1, and JBIG2 gives black pixels as 0.
  const stencil = { '/ImageMask': true, '/BitsPerComponent': 1, '/Filter': '/JBIG2Decode' }
  const picture = { '/ColorSpace': space, '/BitsPerComponent': 8, '/Filter': '/DCTDecode' }
  const kept = Object.fromEntries(
    keptKeys.flatMap((key) => (key in dictionary ? [[key, dictionary[key]]] : [])),
  )
  const drawn: Dictionary = { '/Paper': await image(page.paper, picture) }
  let contents = '/Paper Do'
  if (page.front) {
    const mask = await image(page.front.mask, stencil)
    drawn['/Ink'] = await image(page.front.ink, { ...picture, '/Mask': mask })
    contents += ' /Ink Do'
  }
  for (const [index, patch] of page.patches.entries()) {
    const name = `/Patch${index + 1}`
    drawn[name] = await image(patch, picture)
    contents += ` q ${placeOf(patch.box, page.whole)} cm ${name} Do Q`
  }
  const form = { '/Type': '/XObject', '/Subtype': '/Form', '/BBox': [0, 0, 1, 1] }
  const resources = { '/Resources': { '/XObject': drawn } }
  await copy.putStream(reference, { ...kept, ...form, ...resources }, Buffer.from(contents))
}

/** The matrix that puts an image into a part of the unit square. */
function placeOf(
  { left, top, right, bottom }: Box,
  { width, height }: { width: number; height: number },
): string {
  const matrix = [(right - left) / width, 0, 0, (bottom - top) / height, left / width, 1 - bottom / height]
  return matrix.map((each) => Number(each.toFixed(7))).join(' ')
}
