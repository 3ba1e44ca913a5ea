/**
 * The least level that a part of the samples does not exceed.
 * @param first,step which samples are looked at: one channel, or enough of them
 */
export function percentile(samples: Uint8Array, part: number, first = 0, step = 1): number {
  const counts = new Uint32Array(256)
  for (let at = first; at < samples.length; at += step) {
    const value = samples[at] ?? 0
    counts[value] = (counts[value] ?? 0) + 1
  }
  let [level, seen] = [0, 0]
  const enough = (samples.length / step) * part
  while (level < 255 && (seen += counts[level] ?? 0) < enough) level++
  return level
}
