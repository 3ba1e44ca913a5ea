import { type Operation, operationsIn, type PdfObjects } from '@pdf-smaller/pdf'
import { type Canvas, drawObject, paintPath, paintShading, showText } from './canvas.ts'
import { type Lookup, withColour } from './colour-operators.ts'
import { openGrounds } from './ground.ts'
import { matrixOf, within } from '@pdf-smaller/pdf/matrix'
import { isPathOperator, openPath } from './path.ts'
import { openTextPosition } from './text-position.ts'
import { openTones } from './tones.ts'

export type Content = { bytes: Uint8Array; lookup: Lookup; objects: PdfObjects; isForm: boolean }

type Operator = Extract<Operation, { kind: 'operator' }>

const endsPath = /^([fF]\*?|[bB]\*?|[sS]|n)$/
const nothing = new Uint8Array()

/**
 * Content in which everything is painted black or white. Operators that set colours are left out, and what paints is
 * given its tone in front: text and lines so that they stay visible on what lies behind them, areas by their lightness.
 * All else stays as it is, and so does what follows where the content cannot be read.
 */
export function blackWhiteContent({ bytes, lookup, objects, isForm }: Content): Buffer {
  const output: Uint8Array[] = []
  const canvas: Canvas = {
    tones: openTones(isForm),
    grounds: openGrounds(),
    path: openPath(),
    text: openTextPosition(),
    lookup,
    objects,
  }
  /** Where the path begins in the output: colours may not be set within it. */
  let pathAt: number | undefined
  for (const operation of operationsIn(bytes)) {
    const code = bytes.subarray(operation.start, operation.end)
    if (operation.kind !== 'operator') {
      output.push(code)
      continue
    }
    const { operator, operands } = operation
    if (isPathOperator(operator)) {
      pathAt ??= output.push(nothing) - 1
      canvas.path.add(operator, operands, canvas.tones.state().ctm)
    }
    if (endsPath.test(operator)) {
      if (pathAt !== undefined) output[pathAt] = paintPath(canvas, operator)
      canvas.path.clear()
      pathAt = undefined
    }
    output.push(...written(canvas, operation, code))
  }
  return Buffer.concat(output)
}

/** What is written for an operator, once it has had its effect. */
function written(canvas: Canvas, { operator, operands }: Operator, code: Uint8Array): Uint8Array[] {
  const { tones, text } = canvas
  const name = operands.find((each) => each.kind === 'name')?.name
  text.follow(operator, operands)
  switch (operator) {
    case 'q':
      tones.save()
      return [code]
    case 'Q':
      tones.restore()
      return [code]
    case 'cm': {
      const state = tones.state()
      tones.change({ ...state, ctm: within(matrixOf(operands), state.ctm) })
      return [code]
    }
    case 'Tj':
    case 'TJ':
    case "'":
    case '"':
      return [showText(canvas), code]
    case 'Do':
    case 'BI':
      return [drawObject(canvas, name), code]
    case 'sh':
      return [paintShading(canvas, name)]
    default: {
      const colour = { operator, operands, code: Buffer.from(code).toString('latin1') }
      const coloured = withColour(tones.state(), colour, canvas.lookup, canvas.objects)
      if (coloured) tones.change(coloured)
      return coloured ? [] : [code]
    }
  }
}
