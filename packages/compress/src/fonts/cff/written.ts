import { entryOf, writtenIndex } from './parts.ts'
import { type FontPart, operators, type Program } from './program.ts'

/** Entries that say where something stands. */
const places = new Set<number>([
  operators.charset,
  operators.encoding,
  operators.glyphs,
  operators.private,
  operators.parts,
  operators.selection,
])

/** Where the parts of a program stand. */
type Places = { charset: number; encoding: number; selection: number; glyphs: number; parts: number }
const nowhere: Places = { charset: 0, encoding: 0, selection: 0, glyphs: 0, parts: 0 }

/** A program in Compact Font Format from its parts. */
export function writtenProgram(program: Program): Buffer {
  const { charsetBytes, encodingBytes, selected, glyphs } = program
  const privates = program.parts.map(writtenPrivate)
  const head = (at: Places, ofPrivates: readonly number[]) =>
    Buffer.concat([
      program.header,
      writtenIndex(program.names),
      writtenIndex([topOf(program, at, privates, ofPrivates)]),
      writtenIndex(program.strings),
      writtenIndex(program.globalSubroutines),
    ])
  const partsIndex = (ofPrivates: readonly number[]) =>
    selected
      ? writtenIndex(
          program.parts.map(({ entries }, index) =>
            Buffer.concat([
              ...entries.filter(({ operator }) => operator !== operators.private).map(({ bytes }) => bytes),
              entryOf(operators.private, privates[index]?.size ?? 0, ofPrivates[index] ?? 0),
            ]),
          ),
        )
      : Buffer.alloc(0)
  const unplaced = privates.map(() => 0)
  const bodies: Uint8Array[] = [
    charsetBytes ?? none,
    encodingBytes ?? none,
    selected?.bytes ?? none,
    writtenIndex(glyphs),
    partsIndex(unplaced),
    ...privates.map(({ bytes }) => bytes),
  ]
  // Places are written in five bytes each, whatever they are.
  let end = head(nowhere, unplaced).length
  const starts = bodies.map(({ length }) => (end += length) - length)
  const [charset = 0, encoding = 0, selection = 0, glyphsAt = 0, parts = 0, ...ofPrivates] = starts
  const at = { charset, encoding, selection, glyphs: glyphsAt, parts }
  bodies[4] = partsIndex(ofPrivates)
  return Buffer.concat([head(at, ofPrivates), ...bodies])
}

const none = Buffer.alloc(0)

type Private = { bytes: Buffer; size: number }

/** The entries of a part's private DICT, and its subroutines right behind them. */
function writtenPrivate({ privateEntries, subroutines }: FontPart): Private {
  const others = privateEntries.filter(({ operator }) => operator !== operators.subroutines)
  const entries = Buffer.concat(others.map(({ bytes }) => bytes))
  if (subroutines.length === 0) return { bytes: entries, size: entries.length }
  const size = entries.length + entryOf(operators.subroutines, 0).length
  const bytes = Buffer.concat([entries, entryOf(operators.subroutines, size), writtenIndex(subroutines)])
  return { bytes, size }
}

function topOf(
  { top, charsetBytes, encodingBytes, selected }: Program,
  at: Places,
  [whole]: readonly Private[],
  [wholeAt = 0]: readonly number[],
): Buffer {
  // That a font is CID-keyed stands before all else.
  const kept = top.filter(({ operator }) => !places.has(operator))
  return Buffer.concat([
    ...kept.map(({ bytes }) => bytes),
    ...(charsetBytes ? [entryOf(operators.charset, at.charset)] : []),
    ...(encodingBytes ? [entryOf(operators.encoding, at.encoding)] : []),
    entryOf(operators.glyphs, at.glyphs),
    ...(selected
      ? [entryOf(operators.selection, at.selection), entryOf(operators.parts, at.parts)]
      : [entryOf(operators.private, whole?.size ?? 0, wholeAt)]),
  ])
}
