import { type Dictionary, type PdfStream, without, type WorkingCopy } from '@pdf-smaller/pdf'
import { slimTrueType } from '../fonts/truetype.ts'
import type { Settings } from '../levels.ts'
import { decode } from './decode.ts'
import { pack } from './flate.ts'

/** An embedded TrueType file, and how the fonts that use it find their glyphs. */
type FontFile = { stream: PdfStream; names: string; isSimple: boolean }

/** Takes what plays no part in drawing out of the embedded TrueType fonts. */
export async function slimFonts(copy: WorkingCopy, { keepHinting }: Settings): Promise<void> {
  for (const { stream, names, isSimple } of trueTypeFiles(copy)) {
    const raw = await copy.read(stream)
    const font = await decode(raw, stream.dictionary, copy).catch(() => undefined)
    const slim = font && slimTrueType(font, { name: names, isSimple, keepHinting })
    if (!slim) continue
    const packed = await pack(slim)
    if (packed.length >= raw.length) continue
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
    })
  }
  return files.values()
}
