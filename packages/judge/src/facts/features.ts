import type { Encryption } from '@pdf-smaller/engines'
import type { PdfObjects } from '@pdf-smaller/pdf'
import { openDigests } from './digests.ts'
import { type DocumentFacts, documentFactsOf, type WholeFacts, wholeFactsOf } from './document-facts.ts'
import { drawnDigest } from './drawn.ts'
import { type PageFacts, pageFactsOf } from './page-facts.ts'

/** What a document carries besides the look of its pages. Two documents that carry the same have equal features. */
export type Features = DocumentFacts &
  WholeFacts & {
    pages: string[]
    /** How long the longer side of each page is, which follows from its boxes. */
    inches: number[]
    /** Links, widgets, notes and marks of each page. */
    annotations: string[]
    /** What the appearances of those draw, and their colours. */
    appearances: string[]
    /** Elements and label of each page. */
    order: string[]
    /** The names by which each page draws what stands elsewhere. */
    named: string[][]
    /** Digests of what each page draws, pictures aside. */
    drawn: string[]
  }

/**
 * Reads the features of a document.
 * @param pages the reference of each page, in order
 */
export async function features(
  objects: PdfObjects,
  pages: readonly string[],
  encryption: Encryption | undefined,
): Promise<Features> {
  const digestOf = openDigests(objects)
  const factsOf = pageFactsOf(objects, pages, digestOf)
  const facts: PageFacts[] = []
  const drawn: string[] = []
  for (const [index, page] of pages.entries()) {
    facts.push(await factsOf(index + 1))
    drawn.push(await drawnDigest(page, objects, digestOf))
  }
  return {
    ...(await documentFactsOf(objects, pages, digestOf)),
    ...(await wholeFactsOf(objects, pages, digestOf, encryption)),
    pages: facts.map(({ frame, showing }) => JSON.stringify([frame, showing])),
    inches: facts.map(({ inches }) => inches),
    annotations: facts.map(({ annotations }) => JSON.stringify(annotations.map(withoutLook))),
    appearances: facts.map(({ annotations }) =>
      JSON.stringify(annotations.map(({ appearances, colours }) => [appearances, colours])),
    ),
    order: facts.map(({ elements, label }) => JSON.stringify([elements, label])),
    named: facts.map(({ named }) => named),
    drawn,
  }
}

const withoutLook = (annotation: PageFacts['annotations'][number]) => ({
  ...annotation,
  colours: undefined,
  appearances: Object.keys(annotation.appearances),
})

/** What follows from others, or may be more than it was. */
type Apart = 'inches' | 'named' | 'drawn' | 'destinations'

/** What each of them is called where it has changed. */
const names: Record<Exclude<keyof Features, Apart>, string> = {
  pages: 'pages, boxes or rotation',
  outline: 'outline',
  annotations: 'links, fields or other annotations',
  appearances: 'looks of fields or other annotations',
  order: 'tags or labels of pages',
  fields: 'form fields',
  form: 'settings of the form',
  attachments: 'attachments',
  tagged: 'tags',
  structure: 'structure elements',
  layers: 'layers',
  layerSettings: 'layers',
  labelled: 'page labels',
  scripts: 'scripts',
  viewing: 'settings for the viewer',
  information: 'document information',
  packet: 'XMP metadata',
  description: 'XMP metadata',
  protection: 'encryption or permissions',
}

/** What differs between two documents, in words; empty when they carry the same, what was dropped on purpose aside. */
export function differences(
  before: Features,
  after: Features,
  dropped: ReadonlySet<keyof Features> = new Set(),
): string[] {
  const keys = Object.keys(names).filter((key): key is keyof typeof names => key in names)
  const changed = keys.filter(
    (key) => !dropped.has(key) && JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  )
  const named = Object.entries(before.destinations)
  const isLost = named.some(([name, lead]) => after.destinations[name] !== lead)
  return [...new Set([...changed.map((key) => names[key]), ...(isLost ? ['named places'] : [])])]
}
