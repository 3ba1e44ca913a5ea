import { type Dictionary, isDictionary, type PdfObjects } from '@pdf-smaller/pdf'

/** The codes that are shown of each font. A composite font's are those of the font within it. */
export type Codes = {
  /** A string was shown with a font. */
  add: (font: Dictionary, text: Uint8Array) => void
  /** A font may be asked for any of its codes. */
  addAny: (font: Dictionary) => void
  /** Undefined where it may be any. */
  of: (font: Dictionary) => ReadonlySet<number> | undefined
}

export function openCodes(objects: PdfObjects): Codes {
  const known = new Map<Dictionary, Set<number>>()
  const any = new Set<Dictionary>()
  const codesOf = (font: Dictionary) => {
    const codes = known.get(font) ?? new Set<number>()
    known.set(font, codes)
    return codes
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
    add: (font, text) => {
      const descendants = within(font)
      if (!descendants) return addBytes(codesOf(font), text)
      // In other ways of writing, readers look for glyphs of their own, and other maps are not read here.
      if (objects.resolve(font['/Encoding']) !== '/Identity-H') return addAny(font)
      for (const each of descendants) addPairs(codesOf(each), text)
    },
    addAny,
    of: (font) => (any.has(font) ? undefined : known.get(font)),
  }
}

function addBytes(codes: Set<number>, text: Uint8Array): void {
  for (const byte of text) codes.add(byte)
}

function addPairs(codes: Set<number>, text: Uint8Array): void {
  for (let at = 0; at < text.length; at += 2) {
    const [high = 0, low] = text.subarray(at, at + 2)
    codes.add(low === undefined ? high : high * 256 + low)
    // Readers differ in what half a code is.
    if (low === undefined) codes.add(high * 256)
  }
}
