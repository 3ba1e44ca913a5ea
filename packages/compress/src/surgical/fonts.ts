import { type Dictionary, type PdfObject, type PdfStream, without, type WorkingCopy } from '@pdf-smaller/pdf'
import { slimTrueType } from '../fonts/truetype.ts'
import type { Settings } from '../levels.ts'
import { decode } from './decode.ts'
import { pack } from './flate.ts'

/** An embedded TrueType file, and how the fonts that use it find their glyphs. */
type FontFile = {
  stream: PdfStream
  names: string
  isSimple: boolean
  /** The names that encodings tell; undefined where composite fonts number the glyphs. */
  glyphNames: string[] | undefined
}

/**
 * Takes what plays no part in drawing out of the embedded TrueType fonts.
 * @param slimmed gets the programs as they were
 */
export async function slimFonts(
  copy: WorkingCopy,
  { keepHinting }: Settings,
  slimmed: Map<string, PdfObject>,
): Promise<void> {
  for (const { stream, names, isSimple, glyphNames } of trueTypeFiles(copy)) {
    const raw = await copy.read(stream)
    const font = await decode(raw, stream.dictionary, copy).catch(() => undefined)
    const slim = font && slimTrueType(font, { name: names, isSimple, names: glyphNames, keepHinting })
    if (!slim) continue
    const packed = await pack(slim)
    if (packed.length >= raw.length) continue
    slimmed.set(stream.reference, { dictionary: stream.dictionary, file: stream.file })
    await copy.putStream(stream.reference, fontFile(stream.dictionary, slim.length), packed)
  }
}

const fontFile = (dictionary: Dictionary, length: number): Dictionary => ({
  ...without(dictionary, '/Length', '/DecodeParms'),
  '/Filter': '/FlateDecode',
  '/Length1': length,
})

function trueTypeFiles(copy: WorkingCopy): Iterable<FontFile> {
  const files = new Map<string, FontFile>()
  for (const [, font] of copy.dictionaries()) {
    const kind = font['/Subtype']
    if (kind !== '/TrueType' && kind !== '/CIDFontType2') continue
    const descriptor = copy.dictionary(font['/FontDescriptor'])
    const stream = copy.stream(descriptor['/FontFile2'])
    if (!stream) continue
    const known = files.get(stream.reference)
    files.set(stream.reference, {
      stream,
      names: [known?.names, font['/BaseFont'], descriptor['/FontName']].join(' '),
      isSimple: known?.isSimple === true || kind === '/TrueType',
      glyphNames: kind === '/TrueType' ? addedNames(font, copy, known) : undefined,
    })
  }
  return files.values()
}

function addedNames(font: Dictionary, copy: WorkingCopy, known: FontFile | undefined): string[] | undefined {
  if (known && !known.glyphNames) return undefined
  const differences = copy.array(copy.dictionary(font['/Encoding'])['/Differences'])
  const names = differences.filter((each) => typeof each === 'string').map((each) => each.slice(1))
  return [...(known?.glyphNames ?? []), ...names]
}
