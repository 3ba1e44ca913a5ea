import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { init, type WrappedPdfiumModule } from '@embedpdf/pdfium'
import { type EngineContext, run } from '@pdf-smaller/engines'
import { z } from 'zod'

/** Pages of a document that are looked at, from its first, and pixels of their longest side. */
const [pages, pixels] = [3, 200]
/** Processor time for the pages of one document, milliseconds. */
const timeoutMs = 20_000

/** What the first pages look like: a word that is the same for the same pixels; undefined where none is drawn. */
export type Look = string | undefined

const digestOf = (parts: readonly Uint8Array[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex').slice(0, 16)
}

/** As Poppler draws them. */
export async function popplerLook(file: string, context: EngineContext): Promise<Look> {
  try {
    const args = ['-l', String(pages), '-scale-to', String(pixels), file]
    const { stdout } = await run('pdftoppm', args, context, { timeoutMs })
    return stdout.length > 0 ? digestOf([stdout]) : undefined
  } catch {
    return undefined
  }
}

const Memory = z.object({ HEAPU8: z.instanceof(Uint8Array) })
let library: Promise<WrappedPdfiumModule> | undefined

async function load(): Promise<WrappedPdfiumModule> {
  const wasm = await readFile(createRequire(import.meta.url).resolve('@embedpdf/pdfium/pdfium.wasm'))
  const module = await init({ wasmBinary: Uint8Array.from(wasm).buffer })
  module.PDFiumExt_Init()
  return module
}

/** As PDFium draws them. A module that a file has broken is made anew. */
export async function pdfiumLook(file: string): Promise<Look> {
  library ??= load()
  const module = await library
  try {
    return drawnBy(module, await readFile(file))
  } catch {
    library = undefined
    return undefined
  }
}

function drawnBy(module: WrappedPdfiumModule, pdf: Buffer): Look {
  const memory = () => Memory.parse(module.pdfium).HEAPU8
  const { malloc, free } = module.pdfium.wasmExports
  const at = malloc(pdf.length)
  memory().set(pdf, at)
  const document = module.FPDF_LoadMemDocument(at, pdf.length, '')
  const looks: Buffer[] = []
  if (document) {
    const count = Math.min(pages, module.FPDF_GetPageCount(document))
    for (let page = 0; page < count; page++) looks.push(...pageOf(module, document, page, memory))
    module.FPDF_CloseDocument(document)
  }
  free(at)
  return looks.length > 0 ? digestOf(looks) : undefined
}

/** The pixels of a page, copied out of the module's memory; none where it does not load. */
function pageOf(
  module: WrappedPdfiumModule,
  document: number,
  index: number,
  memory: () => Uint8Array,
): Buffer[] {
  const page = module.FPDF_LoadPage(document, index)
  if (!page) return []
  const sides = [module.FPDF_GetPageWidthF(page), module.FPDF_GetPageHeightF(page)]
  const [width = 1, height = 1] = sides.map((side) =>
    Math.max(1, Math.round((side * pixels) / Math.max(...sides, 1))),
  )
  const bitmap = module.FPDFBitmap_CreateEx(width, height, 4, 0, 0)
  module.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff)
  module.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, 1)
  const from = module.FPDFBitmap_GetBuffer(bitmap)
  const bytes = Buffer.from(memory().slice(from, from + module.FPDFBitmap_GetStride(bitmap) * height))
  module.FPDFBitmap_Destroy(bitmap)
  module.FPDF_ClosePage(page)
  return [Buffer.from(`${width} ${height}`), bytes]
}
