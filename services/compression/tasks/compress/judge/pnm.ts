/** A drawn page: interleaved 8-bit samples, three to a pixel. */
export type Picture = { width: number; height: number; samples: Uint8Array }

/** Reads a binary PPM file (P6, 255 levels), as Poppler writes it. Throws on anything else. */
export function readPpm(bytes: Uint8Array): Picture {
  const head = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(Buffer.from(bytes.subarray(0, 64)).toString('latin1'))
  if (!head) throw new Error('not a PPM file')
  const [width, height] = [Number(head[1]), Number(head[2])]
  const samples = bytes.subarray(head[0].length, head[0].length + width * height * 3)
  if (samples.length !== width * height * 3) throw new Error('the PPM file is cut off')
  return { width, height, samples }
}
