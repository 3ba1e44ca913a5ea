import { type Dictionary, isDictionary, isReference, type PdfObjects } from '@pdf-smaller/pdf'

/**
 * The annotations of a document, each as what a reader sees and can do with it: kind, place, flags, which appearances it
 * has, where it leads. Links, fields' widgets, notes and marks all are annotations.
 */
export function annotationsOf(pages: readonly string[], objects: PdfObjects): string[] {
  const numbers = new Map(pages.map((page, index) => [page, index + 1]))
  return pages.flatMap((page, index) =>
    objects.array(objects.dictionary(page)['/Annots']).map((reference) => {
      const annotation = objects.dictionary(reference)
      return JSON.stringify({
        page: index + 1,
        kind: annotation['/Subtype'],
        place: objects.array(annotation['/Rect']).map((each) => Math.round(objects.number(each) * 10) / 10),
        flags: objects.number(annotation['/F']),
        appearances: appearancesOf(annotation, objects),
        target: targetOf(annotation, objects, numbers),
      })
    }),
  )
}

/** The names of the appearances that are there: N, or N/Yes where there is one for each state. */
function appearancesOf(annotation: Dictionary, objects: PdfObjects): string[] {
  return Object.entries(objects.dictionary(annotation['/AP'])).flatMap(([kind, value]) => {
    if (isStream(value, objects)) return [kind]
    const states = Object.entries(objects.dictionary(value))
    return states.filter(([, each]) => isStream(each, objects)).map(([state]) => `${kind}${state}`)
  })
}

function isStream(value: unknown, objects: PdfObjects): boolean {
  const object = isReference(value) ? objects.all.get(value) : undefined
  return object !== undefined && 'dictionary' in object
}

/** Where a link leads: a page, a name or an address. */
function targetOf(
  annotation: Dictionary,
  objects: PdfObjects,
  numbers: ReadonlyMap<string, number>,
): unknown {
  const action = objects.dictionary(annotation['/A'])
  const target = objects.resolve(annotation['/Dest'] ?? action['/D'])
  const [page] = Array.isArray(target) ? target : []
  const place = typeof page === 'string' ? (numbers.get(page) ?? 'elsewhere') : target
  return [
    action['/S'] ?? null,
    isDictionary(place) ? null : (place ?? null),
    objects.resolve(action['/URI']) ?? null,
  ]
}
