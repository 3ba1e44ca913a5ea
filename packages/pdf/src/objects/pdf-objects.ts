import { stat } from 'node:fs/promises'

export type Dictionary = Record<string, unknown>

/** A part of a file, bytes. */
export type FileSlice = { path: string; at: number; length: number }

/**
 * An object of a document: a value, or a stream with the part of a file that holds its raw bytes. Of values, names read
 * `/Name` with a character for each byte, references `n g R`, strings `b:` and their bytes in hexadecimal.
 */
export type PdfObject = { value: unknown } | { dictionary: Dictionary; file: FileSlice }

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
  typeof value === 'string' && value.endsWith(' R') && /^\d+ \d+ R$/.test(value)

export const isDictionary = (value: unknown): value is Dictionary =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The objects of a document by their references, and its trailer, with ways to look things up in them. */
export function pdfObjects(all: Map<string, PdfObject>, trailer: Dictionary): PdfObjects {
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

/** All of a file. */
export async function wholeFile(path: string): Promise<FileSlice> {
  return { path, at: 0, length: (await stat(path)).size }
}

/** A dictionary without some of its entries. */
export function without(dictionary: Dictionary, ...keys: readonly string[]): Dictionary {
  return Object.fromEntries(Object.entries(dictionary).filter(([key]) => !keys.includes(key)))
}
