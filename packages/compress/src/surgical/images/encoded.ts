import type { PageDamage } from '@pdf-smaller/judge/damage'
import { isDictionary, isReference, mapped, type PdfStream } from '@pdf-smaller/pdf'
import type { Settings } from '../../levels.ts'

/** How an image stands in the document now: new or as it was, and the structural similarity that it has lost. */
export type Form = { isNew: boolean; isLayered: boolean; lost: number }

/** An image that was looked at, and how to encode it in another way. */
export type EncodedImage = {
  pages: Iterable<number>
  /** The part of its page that it covers, 0 to 1. */
  coverage: number
  /** What it is to be encoded with, if that does not go too far. */
  asked: Settings
  form: Form
  /**
   * Encodes it from what it was at first; without settings it becomes that again.
   * @param damage for what the form that it has was refused
   */
  encode: (settings: Settings | undefined, damage?: PageDamage) => Promise<void>
}

/** The images of a document as they were last encoded, by their references, so that some can be encoded again. */
export type EncodedImages = {
  all: Map<string, EncodedImage>
  /** Counts what came of an image, in the place of what came of it before. */
  tell: (reference: string, count: () => void) => void
  /** Counts all of it anew. */
  countAll: () => void
  clear: () => void
  /** Notes that objects were merged: for each the reference of the equal one that stands for it. */
  merge: (twins: ReadonlyMap<string, string>) => void
  /** A stream from before that, with references as they are now. */
  renamed: (stream: PdfStream) => PdfStream
}

export function openEncoded(): EncodedImages {
  const all = new Map<string, EncodedImage>()
  const merged = new Map<string, string>()
  const told = new Map<string, () => void>()
  return {
    all,
    tell: (reference, count) => void told.set(reference, count),
    countAll: () => {
      for (const count of told.values()) count()
    },
    clear: () => {
      all.clear()
      told.clear()
      merged.clear()
    },
    merge: (twins) => {
      for (const [reference, twin] of twins) {
        const [own, other] = [all.get(reference), all.get(twin)]
        if (own && other) other.pages = new Set([...own.pages, ...other.pages])
        all.delete(reference)
      }
      for (const [reference, twin] of merged) merged.set(reference, twins.get(twin) ?? twin)
      for (const [reference, twin] of twins) merged.set(reference, twin)
    },
    renamed: (stream) => (merged.size === 0 ? stream : withReferences(stream, merged)),
  }
}

function withReferences(stream: PdfStream, merged: ReadonlyMap<string, string>): PdfStream {
  const dictionary = mapped(stream.dictionary, (each) =>
    isReference(each) ? (merged.get(each) ?? each) : each,
  )
  return isDictionary(dictionary) ? { ...stream, dictionary } : stream
}
