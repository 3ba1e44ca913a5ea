import type { PlacedPage } from './placed-text.ts'

/** Tesseract as it is installed on this machine, or as WebAssembly, which comes along. */
export type OcrEngine = 'native' | 'javascript'

/** What is written beside the text: a PDF page of invisible text, or hOCR. */
export type RecognisedFormat = 'pdf' | 'hocr'

export type RecogniseOptions = {
  /** Names of Tesseract's language data, such as `eng`. */
  languages: readonly string[]
  /** Pixels per inch of the image. */
  dpi: number
  /** Whether the page is looked through for columns and blocks, or taken as a single one. */
  segmentation: 'automatic' | 'single-block'
  /** Written as `<output>.pdf` and `<output>.hocr`. */
  formats: readonly RecognisedFormat[]
  timeoutMs: number
}

/** What was read on an image; its words are placed in pixels. */
export type Recognised = { page: PlacedPage; text: string }
