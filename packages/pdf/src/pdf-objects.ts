import type { QpdfJson } from '@pdf-smaller/engines'

export type Dictionary = Record<string, unknown>

/** An object of a document: a value, or a stream with the file that holds its raw bytes. */
export type PdfObject = { value: unknown } | { dictionary: Dictionary; file: string | undefined }

/** The objects of a document, with references followed. A reference reads `n g R`. */
export type PdfObjects = {
  trailer: Dictionary
  /** Every object, by its reference. */
  all: Map<string, PdfObject>
  /** Follows a reference to what it refers to; of a stream, its dictionary. */
  resolve: (value: unknown) => unknown
  dictionary: (value: unknown) => Dictionary
  array: (value: unknown) => unknown[]
  /** 0 for what is no number. */
  number: (value: unknown) => number
  /** Every dictionary that is an object of its own, those of streams included. */
  dictionaries: () => Iterable<[reference: string, Dictionary]>
}

/** Objects refer to objects that refer on; a longer chain is a circle. */
const longestChain = 32

export const isReference = (value: unknown): value is string =>
  typeof value === 'string' && /^\d+ \d+ R$/.test(value)

export const isDictionary = (value: unknown): value is Dictionary =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads qpdf's JSON, version 2: `obj:n g R` → `{value}` or `{stream: {dict, datafile}}`. */
export function pdfObjects({ qpdf: [, entries] }: QpdfJson): PdfObjects {
  const all = new Map<string, PdfObject>()
  let trailer: Dictionary = {}
  for (const [key, entry] of Object.entries(entries)) {
    const object = objectOf(entry)
    if (key !== 'trailer') all.set(key.slice('obj:'.length), object)
    else if ('value' in object && isDictionary(object.value)) trailer = object.value
  }
  const contentOf = (object: PdfObject | undefined) =>
    object && ('value' in object ? object.value : object.dictionary)
  const resolve = (value: unknown): unknown => {
    for (let step = 0; step < longestChain && isReference(value); step++) value = contentOf(all.get(value))
    return value
  }
  const dictionary = (value: unknown): Dictionary => {
    const resolved = resolve(value)
    return isDictionary(resolved) ? resolved : {}
  }
  return {
    trailer,
    all,
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
      for (const [reference, object] of all) {
        const content = contentOf(object)
        if (isDictionary(content)) yield [reference, content]
      }
    },
  }
}

function objectOf(entry: unknown): PdfObject {
  if (!isDictionary(entry)) return { value: undefined }
  const { stream } = entry
  if (!isDictionary(stream)) return { value: entry['value'] }
  const { dict, datafile } = stream
  return {
    dictionary: isDictionary(dict) ? dict : {},
    file: typeof datafile === 'string' ? datafile : undefined,
  }
}

/** A dictionary without some of its entries. */
export function without(dictionary: Dictionary, ...keys: readonly string[]): Dictionary {
  return Object.fromEntries(Object.entries(dictionary).filter(([key]) => !keys.includes(key)))
}
