import type { Dictionary, PdfObjects } from '@pdf-smaller/pdf'
import type { Digests } from './digests.ts'
import { type FieldFacts, fieldReader } from './fields.ts'
import type { Lead, Leads } from './leads.ts'
import { isStream, leavesAt } from './values.ts'

/** An annotation as what a reader sees and can do with it. Links, fields' widgets, notes and marks all are annotations. */
export type Annotation = Lead & {
  kind: unknown
  place: number[]
  flags: number
  /** The appearances that are there and what they draw: N, or N/Yes where there is one for each state. */
  appearances: Record<string, string>
  /** The state that is shown of those. */
  state: unknown
  /** What it says, and how it looks where it has no appearance. */
  says: string[]
  /** Of its frame, and of what it fills. */
  colours: string[]
  /** What the file says that is attached to it. */
  file: string | undefined
  field: FieldFacts | undefined
}

export type AnnotationReader = (page: string) => Promise<Annotation[]>

const saying = ['/Contents', '/T', '/Subj', '/RC', '/Name', '/QuadPoints', '/InkList', '/Vertices', '/L']

const colouring = ['/C', '/IC']

/** Reads the annotations of pages, by the page's reference. */
export function annotationReader(
  objects: PdfObjects,
  leads: Leads,
  listed: ReadonlySet<string>,
  digestOf: Digests,
): AnnotationReader {
  const fieldOf = fieldReader(objects, listed)
  const read = async (reference: unknown): Promise<Annotation> => {
    const annotation = objects.dictionary(reference)
    const kind = objects.resolve(annotation['/Subtype'])
    const isWidget = kind === '/Widget'
    return {
      kind,
      ...leads.of(annotation),
      place: placeOf(annotation, objects),
      flags: objects.number(annotation['/F']),
      appearances: await appearancesOf(annotation, objects, digestOf),
      state: objects.resolve(annotation['/AS']) ?? null,
      // The same keys say something else of a field, which has its own facts.
      says: isWidget ? [] : leavesAt(annotation, saying, objects),
      colours: isWidget ? [] : leavesAt(annotation, colouring, objects),
      file: await fileOf(annotation['/FS'], objects, digestOf),
      field: isWidget ? fieldOf(reference) : undefined,
    }
  }
  return async (page) => {
    const annotations: Annotation[] = []
    for (const each of objects.array(objects.dictionary(page)['/Annots'])) annotations.push(await read(each))
    return annotations
  }
}

/** Any two opposite corners may be given (ISO 32000-1, 7.9.5). */
function placeOf(annotation: Dictionary, objects: PdfObjects): number[] {
  const place = objects.array(annotation['/Rect']).map((each) => Math.round(objects.number(each) * 10) / 10)
  const [left = 0, bottom = 0, right = 0, top = 0] = place
  if (place.length !== 4) return place
  return [Math.min(left, right), Math.min(bottom, top), Math.max(left, right), Math.max(bottom, top)]
}

async function appearancesOf(
  annotation: Dictionary,
  objects: PdfObjects,
  digestOf: Digests,
): Promise<Record<string, string>> {
  const all: [name: string, stream: unknown][] = []
  for (const [kind, value] of Object.entries(objects.dictionary(annotation['/AP']))) {
    if (isStream(value, objects)) all.push([kind, value])
    else
      for (const [state, each] of Object.entries(objects.dictionary(value)))
        all.push([`${kind}${state}`, each])
  }
  const found: [string, string][] = []
  for (const [name, stream] of all.sort(([one], [other]) => (one < other ? -1 : 1))) {
    const digest = await digestOf(stream)
    if (digest !== undefined) found.push([name, digest])
  }
  return Object.fromEntries(found)
}

/** What the file says that a file specification embeds; undefined where none is there. */
export async function fileOf(
  specification: unknown,
  objects: PdfObjects,
  digestOf: Digests,
): Promise<string | undefined> {
  const files = objects.dictionary(objects.dictionary(specification)['/EF'])
  for (const key of ['/UF', '/F', '/Unix', '/DOS', '/Mac']) {
    const digest = await digestOf(files[key])
    if (digest !== undefined) return digest
  }
  return undefined
}
