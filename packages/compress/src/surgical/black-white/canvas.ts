import type { PdfObjects } from '@pdf-smaller/pdf'
import type { Lookup } from './colour-operators.ts'
import { type Grounds, toneOfArea, toneOfMark, toneOfText } from './ground.ts'
import { lightnessOfShading } from './lightness.ts'
import { boxAround, mapped, type Point } from '@pdf-smaller/pdf/matrix'
import type { Path } from './path.ts'
import type { TextPosition } from './text-position.ts'
import type { Tones } from './tones.ts'

/** What content paints on, and with what. */
export type Canvas = {
  tones: Tones
  grounds: Grounds
  path: Path
  text: TextPosition
  lookup: Lookup
  objects: PdfObjects
}

/** Lines, and shapes of the size of letters or bullets, in points. */
const [thin, small] = [4, 30]
/** More than any page, for what fills all that is not clipped. */
const everywhere = '-100000 -100000 200000 200000 re'
const unitSquare: readonly Point[] = [
  [0, 0],
  [1, 0],
  [0, 1],
  [1, 1],
]
/** An image has no lightness of its own. */
const image = { lightness: 0.5, becomes: undefined }

const fills = /^([fF]\*?|[bB]\*?)$/
const strokes = /^[sSbB]\*?$/

/** Paints the path, and remembers what it covers. @returns the code that sets its tones, which belongs in front of the path */
export function paintPath({ tones, grounds, path }: Canvas, operator: string): Uint8Array {
  const box = path.box()
  const [left, bottom, right, top] = box
  const [width, height] = [right - left, top - bottom]
  const isMark = Math.min(width, height) < thin || Math.max(width, height) < small
  const codes: Uint8Array[] = []
  if (fills.test(operator)) {
    const behind = grounds.at((left + right) / 2, (bottom + top) / 2)
    const toneFor = (lightness: number) => (isMark ? toneOfMark(lightness, behind) : toneOfArea(lightness))
    codes.push(tones.codeFor('fill', toneFor))
    const { paint } = tones.state().fill
    if (paint.kind === 'lightness')
      grounds.add(box, { lightness: paint.lightness, becomes: toneFor(paint.lightness) })
  }
  if (strokes.test(operator)) {
    const behind = grounds.at(...path.start())
    codes.push(tones.codeFor('stroke', (lightness) => toneOfMark(lightness, behind)))
  }
  return Buffer.concat(codes)
}

/** @returns the code that sets the tones of text where it is about to be shown */
export function showText({ tones, grounds, text }: Canvas): Uint8Array {
  const behind = grounds.at(...text.point(tones.state().ctm))
  const toneFor = (lightness: number) => toneOfText(lightness, behind)
  const fill = tones.codeFor('fill', toneFor)
  return text.strokes() ? Buffer.concat([fill, tones.codeFor('stroke', toneFor)]) : fill
}

/** @returns the code that sets the tones of a stencil or form before it is drawn */
export function drawObject(
  { tones, grounds, objects, lookup }: Canvas,
  name: string | undefined,
): Uint8Array {
  const object = objects.dictionary(name === undefined ? undefined : lookup('/XObject', name))
  const codes = [tones.codeFor('fill', toneOfArea)]
  if (object['/Subtype'] === '/Form') codes.push(tones.codeFor('stroke', toneOfArea))
  else grounds.add(boxAround(unitSquare.map((point) => mapped(point, tones.state().ctm))), image)
  return Buffer.concat(codes)
}

/** @returns what is painted in the place of a gradient: one tone */
export function paintShading({ objects, lookup }: Canvas, name: string | undefined): Uint8Array {
  const shading = name === undefined ? undefined : lookup('/Shading', name)
  const tone = toneOfArea(lightnessOfShading(shading, objects))
  return Buffer.from(`\nq\n${tone} g\n${everywhere}\nf\nQ`, 'latin1')
}
