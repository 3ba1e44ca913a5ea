import type { Encryption } from '@pdf-smaller/engines'
import type { PdfObjects } from '@pdf-smaller/pdf'
import { type DocumentFacts, documentFactsOf, type WholeFacts, wholeFactsOf } from './document-facts.ts'
import { pageFactsOf } from './page-facts.ts'

/** What a document carries besides the look of its pages. Two documents that carry the same have equal features. */
export type Features = DocumentFacts &
  WholeFacts & {
    pages: string[]
    /** How long the longer side of each page is, which follows from its boxes. */
    inches: number[]
    /** Links, widgets, notes and marks of each page. */
    annotations: string[]
    /** Elements and label of each page. */
    order: string[]
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
  const factsOf = pageFactsOf(objects, pages)
  const facts = pages.map((_, index) => factsOf(index + 1))
  return {
    ...documentFactsOf(objects, pages),
    ...(await wholeFactsOf(objects, encryption)),
    pages: facts.map(({ frame }) => JSON.stringify(frame)),
    inches: facts.map(({ inches }) => inches),
    annotations: facts.map(({ annotations }) => JSON.stringify(annotations)),
    order: facts.map(({ elements, label }) => JSON.stringify([elements, label])),
  }
}

/** What each of them is called where it has changed. */
const names: Record<Exclude<keyof Features, 'inches'>, string> = {
  pages: 'pages, boxes or rotation',
  outline: 'outline',
  annotations: 'links, fields or other annotations',
  order: 'tags or labels of pages',
  fields: 'form fields',
  attachments: 'attachments',
  tagged: 'tags',
  structureElements: 'structure elements',
  layers: 'layers',
  labelled: 'page labels',
  scripts: 'scripts',
  viewing: 'settings for the viewer',
  information: 'document information',
  hasXmp: 'XMP metadata',
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
  return [...new Set(changed.map((key) => names[key]))]
}
