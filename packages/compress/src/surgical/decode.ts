import {
  decode as decodeUpTo,
  type Dictionary,
  type Filter,
  type PdfObjects,
  undoFilters as undoUpTo,
} from '@pdf-smaller/pdf'
import { mostUnpackedBytes } from './flate.ts'

/** As `decode` of the package pdf, within what one stream may unpack to. */
export const decode = (
  raw: Uint8Array,
  dictionary: Dictionary,
  objects: PdfObjects,
): Promise<Uint8Array | undefined> => decodeUpTo(raw, dictionary, objects, mostUnpackedBytes)

/** As `undoFilters` of the package pdf, within the same. */
export const undoFilters = (
  raw: Uint8Array,
  filters: readonly Filter[],
  objects: PdfObjects,
): Promise<Uint8Array | undefined> => undoUpTo(raw, filters, objects, mostUnpackedBytes)
