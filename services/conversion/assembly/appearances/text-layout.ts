import { serialise, stringValue } from '@pdf-smaller/pdf'
import type { FieldFont } from './field-font.ts'

/** What a field shows, and how. */
export type FieldText = {
  text: string
  font: FieldFont
  /** Points; 0 for whatever fits. */
  size: number
  /** Points, as the field is read. */
  width: number
  height: number
  border: number
  align: 'left' | 'middle' | 'right'
  kind: 'line' | 'lines' | 'comb'
  /** Cells of a comb. */
  cells: number
}

/** Points, and shares of the size of the font. */
const [least, most, margin] = [4, 12, 2]
const [leading, descent, ascent] = [1.15, 0.21, 0.75]
/** Longer texts show no more in any field. */
const mostCharacters = 20_000

/**
 * The operators that show a text between BT and ET, without its font and colour, and the size that it is shown at.
 * @returns undefined where the font cannot write it
 */
export function laidOut(field: FieldText): { size: number; operators: string } | undefined {
  const text = field.text.slice(0, mostCharacters).replaceAll('\t', ' ')
  const given = text.split(/\r\n?|\n/).map((line) => field.font.encoded(line))
  const lines = given.filter((line) => line !== undefined)
  if (lines.length < given.length) return undefined
  if (field.kind === 'comb') return comb(field, Buffer.concat(lines))
  if (field.kind === 'line') return oneLine(field, Buffer.concat(lines))
  return manyLines(field, lines)
}

const roomOf = ({ width, border }: FieldText) => Math.max(1, width - 2 * (border + margin))

const fits = (size: number) => Math.round(Math.min(most, Math.max(least, size)) * 100) / 100

function oneLine(field: FieldText, line: Buffer) {
  const wide = field.font.widthOf(line)
  const size =
    field.size || fits(Math.min((field.height - 2 * field.border) / leading, roomOf(field) / (wide || 1)))
  return { size, operators: placedAt(line, startOf(field, wide * size), middle(field, size)) }
}

function comb(field: FieldText, line: Buffer) {
  const cell = field.width / field.cells
  const size = field.size || fits(Math.min((field.height - 2 * field.border) / leading, cell * 1.5))
  const y = middle(field, size)
  const placed = Array.from(line.subarray(0, field.cells), (code, index) => {
    const one = Buffer.from([code])
    return placedAt(one, cell * (index + 0.5) - (field.font.widthOf(one) * size) / 2, y)
  })
  return { size, operators: placed.join(' ') }
}

function manyLines(field: FieldText, lines: readonly Buffer[]) {
  const room = roomOf(field)
  const high = field.height - 2 * (field.border + margin)
  let size = field.size || most
  let wrapped = lines.flatMap((line) => wrappedLine(line, room / size, field.font))
  while (!field.size && size > least && wrapped.length * leading * size > high) {
    size--
    wrapped = lines.flatMap((line) => wrappedLine(line, room / size, field.font))
  }
  const top = field.height - field.border - margin - ascent * size
  const placed = wrapped.map((line, index) =>
    placedAt(line, startOf(field, field.font.widthOf(line) * size), top - index * leading * size),
  )
  return { size, operators: placed.join(' ') }
}

/** Breaks a line at its spaces. */
function wrappedLine(line: Buffer, room: number, { widthOf }: FieldFont): Buffer[] {
  const lines: Buffer[] = []
  let [from, space, wide] = [0, -1, 0]
  for (let at = 0; at < line.length; at++) {
    if (line[at] === 0x20) space = at
    wide += widthOf(line.subarray(at, at + 1))
    if (wide <= room || space < from) continue
    lines.push(line.subarray(from, space))
    from = space + 1
    wide = widthOf(line.subarray(from, at + 1))
  }
  return [...lines, line.subarray(from)]
}

const middle = ({ height }: FieldText, size: number) => (height - size * (ascent - descent)) / 2

function startOf({ width, border, align }: FieldText, wide: number): number {
  const side = border + margin
  if (align === 'left') return side
  return align === 'right' ? width - side - wide : (width - wide) / 2
}

const placedAt = (codes: Buffer, x: number, y: number) =>
  `1 0 0 1 ${rounded(x)} ${rounded(y)} Tm ${serialise(stringValue(codes))} Tj`

/** Hundredths of a point are finer than any printer; numbers in contents have no exponent. */
export const rounded = (value: number) => Math.round(value * 100) / 100
