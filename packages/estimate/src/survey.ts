import { openGallery } from './gallery.ts'
import { kindOf, kindOfContent, type StreamKind } from './kinds.ts'
import { type Entry, openLedger } from './ledger.ts'
import { filtersOf, nameOf, objectsIn, type ObjectText } from './objects.ts'
import { mostPacked, openObjectStreams } from './object-streams.ts'
import { openPages } from './pages.ts'
import { openRepacking } from './packing.ts'
import { openPlacements, type Placements } from './placements.ts'
import { openReferences } from './references.ts'
import type { Part } from './scan.ts'
import { openFillable } from './fillable.ts'
import { openOwners } from './owners.ts'
import { openResourceLists } from './resource-lists.ts'
import { shownCodes } from './shown-codes.ts'
import { openShownTexts, type ShownTexts } from './shown-texts.ts'
import { unpacked, unwrapped } from './unpack.ts'
import type { SeenStream } from './images.ts'
import { openFontNames } from './font-names.ts'
import type { FontMakers } from './font-tables.ts'
import type { Structure } from './facts.ts'

type Survey = {
  /** How much of a stream with this dictionary is to be looked into. */
  wanted: (dictionary: string) => number
  /** Looks at a part, and stops now and then: others of the same process may have their turn. */
  add: (part: Part) => Generator<void>
  structure: (bytes: number) => Generator<void, Structure>
}

/** What is looked at one by one; a file that has more only has its bytes counted. */
const mostObjects = 500_000
const mostStreams = 100_000
/** As much of a stream without compression as tells what compression makes of it. */
const sampleBytes = 64 * 1024
/** As much of a stream of contents as is read. */
const mostContents = 256 * 1024
/** As much of a stream of a font, and what it may unpack to. */
const mostFontBytes = 1024 * 1024
const mostOfFont = 2 * 1024 * 1024
/** What one stream may unpack to, and all of a file together: the rest is not looked into. */
const mostUnpacked = 1024 * 1024
const mostOfContents = 4 * 1024 * 1024
/** Fonts that are kept to see what of them is needed: bytes of a file together. */
const mostOfFonts = 6 * 1024 * 1024
const fontKinds: ReadonlySet<StreamKind> = new Set<StreamKind>(['outlines', 'cffFonts', 'type1Fonts'])
const mostOf = { contents: mostUnpacked, fonts: mostOfFont }
/** What a stream that cannot be unpacked takes of that. */
const unreadable = { contents: 4096, fonts: 64 * 1024 }

/** Filters that make little or nothing of what they are given. */
const weakFilters = /^(?:LZWDecode|LZW|RunLengthDecode|RL)$/

/** Signed by the maker of a viewer to open its functions, which viewers no longer lock. */
const usageRights = /\/TransformMethod\s{0,8}\/UR/

/** What is shorter than `[1 0 R]` refers to nothing and names nothing. */
const leastText = 7

/** So many objects are looked at between two stops. */
const objectsAtOnce = 500

function* each(objects: readonly ObjectText[], look: (object: ObjectText) => void): Generator<void> {
  for (const [index, object] of objects.entries()) {
    look(object)
    if (index % objectsAtOnce === 0) yield
  }
}

