import type { Library } from './library.ts'

/**
 * The text of a page in the order of its contents, with the spaces and line ends that PDFium sees between its letters.
 * @param page as PDFium has loaded it
 */
export function pageText({ call, memory, allocate, free }: Library, page: number): string {
  const text = call.FPDFText_LoadPage(page)
  if (text === 0) return ''
  try {
    const letters = call.FPDFText_CountChars(text)
    if (letters <= 0) return ''
    // UTF-16, with a zero at its end.
    const at = allocate((letters + 1) * 2)
    try {
      const written = call.FPDFText_GetText(text, 0, letters, at)
      return Buffer.from(memory().subarray(at, at + Math.max(0, written - 1) * 2)).toString('utf16le')
    } finally {
      free(at)
    }
  } finally {
    call.FPDFText_ClosePage(text)
  }
}
