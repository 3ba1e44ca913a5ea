import { type Dictionary, isReference, type PdfStream, type WorkingCopy } from '@pdf-smaller/pdf'

/** A font that has its program in a file. */
export type FontUser = { reference: string; dictionary: Dictionary; descriptor: string }

/** An embedded font program, and the fonts that have it. */
export type FontFile = { key: FontKey; stream: PdfStream; users: FontUser[] }

export type FontKey = (typeof keys)[number]
/** TrueType, and Compact Font Format or OpenType. */
const keys = ['/FontFile2', '/FontFile3'] as const

/** The embedded programs but for those of Type 1. One that stands under two keys is left out. */
export function fontFiles(copy: WorkingCopy): FontFile[] {
  const files = new Map<string, FontFile>()
  const odd = new Set<string>()
  for (const [reference, dictionary] of copy.dictionaries()) {
    const { '/FontDescriptor': descriptor } = dictionary
    if (!isReference(descriptor)) continue
    for (const key of keys) {
      const stream = copy.stream(copy.dictionary(descriptor)[key])
      if (!stream) continue
      const file = files.get(stream.reference) ?? { key, stream, users: [] }
      if (file.key !== key) odd.add(stream.reference)
      file.users.push({ reference, dictionary, descriptor })
      files.set(stream.reference, file)
    }
  }
  return [...files.values()].filter(({ stream }) => !odd.has(stream.reference))
}
