import { type Destinations, type Dictionary, isDictionary, type PdfObjects } from '@pdf-smaller/pdf'
import { type FieldFacts, fieldOf, kidLists } from './fields.ts'
import { isStream } from './values.ts'

/** An annotation as what a reader sees and can do with it. Links, fields' widgets, notes and marks all are annotations. */
export type Annotation = {
  kind: unknown
  place: number[]
  flags: number
  /** The names of the appearances that are there: N, or N/Yes where there is one for each state. */
  appearances: string[]
  /** The page that it leads to, from 1; undefined when it leads to none of the document. */
  page: number | undefined
  /** What else a click does: the kind of its action, and an address. */
  action: unknown[]
  /** Whether a file is attached to it. */
  hasFile: boolean
  field: FieldFacts | undefined
}

export type AnnotationReader = (page: string) => Annotation[]

/** Reads the annotations of pages, by the page's reference. */
export function annotationReader(
  objects: PdfObjects,
  destinations: Destinations,
  pageNumber: ReadonlyMap<string, number>,
  listed: ReadonlySet<string>,
): AnnotationReader {
  const isKid = kidLists(objects)
  return (page) =>
    objects.array(objects.dictionary(page)['/Annots']).map((reference) => {
      const annotation = objects.dictionary(reference)
      const kind = objects.resolve(annotation['/Subtype'])
      return {
        kind,
        place: objects.array(annotation['/Rect']).map((each) => Math.round(objects.number(each) * 10) / 10),
        flags: objects.number(annotation['/F']),
        appearances: appearancesOf(annotation, objects),
        page: pageNumber.get(destinations.of(annotation)?.[0] ?? ''),
        action: actionOf(annotation, objects),
        hasFile: hasFile(annotation, objects),
        field: kind === '/Widget' ? fieldOf(reference, listed, isKid, objects) : undefined,
      }
    })
}

function appearancesOf(annotation: Dictionary, objects: PdfObjects): string[] {
  return Object.entries(objects.dictionary(annotation['/AP']))
    .flatMap(([kind, value]) => {
      if (isStream(value, objects)) return [kind]
      const states = Object.entries(objects.dictionary(value))
      return states.filter(([, each]) => isStream(each, objects)).map(([state]) => `${kind}${state}`)
    })
    .sort()
}

function actionOf(annotation: Dictionary, objects: PdfObjects): unknown[] {
  const action = objects.dictionary(annotation['/A'])
  const [kind, address] = [objects.resolve(action['/S']), objects.resolve(action['/URI'])]
  return [kind ?? null, isDictionary(address) ? null : (address ?? null)]
}

/** Whether a file specification is there, with the file that it embeds. */
export function hasFile({ '/FS': specification }: Dictionary, objects: PdfObjects): boolean {
  const files = objects.dictionary(objects.dictionary(specification)['/EF'])
  return Object.values(files).some((file) => isStream(file, objects))
}
