import { type Dictionary, type DocumentContent, newObjects, type NewObjects } from '@pdf-smaller/pdf'
import { drawnBy } from './drawn.ts'
import type { Extract } from './extracted.ts'
import { type Extracted, extractAll } from './extract-all.ts'
import { joinedLabels } from './labels.ts'
import { joinedLayers } from './layers.ts'
import { type GivenMetadata, joinedInfo, joinedPacket } from './metadata.ts'
import { joinedNames } from './names.ts'
import { addOutline, type Entry, keptEntries, type OutlineCounts } from './outline.ts'
import { openingOf } from './opening.ts'
import type { Kept } from './contract.ts'
import { selected } from './selection.ts'
import type { Part } from './source.ts'

export type AssembleOptions = {
  metadata?: GivenMetadata
  /** The entry over those of each part; without it a part's entries stand at the top. */
  titleOf?: (part: Part) => string
  /** Whether files attached to the documents come along. */
  attachments?: boolean
  /** Adds pages that belong to no part. */
  extraPages?: (target: NewObjects, tree: string, extracts: readonly Extract[]) => ExtraPages
}

export type ExtraPages = {
  /** Pages that stand before all others, such as a table of contents. */
  front: string[]
  /** The page, if any, that stands behind the last one of each part. */
  behind: (string | undefined)[]
}

/**
 * Puts pages of one or more documents together as a new one, with what belongs to them: links and outlines, fields,
 * annotations, labels, attachments, tags, layers and metadata.
 */
export async function assemble(
  those: readonly Part[],
  options: AssembleOptions = {},
): Promise<{ content: DocumentContent; kept: Kept }> {
  const target = newObjects()
  const [root, tree] = [target.reserve(), target.reserve()]
  const parts = those.map(selected)
  const drawn = await Promise.all(parts.map(drawnBy))
  const extracted = await extractAll(parts, drawn, target, tree)
  const { extracts, fields, structure } = extracted
  const extra = options.extraPages?.(target, tree, extracts) ?? { front: [], behind: [] }
  const pages = [
    ...extra.front,
    ...extracts.flatMap((each, index) => [...each.pages, extra.behind[index] ?? []].flat()),
  ]
  target.put(tree, { value: { '/Type': '/Pages', '/Kids': pages, '/Count': pages.length } })
  const outline = { kept: 0, dropped: 0 }
  const catalogue = await catalogueOf(extracted, extra, options, outline, target)
  target.put(root, { value: { '/Type': '/Catalog', '/Pages': tree, ...catalogue.entries } })
  const [first] = extracts
  const info = first ? { '/Info': target.add({ value: joinedInfo(first, options.metadata ?? {}) }) } : {}
  const links = { kept: 0, dropped: 0 }
  for (const extract of extracts) {
    links.kept += extract.links.kept
    links.dropped += extract.links.dropped
  }
  return {
    content: { objects: target.objects, trailer: { '/Root': root, ...info } },
    kept: {
      pages: pages.length,
      links,
      outline,
      fields,
      attachments: catalogue.attachments,
      tags: structure !== undefined,
      labels: '/PageLabels' in catalogue.entries,
      layers: '/OCProperties' in catalogue.entries,
      ...formReport(extracts),
    },
  }
}

/** What of scripts and fields is not as it was, for all parts. */
function formReport(extracts: readonly Extract[]): Pick<Kept, 'scripts' | 'appearances'> {
  const scripts = { changed: 0, unsure: [] as string[] }
  const appearances = { made: 0, missing: [] as string[] }
  for (const { part, renaming } of extracts) {
    const { scripts: own, appearances: drawn } = renaming.fields
    const named = (each: string) => `${part.source.fileName}: ${each}`
    scripts.changed += own.told.changed
    scripts.unsure.push(...Array.from(own.told.unsure, named))
    appearances.made += drawn.made.size
    appearances.missing.push(...drawn.missing.map(named))
  }
  return {
    scripts: { ...scripts, unsure: scripts.unsure.slice(0, mostTold) },
    appearances: { ...appearances, missing: appearances.missing.slice(0, mostTold) },
  }
}

/** So many scripts or fields are told of by name; a person reads no more. */
const mostTold = 50

/** Entries of the first part's catalogue that hold for the new document. */
const firstPartSays = ['/Lang', '/ViewerPreferences', '/PageLayout', '/PageMode', '/OutputIntents']

async function catalogueOf(
  { extracts, form, structure }: Extracted,
  extra: ExtraPages,
  { titleOf, attachments: withAttachments = true, metadata = {} }: AssembleOptions,
  counts: OutlineCounts,
  target: NewObjects,
): Promise<{ entries: Dictionary; attachments: number }> {
  const { names, attachments } = joinedNames(extracts, target, withAttachments)
  const parts = extracts.map(({ part }) => part)
  const [first] = extracts
  const copy = first?.part.source.document.copy
  const own = copy?.dictionary(copy.trailer['/Root']) ?? {}
  const said = firstPartSays.flatMap((key) => (key in own ? [[key, first?.copied(own[key])]] : []))
  const entries = Object.entries({
    ...Object.fromEntries(said),
    '/OpenAction': openingIn(first, extra),
    '/Threads': threadsIn(extracts),
    '/Outlines': addOutline(entriesOf(extracts, titleOf, counts), target),
    '/PageLabels': joinedLabels(parts, extra.front.length, extra.behind.map(Boolean)),
    '/AcroForm': form,
    '/Names': names,
    '/OCProperties': joinedLayers(extracts),
    '/StructTreeRoot': structure,
    '/MarkInfo': structure && { '/Marked': true },
    '/Metadata': first && (await joinedPacket(first, metadata, target)),
  })
  return { entries: Object.fromEntries(entries.filter(([, value]) => value !== undefined)), attachments }
}

/** The new document opens as its first part does, unless pages stand in front of it. */
function openingIn(first: Extract | undefined, { front }: ExtraPages): unknown {
  const place = first && openingOf(first.part.source).place
  return place && front.length === 0 && first.part.selection.has(place[0]) ? first.copied(place) : undefined
}

function threadsIn(extracts: readonly Extract[]): unknown[] | undefined {
  const threads = extracts.flatMap(({ part, copied }) => part.source.threads.on(part.selection).map(copied))
  return threads.length > 0 ? threads : undefined
}

function entriesOf(
  extracts: readonly Extract[],
  titleOf: AssembleOptions['titleOf'],
  counts: OutlineCounts,
): Entry[] {
  return extracts.flatMap((extract): Entry[] => {
    const kids = keptEntries(extract.part.source.outline, extract, counts)
    if (!titleOf) return kids
    const dictionary = { '/Dest': [extract.pages[0], '/Fit'] }
    return [{ title: titleOf(extract.part), dictionary, isOpen: false, kids }]
  })
}
