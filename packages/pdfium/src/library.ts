import { init, type WrappedPdfiumModule } from '@embedpdf/pdfium'
import { z } from 'zod'

/** PDFium in an instance of its own; what goes wrong in it stays in its memory. */
export type Library = {
  call: WrappedPdfiumModule
  /** Its memory, which is another object whenever it has grown. */
  memory: () => Uint8Array
  /** Whether it ever wanted more memory than it may have: what it says since then cannot be trusted. */
  isExhausted: () => boolean
  /** @throws Error when there is no room */
  allocate: (bytes: number) => number
  free: (at: number) => void
  /** Makes a function that PDFium may call; the signature is a letter for the result and one for each argument. */
  callback: (work: (...values: number[]) => number, signature: string) => number
}

const numbers = <T extends (...values: number[]) => unknown>() =>
  z.custom<T>((value) => typeof value === 'function')

/** What is used of the module that Emscripten makes; its own types leave this open. */
const Emscripten = z.object({
  HEAPU8: z.instanceof(Uint8Array),
  wasmExports: z.object({
    malloc: numbers<(bytes: number) => number>(),
    free: numbers<(at: number) => void>(),
  }),
  addFunction: z.custom<(work: (...values: number[]) => number, signature: string) => number>(
    (value) => typeof value === 'function',
  ),
})

/** What the program asks for its memory to grow with, in bytes; false or 0 says no. */
const Imports = z.looseObject({
  env: z.looseObject({ emscripten_resize_heap: numbers<(bytes: number) => unknown>() }),
})

/** Emscripten takes up to a fifth more than is asked for, so that it need not ask so often. */
const mostTaken = 1.2

/**
 * @param program PDFium, compiled
 * @param mostBytes of memory
 */
export async function openLibrary(program: WebAssembly.Module, mostBytes: number): Promise<Library> {
  let isExhausted = false
  const instantiateWasm = (given: unknown, receive: (instance: WebAssembly.Instance) => unknown) => {
    const imports = Imports.parse(given)
    const grow = imports.env.emscripten_resize_heap
    const growWithin = (bytes: number) => {
      const isGrown = (bytes >>> 0) * mostTaken <= mostBytes && Boolean(grow(bytes))
      isExhausted ||= !isGrown
      return isGrown
    }
    const env = { ...imports.env, emscripten_resize_heap: growWithin }
    return receive(new WebAssembly.Instance(program, { ...imports, env }))
  }
  const quiet = { print: () => {}, printErr: () => {} }
  const call = await init({ instantiateWasm, ...quiet })
  call.PDFiumExt_Init()
  const { wasmExports, addFunction } = Emscripten.parse(call.pdfium)
  return {
    call,
    memory: () => Emscripten.shape.HEAPU8.parse(Reflect.get(call.pdfium, 'HEAPU8')),
    isExhausted: () => isExhausted,
    allocate: (bytes) => {
      const at = wasmExports.malloc(bytes)
      if (at === 0) throw new Error(`no room for ${bytes} bytes`)
      return at
    },
    free: (at) => wasmExports.free(at),
    callback: (work, signature) => addFunction(work, signature),
  }
}
