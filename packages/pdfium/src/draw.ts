import type { Scale } from '@pdf-smaller/engines'
import type { Pixels } from '@pdf-smaller/pictures/pixels'
import type { Form } from './form.ts'
import type { Library } from './library.ts'
import { Refusal } from './refusal.ts'

/** How a page is drawn. */
export type Drawing = {
  scale: Scale
  /** Whether notes, stamps and fields are left out. */
  withoutAnnotations: boolean
}

/** FPDFBitmap_BGRx, FPDF_ANNOT, and FPDF_REVERSE_BYTE_ORDER for red first (fpdfview.h). */
const [fourBytes, annotations, redFirst] = [3, 0x01, 0x10]
const white = 0xffffffff

/**
 * Draws a page on white, cut to its crop box.
 * @param page as PDFium has loaded it
 * @throws Refusal too_many_pixels, engine_failed
 */
export function draw(
  { call, memory }: Library,
  page: number,
  form: Form | undefined,
  how: Drawing,
  mostPixels: number,
): Pixels {
  const [width, height] = pixelsOf(call.FPDF_GetPageWidthF(page), call.FPDF_GetPageHeightF(page), how.scale)
  if (!(width * height <= mostPixels))
    throw new Refusal('too_many_pixels', `a drawing of ${width} × ${height} pixels`)
  const bitmap = call.FPDFBitmap_CreateEx(width, height, fourBytes, 0, 0)
  if (bitmap === 0) throw new Refusal('engine_failed', `PDFium has no room for ${width} × ${height} pixels`)
  try {
    call.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, white)
    const flags = redFirst | (how.withoutAnnotations ? 0 : annotations)
    call.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags)
    if (!how.withoutAnnotations) form?.draw(bitmap, page, width, height, flags)
    const from = call.FPDFBitmap_GetBuffer(bitmap)
    const drawn = memory().subarray(from, from + width * height * 4)
    return { width, height, channels: 3, samples: packed(drawn) }
  } finally {
    call.FPDFBitmap_Destroy(bitmap)
  }
}

/** In pixels, from points. A page that is much longer than wide still has some. */
function pixelsOf(width: number, height: number, scale: Scale): [width: number, height: number] {
  const factor = 'dpi' in scale ? scale.dpi / 72 : scale.longestSide / Math.max(width, height)
  return [Math.max(1, Math.round(width * factor)), Math.max(1, Math.round(height * factor))]
}

/** Without the fourth byte of each pixel. */
function packed(drawn: Uint8Array): Uint8Array {
  const samples = new Uint8Array((drawn.length / 4) * 3)
  for (let from = 0, to = 0; from < drawn.length; from += 4, to += 3) {
    samples[to] = drawn[from] ?? 0
    samples[to + 1] = drawn[from + 1] ?? 0
    samples[to + 2] = drawn[from + 2] ?? 0
  }
  return samples
}
