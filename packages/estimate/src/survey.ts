import { openGallery } from './gallery.ts'
import { kindOf } from './kinds.ts'
import { openLedger } from './ledger.ts'
import { filtersOf, nameOf, objectsIn, type ObjectText } from './objects.ts'
import { mostPacked, openObjectStreams } from './object-streams.ts'
import { openPages } from './pages.ts'
import { mostContents, openPlacements } from './placements.ts'
import type { Part } from './scan.ts'
import type { Structure } from './facts.ts'

type Survey = {
  /** How much of a stream with this dictionary is to be looked into. */
  wanted: (dictionary: string) => number
  /** Looks at a part, and stops now and then: others of the same process may have their turn. */
  add: (part: Part) => Generator<void>
  structure: (bytes: number) => Structure
}

/** What is looked at one by one; a file that has more only has its bytes counted. */
const mostObjects = 500_000
const mostStreams = 100_000
/** As much of a stream without compression as tells what compression makes of it. */
const sampleBytes = 64 * 1024
/** As much of a font as holds its directory. */
const fontHead = 4096

/** Filters that make little or nothing of what they are given. */
const weakFilters = /^(?:LZWDecode|LZW|ASCIIHexDecode|AHx|ASCII85Decode|A85|RunLengthDecode|RL)$/

/** Signed by the maker of a viewer to open its functions, which viewers no longer lock. */
const usageRights = /\/TransformMethod\s{0,8}\/UR/

/** So many objects are looked at between two stops. */
const objectsAtOnce = 500

function* each(objects: readonly ObjectText[], look: (object: ObjectText) => void): Generator<void> {
  for (const [index, object] of objects.entries()) {
    look(object)
    if (index % objectsAtOnce === 0) yield
  }
}

/** Counts what a file consists of, part by part. */
export function openSurvey(): Survey {
  const ledger = openLedger()
  const gallery = openGallery()
  const pages = openPages()
  const placements = openPlacements()
  const objectsPacked = openObjectStreams()
  const left = { objects: mostObjects, streams: mostStreams }
  let isEncrypted = false
  let isSigned = false

  const note = (object: ObjectText) => {
    if (left.objects-- <= 0) return
    const { text } = object
    gallery.note(object)
    pages.note(object)
    isEncrypted ||= /\/Encrypt\s{1,8}\d|\/Encrypt\s{0,8}<</.test(text)
    isSigned ||= /\/ByteRange\s{0,8}\[/.test(text) && !usageRights.test(text)
  }

  const addStream = function* (object: ObjectText, bytes: number, head: Buffer): Generator<void> {
    if (isImage(object.text) && gallery.add(object, bytes, head)) return
    const kind = kindOf(object.text, head)
    if (kind === 'packedObjects') yield* each(objectsPacked(object.text, head), note)
    const isStoredPlain = isPlain(object.text)
    if (kind === 'contents') yield* placements.read(head, !isStoredPlain)
    ledger.add(kind, bytes, isStoredPlain ? head.subarray(0, sampleBytes) : undefined)
  }

  return {
    wanted: (dictionary) => {
      if (left.streams <= 0) return 0
      if (isImage(dictionary)) return gallery.wanted()
      const kind = kindOf(dictionary)
      if (kind === 'packedObjects') return mostPacked
      if (kind === 'contents') return mostContents
      return isPlain(dictionary) ? sampleBytes : fontHead
    },
    add: function* (part) {
      const objects = [...objectsIn(part.text)]
      yield* each(objects, note)
      ledger.addText(part.text)
      if (part.kind === 'text') return
      const dictionary = objects.at(-1)
      if (dictionary && left.streams-- > 0) yield* addStream(dictionary, part.bytes, part.head)
      else ledger.add('others', part.bytes, undefined)
    },
    structure: (bytes) => {
      const images = gallery.found(placements)
      const ofImages = images.reduce((sum, image) => sum + image.bytes, 0)
      return {
        bytes,
        ...pages.found(),
        images,
        parts: ledger.parts(bytes - ofImages),
        isEncrypted,
        isSigned,
      }
    },
  }
}

const isImage = (dictionary: string) => nameOf(dictionary, 'Subtype') === 'Image'

function isPlain(dictionary: string): boolean {
  const [filter] = filtersOf(dictionary)
  return filter === undefined || weakFilters.test(filter)
}
