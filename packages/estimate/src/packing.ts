import { deflateRawSync } from 'node:zlib'

/** What bytes would come to under Flate, judged by as many of them as are worth the time. */
export type Packing = {
  add: (sample: Buffer, bytes: number) => void
  bytes: () => number
  packed: () => number
}

/** What is compressed of one kind; the rest is taken to be alike. */
const mostSampled = 4 * 1024 * 1024

export function openPacking(): Packing {
  let [bytes, sampled, packed] = [0, 0, 0]
  return {
    add: (sample, size) => {
      bytes += size
      if (sample.length === 0 || sampled >= mostSampled) return
      const share = deflateRawSync(sample, { level: 6 }).length / sample.length
      sampled += size
      packed += size * share
    },
    bytes: () => bytes,
    packed: () => (sampled > 0 ? (packed / sampled) * bytes : bytes),
  }
}

/** Tells what the best packing leaves of streams, kind by kind: of some it is tried, and the others are taken to be alike. */
export type Repacking = {
  /**
   * @param head the beginning of a stream
   * @param content what it unpacks to, or the same where it is stored without compression
   * @returns what the stream would come to, bytes
   */
  sizeOf: (kind: string, bytes: number, head: Buffer, content: Buffer | undefined) => number
}

/** Of what is packed well already, little is tried: packing is what takes most of the time. */
const mostContent = 128 * 1024
const mostOfKind = 384 * 1024
/** Contents draw other things at their end than at their beginning, so as many pieces of them are tried. */
const pieces = 4
const mostInAll = 1024 * 1024

export function openRepacking(): Repacking {
  const kinds = new Map<string, { tried: number; before: number; after: number }>()
  let left = mostInAll
  return {
    sizeOf: (kind, bytes, head, content) => {
      const seen = kinds.get(kind) ?? { tried: 0, before: 0, after: 0 }
      kinds.set(kind, seen)
      if (content && content.length > 0 && left > 0 && seen.tried < mostOfKind) {
        const sample = sampleOf(content)
        const before = head.length * (sample.length / content.length)
        const written = drawings.has(kind) ? shortened(sample) : sample
        const after = deflateRawSync(written, { level: 9 }).length
        left -= sample.length
        seen.tried += sample.length
        seen.before += before
        seen.after += Math.min(before, after)
        return bytes * Math.min(1, after / before)
      }
      return seen.before > 0 ? bytes * (seen.after / seen.before) : bytes
    },
  }
}

function sampleOf(content: Buffer): Buffer {
  if (content.length <= mostContent) return content
  const [length, step] = [mostContent / pieces, content.length / pieces]
  const starts = Array.from({ length: pieces }, (_, piece) => Math.floor(piece * step))
  return Buffer.concat(starts.map((start) => content.subarray(start, start + length)))
}

/** Kinds whose numbers are written with fewer digits. */
const drawings = new Set(['contents', 'forms'])

/** Contents whose numbers have at most three decimals, and no zeros that say nothing. */
function shortened(contents: Buffer): Buffer {
  const text = contents
    .toString('latin1')
    .replaceAll(/(\.\d{3})\d+/g, '$1')
    .replaceAll(/(\.\d{0,2}?)0{1,3}(?!\d)/g, '$1')
    .replaceAll(/(\d)\.(?!\d)/g, '$1')
    .replaceAll(/(?<![\d.])0(?=\.\d)/g, '')
  return Buffer.from(text, 'latin1')
}
