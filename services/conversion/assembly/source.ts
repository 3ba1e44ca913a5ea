import type { Span } from './span.ts'
import {
  type Destination,
  destinationsOf,
  type Destinations,
  entriesIn,
  type InspectedPdf,
  isReference,
  nameReader,
  type OutlineItem,
  outlineOf,
  type PageLabel,
  pageLabels,
  textStringOf,
  type ReadNames,
} from '@pdf-smaller/pdf'
import type { SourceDocument } from '@pdf-smaller/judge'
import { type Fields, fieldsOf } from './fields.ts'
import { type Threads, threadsOf } from './threads.ts'
import { type Tags, tagsOf } from './tags.ts'

/** A document that pages are taken from, with what has to be looked up for that; found out once for all its parts. */
export type Source = {
  fileName: string
  /** The file's name without its extension. */
  name: string
  document: InspectedPdf
  /** What the judge compares new documents with. */
  original: SourceDocument
  /** The index of a page, from 0, by its reference. */
  pageIndex: ReadonlyMap<string, number>
  /** The page, from 0, that an annotation stands on. */
  annotationPage: ReadonlyMap<string, number>
  destinations: Destinations
  /** The named destinations on each page, by the page's reference. */
  namesOn: ReadonlyMap<string, [name: string, destination: Destination][]>
  outline: OutlineItem[]
  /** Where each entry of the outline and those below it lead to. */
  outlineSpans: ReadonlyMap<OutlineItem, Span>
  /** The label of each page; undefined when the document has none. */
  labels: PageLabel[] | undefined
  fields: Fields
  tags: Tags | undefined
  threads: Threads
  /** The text that an entry of a dictionary says. */
  textIn: (dictionary: unknown, key: string) => string | undefined
  /** What contents name; read once for all parts. */
  readNames: ReadNames
}

/** Pages of a document, from 1, that go into a new one. */
export type Part = { source: Source; pages: readonly number[] }

export function openSource(document: InspectedPdf, fileName: string): Source {
  const { path, copy, pageReferences } = document
  const pageIndex = new Map(pageReferences.map((reference, index) => [reference, index]))
  const annotationPage = new Map<string, number>()
  for (const [index, page] of pageReferences.entries()) {
    for (const annotation of copy.array(copy.dictionary(page)['/Annots']))
      if (isReference(annotation) && !annotationPage.has(annotation)) annotationPage.set(annotation, index)
  }
  const destinations = destinationsOf(copy, pageReferences)
  const outline = outlineOf(copy)
  return {
    fileName,
    name: fileName.replace(/\.[A-Za-z0-9]{1,5}$/, ''),
    document,
    original: { path, objects: copy, pages: pageReferences },
    pageIndex,
    annotationPage,
    destinations,
    namesOn: Map.groupBy(destinations.named, ([, [page]]) => page),
    outline,
    outlineSpans: spansOf(outline, destinations, pageIndex),
    labels: pageLabels(copy, pageReferences.length),
    fields: fieldsOf(copy),
    tags: tagsOf(copy, pageIndex),
    threads: threadsOf(copy),
    textIn: (dictionary, key) => textStringOf(copy.resolve(copy.dictionary(dictionary)[key])),
    readNames: nameReader(copy),
  }
}

function spansOf(
  outline: readonly OutlineItem[],
  destinations: Destinations,
  pageIndex: ReadonlyMap<string, number>,
): Map<OutlineItem, Span> {
  const spans = new Map<OutlineItem, Span>()
  // From the end, as what stands below an entry comes after it.
  for (const item of [...entriesIn(outline)].reverse()) {
    const page = (pageIndex.get(destinations.of(item.dictionary)?.[0] ?? '') ?? NaN) + 1
    const span = { first: page || Infinity, last: page || 0, entries: 1 }
    for (const kid of item.kids) {
      const { first, last, entries } = spans.get(kid) ?? { first: Infinity, last: 0, entries: 0 }
      span.first = Math.min(span.first, first)
      span.last = Math.max(span.last, last)
      span.entries += entries
    }
    spans.set(item, span)
  }
  return spans
}
