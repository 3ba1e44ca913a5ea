import {
  boxOf,
  destinationsOf,
  inherited,
  pageLabels,
  type PageLabel,
  type PdfObjects,
  resourceKinds,
  textStringOf,
  treeEntries,
} from '@pdf-smaller/pdf'
import { cornersOf, frameOf as pageFrameOf, mediaBoxOf } from '@pdf-smaller/pdf/page-frame'
import { type Annotation, annotationReader } from './annotations.ts'
import type { Digests } from './digests.ts'
import { listedFields } from './fields.ts'
import { layerStates } from './layers.ts'
import { leadsIn } from './leads.ts'
import { leavesAt } from './values.ts'

export type Frame = { media: number[]; crop: number[]; others: number[][]; rotate: number; unit: number }

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
  /** The names by which its contents draw other things, each with its kind; those that lead to something. */
  named: string[]
  /** The layers that its contents may be on, and whether they are seen. */
  layers: string[]
  /** How viewers go through it: the order of fields, and how long it is shown. */
  showing: string[]
}

/** Reads the facts of a document's pages, each when it is asked for; pages count from 1. */
export function pageFactsOf(
  objects: PdfObjects,
  pages: readonly string[],
  digestOf: Digests,
): (page: number) => Promise<PageFacts> {
  const pageNumber = new Map(pages.map((page, index) => [page, index + 1]))
  const leads = leadsIn(objects, destinationsOf(objects, pages), pageNumber)
  const annotations = annotationReader(objects, leads, listedFields(objects), digestOf)
  const labels = pageLabels(objects, pages.length)
  const elements = elementCounter(objects)
  const layers = layerStates(objects)
  return async (number) => {
    const page = pages[number - 1] ?? ''
    const label = labels?.[number - 1]
    const resources = objects.dictionary(inherited(objects, page, '/Resources'))
    return {
      ...frameOf(page, objects),
      annotations: await annotations(page),
      elements: elements(page),
      label: label && labelText(label),
      named: namedIn(resources, objects),
      layers: layers(objects.dictionary(resources['/Properties'])),
      showing: leavesAt(objects.dictionary(page), ['/Tabs', '/Dur', '/Trans', '/AA'], objects),
    }
  }
}

/** Boxes in tenths of a unit, as programs round them. */
function frameOf(page: string, objects: PdfObjects): Pick<PageFacts, 'frame' | 'inches'> {
  const { left, bottom, right, top, rotation: rotate, unit } = pageFrameOf(objects, page)
  const rounded = (box: readonly number[]) => box.map((each) => Math.round(each * 10) / 10)
  const [media, crop] = [rounded(mediaBoxOf(objects, page)), rounded([left, bottom, right, top])]
  const others = ['/BleedBox', '/TrimBox', '/ArtBox'].map((key) =>
    rounded(cornersOf(boxOf(objects, page, key)) ?? crop),
  )
  const inches = (Math.max(right - left, top - bottom) * unit) / 72
  return { frame: { media, crop, others, rotate, unit }, inches }
}

function namedIn(resources: Record<string, unknown>, objects: PdfObjects): string[] {
  return resourceKinds.flatMap((kind) =>
    Object.entries(objects.dictionary(resources[kind]))
      .filter(([, value]) => isThere(objects.resolve(value)))
      .map(([name]) => `${kind} ${name}`),
  )
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
  JSON.stringify([
    style ?? null,
    textStringOf(prefix) ?? '',
    style === undefined || style === null ? 0 : number,
  ])
