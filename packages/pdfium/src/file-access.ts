import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { Library } from './library.ts'
import { Refusal } from './refusal.ts'

/** Lets PDFium read files where they are, a piece at a time: none is in memory as a whole. */
export type FileAccess = {
  /** @returns the place of its FPDF_FILEACCESS (fpdfview.h): length, function, and what the function is told first */
  open: (file: string) => OpenFile
}
export type OpenFile = { at: number; close: () => void }

/** Offsets are signed numbers of 32 bits in places. */
const mostBytes = 2 ** 31 - 1
/** PDFium asks for some hundred bytes at a time where it looks for something. */
const pieceBytes = 64 * 1024

type Piece = { from: number; bytes: Uint8Array; length: number }

export function openFileAccess(library: Library): FileAccess {
  /** The piece of each file that was read last, by its descriptor. */
  const pieces = new Map<number, Piece>()
  const readPiece = (descriptor: number, piece: Piece, from: number): void => {
    piece.from = from
    piece.length = readSync(descriptor, piece.bytes, 0, pieceBytes, from)
  }
  const block = (descriptor: number, from: number, to: number, size: number): number => {
    const piece = pieces.get(descriptor)
    if (!piece) return 0
    const target = library.memory().subarray(to, to + size)
    if (size > pieceBytes) return readSync(descriptor, target, 0, size, from) === size ? 1 : 0
    const isThere = () => from >= piece.from && from + size <= piece.from + piece.length
    if (!isThere()) readPiece(descriptor, piece, from)
    if (!isThere()) return 0
    target.set(piece.bytes.subarray(from - piece.from, from - piece.from + size))
    return 1
  }
  const getBlock = library.callback((descriptor = 0, from = 0, to = 0, size = 0) => {
    try {
      return block(descriptor, from >>> 0, to >>> 0, size >>> 0)
    } catch {
      return 0
    }
  }, 'iiiii')
  return {
    open: (file) => {
      const descriptor = openSync(file, 'r')
      const { size } = fstatSync(descriptor)
      if (size > mostBytes) {
        closeSync(descriptor)
        throw new Refusal('engine_failed', `PDFium takes files up to ${mostBytes} bytes`)
      }
      pieces.set(descriptor, { from: 0, bytes: new Uint8Array(pieceBytes), length: 0 })
      const at = library.allocate(12)
      const access = new DataView(library.memory().buffer, at)
      for (const [index, value] of [size, getBlock, descriptor].entries())
        access.setUint32(index * 4, value, true)
      return {
        at,
        close: () => {
          library.free(at)
          pieces.delete(descriptor)
          closeSync(descriptor)
        },
      }
    },
  }
}
