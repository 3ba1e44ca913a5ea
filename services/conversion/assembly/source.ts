import {
  destinationsOf,
  type Destinations,
  type InspectedPdf,
  isReference,
  type OutlineItem,
  outlineOf,
} from '@pdf-smaller/pdf'
import { type Fields, fieldsOf } from './fields.ts'
import { type PageLabel, pageLabels } from './labels.ts'
import { type Tags, tagsOf } from './tags.ts'

/** A document that pages are taken from, with what has to be looked up for that; found out once for all its parts. */
export type Source = {
  fileName: string
  /** The file's name without its extension. */
  name: string
  document: InspectedPdf
  /** The index of a page, from 0, by its reference. */
  pageIndex: ReadonlyMap<string, number>
  /** The page, from 0, that an annotation stands on. */
  annotationPage: ReadonlyMap<string, number>
  destinations: Destinations
  outline: OutlineItem[]
  /** The label of each page; undefined when the document has none. */
  labels: PageLabel[] | undefined
  fields: Fields
  tags: Tags | undefined
}

/** Pages of a document, from 1, that go into a new one. */
export type Part = { source: Source; pages: readonly number[] }

export function openSource(document: InspectedPdf, fileName: string): Source {
  const { copy, pageReferences } = document
  const pageIndex = new Map(pageReferences.map((reference, index) => [reference, index]))
  const annotationPage = new Map<string, number>()
  for (const [index, page] of pageReferences.entries()) {
    for (const annotation of copy.array(copy.dictionary(page)['/Annots']))
      if (isReference(annotation) && !annotationPage.has(annotation)) annotationPage.set(annotation, index)
  }
  return {
    fileName,
    name: fileName.replace(/\.[A-Za-z0-9]{1,5}$/, ''),
    document,
    pageIndex,
    annotationPage,
    destinations: destinationsOf(copy, pageReferences),
    outline: outlineOf(copy),
    labels: pageLabels(copy, pageReferences.length),
    fields: fieldsOf(copy),
    tags: tagsOf(copy, pageIndex),
  }
}
