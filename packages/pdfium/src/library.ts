import { init, type WrappedPdfiumModule } from '@embedpdf/pdfium'

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

/** What is used of the module that Emscripten makes; its own types leave this open. */
type Emscripten = {
  HEAPU8: Uint8Array
  wasmExports: { malloc: (bytes: number) => number; free: (at: number) => void }
  addFunction: Library['callback']
}

const isEmscripten = (module: object): module is Emscripten =>
  'HEAPU8' in module && 'wasmExports' in module && 'addFunction' in module

/** What the program calls; among it how its memory grows: for a size in bytes, with 0 or false for no. */
type Imports = { env: { emscripten_resize_heap: (bytes: number) => unknown } }

/** Emscripten takes up to a fifth more than is asked for, so that it need not ask so often. */
const mostTaken = 1.2

/**
 * @param program PDFium, compiled
 * @param mostBytes of memory
 */
export async function openLibrary(program: WebAssembly.Module, mostBytes: number): Promise<Library> {
  let isExhausted = false
  const instantiateWasm = (
    imports: Imports,
    receive: (instance: WebAssembly.Instance) => unknown,
  ): unknown => {
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
  const module: object = call.pdfium
  if (!isEmscripten(module)) throw new Error('this build of PDFium tells nothing of its memory')
  const { wasmExports } = module
  return {
    call,
    memory: () => module.HEAPU8,
    isExhausted: () => isExhausted,
    allocate: (bytes) => {
      const at = wasmExports.malloc(bytes)
      if (at === 0) throw new Error(`no room for ${bytes} bytes`)
      return at
    },
    free: (at) => wasmExports.free(at),
    callback: (work, signature) => module.addFunction(work, signature),
  }
}
