import type { Encryption } from '@pdf-smaller/engines'
import {
  destinationsOf,
  type Dictionary,
  openTurns,
  outlineOf,
  type PdfObjects,
  reachedFrom,
  textOf,
  treeEntries,
} from '@pdf-smaller/pdf'
import { hasFile } from './annotations.ts'
import { listedFields } from './fields.ts'
import { leavesOf } from './values.ts'

/** An entry of the outline: how deep it stands, what it says, and the page it leads to, from 1. */
export type OutlineFact = { level: number; title: string; page: number | undefined }

/** What a document carries as a whole. */
export type DocumentFacts = {
  outline: OutlineFact[]
  /** Fields without a parent. */
  fields: number
  /** The names of the files attached, those that are there. */
  attachments: string[]
  tagged: boolean
  layers: number
  labelled: boolean
  hasXmp: boolean
  /** The entries of the information dictionary that say what it is, not who wrote the file when. */
  information: string[]
}

export function documentFactsOf(objects: PdfObjects, pages: readonly string[]): DocumentFacts {
  const root = rootOf(objects)
  return {
    outline: outlineFacts(objects, pages),
    fields: listedFields(objects).size,
    attachments: attachmentsOf(root, objects),
    tagged: isMarked(root, objects) || root['/StructTreeRoot'] !== undefined,
    layers: objects.array(objects.dictionary(root['/OCProperties'])['/OCGs']).length,
    labelled: root['/PageLabels'] !== undefined,
    hasXmp: root['/Metadata'] !== undefined,
    information: informationOf(objects),
  }
}

/** What only a document that is to stay the same keeps besides. */
export type WholeFacts = {
  structureElements: number
  scripts: number
  /** What the viewer is told, and the language. */
  viewing: string[]
  /** How it is encrypted and what is permitted; empty when it is not. */
  protection: string
}

export async function wholeFactsOf(
  objects: PdfObjects,
  encryption: Encryption | undefined,
): Promise<WholeFacts> {
  const root = rootOf(objects)
  const [structureElements, scripts] = await counted(objects)
  const said = ['/ViewerPreferences', '/PageMode', '/PageLayout', '/Lang']
  return {
    structureElements,
    scripts,
    viewing: [
      ...leavesOf(Object.fromEntries(said.map((key) => [key, root[key]])), objects),
      ...(root['/OpenAction'] === undefined ? [] : ['an action']),
    ],
    protection: encryption?.encrypted ? JSON.stringify(encryption) : '',
  }
}

const isMarked = (root: Dictionary, objects: PdfObjects) =>
  objects.resolve(objects.dictionary(root['/MarkInfo'])['/Marked']) === true

const rootOf = (objects: PdfObjects) => objects.dictionary(objects.trailer['/Root'])

/** Elements and scripts that the document leads to; a file that was changed often holds others as well. */
async function counted(objects: PdfObjects): Promise<[structureElements: number, scripts: number]> {
  let [structureElements, scripts] = [0, 0]
  const pause = openTurns()
  for (const each of reachedFrom(objects, [objects.trailer])) {
    await pause()
    if (!('dictionary' in each)) continue
    const { '/S': kind, '/P': parent } = each.dictionary
    if (kind !== undefined && parent !== undefined) structureElements++
    if (kind === '/JavaScript') scripts++
  }
  return [structureElements, scripts]
}

function outlineFacts(objects: PdfObjects, pages: readonly string[]): OutlineFact[] {
  const numbers = new Map(pages.map((page, index) => [page, index + 1]))
  const destinations = destinationsOf(objects, pages)
  const facts: OutlineFact[] = []
  const waiting = outlineOf(objects)
    .map((item) => ({ item, level: 0 }))
    .reverse()
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { item, level } = next
    const page = numbers.get(destinations.of(item.dictionary)?.[0] ?? '')
    facts.push({ level, title: item.title, page })
    for (const kid of item.kids.toReversed()) waiting.push({ item: kid, level: level + 1 })
  }
  return facts
}

function attachmentsOf(root: Dictionary, objects: PdfObjects): string[] {
  const files = objects.dictionary(root['/Names'])['/EmbeddedFiles']
  return Array.from(treeEntries(objects, files, '/Names'))
    .filter(([, file]) => hasFile({ '/FS': file }, objects))
    .map(([name]) => textOf(name) ?? '')
    .sort()
}

function informationOf(objects: PdfObjects): string[] {
  const { '/ModDate': _, '/Producer': __, ...said } = objects.dictionary(objects.trailer['/Info'])
  return leavesOf(said, objects)
}
