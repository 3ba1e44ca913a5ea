import {
  type Dictionary,
  filterNames,
  type InspectedPdf,
  isDictionary,
  isReference,
  plainStream,
  type PdfObjects,
  reachedFrom,
  walk,
  xmpPacketOf,
} from '@pdf-smaller/pdf'
import { type IccHeader, iccHeaderOf } from './colour/icc-header.ts'
import type { Usage } from './contents/usage.ts'
import { usageOf } from './contents/walk.ts'
import { type Jpeg2000, jpeg2000Of } from './images/jpeg2000.ts'
import { type Packet, packetFrom } from './metadata/read.ts'
import { readTrueType, type TrueType } from './fonts/truetype.ts'

/** What is known of a document before its objects are looked at. Dictionaries are known by their identity. */
export type Facts = {
  objects: PdfObjects
  root: string
  pages: ReadonlySet<string>
  /** The objects that the trailer leads to. */
  reached: readonly string[]
  annotations: ReadonlySet<Dictionary>
  graphicsStates: ReadonlySet<Dictionary>
  usage: Usage
  /** Whether DeviceCMYK is used, by an operator or as a colour space. */
  cmyk: boolean
  /** The streams of colour profiles, by their reference. */
  profiles: ReadonlyMap<string, IccHeader | undefined>
  jpeg2000: ReadonlyMap<Dictionary, Jpeg2000>
  /** The TrueType files of fonts, by the reference of their stream. */
  trueType: ReadonlyMap<string, TrueType>
  packet: Packet | undefined
}

/** Reads all that rules ask for. */
export async function archiveFactsOf(document: InspectedPdf, signal: AbortSignal): Promise<Facts> {
  const { copy, pageReferences } = document
  const root = copy.trailer['/Root']
  const reached: string[] = []
  for (const each of reachedFrom(copy, [copy.trailer])) if ('reference' in each) reached.push(each.reference)
  const usage = await usageOf(document, signal)
  const annotations = pageReferences.flatMap((page) => copy.array(copy.dictionary(page)['/Annots']))
  const states = [...usage.resources].flatMap((each) => Object.values(copy.dictionary(each['/ExtGState'])))
  const bytes = (await xmpPacketOf(copy))?.bytes
  const { spaces, profiles } = await coloursOf(document, reached)
  return {
    objects: copy,
    root: isReference(root) ? root : '',
    pages: new Set(pageReferences),
    reached,
    annotations: new Set(annotations.map(copy.dictionary)),
    graphicsStates: new Set(states.map(copy.dictionary)),
    usage,
    cmyk: usage.cmyk || spaces.has('/DeviceCMYK'),
    profiles,
    jpeg2000: await jpeg2000In(document, reached),
    trueType: await trueTypeIn(document, reached),
    packet: bytes && packetFrom(bytes, copy),
  }
}

/** What a profile or a font may unpack to. */
const mostBytes = 64 * 2 ** 20

/** The colour spaces that are named anywhere, and the profiles of those that have one. */
async function coloursOf({ copy }: InspectedPdf, reached: readonly string[]) {
  const spaces = new Set<string>()
  const profiles = new Map<string, IccHeader | undefined>()
  const below = (value: unknown): unknown[] =>
    (Array.isArray(value) ? value : isDictionary(value) ? Object.values(value) : []).filter(
      (each) => typeof each === 'object' || each === '/DeviceCMYK',
    )
  const values = reached.map((reference) => {
    const object = copy.all.get(reference)
    return object && ('value' in object ? object.value : object.dictionary)
  })
  for (const value of walk(values, below, { of: 'structure' })) {
    if (value === '/DeviceCMYK') spaces.add(value)
    else if (Array.isArray(value)) {
      if (value[0] === '/ICCBased' && isReference(value[1])) profiles.set(value[1], undefined)
    } else if (isDictionary(value) && isReference(value['/DestOutputProfile']))
      profiles.set(value['/DestOutputProfile'], undefined)
  }
  for (const reference of profiles.keys()) {
    const stream = copy.stream(reference)
    const bytes = stream && (await plainStream(stream, copy, mostBytes))
    if (bytes) profiles.set(reference, iccHeaderOf(bytes))
  }
  return { spaces, profiles }
}

async function jpeg2000In(
  { copy }: InspectedPdf,
  reached: readonly string[],
): Promise<Map<Dictionary, Jpeg2000>> {
  const found = new Map<Dictionary, Jpeg2000>()
  for (const reference of reached) {
    const stream = copy.stream(reference)
    if (stream && filterNames(stream.dictionary, copy)[0] === '/JPXDecode')
      found.set(stream.dictionary, jpeg2000Of(await copy.read(stream)))
  }
  return found
}

async function trueTypeIn(
  { copy }: InspectedPdf,
  reached: readonly string[],
): Promise<Map<string, TrueType>> {
  const found = new Map<string, TrueType>()
  for (const reference of reached) {
    const stream = copy.stream(copy.dictionary(reference)['/FontFile2'])
    const bytes = stream && (await plainStream(stream, copy, mostBytes))
    const read = bytes && readTrueType(bytes)
    if (stream && read) found.set(stream.reference, read)
  }
  return found
}
