import {
  destinationsOf,
  pageLabels,
  type PageLabel,
  type PdfObjects,
  textOf,
  treeEntries,
} from '@pdf-smaller/pdf'
import { frameOf as pageFrameOf, mediaBoxOf } from '@pdf-smaller/pdf/page-frame'
import { type Annotation, annotationReader } from './annotations.ts'
import { listedFields } from './fields.ts'

export type Frame = { media: number[]; crop: number[]; rotate: number; unit: number }

/** What a page carries besides its text and its look. */
export type PageFacts = {
  /** Boxes, rotation and unit, as viewers take them. */
  frame: Frame
  /** The longer side of what is seen of it, inches. */
  inches: number
  annotations: Annotation[]
  /** How many elements of the structure its marked contents belong to. */
  elements: number
  /** Its number as readers see it; undefined when the document has no numbers of its own. */
  label: string | undefined
}

/** Reads the facts of a document's pages, each when it is asked for; pages count from 1. */
export function pageFactsOf(objects: PdfObjects, pages: readonly string[]): (page: number) => PageFacts {
  const pageNumber = new Map(pages.map((page, index) => [page, index + 1]))
  const destinations = destinationsOf(objects, pages)
  const annotations = annotationReader(objects, destinations, pageNumber, listedFields(objects))
  const labels = pageLabels(objects, pages.length)
  const elements = elementCounter(objects)
  return (number) => {
    const page = pages[number - 1] ?? ''
    const label = labels?.[number - 1]
    return {
      ...frameOf(page, objects),
      annotations: annotations(page),
      elements: elements(page),
      label: label && labelText(label),
    }
  }
}

/** Boxes in tenths of a unit, as programs round them. */
function frameOf(page: string, objects: PdfObjects): Pick<PageFacts, 'frame' | 'inches'> {
  const { left, bottom, right, top, rotation: rotate, unit } = pageFrameOf(objects, page)
  const rounded = (box: readonly number[]) => box.map((each) => Math.round(each * 10) / 10)
  const [media, crop] = [rounded(mediaBoxOf(objects, page)), rounded([left, bottom, right, top])]
  const inches = (Math.max(right - left, top - bottom) * unit) / 72
  return { frame: { media, crop, rotate, unit }, inches }
}

/** Counts by the tree that leads from marked contents to their elements (ISO 32000-1, 14.7.4.4). */
function elementCounter(objects: PdfObjects): (page: string) => number {
  const root = objects.dictionary(objects.dictionary(objects.trailer['/Root'])['/StructTreeRoot'])
  const parents = new Map<unknown, unknown>(treeEntries(objects, root['/ParentTree'], '/Nums'))
  return (page) => {
    const number = objects.resolve(objects.dictionary(page)['/StructParents'])
    const there = objects.array(parents.get(number)).filter((each) => isThere(objects.resolve(each)))
    return new Set(there).size
  }
}

const isThere = (value: unknown) => value !== null && value !== undefined

const labelText = ({ style, prefix, number }: PageLabel): string =>
  JSON.stringify([style ?? null, textOf(prefix) ?? '', style === undefined || style === null ? 0 : number])
