import type { PlacedImage } from '@pdf-smaller/engines'
import { inlineImageIn, type Owner, type WorkingCopy } from '@pdf-smaller/pdf'
import type { Matrix } from '@pdf-smaller/pdf/matrix'
import type { NewStream } from '../new-stream.ts'
import { liftedImage } from './lift-image.ts'
import type { LiftImage } from './rewritten.ts'

/** An inline image that becomes an object: its name in the contents, and where they draw it. */
export type Lifted = { name: string; image: NewStream; ctm: Matrix }

/** So many of one owner are lifted; contents with more draw with them. */
const mostLifted = 200
const pointsPerInch = 72

/** Lifts the images of size out of contents, under names that their resources do not have. */
export function openLifts(
  bytes: Uint8Array,
  { resources }: Pick<Owner, 'resources'>,
  copy: WorkingCopy,
): { lift: LiftImage; lifted: Lifted[] } {
  const lifted: Lifted[] = []
  const own = copy.dictionary(resources)
  const [objects, spaces] = [copy.dictionary(own['/XObject']), copy.dictionary(own['/ColorSpace'])]
  let number = 0
  const freeName = (): string => {
    const name = `/Inline${++number}`
    return name in objects ? freeName() : name
  }
  const lift: LiftImage = ({ start, end }, ctm) => {
    if (resources === undefined || lifted.length >= mostLifted) return undefined
    const inline = inlineImageIn(bytes, start, end)
    const image = inline && liftedImage(inline, spaces, copy)
    if (!image) return undefined
    const name = freeName()
    lifted.push({ name, image, ctm })
    return name
  }
  return { lift, lifted }
}

/**
 * Puts lifted images into a document.
 * @param pages that show them
 * @returns the resources that name them, and where they are placed
 */
export async function putLifted(
  lifted: readonly Lifted[],
  { resources }: Pick<Owner, 'resources'>,
  pages: readonly number[],
  copy: WorkingCopy,
): Promise<{ resources: unknown; placed: PlacedImage[] }> {
  if (lifted.length === 0) return { resources, placed: [] }
  const own = copy.dictionary(resources)
  const names: Record<string, string> = {}
  const placed: PlacedImage[] = []
  for (const { name, image, ctm } of lifted) {
    const reference = await copy.addStream(image.dictionary, image.bytes)
    names[name] = reference
    placed.push(...pages.flatMap((page) => placeOn(page, reference, image, ctm, copy)))
  }
  const objects = { ...copy.dictionary(own['/XObject']), ...names }
  return { resources: { ...own, '/XObject': objects }, placed }
}

function placeOn(
  page: number,
  reference: string,
  { dictionary }: NewStream,
  [a, b, c, d]: Matrix,
  copy: WorkingCopy,
): PlacedImage[] {
  const [width = 0, height = 0] = ['/Width', '/Height'].map((key) => copy.number(dictionary[key]))
  const ppi = pointsPerInch * Math.min(width / Math.hypot(a, b), height / Math.hypot(c, d))
  if (!Number.isFinite(ppi) || ppi <= 0) return []
  const object = reference.replace(/ R$/, '')
  const type = dictionary['/ImageMask'] === true ? 'stencil' : 'image'
  return [{ page, type, width, height, color: '', components: 0, bits: 0, encoding: '', object, ppi }]
}
