import { type Dictionary, isDictionary, type PdfObjects } from '@pdf-smaller/pdf'
import { isEncodedAs } from '../simple-encoding.ts'

/** What strings say, read as codes of one byte and as codes of two. */
export type Texts = { bytes: Set<number>; pairs: Set<number> }

export const noTexts = (): Texts => ({ bytes: new Set(), pairs: new Set() })

export function addText({ bytes, pairs }: Texts, text: Uint8Array): void {
  for (const byte of text) bytes.add(byte)
  for (let at = 0; at < text.length; at += 2) {
    const [high = 0, low] = [text[at], text[at + 1]]
    pairs.add(high * 256 + (low ?? 0))
    // Readers differ in what half a code is.
    if (low === undefined) pairs.add(high)
  }
}

/** The codes that are shown of each font. A composite font's are those of the font within it. */
export type Codes = {
  add: (font: Dictionary, texts: Texts) => void
  /** A font may be asked for any of its codes. */
  addAny: (font: Dictionary) => void
  /** Undefined where it may be any. */
  of: (font: Dictionary) => ReadonlySet<number> | undefined
}

export function openCodes(objects: PdfObjects): Codes {
  const known = new Map<Dictionary, Set<number>>()
  const any = new Set<Dictionary>()
  const addAll = (font: Dictionary, codes: ReadonlySet<number>) => {
    const own = known.get(font) ?? new Set<number>()
    known.set(font, own)
    for (const code of codes) own.add(code)
  }
  /** The fonts within a composite one; undefined for a simple font. */
  const within = (font: Dictionary) =>
    font['/Subtype'] === '/Type0'
      ? objects.array(font['/DescendantFonts']).map(objects.resolve).filter(isDictionary)
      : undefined
  const addAny = (font: Dictionary) => {
    for (const each of within(font) ?? [font]) any.add(each)
  }
  return {
    add: (font, { bytes, pairs }) => {
      const descendants = within(font)
      // The names of experts' characters are not known here.
      if (!descendants)
        return isEncodedAs('/MacExpertEncoding', font, objects) ? addAny(font) : addAll(font, bytes)
      // In other ways of writing, readers look for glyphs of their own, and other maps are not read here.
      if (objects.resolve(font['/Encoding']) !== '/Identity-H') return addAny(font)
      for (const each of descendants) addAll(each, pairs)
    },
    addAny,
    of: (font) => (any.has(font) ? undefined : known.get(font)),
  }
}
