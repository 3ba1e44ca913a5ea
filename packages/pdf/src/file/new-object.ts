import type { Dictionary } from '../objects/pdf-objects.ts'
import type { PdfObject } from '../objects/pdf-objects.ts'

/** An object that may bring its bytes along. */
export type NewObject = PdfObject | { dictionary: Dictionary; data: Uint8Array }
