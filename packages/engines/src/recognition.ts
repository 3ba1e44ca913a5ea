import type { ReadPage } from '@pdf-smaller/text'

/** Tesseract as it is installed on this machine, or as WebAssembly, which comes along. */
export type OcrEngine = 'native' | 'javascript'

export type RecogniseOptions = {
  /** Names of Tesseract's language data, such as `eng`. */
  languages: readonly string[]
  /** Pixels per inch of the image. */
  dpi: number
  /** Whether the page is looked through for columns and blocks, or taken as a single one. */
  segmentation: 'automatic' | 'single-block'
  timeoutMs: number
}

/** What was read on an image: its text, its lines placed in pixels, and the hOCR document that tells of them. */
export type Recognised = { page: ReadPage; text: string; hocr: string }
