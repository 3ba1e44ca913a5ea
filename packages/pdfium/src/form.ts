import type { Library } from './library.ts'

/** The fields of a document, which PDFium draws apart from all else. */
export type Form = {
  /** Draws the fields of a page over a drawing of the rest of it. */
  draw: (bitmap: number, page: number, width: number, height: number, flags: number) => void
  close: () => void
}

/** Opens the form of a document, without running anything that it holds; undefined where it has none. */
export function openForm({ call }: Library, document: number): Form | undefined {
  const isForm = call.FPDF_GetFormType(document) !== 0
  const means = isForm ? call.PDFiumExt_OpenFormFillInfo() : 0
  const form = means === 0 ? 0 : call.PDFiumExt_InitFormFillEnvironment(document, means)
  if (form === 0) {
    if (means !== 0) call.PDFiumExt_CloseFormFillInfo(means)
    return undefined
  }
  // Editors tint what can be filled in.
  call.FPDF_SetFormFieldHighlightAlpha(form, 0)
  return {
    draw: (bitmap, page, width, height, flags) => {
      call.FORM_OnAfterLoadPage(page, form)
      call.FPDF_FFLDraw(form, bitmap, page, 0, 0, width, height, 0, flags)
      call.FORM_OnBeforeClosePage(page, form)
    },
    close: () => {
      call.PDFiumExt_ExitFormFillEnvironment(form)
      call.PDFiumExt_CloseFormFillInfo(means)
    },
  }
}
