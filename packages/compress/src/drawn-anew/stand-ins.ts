import type { NewDocument, WorkingCopy } from '@pdf-smaller/pdf'

/** A stand-in is one pixel high and wider than images that are; its width says whom it stands for. */
const height = 1
const leastWidth = 5000

export type StandIns = {
  /** Puts a stand-in for an image into a document; undefined for an object that is none. */
  placeIn: (document: NewDocument, reference: string) => string | undefined
  /** The image that a stand-in stands for. */
  originalOf: (width: number, height: number) => string | undefined
}

/** Images to be drawn in the place of the real ones, so that these are neither decoded nor changed. */
export function openStandIns(copy: WorkingCopy): StandIns {
  const places = new Map<string, string>()
  const originals: string[] = []
  return {
    placeIn: (document, reference) => {
      const known = places.get(reference)
      if (known) return known
      const { dictionary } = copy.stream(reference) ?? {}
      // A stencil is painted in the colour of the moment, which a stand-in would not ask for.
      if (dictionary?.['/Subtype'] !== '/Image' || dictionary['/ImageMask'] === true) return undefined
      const width = leastWidth + originals.push(reference)
      const own = document.add({
        dictionary: {
          '/Type': '/XObject',
          '/Subtype': '/Image',
          '/Width': width,
          '/Height': height,
          '/BitsPerComponent': 8,
          '/ColorSpace': '/DeviceGray',
        },
        data: new Uint8Array(width),
      })
      places.set(reference, own)
      return own
    },
    originalOf: (width, own) => (own === height ? originals[width - leastWidth - 1] : undefined),
  }
}
