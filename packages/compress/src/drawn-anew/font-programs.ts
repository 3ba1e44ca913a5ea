import {
  type Dictionary,
  isDictionary,
  type PdfObjects,
  without,
  orAsItIs,
  type WorkingCopy,
} from '@pdf-smaller/pdf'
import { shownCodes } from '../fonts/shown/shown-codes.ts'
import { differencesOf, isEncodedAs } from '../fonts/simple-encoding.ts'
import { decode } from '../surgical/decode.ts'
import { pack } from '../surgical/flate.ts'
import { markSubset } from '../surgical/fonts/subset-mark.ts'
import { repackStreams } from '../surgical/repack.ts'
import { objectPacking } from '../objects/packing.ts'
import type { Skipped } from '../report/reasons.ts'
import type { Work } from '../work.ts'
import { type Embedded, embeddedFonts } from './embedded.ts'
import { drawSpecimens } from './specimens.ts'
import { builtInEncoding } from './built-in-encoding.ts'

/** What the programs that may shrink must take to be worth it, in bytes and as a part of the document. */
const leastBytes = 4000
const leastPart = 0.04
/** A program must lose a tenth to be replaced. */
const gain = 0.9

/** Why font programs are not to be replaced by those that Ghostscript writes; undefined when they may be. */
export async function whyNotFonts({ document: { copy } }: Work): Promise<Skipped | undefined> {
  const sizeOf = (files: Iterable<string>) =>
    [...files].reduce((sum, file) => sum + (copy.stream(file)?.file.length ?? 0), 0)
  const size = sizeOf(new Set(typeOneFonts(copy).map(({ file }) => file)))
  const all = sizeOf(copy.streams().map(({ reference }) => reference))
  return size < Math.max(leastBytes, leastPart * all) ? { reason: 'fonts_small' } : undefined
}

/**
 * Replaces Type 1 programs by those that Ghostscript wrote in Compact Font Format, without glyphs that nothing in the document shows.
 * Contents, encodings, widths and texts stay as they are.
 * @returns why nothing was made
 */
export async function renewFonts(work: Work, output: string): Promise<Skipped | undefined> {
  const { document, context, settings } = work
  const { copy, pageReferences } = document
  const all = typeOneFonts(copy)
  const users = Map.groupBy(all, ({ file }) => file)
  const shown = work.fonts.keepGlyphs ? undefined : await shownCodes(copy, pageReferences, context.signal)
  const fonts = all.filter(({ dictionary }) => isPlainlyEncoded(dictionary, shown?.(dictionary), copy))
  const specimens = await drawSpecimens(copy, fonts, shown, context)
  let renewed = 0
  for (const font of fonts) {
    const other = specimens.of(font)
    const sharing = users.get(font.file)?.length ?? 1
    const own = other && (await orAsItIs(() => replace(copy, { font, sharing }, other, specimens.objects)))
    if (!own) continue
    renewed++
    if (shown?.(font.dictionary)) markSubset([own], copy)
  }
  if (renewed === 0) return { reason: 'fonts_as_small' }
  await repackStreams(copy.streams(), work, 0.9)
  await copy.write(output, context.engine, objectPacking(settings.packing, context.engine))
  return undefined
}

/** Codes of the Macintosh that PDF's encoding of that name does not have, or has for another character (ISO 32000-1, D.2). */
const macintoshAlone = [
  0xad, 0xb0, 0xb2, 0xb3, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xbd, 0xc3, 0xc5, 0xc6, 0xd7, 0xdb, 0xf0,
]

/** Whether Ghostscript takes a font's codes for what other readers take them for. */
function isPlainlyEncoded(
  font: Dictionary,
  codes: ReadonlySet<number> | undefined,
  copy: WorkingCopy,
): boolean {
  const isOfMacintosh = isEncodedAs('/MacRomanEncoding', font, copy)
  return !isOfMacintosh || (codes !== undefined && macintoshAlone.every((code) => !codes.has(code)))
}

/** Simple fonts with a Type 1 program. */
function typeOneFonts(copy: WorkingCopy): Embedded[] {
  return embeddedFonts(copy).filter(
    ({ key, dictionary }) => key === '/FontFile' && dictionary['/Subtype'] === '/Type1',
  )
}

/** A font that has its program to itself: under another encoding, the same one may have to show other glyphs. */
function withOwnProgram(font: Embedded, copy: WorkingCopy): Embedded {
  const { reference, dictionary } = font
  const stream = copy.stream(font.file)
  if (!stream) return font
  const file = copy.add({ dictionary: stream.dictionary, file: stream.file })
  const descriptor = copy.add({ value: { ...copy.dictionary(font.descriptor), [font.key]: file } })
  const own = { ...dictionary, '/FontDescriptor': descriptor }
  copy.put(reference, { value: own })
  return { ...font, dictionary: own, descriptor, file }
}

/** @param sharing how many fonts have the same program */
async function replace(
  copy: WorkingCopy,
  { font, sharing }: { font: Embedded; sharing: number },
  other: Embedded,
  objects: PdfObjects,
): Promise<Embedded | undefined> {
  const [own, theirs] = [copy.stream(font.file), objects.all.get(other.file)]
  if (!own || !theirs || 'value' in theirs) return undefined
  const stream = { reference: other.file, dictionary: theirs.dictionary, file: theirs.file }
  const [raw, bytes] = [
    await copy.read(own),
    await decode(await copy.read(stream), stream.dictionary, objects),
  ]
  if (!bytes) return undefined
  const packed = await pack(bytes)
  if (packed.length > (raw.length / sharing) * gain) return undefined
  const encoding = await encodingFor(copy, font, raw)
  if (encoding === undefined) return undefined
  const { reference, dictionary, descriptor, file } = sharing > 1 ? withOwnProgram(font, copy) : font
  const kind =
    other.key === '/FontFile3' ? { '/Subtype': stream.dictionary['/Subtype'] } : { '/Length1': bytes.length }
  await copy.putStream(file, { ...kind, '/Filter': '/FlateDecode' }, packed)
  copy.put(descriptor, {
    value: { ...without(copy.dictionary(descriptor), font.key), [other.key]: file },
  })
  if (encoding) copy.put(reference, { value: { ...dictionary, '/Encoding': encoding } })
  return { ...font, descriptor, file }
}

/**
 * The encoding that a simple font needs once its program is another one: what it took from the old program must now be
 * said. Null when nothing need be said, undefined when it cannot be.
 */
async function encodingFor(
  copy: WorkingCopy,
  font: Embedded,
  raw: Buffer,
): Promise<Dictionary | null | undefined> {
  const given = copy.resolve(font.dictionary['/Encoding'])
  if (typeof given === 'string' || (isDictionary(given) && given['/BaseEncoding'] !== undefined)) return null
  const program = await decode(raw, copy.stream(font.file)?.dictionary ?? {}, copy)
  const names = program && builtInEncoding(program)
  if (!names) return undefined
  for (const [code, name] of differencesOf(font.dictionary, copy)) names.set(code, `/${name}`)
  const codes = [...names.keys()].sort((a, b) => a - b)
  return { '/Type': '/Encoding', '/Differences': codes.flatMap((each) => [each, names.get(each)]) }
}
