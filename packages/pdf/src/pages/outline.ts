import type { Dictionary, PdfObjects } from '../objects/pdf-objects.ts'
import { textStringOf } from '../objects/text-string.ts'
import { refuseLevel, walk } from '../objects/walk.ts'

/** An entry of a document's outline. */
export type OutlineItem = { title: string; dictionary: Dictionary; isOpen: boolean; kids: OutlineItem[] }

const name = 'outline'

/**
 * The entries of the outline (ISO 32000-1, 12.3.3), each once, whatever circles they are linked in.
 * @throws JobFailure damaged_pdf where it is too deep
 */
export function outlineOf(objects: PdfObjects): OutlineItem[] {
  const top: OutlineItem[] = []
  const root = objects.dictionary(objects.trailer['/Root'])
  const first = objects.dictionary(root['/Outlines'])['/First']
  /** Where each entry stands that another one leads to; the first that leads to it has it. */
  const places = new Map<unknown, { among: OutlineItem[]; level: number }>([
    [first, { among: top, level: 1 }],
  ])
  const kidsOf = (reference: unknown) => {
    const { '/First': below, '/Next': next } = objects.dictionary(reference)
    return [below, next]
  }
  for (const reference of walk([first], kidsOf, { of: name })) {
    const { among, level } = places.get(reference) ?? { among: top, level: 1 }
    refuseLevel(level, name)
    const dictionary = objects.dictionary(reference)
    const kids: OutlineItem[] = []
    const title = textStringOf(objects.resolve(dictionary['/Title'])) ?? ''
    among.push({ title, dictionary, isOpen: objects.number(dictionary['/Count']) > 0, kids })
    const [below, next] = kidsOf(reference)
    if (!places.has(below)) places.set(below, { among: kids, level: level + 1 })
    if (!places.has(next)) places.set(next, { among, level })
  }
  return top
}

/** The entries of an outline with all that stand below them, each before those. */
export const entriesIn = <Entry extends { kids: readonly Entry[] }>(
  top: readonly Entry[],
): Generator<Entry, void> => walk(top, ({ kids }) => kids, { of: name })
