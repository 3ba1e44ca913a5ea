const plain = (text: string) => text.normalize('NFKC').replaceAll(/[’‘]/g, "'").replaceAll(/\s+/g, ' ').trim()

/** The share of characters that have to be changed to make the truth of a text; all white space counts as one space. */
export function errorRate(text: string, truth: string): number {
  const [own, other] = [Array.from(plain(text)), Array.from(plain(truth))]
  let row = Uint32Array.from({ length: other.length + 1 }, (_, index) => index)
  for (const [index, character] of own.entries()) {
    const next = new Uint32Array(other.length + 1)
    next[0] = index + 1
    for (let at = 1; at <= other.length; at++) {
      const changed = (row[at - 1] ?? 0) + (character === other[at - 1] ? 0 : 1)
      next[at] = Math.min(changed, (row[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1)
    }
    row = next
  }
  return (row.at(-1) ?? 0) / Math.max(other.length, 1)
}
