import type { FailureCode } from '@pdf-smaller/contracts'
import type { Pixels } from '@pdf-smaller/pictures/pixels'
import type { Drawing } from './draw.ts'
import type { PdfWords } from './words.ts'

/** What a thread is started with. */
export type Start = { program: WebAssembly.Module; memoryBytes: number; mostPixels: number }

/** A document, by a number that no other one of this process has, and the file that it is read from. */
export type Named = { id: number; file: string }

/** What a thread is to do with a document; pages count from 1. */
export type Order = Named &
  (
    | { kind: 'count' }
    | { kind: 'draw'; page: number; how: Drawing }
    | { kind: 'text'; pages: readonly number[] }
    | { kind: 'sizes'; pages: readonly number[] }
    | { kind: 'words'; page: number }
  )

/** What a thread is told besides: nobody needs a document any more. */
export type Close = { kind: 'close'; id: number }

/** Width and height of a page as it is shown, in points. */
export type PageSize = [width: number, height: number]

/** What came of an order. */
export type Done =
  | { kind: 'count'; pages: number }
  | { kind: 'draw'; pixels: Pixels }
  | { kind: 'text'; texts: string[] }
  | { kind: 'sizes'; sizes: PageSize[] }
  | { kind: 'words'; words: PdfWords }

/** What a thread answers. */
export type Answer = {
  done: Done | { kind: 'failed'; code: FailureCode; why: string }
  /** Processor time of the thread since its start, and its memory. */
  processorMs: number
  memoryBytes: number
  /** Whether the thread can do no more: what is wrong in its memory may be anywhere. */
  isBroken: boolean
}
