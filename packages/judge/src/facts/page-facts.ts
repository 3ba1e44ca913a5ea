import {
  boxOf,
  destinationsOf,
  inherited,
  pageLabels,
  type PageLabel,
  type PdfObjects,
  textOf,
  treeEntries,
} from '@pdf-smaller/pdf'
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

/** Inherited values included; a box without corners is as good as none. */
function frameOf(page: string, objects: PdfObjects): Pick<PageFacts, 'frame' | 'inches'> {
  const box = (key: string) => {
    const [left = 0, bottom = 0, right = 0, top = 0] = boxOf(objects, page, key)
    const sides = [Math.min(left, right), Math.min(bottom, top), Math.max(left, right), Math.max(bottom, top)]
    return sides.map((each) => Math.round(each * 10) / 10)
  }
  const isBox = ([left = 0, bottom = 0, right = 0, top = 0]: number[]) => right > left && top > bottom
  const [media, own] = [box('/MediaBox'), box('/CropBox')]
  const crop = isBox(own) ? own : media
  const rotate = ((objects.number(inherited(objects, page, '/Rotate')) % 360) + 360) % 360
  const unit = objects.number(objects.dictionary(page)['/UserUnit']) || 1
  const [left = 0, bottom = 0, right = 0, top = 0] = crop
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
