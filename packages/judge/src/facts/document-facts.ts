import type { Encryption } from '@pdf-smaller/engines'
import {
  destinationsOf,
  type Dictionary,
  openTurns,
  outlineOf,
  type PdfObjects,
  reachedFrom,
  stringBytes,
  textStringOf,
  treeEntries,
} from '@pdf-smaller/pdf'
import { fileOf } from './annotations.ts'
import { type Digests, digestOfBytes } from './digests.ts'
import { listedFields } from './fields.ts'
import { type Lead, leadsIn } from './leads.ts'
import { type PacketFacts, packetFactsOf } from './metadata.ts'
import { structureOf } from './structure.ts'
import { leavesAt } from './values.ts'

/** An entry of the outline: how deep it stands, what it says, where it leads, and how it looks. */
export type OutlineFact = Lead & { level: number; title: string; look: string[] }

/** A file that is attached, with a digest of its bytes. */
export type AttachmentFact = { name: string; bytes: string }

/** What a document carries as a whole. */
export type DocumentFacts = {
  outline: OutlineFact[]
  /** Fields without a parent. */
  fields: number
  /** The files attached, those that are there. */
  attachments: AttachmentFact[]
  tagged: boolean
  layers: number
  labelled: boolean
}

export async function documentFactsOf(
  objects: PdfObjects,
  pages: readonly string[],
  digestOf: Digests,
): Promise<DocumentFacts> {
  const root = rootOf(objects)
  return {
    outline: outlineFacts(objects, pages),
    fields: listedFields(objects).size,
    attachments: await attachmentsOf(root, objects, digestOf),
    tagged: isMarked(root, objects) || root['/StructTreeRoot'] !== undefined,
    layers: objects.array(objects.dictionary(root['/OCProperties'])['/OCGs']).length,
    labelled: root['/PageLabels'] !== undefined,
  }
}

/** What only a document that is to stay the same keeps besides. */
export type WholeFacts = PacketFacts & {
  structure: string
  /** How each layer is shown, and by what they are switched. */
  layerSettings: string[]
  /** What each script says. */
  scripts: string[]
  /** What the viewer is told, and the language. */
  viewing: string[]
  /** Settings of the form, and the form of another kind that stands beside it. */
  form: string[]
  /** Where names lead that others may lead to. */
  destinations: Record<string, string>
  /** What it is, not who wrote the file when. */
  information: string[]
  /** How it is encrypted and what is permitted; empty when it is not. */
  protection: string
}

const viewing =
  '/ViewerPreferences /PageMode /PageLayout /Lang /URI /MarkInfo /AA /OutputIntents /Collection /Requirements'.split(
    ' ',
  )
const formSettings = ['/NeedAppearances', '/SigFlags', '/DA', '/Q']

export async function wholeFactsOf(
  objects: PdfObjects,
  pages: readonly string[],
  digestOf: Digests,
  encryption: Encryption | undefined,
): Promise<WholeFacts> {
  const root = rootOf(objects)
  const form = objects.dictionary(root['/AcroForm'])
  const pageNumber = numbersOf(pages)
  return {
    structure: JSON.stringify(await structureOf(objects, pageNumber)),
    layerSettings: leavesAt(root, ['/OCProperties'], objects),
    scripts: await scriptsOf(objects, digestOf),
    viewing: [...leavesAt(root, viewing, objects), ...opening(root, objects, pages)],
    form: [...leavesAt(form, formSettings, objects), ...(await formOfXml(form, objects, digestOf))],
    destinations: namedDestinations(objects, pages),
    information: informationOf(objects),
    ...(await packetFactsOf(objects)),
    protection: encryption?.encrypted ? JSON.stringify(encryption) : '',
  }
}

const isMarked = (root: Dictionary, objects: PdfObjects) =>
  objects.resolve(objects.dictionary(root['/MarkInfo'])['/Marked']) === true

const rootOf = (objects: PdfObjects) => objects.dictionary(objects.trailer['/Root'])

const numbersOf = (pages: readonly string[]) => new Map(pages.map((page, index) => [page, index + 1]))

/** Scripts that the document leads to; a file that was changed often holds others as well. */
async function scriptsOf(objects: PdfObjects, digestOf: Digests): Promise<string[]> {
  const scripts: string[] = []
  const pause = openTurns()
  for (const each of reachedFrom(objects, [objects.trailer])) {
    await pause()
    if (!('dictionary' in each) || objects.resolve(each.dictionary['/S']) !== '/JavaScript') continue
    const { '/JS': code } = each.dictionary
    scripts.push(
      (await digestOf(code)) ?? digestOfBytes(stringBytes(objects.resolve(code)) ?? Buffer.alloc(0)),
    )
  }
  return scripts.sort()
}

/** What happens when it is opened: a page is shown, or something is done. */
function opening(root: Dictionary, objects: PdfObjects, pages: readonly string[]): string[] {
  const { '/OpenAction': action } = root
  if (action === undefined) return []
  const leads = leadsIn(objects, destinationsOf(objects, pages), numbersOf(pages))
  const isAction = '/S' in objects.dictionary(action)
  return [JSON.stringify(leads.of(isAction ? { '/A': action } : { '/Dest': action }))]
}

async function formOfXml(form: Dictionary, objects: PdfObjects, digestOf: Digests): Promise<string[]> {
  const { '/XFA': xml } = form
  const digests: string[] = []
  for (const part of [xml, ...objects.array(xml)]) digests.push((await digestOf(part)) ?? '')
  return digests.filter(Boolean)
}

function namedDestinations(objects: PdfObjects, pages: readonly string[]): Record<string, string> {
  const destinations = destinationsOf(objects, pages)
  const leads = leadsIn(objects, destinations, numbersOf(pages))
  return Object.fromEntries(
    Array.from(destinations.named, ([name, found]) => [name, JSON.stringify(leads.destination(found))]),
  )
}

function outlineFacts(objects: PdfObjects, pages: readonly string[]): OutlineFact[] {
  const leads = leadsIn(objects, destinationsOf(objects, pages), numbersOf(pages))
  const facts: OutlineFact[] = []
  const waiting = outlineOf(objects)
    .map((item) => ({ item, level: 0 }))
    .reverse()
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { item, level } = next
    const look = leavesAt(item.dictionary, ['/C', '/F'], objects)
    facts.push({ level, title: item.title, ...leads.of(item.dictionary), look })
    for (const kid of item.kids.toReversed()) waiting.push({ item: kid, level: level + 1 })
  }
  return facts
}

async function attachmentsOf(
  root: Dictionary,
  objects: PdfObjects,
  digestOf: Digests,
): Promise<AttachmentFact[]> {
  const files = objects.dictionary(root['/Names'])['/EmbeddedFiles']
  const found: AttachmentFact[] = []
  for (const [name, file] of treeEntries(objects, files, '/Names')) {
    const bytes = await fileOf(file, objects, digestOf)
    if (bytes !== undefined) found.push({ name: textStringOf(name) ?? '', bytes })
  }
  return found.sort((one, other) => (one.name < other.name ? -1 : 1))
}

function informationOf(objects: PdfObjects): string[] {
  const { '/ModDate': _, '/Producer': __, ...said } = objects.dictionary(objects.trailer['/Info'])
  return leavesAt(said, Object.keys(said), objects)
}
