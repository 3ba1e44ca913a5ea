import { deflateRawSync } from 'node:zlib'

/** Keys of the cipher, and bytes in front that say nothing: of the private part, and of each charstring (Adobe Type 1 Font Format, chapter 7). */
const [keyOfPrivatePart, keyOfCharstring, ballast] = [55665, 4330, 4]

/** More than any font has. */
const mostCharstrings = 20_000

/**
 * What the outlines of a Type 1 program come to under Flate, bytes: they are what Compact Font Format keeps of it.
 * @param shown the names of the glyphs that are shown; undefined where it may be any
 * @returns undefined where they are not found
 */
export function sizeOfTypeOne(program: Buffer, shown?: ReadonlySet<string>): number | undefined {
  const eexec = program.indexOf('eexec')
  if (eexec < 0) return undefined
  let from = eexec + 'eexec'.length
  while (/[\r\n\t ]/.test(String.fromCharCode(program[from] ?? 0))) from++
  const { glyphs, kept, subroutines } = charstringsIn(
    decrypted(program.subarray(from), keyOfPrivatePart),
    shown,
  )
  if (glyphs === 0) return undefined
  // What glyphs call is written into them; how much that is, is told by how many there are.
  return packedSize(kept) + packedSize(subroutines) * (kept.length / glyphs)
}

const packedSize = (charstrings: readonly Buffer[]) =>
  charstrings.length > 0 ? deflateRawSync(Buffer.concat(charstrings)).length : 0

/** Charstrings and subroutines, as in `/A 123 RD …` and `dup 5 123 -| …`. */
function charstringsIn(part: Buffer, shown: ReadonlySet<string> | undefined) {
  const text = part.toString('latin1')
  const start = /(?:\/([^\s/]{1,64})|dup \d{1,5}) (\d{1,5}) (?:RD|-\|) /g
  const [kept, subroutines]: [Buffer[], Buffer[]] = [[], []]
  let [glyphs, left] = [0, mostCharstrings]
  for (let match = start.exec(text); match && left-- > 0; match = start.exec(text)) {
    const [, name, length] = match
    const end = start.lastIndex + Number(length)
    const isKept = name === undefined || !shown || name === '.notdef' || shown.has(name)
    if (isKept)
      (name === undefined ? subroutines : kept).push(
        decrypted(part.subarray(start.lastIndex, end), keyOfCharstring),
      )
    if (name !== undefined) glyphs++
    start.lastIndex = end
  }
  return { glyphs, kept, subroutines }
}

function decrypted(bytes: Buffer, key: number): Buffer {
  const plain = Buffer.alloc(bytes.length)
  let state = key
  for (const [index, byte] of bytes.entries()) {
    plain[index] = byte ^ (state >> 8)
    state = ((byte + state) * 52845 + 22719) & 0xffff
  }
  return plain.subarray(ballast)
}
