import { deflateRawSync } from 'node:zlib'

/** What bytes would come to under Flate, judged by as many of them as are worth the time. */
export type Packing = {
  add: (sample: Buffer, bytes: number) => void
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
    packed: () => (sampled > 0 ? (packed / sampled) * bytes : bytes),
  }
}
