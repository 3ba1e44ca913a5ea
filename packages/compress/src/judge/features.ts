import {
  boxOf,
  type Destinations,
  destinationsOf,
  type Dictionary,
  inherited,
  isReference,
  type OutlineItem,
  outlineOf,
  type PdfObjects,
  reachedFrom,
  type ReadPdf,
  textOf,
  treeEntries,
} from '@pdf-smaller/pdf'
import { annotationsOf } from './annotations.ts'

/** What a document carries besides the look of its pages. Two documents that carry the same have equal features. */
export type Features = {
  pages: string[]
  /** Titles and target pages, with their depth. */
  outline: string[]
  /** Links, widgets, notes and marks. */
  annotations: string[]
  fields: number
  /** Names, types and values of the form. */
  form: string[]
  attachments: number
  attached: string[]
  tagged: boolean
  structureElements: number
  layers: boolean
  labelled: boolean
  scripts: number
  /** What the viewer is told, and the language. */
  viewing: string
  information: string
  hasXmp: boolean
  /** How it is encrypted and what is permitted; empty when it is not. */
  protection: string
}

/** Reads the features of a document. */
export function features({ objects, pages, encryption }: ReadPdf): Features {
  const root = objects.dictionary(objects.trailer['/Root'])
  const attached = attachedTo(root, objects)
  const places = new Map(pages.map((page, index) => [page, index + 1]))
  const all = reachable(objects)
  return {
    pages: pages.map((page) => pageOf(page, objects)),
    outline: titlesOf(outlineOf(objects), destinationsOf(objects, pages), places, 0),
    annotations: annotationsOf(pages, objects),
    ...formOf(root, objects),
    attachments: attached.length,
    attached,
    tagged:
      objects.dictionary(root['/MarkInfo'])['/Marked'] === true || root['/StructTreeRoot'] !== undefined,
    structureElements: all.filter((each) => each['/S'] !== undefined && each['/P'] !== undefined).length,
    layers: root['/OCProperties'] !== undefined,
    labelled: root['/PageLabels'] !== undefined,
    scripts: all.filter((each) => each['/S'] === '/JavaScript').length,
    viewing: JSON.stringify([
      objects.resolve(root['/ViewerPreferences']) ?? null,
      root['/PageMode'] ?? null,
      root['/PageLayout'] ?? null,
      root['/Lang'] ?? null,
      root['/OpenAction'] !== undefined,
    ]),
    information: JSON.stringify(sorted(objects.dictionary(objects.trailer['/Info']), objects)),
    hasXmp: root['/Metadata'] !== undefined,
    protection: encryption ? JSON.stringify(encryption) : '',
  }
}

/** The dictionaries that the document leads to; a file that was changed often holds others as well. */
function reachable(objects: PdfObjects): Dictionary[] {
  return [...reachedFrom(objects, [objects.trailer])].flatMap((each) =>
    'dictionary' in each ? [each.dictionary] : [],
  )
}

/** Boxes, rotation and unit, inherited values included. */
function pageOf(page: string, objects: PdfObjects): string {
  const box = (key: string) => boxOf(objects, page, key).map((each) => Math.round(each * 10) / 10)
  const own = objects.dictionary(page)
  const media = box('/MediaBox')
  const crop = box('/CropBox')
  return JSON.stringify({
    media,
    crop: crop.length === 4 ? crop : media,
    rotate: ((objects.number(inherited(objects, page, '/Rotate')) % 360) + 360) % 360,
    unit: objects.number(own['/UserUnit']) || 1,
  })
}

/** Names of attached files. */
function attachedTo(root: Dictionary, objects: PdfObjects): string[] {
  const tree = objects.dictionary(root['/Names'])['/EmbeddedFiles']
  return [...treeEntries(objects, tree, '/Names')].map(([name]) => textOf(name) ?? '').sort()
}

function titlesOf(
  items: readonly OutlineItem[],
  destinations: Destinations,
  places: ReadonlyMap<string, number>,
  depth: number,
): string[] {
  return items.flatMap(({ title, dictionary, kids }) => {
    const page = places.get(destinations.of(dictionary)?.[0] ?? '') ?? null
    return [JSON.stringify([depth, title, page]), ...titlesOf(kids, destinations, places, depth + 1)]
  })
}

/** Names, types and values of fields, each with what it has from those above it. */
function formOf(root: Dictionary, objects: PdfObjects): { fields: number; form: string[] } {
  const form: string[] = []
  const seen = new Set<string>()
  const waiting = objects
    .array(objects.dictionary(root['/AcroForm'])['/Fields'])
    .map((field): { field: unknown; above: Dictionary } => ({ field, above: {} }))
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { field, above } = next
    if (!isReference(field) || seen.has(field)) continue
    seen.add(field)
    const own = objects.dictionary(field)
    const whole: Dictionary = {
      ...above,
      ...own,
      '/T': JSON.stringify([above['/T'], objects.resolve(own['/T'])]),
    }
    const pick = (key: string) => simple(objects.resolve(whole[key]))
    form.push(JSON.stringify([whole['/T'], pick('/FT'), pick('/V')]))
    const { '/T': name, '/FT': type, '/V': value } = whole
    const inheritable = { '/T': name, '/FT': type, '/V': value }
    for (const kid of objects.array(own['/Kids'])) waiting.push({ field: kid, above: inheritable })
  }
  return { fields: form.length, form: form.sort() }
}

/** Rich text and the like stand in streams, whose packing may change. */
const simple = (value: unknown) =>
  typeof value === 'object' && !Array.isArray(value) ? value && 'stream' : (value ?? null)

function sorted(dictionary: Dictionary, objects: PdfObjects): [string, unknown][] {
  return Object.entries(dictionary)
    .filter(([key]) => key !== '/ModDate' && key !== '/Producer')
    .map(([key, value]): [string, unknown] => [key, objects.resolve(value)])
    .sort(([a], [b]) => a.localeCompare(b))
}

const names: Record<keyof Features, string> = {
  pages: 'pages, boxes or rotation',
  outline: 'outline',
  annotations: 'links or other annotations',
  fields: 'form fields',
  form: 'form fields or their values',
  attachments: 'attachments',
  attached: 'attachments',
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
export function differences(before: Features, after: Features, dropped: ReadonlySet<string>): string[] {
  const later = new Map<string, unknown>(Object.entries(after))
  return [
    ...new Set(
      Object.entries(names)
        .filter(([key]) => {
          if (dropped.has(key)) return false
          const earlier: unknown = Object.entries(before).find(([name]) => name === key)?.[1]
          return JSON.stringify(earlier) !== JSON.stringify(later.get(key))
        })
        .map(([, name]) => name),
    ),
  ]
}
