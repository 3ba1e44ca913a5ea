import { type Dictionary, isReference, type PdfObjects } from '../objects/pdf-objects.ts'

/** A font with a program of its own, or one that the viewer is to bring along. */
export type Font = {
  reference: string
  dictionary: Dictionary
  /** Its name without the mark of a subset. */
  name: string
  isSubset: boolean
  /** The reference of its descriptor. */
  descriptor: string | undefined
  /** The key of its program in the descriptor, and the program's reference. */
  key: '/FontFile' | '/FontFile2' | '/FontFile3' | undefined
  file: string | undefined
}

const keys = ['/FontFile', '/FontFile2', '/FontFile3'] as const
/** Fonts that every viewer brings along (ISO 32000-1, 9.6.2.2). */
const standard =
  /^(Times|Helvetica|Courier)(-(Roman|Bold|Italic|Oblique|BoldItalic|BoldOblique))?$|^(Symbol|ZapfDingbats)$/
const subsetMark = /^[A-Z]{6}\+/

/** Whether a font's name says that it has not all glyphs (ISO 32000-1, 9.6.4). */
export const isSubsetName = (name: string) => subsetMark.test(name)

export const isStandard = (name: string) => standard.test(name)

/** The simple fonts and those within composite ones; neither the composite ones themselves nor fonts made of contents. */
export function fontsOf(objects: PdfObjects): Font[] {
  const fonts: Font[] = []
  for (const [reference, dictionary] of objects.dictionaries()) {
    const { '/Type': type, '/Subtype': kind, '/BaseFont': base, '/FontDescriptor': descriptor } = dictionary
    if (type !== '/Font' || kind === '/Type0' || kind === '/Type3') continue
    const description = objects.dictionary(descriptor)
    const key = keys.find((each) => isReference(description[each]))
    const file = key && description[key]
    const fullName = String(base).slice(1)
    fonts.push({
      reference,
      dictionary,
      name: fullName.replace(subsetMark, ''),
      isSubset: isSubsetName(fullName),
      descriptor: isReference(descriptor) ? descriptor : undefined,
      key,
      file: isReference(file) ? file : undefined,
    })
  }
  return fonts
}