/** What the objects of a file say, one by one. */
function openNotes() {
  const gallery = openGallery()
  const pages = openPages()
  const references = openReferences()
  const fontNames = openFontNames()
  const owners = openOwners()
  const fillable = openFillable()
  const fonts = openResourceLists('Font')
  const drawn = openResourceLists('XObject')
  let left = mostObjects
  let isEncrypted = false
  let isSigned = false
  let isTagged = false
  let isLayered = false
  return {
    gallery,
    references,
    note: (object: ObjectText) => {
      references.note(object)
      if (left-- <= 0) return
      const { text } = object
      if (text.length < leastText) return
      gallery.note(object)
      pages.note(object)
      fontNames.note(object)
      owners.note(object)
      fillable.note(object)
      fonts.note(object)
      drawn.note(object)
      isEncrypted ||= /\/Encrypt\s{1,8}\d|\/Encrypt\s{0,8}<</.test(text)
      isTagged ||= /\/StructTreeRoot\s{1,8}\d|\/Marked\s{1,8}true/.test(text)
      isLayered ||= /\/OCGs\s{0,8}\[\s{0,8}\d/.test(text)
      isSigned ||= /\/ByteRange\s{0,8}\[/.test(text) && !usageRights.test(text)
    },
    found: () => ({ ...pages.found(), isEncrypted, isSigned, isTagged, isLayered }),
    uses: (texts: ShownTexts, placements: Placements) => {
      const contents = owners.found()
      const lists = fonts.found()
      const codes = isEncrypted
        ? undefined
        : shownCodes(texts, { owners: contents, fonts: lists, fillable: fillable.found(lists) })
      return {
        uses: references.found(),
        fonts: fontNames.found(codes),
        isEncrypted,
        placed: placements.found(contents, drawn.found(), isEncrypted),
      }
    },
  }
}

/** Looks into the data of streams other than images, as far as their bounds go. */
function openReading() {
  const repacking = openRepacking()
  const left = { contents: mostOfContents, fonts: mostOfFonts }
  return ({ number, text }: ObjectText, { bytes, head, checksum }: SeenStream) => {
    const kind = kindOf(text)
    const budget = fontKinds.has(kind) ? 'fonts' : 'contents'
    const content = contentOf(text, head, Math.min(left[budget], mostOf[budget]))
    if (content !== head) left[budget] -= content?.length ?? unreadable[budget]
    const itsKind = content ? kindOfContent(kind, content) : kind
    const isFont = fontKinds.has(itsKind)
    const packed = isFont ? bytes : repacking.sizeOf(itsKind, bytes, head, content)
    const entry: Entry = {
      number,
      kind: itsKind,
      bytes,
      packed,
      font: isFont ? content : undefined,
      twin: `${bytes} ${checksum} ${kind}`,
    }
    return { entry, drawing: itsKind === 'contents' || itsKind === 'forms' ? content : undefined }
  }
}

/** Counts what a file consists of, part by part. */
export function openSurvey(makers: FontMakers): Survey {
  const ledger = openLedger(makers)
  const placements = openPlacements()
  const texts = openShownTexts()
  const objectsPacked = openObjectStreams()
  const notes = openNotes()
  const read = openReading()
  let left = mostStreams

  /** Objects count as those that stand outside of streams; of the stream nothing is left. */
  const readPacked = function* (object: ObjectText, { bytes, head }: SeenStream): Generator<void> {
    const isTable = nameOf(object.text, 'Type') === 'XRef'
    const objects = isTable ? [] : objectsPacked(object.text, head)
    if (objects) {
      yield* each(objects, notes.note)
      for (const { text } of objects) ledger.addText(text)
    } else {
      notes.references.giveUp()
      ledger.addLocked(bytes)
    }
  }

  const addStream = function* (object: ObjectText, stream: SeenStream): Generator<void> {
    if (!isImage(object.text) && kindOf(object.text) === 'packedObjects')
      return yield* readPacked(object, stream)
    ledger.addHead(object)
    if (isImage(object.text) && notes.gallery.add(object, stream)) return
    const { entry, drawing } = read(object, stream)
    if (drawing) {
      yield* placements.read(object.number, drawing)
      yield* texts.read(object.number, drawing)
    }
    ledger.add(entry)
  }

  return {
    wanted: (dictionary) => {
      if (left <= 0) return 0
      return isImage(dictionary) ? notes.gallery.wanted() : wantedOf(kindOf(dictionary))
    },
    add: function* (part) {
      const objects = [...objectsIn(part.text)]
      yield* each(objects, notes.note)
      const dictionary = part.kind === 'text' ? undefined : objects.at(-1)
      for (const object of objects)
        if (object.number > 0 && object !== dictionary) ledger.addText(object.text)
      if (part.kind === 'text') return
      if (dictionary && left-- > 0) yield* addStream(dictionary, part)
      else ledger.addOther(part.bytes)
    },
    structure: function* (bytes) {
      const found = notes.uses(texts, placements)
      const images = notes.gallery.found(found)
      const ofImages = images.reduce((sum, image) => sum + image.bytes, 0)
      const parts = yield* ledger.parts(bytes - ofImages, found)
      return { bytes, ...notes.found(), images, parts }
    },
  }
}

function wantedOf(kind: StreamKind): number {
  if (kind === 'packedObjects') return mostPacked
  if (fontKinds.has(kind)) return mostFontBytes
  return kind === 'contents' || kind === 'forms' ? mostContents : sampleBytes
}

const isImage = (dictionary: string) => nameOf(dictionary, 'Subtype') === 'Image'

function isPlain(dictionary: string): boolean {
  const [filter] = filtersOf(dictionary)
  return filter === undefined || weakFilters.test(filter)
}

/** What the beginning of a stream unpacks to; the same where Flate has had no part in it, undefined where it is not read. */
function contentOf(dictionary: string, head: Buffer, mostBytes: number): Buffer | undefined {
  if (isPlain(dictionary)) return head
  const filters = filtersOf(dictionary)
  const last = filters.at(-1) ?? ''
  if (mostBytes <= 0 || !/^(?:FlateDecode|Fl|ASCII85Decode|A85|ASCIIHexDecode|AHx)$/.test(last))
    return undefined
  const inner = unwrapped(head, filters.slice(0, -1))
  return last.startsWith('Fl') ? unpacked(inner, mostBytes) : unwrapped(inner, [last])
}
