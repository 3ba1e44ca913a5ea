import type { QpdfJson } from '@pdf-smaller/engines'

export type Dictionary = Record<string, unknown>

/** The objects of a document, with references followed. */
export type PdfObjects = {
  trailer: Dictionary
  /** Follows a reference to what it refers to; of a stream, its dictionary. */
  resolve: (value: unknown) => unknown
  dictionary: (value: unknown) => Dictionary
  array: (value: unknown) => unknown[]
  /** 0 for what is no number. */
  number: (value: unknown) => number
  /** Every dictionary that is an object of its own, those of streams included. */
  dictionaries: () => Iterable<Dictionary>
  streams: () => Iterable<{ reference: string; dictionary: Dictionary; file?: string }>
}

const isReference = (value: unknown): value is string =>
  typeof value === 'string' && /^\d+ \d+ R$/.test(value)
const isDictionary = (value: unknown): value is Dictionary =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads qpdf's JSON, version 2: `obj:n g R` → `{value}` or `{stream: {dict, datafile}}`. */
export function pdfObjects({ qpdf: [, entries] }: QpdfJson): PdfObjects {
  const contentOf = (entry: unknown): unknown => {
    if (!isDictionary(entry)) return undefined
    return isDictionary(entry['stream']) ? entry['stream']['dict'] : entry['value']
  }
  const resolve = (value: unknown, depth = 0): unknown =>
    isReference(value) && depth < 32 ? resolve(contentOf(entries[`obj:${value}`]), depth + 1) : value
  const dictionary = (value: unknown): Dictionary => {
    const resolved = resolve(value)
    return isDictionary(resolved) ? resolved : {}
  }
  return {
    trailer: dictionary(contentOf(entries['trailer'])),
    resolve,
    dictionary,
    array: (value) => {
      const resolved = resolve(value)
      return Array.isArray(resolved) ? resolved : []
    },
    number: (value) => {
      const resolved = resolve(value)
      return typeof resolved === 'number' ? resolved : 0
    },
    dictionaries: function* () {
      for (const entry of Object.values(entries)) {
        const content = contentOf(entry)
        if (isDictionary(content)) yield content
      }
    },
    streams: function* () {
      for (const [key, entry] of Object.entries(entries)) {
        if (!isDictionary(entry) || !isDictionary(entry['stream'])) continue
        const { dict, datafile } = entry['stream']
        yield {
          reference: key.slice('obj:'.length),
          dictionary: dictionary(dict),
          ...(typeof datafile === 'string' ? { file: datafile } : {}),
        }
      }
    },
  }
}
