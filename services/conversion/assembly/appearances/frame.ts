import type { Dictionary, PdfObjects } from '@pdf-smaller/pdf'
import { rounded } from './text-layout.ts'

/** How wide the border of a field is, points. */
export function borderOf(copy: PdfObjects, widget: Dictionary): number {
  const { '/W': width } = copy.dictionary(widget['/BS'])
  if (width !== undefined) return rounded(copy.number(width))
  const border = copy.array(widget['/Border'])
  return border.length > 2 ? rounded(copy.number(border[2])) : 1
}

/** The operators that draw the ground and the border of a field. */
export function frameOf(
  copy: PdfObjects,
  widget: Dictionary,
  { width, height, border }: { width: number; height: number; border: number },
): string[] {
  const { '/BG': ground, '/BC': edge } = copy.dictionary(widget['/MK'])
  const [fill, stroke] = [colourOf(copy, ground, ['g', 'rg', 'k']), colourOf(copy, edge, ['G', 'RG', 'K'])]
  const inner = `${border / 2} ${border / 2} ${rounded(width - border)} ${rounded(height - border)}`
  return [
    ...(fill ? [`q ${fill} 0 0 ${width} ${height} re f Q`] : []),
    ...(stroke && border > 0 ? [`q ${stroke} ${border} w ${inner} re S Q`] : []),
  ]
}

function colourOf(copy: PdfObjects, value: unknown, operators: readonly string[]): string | undefined {
  const parts = copy.array(value).map(copy.number)
  const operator = operators[[1, 3, 4].indexOf(parts.length)]
  return operator && `${parts.map(rounded).join(' ')} ${operator}`
}
