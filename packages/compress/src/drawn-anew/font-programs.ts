import {
  type Dictionary,
  type Font,
  fontsOf,
  isDictionary,
  type PdfObject,
  without,
  orAsItIs,
  type WorkingCopy,
  reachedFrom,
} from '@pdf-smaller/pdf'
import { decode } from '../surgical/decode.ts'
import { pack } from '../surgical/flate.ts'
import type { Packing } from '../levels.ts'
import { objectPacking } from '../objects/packing.ts'
import type { Skipped } from '../report/reasons.ts'
import type { Work } from '../work.ts'
import type { Drawn } from './draw.ts'
import { builtInEncoding } from './built-in-encoding.ts'

/** All pages of so many are compared afterwards; a glyph may be missing on any of them. */
const mostPages = 50
/** What the programs that may shrink must take to be worth it. */
const leastBytes = 4000
/** A program must lose a tenth to be replaced. */
const gain = 0.9

/** Why font programs are not to be replaced by those of the pages drawn anew; undefined when they may be. */
export async function whyNotFonts({ document }: Work): Promise<Skipped | undefined> {
  const { features, pages, copy } = document
  if (features.layers) return { reason: 'layered' }
  if (features.protection) return { reason: 'encrypted' }
  if (pages > mostPages) return { reason: 'many_pages', most: mostPages }
  let bytes = 0
  for (const { file } of replaceable(copy)) bytes += copy.stream(file)?.file.length ?? 0
  return bytes < leastBytes ? { reason: 'fonts_small' } : undefined
}

/**
 * Replaces font programs by those that Ghostscript wrote for the same glyphs: without those that no page shows, and
 * Type 1 as Compact Font Format. Contents, encodings, widths and texts stay as they are.
 * @returns why nothing was made
 */
export async function renewFonts(
  { document, context, settings, drawn }: Work,
  output: string,
): Promise<Skipped | undefined> {
  const { copy } = document
  const others = await drawn()
  let renewed = 0
  for (const font of replaceable(copy)) {
    const other = counterpartOf(font, others)
    if (other && (await orAsItIs(() => replace(copy, font, other, others, settings.packing)))) renewed++
  }
  if (renewed === 0) return { reason: 'fonts_as_small' }
  await copy.write(output, context.engine, objectPacking(settings.packing))
  return undefined
}

type Embedded = Font & { descriptor: string; file: string; key: NonNullable<Font['key']> }

const isEmbedded = (font: Font): font is Embedded =>
  font.descriptor !== undefined && font.file !== undefined && font.key !== undefined

/**
 * Fonts whose glyphs are found by name or number, in what only pages show: forms and annotations may need any glyph.
 * TrueType programs are already slim; one that is whole still has glyphs to lose.
 */
function replaceable(copy: WorkingCopy): Embedded[] {
  const elsewhere = reachableBesidePages(copy)
  const fonts = fontsOf(copy).filter(isEmbedded)
  return fonts.filter(
    ({ reference, key, isSubset, dictionary, name }) =>
      !elsewhere.has(reference) &&
      fonts.filter((each) => each.name === name && each.key === key).length === 1 &&
      (key !== '/FontFile2' || (dictionary['/Subtype'] === '/CIDFontType2' && !isSubset)),
  )
}

/** The font that Ghostscript wrote in the place of one of ours; undefined when there is not exactly one. */
function counterpartOf(font: Font, { objects }: Drawn): Embedded | undefined {
  const isCid = (each: Font) => String(each.dictionary['/Subtype']).startsWith('/CIDFont')
  const same = fontsOf(objects)
    .filter(isEmbedded)
    .filter((each) => each.name === font.name && isCid(each) === isCid(font))
  const [other] = same
  if (!other || same.length > 1) return undefined
  const numbersGlyphsAlike =
    other.key !== '/FontFile2' || [font, other].every(({ dictionary }) => isIdentity(dictionary))
  return numbersGlyphsAlike ? other : undefined
}

const isIdentity = ({ '/CIDToGIDMap': map }: Dictionary) => map === undefined || map === '/Identity'

async function replace(
  copy: WorkingCopy,
  font: Embedded,
  other: Embedded,
  { objects }: Drawn,
  packing: Packing,
): Promise<boolean> {
  const [own, theirs] = [copy.stream(font.file), objects.all.get(other.file)]
  if (!own || !theirs || 'value' in theirs) return false
  const stream = { reference: other.file, dictionary: theirs.dictionary, file: theirs.file }
  const [raw, bytes] = [
    await copy.read(own),
    await decode(await copy.read(stream), stream.dictionary, objects),
  ]
  if (!bytes) return false
  const packed = await pack(bytes, packing)
  if (packed.length > raw.length * gain) return false
  const encoding = await encodingFor(copy, font, raw)
  if (encoding === undefined) return false
  const kind =
    other.key === '/FontFile3' ? { '/Subtype': stream.dictionary['/Subtype'] } : { '/Length1': bytes.length }
  await copy.putStream(font.file, { ...kind, '/Filter': '/FlateDecode' }, packed)
  copy.put(font.descriptor, {
    value: { ...without(copy.dictionary(font.descriptor), font.key), [other.key]: font.file },
  })
  if (encoding) copy.put(font.reference, { value: { ...font.dictionary, '/Encoding': encoding } })
  return true
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
  if (font.key === '/FontFile2' || font.dictionary['/Subtype'] === '/CIDFontType0') return null
  const given = copy.resolve(font.dictionary['/Encoding'])
  if (typeof given === 'string' || (isDictionary(given) && given['/BaseEncoding'] !== undefined)) return null
  if (font.key !== '/FontFile') return undefined
  const program = await decode(raw, copy.stream(font.file)?.dictionary ?? {}, copy)
  const names = program && builtInEncoding(program)
  if (!names) return undefined
  let code = 0
  for (const each of copy.array(isDictionary(given) ? given['/Differences'] : undefined)) {
    if (typeof each === 'number') code = each
    else names.set(code++, String(each))
  }
  const codes = [...names.keys()].sort((a, b) => a - b)
  return { '/Type': '/Encoding', '/Differences': codes.flatMap((each) => [each, names.get(each)]) }
}

/** The objects that forms, annotations and the like lead to, without the pages' own contents. */
function reachableBesidePages(copy: WorkingCopy): Set<string> {
  const roots: unknown[] = []
  for (const [, dictionary] of copy.dictionaries()) {
    if (dictionary['/Type'] === '/Page') roots.push(dictionary['/Annots'])
    else if (dictionary['/Type'] === '/Catalog') roots.push(dictionary['/AcroForm'])
  }
  const reached = new Set<string>()
  for (const each of reachedFrom(copy, roots, (reference) => !isPage(copy.all.get(reference))))
    if ('reference' in each) reached.add(each.reference)
  return reached
}

function isPage(object: PdfObject | undefined): boolean {
  if (!object || !('value' in object) || !isDictionary(object.value)) return false
  return object.value['/Type'] === '/Page' || object.value['/Type'] === '/Pages'
}
