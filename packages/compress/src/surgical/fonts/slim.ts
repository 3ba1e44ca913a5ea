import { type Dictionary, tablesIn, without, type WorkingCopy } from '@pdf-smaller/pdf'
import { withFewerGlyphs } from '../../fonts/cff/fewer-glyphs.ts'
import { isCidKeyed } from '../../fonts/cff/program.ts'
import { type ShownCodes, shownCodes } from '../../fonts/shown/shown-codes.ts'
import { differencesOf } from '../../fonts/simple-encoding.ts'
import { losesGlyphs, slimTrueType } from '../../fonts/truetype.ts'
import type { Work } from '../../work.ts'
import { decode } from '../decode.ts'
import { pack } from '../flate.ts'
import { type FontFile, fontFiles } from './font-files.ts'
import { compactGlyphs, trueTypeGlyphs } from './glyphs-needed.ts'
import { markSubset } from './subset-mark.ts'

/** What programs must take, in bytes and as a part of the document, for all contents to be read for what they show. */
const [leastBytes, leastPart] = [4000, 0.03]
/** Where the table of a font's head has the units of an em, and how many are usual in Compact Font Format. */
const [unitsAt, usualUnits] = [18, 1000]
/** A program in Compact Font Format must lose a twentieth to be replaced. */
const gain = 0.95

/** A program as it is to be, with what its dictionary says of it, and whether it has lost glyphs. */
type Slim = { bytes: Buffer; entries: Dictionary; isSubset: boolean }

/**
 * Takes what plays no part in drawing out of embedded fonts: of TrueType what only typesetting needs, and of all the glyphs that
 * nothing in the document shows. Type 1 is left alone. The programs as they were are remembered in `slimmed`.
 * @returns whether any lost glyphs
 */
export async function slimFonts({ document, settings, context, fonts, slimmed }: Work): Promise<boolean> {
  const { copy, pageReferences, bytes } = document
  const files = fontFiles(copy)
  const size = files.reduce((sum, { stream }) => sum + stream.file.length, 0)
  const isWorthIt = !fonts.keepGlyphs && size >= Math.max(leastBytes, bytes * leastPart)
  const shown = isWorthIt ? await shownCodes(copy, pageReferences, context.signal) : undefined
  const subsets: FontFile[] = []
  for (const file of files) {
    const { reference, dictionary } = file.stream
    const raw = await copy.read(file.stream)
    const font = await decode(raw, dictionary, copy).catch(() => undefined)
    const slim = font && (await slimProgram(font, file, { shown, copy, keepHinting: settings.keepHinting }))
    const packed = slim && (await pack(slim.bytes))
    if (!packed || packed.length >= raw.length * (file.key === '/FontFile3' ? gain : 1)) continue
    const bare = without(dictionary, '/Length', '/DecodeParms', '/Length1', '/Subtype')
    slimmed.set(reference, { dictionary, file: file.stream.file })
    await copy.putStream(reference, { ...bare, '/Filter': '/FlateDecode', ...slim.entries }, packed)
    if (slim.isSubset) subsets.push(file)
  }
  // What may be filled in has all that a code leads to.
  for (const { users } of subsets)
    if (users.every(({ dictionary }) => shown?.(dictionary))) markSubset(users, copy)
  return subsets.length > 0
}

type Means = { shown: ShownCodes | undefined; copy: WorkingCopy; keepHinting: boolean }

async function slimProgram(font: Uint8Array, file: FontFile, means: Means): Promise<Slim | undefined> {
  return file.key === '/FontFile2' ? slimmedTrueType(font, file, means) : fewerGlyphs(font, file, means)
}

async function slimmedTrueType(
  font: Uint8Array,
  { users }: FontFile,
  { shown, copy, keepHinting }: Means,
): Promise<Slim | undefined> {
  const choose = shown && (await trueTypeGlyphs(users, shown, copy))
  const kinds = users.map(({ dictionary }) => dictionary['/Subtype'])
  const names = users.map(({ dictionary, descriptor }) =>
    [dictionary['/BaseFont'], copy.dictionary(descriptor)['/FontName']].join(' '),
  )
  let isSubset = false
  const bytes = slimTrueType(font, {
    name: names.join(' '),
    isSimple: !kinds.every((kind) => kind === '/CIDFontType2'),
    names: kinds.every((kind) => kind === '/TrueType')
      ? users.flatMap(({ dictionary }) => [...differencesOf(dictionary, copy).values()])
      : undefined,
    shown: (tables) => {
      const glyphs = choose?.(tables)
      isSubset = glyphs !== undefined && losesGlyphs(tables, glyphs)
      return glyphs
    },
    keepHinting,
  })
  return bytes && { bytes, entries: { '/Length1': bytes.length }, isSubset }
}

/** A program in Compact Font Format without glyphs that nothing shows, and without an OpenType wrapper, which only typesetting needs. */
function fewerGlyphs(
  font: Uint8Array,
  { users, stream }: FontFile,
  { shown, copy }: Means,
): Slim | undefined {
  const isWrapped = stream.dictionary['/Subtype'] === '/OpenType'
  const tables = isWrapped ? tablesIn(font) : undefined
  // Outside of the wrapper, nothing says what an em comes to; programs that do not say it themselves have the usual one.
  if (isWrapped && tables?.get('head')?.readUInt16BE(unitsAt) !== usualUnits) return undefined
  const program = isWrapped ? tables?.get('CFF ') : font
  const choose = compactGlyphs(users, shown, copy)
  const kind = users.every(({ dictionary }) => dictionary['/Subtype'] === '/Type1')
    ? '/Type1C'
    : '/CIDFontType0C'
  let isSubset = false
  const bytes =
    program &&
    withFewerGlyphs(program, (read) => {
      const all = read.glyphs.keys()
      const needed = choose?.(read) ?? new Set(all)
      isSubset = needed.size < read.glyphs.length
      // Outside of the wrapper, what is no simple font has to number characters itself.
      const isBare = !isWrapped || kind === '/Type1C' || isCidKeyed(read)
      return isBare && (isSubset || isWrapped) ? needed : undefined
    })
  const entries = { '/Subtype': isWrapped ? kind : stream.dictionary['/Subtype'] }
  return bytes && { bytes, entries, isSubset }
}
