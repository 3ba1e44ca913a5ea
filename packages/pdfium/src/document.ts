import type { FileAccess } from './file-access.ts'
import { type Form, openForm } from './form.ts'
import type { Library } from './library.ts'
import type { PageSize } from './orders.ts'
import { Refusal } from './refusal.ts'

/** A document that PDFium has open. */
export type OpenDocument = {
  pages: number
  form: Form | undefined
  /** How large a page is as it is shown, without loading what it shows; nothing where the document counts pages that it has not. */
  size: (page: number) => PageSize
  /** Does something with a page, from 1, that PDFium has loaded for it. */
  withPage: <T>(page: number, work: (loaded: number) => T) => T
  close: () => void
}

/** Why a document is not opened that only a password opens. */
export const locked = 'it is locked with a password'

/** What FPDF_GetLastError says (fpdfview.h). */
const reasons: Record<number, string> = {
  2: 'it cannot be read',
  3: 'it is no PDF, or damaged',
  4: locked,
  5: 'it is encrypted in a way that is not known',
}

/**
 * Opens a document; of encrypted ones those that anybody may read.
 * @throws Refusal engine_failed
 */
export function openDocument(library: Library, access: FileAccess, path: string): OpenDocument {
  const { call } = library
  const file = access.open(path)
  const document = call.FPDF_LoadCustomDocument(file.at, '')
  if (document === 0) {
    const why = reasons[call.FPDF_GetLastError()] ?? 'nobody knows why'
    file.close()
    throw new Refusal('engine_failed', `PDFium does not open the file: ${why}`)
  }
  const form = openForm(library, document)
  return {
    pages: call.FPDF_GetPageCount(document),
    form,
    size: (page) => sizeOf(library, document, page),
    withPage: (page, work) => {
      const loaded = call.FPDF_LoadPage(document, page - 1)
      if (loaded === 0) throw new Refusal('engine_failed', `PDFium does not load page ${page}`)
      try {
        return work(loaded)
      } finally {
        call.FPDF_ClosePage(loaded)
      }
    },
    close: () => {
      form?.close()
      call.FPDF_CloseDocument(document)
      file.close()
    },
  }
}

function sizeOf({ call, memory, allocate, free }: Library, document: number, page: number): PageSize {
  const at = allocate(8)
  try {
    if (!call.FPDF_GetPageSizeByIndexF(document, page - 1, at)) return [0, 0]
    const view = new DataView(memory().buffer, at, 8)
    return [view.getFloat32(0, true), view.getFloat32(4, true)]
  } finally {
    free(at)
  }
}
