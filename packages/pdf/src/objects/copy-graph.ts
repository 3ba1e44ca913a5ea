import { type Dictionary, isDictionary, isReference, type PdfObject } from './pdf-objects.ts'
import { mapped } from './walk.ts'

/** Where copied objects go. */
export type Target = {
  /** The reference that an object has there already; undefined when it is to be copied. */
  placeOf: (reference: string) => string | undefined
  add: (object: PdfObject) => string
  put: (reference: string, object: PdfObject) => void
}

/** Where copied objects come from. */
export type Origin = {
  get: (reference: string) => PdfObject | undefined
  /** What of a dictionary comes along; all of it when it is left out. */
  partOf?: (dictionary: Dictionary) => Dictionary
}

/**
 * Copies values between documents, with all the objects that they lead to. An object that several values lead to is
 * copied once.
 * @returns gives a value as it reads in the target
 */
export function graphCopier(source: Origin, target: Target): (value: unknown) => unknown {
  const places = new Map<string, string>()
  const waiting: [string, PdfObject][] = []
  const place = (reference: string): unknown => {
    const known = target.placeOf(reference) ?? places.get(reference)
    if (known) return known
    const object = source.get(reference)
    if (!object) return null
    const own = target.add({ value: null })
    places.set(reference, own)
    waiting.push([own, object])
    return own
  }
  const renamed = (value: unknown): unknown =>
    mapped(value, (each) =>
      isReference(each) ? place(each) : isDictionary(each) ? (source.partOf?.(each) ?? each) : each,
    )
  return (value) => {
    const result = renamed(value)
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const [own, object] = next
      const dictionary = 'value' in object ? undefined : renamed(object.dictionary)
      target.put(
        own,
        'value' in object
          ? { value: renamed(object.value) }
          : { dictionary: isDictionary(dictionary) ? dictionary : {}, file: object.file },
      )
    }
    return result
  }
}
