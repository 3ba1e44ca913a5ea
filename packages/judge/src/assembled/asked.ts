import type { PdfObjects } from '@pdf-smaller/pdf'

/** A document that pages were taken from. */
export type SourceDocument = {
  path: string
  objects: PdfObjects
  /** The reference of each page, in order. */
  pages: readonly string[]
}

/** Pages of a document that stand together in a new one. */
export type SourcePart = { document: SourceDocument }

/** The page of a part, from 1, that a new page shows. */
export type Origin = { part: SourcePart; page: number; change?: PageChange }

/** What was to be done to a page. */
export type PageChange = {
  /** How far it was turned clockwise, degrees. */
  turn: number
  /** Whether it was straightened, cleaned or made a picture of: it shows the same in another way, at other places. */
  isRedrawn: boolean
  /** The text that was read from it and can be found now; without it, that which it had. */
  text?: () => Promise<string>
}

/** What a document was asked to be. */
export type Asked = {
  parts: readonly SourcePart[]
  /** What each of its pages shows; undefined for those that were added, such as a table of contents. */
  pages: readonly (Origin | undefined)[]
  /** Whether files attached to the sources come along. */
  attachments: boolean
  /** Whether annotations, labels and the outline come along as they are; archives have no place for some. */
  belongings: boolean
  /** How many entries the outline has besides those of the sources. */
  addedEntries: number
}
