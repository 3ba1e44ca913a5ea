import { openGallery } from './gallery.ts'
import { jpegHead } from './jpeg-quality.ts'
import { filtersOf, nameOf, numberOf, objectsIn, type ObjectText } from './objects.ts'
import { mostPacked, openObjectStreams } from './object-streams.ts'
import { openPages } from './pages.ts'
import type { Part } from './scan.ts'
import type { Structure } from './structure.ts'

type Survey = {
  /** How much of a stream with this dictionary is to be looked into. */
  wanted: (dictionary: string) => number
  add: (part: Part) => Promise<void>
  structure: (bytes: number) => Structure
}

/** What is looked at one by one; a file that has more only has its bytes counted. */
const mostObjects = 500_000
const mostStreams = 100_000

/** Filters that make little or nothing of what they are given. */
const weakFilters = new Set([
  'LZWDecode',
  'LZW',
  'ASCIIHexDecode',
  'AHx',
  'ASCII85Decode',
  'A85',
  'RunLengthDecode',
  'RL',
])

/** Signed by the maker of a viewer to open its functions, which viewers no longer lock. */
const usageRights = /\/TransformMethod\s{0,8}\/UR/

/** Counts what a file consists of, part by part. */
export function openSurvey(): Survey {
  const sizes = {
    fonts: 0,
    plainFonts: 0,
    contents: 0,
    plainContents: 0,
    metadata: 0,
    packedObjects: 0,
    others: 0,
  }
  const gallery = openGallery()
  const pages = openPages()
  const unpacked = openObjectStreams()
  const left = { objects: mostObjects, streams: mostStreams }
  let streamed = 0
  let isEncrypted = false
  let isSigned = false

  const note = (object: ObjectText) => {
    if (left.objects-- <= 0) return
    const { text } = object
    gallery.note(object)
    isEncrypted ||= /\/Encrypt\s{1,8}\d|\/Encrypt\s{0,8}<</.test(text)
    isSigned ||= /\/ByteRange\s{0,8}\[/.test(text) && !usageRights.test(text)
    pages.note(object)
  }

  const addStream = async (object: ObjectText, bytes: number, head: Buffer) => {
    const kind = kindOf(object.text)
    if (kind === 'packedObjects') for (const packed of await unpacked(object.text, head)) note(packed)
    if (kind !== 'image') sizes[kind] += bytes
    else if (!gallery.add(object, bytes, head)) sizes.others += bytes
  }

  return {
    wanted: (dictionary) => {
      const kind = left.streams > 0 ? kindOf(dictionary) : 'others'
      return kind === 'packedObjects' ? mostPacked : kind === 'image' ? jpegHead : 0
    },
    add: async (part) => {
      const objects = [...objectsIn(part.text)]
      for (const object of objects) note(object)
      if (part.kind === 'text') return
      streamed += part.bytes
      const dictionary = objects.at(-1)
      if (dictionary && left.streams-- > 0) await addStream(dictionary, part.bytes, part.head)
      else sizes.others += part.bytes
    },
    structure: (bytes) => ({
      bytes,
      ...pages.found(),
      images: gallery.found(),
      ...sizes,
      text: bytes - streamed,
      isEncrypted,
      isSigned,
    }),
  }
}

type Kind =
  | 'image'
  | keyof Pick<
      Structure,
      'fonts' | 'plainFonts' | 'contents' | 'plainContents' | 'metadata' | 'packedObjects' | 'others'
    >

const fontKinds = new Set(['Type1C', 'CIDFontType0C', 'OpenType'])

function kindOf(dictionary: string): Kind {
  const type = nameOf(dictionary, 'Type')
  const subtype = nameOf(dictionary, 'Subtype')
  if (subtype === 'Image') return 'image'
  if (type === 'ObjStm' || type === 'XRef') return 'packedObjects'
  if (type === 'Metadata') return 'metadata'
  const filter = filtersOf(dictionary)[0]
  const isPlain = filter === undefined || weakFilters.has(filter)
  if (/\/Length1\b/.test(dictionary) || fontKinds.has(subtype ?? '')) return isPlain ? 'plainFonts' : 'fonts'
  // A profile of colours tells the number of its components.
  if (type === 'EmbeddedFile' || numberOf(dictionary, 'N') !== undefined) return 'others'
  return isPlain ? 'plainContents' : 'contents'
}
