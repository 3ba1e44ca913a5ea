import { deflateSync } from 'node:zlib'
import { openBits } from './bits.ts'
import { type Block, writeBlock } from './block.ts'
import { type Costs, costsOf, fixedCosts } from './costs.ts'
import { findMatches } from './matches.ts'
import { parse, type Region } from './parse.ts'
import { splitIntoBlocks } from './split.ts'
import { histogramOf, type Tokens } from './tokens.ts'

/** How long is sought for the smallest form. */
export type Effort = {
  /** How often all is told anew by what the costs have come to. */
  rounds: number
  /** No round starts after so many milliseconds. */
  mostMs: number
}

/** A way to tell the bytes, and the bits that it takes. */
type Told = { tokens: Tokens; blocks: Block[]; bits: number }

/**
 * Packs bytes as zlib data (RFC 1950), never longer than zlib's own level 9: copies are chosen by what they cost in the
 * codes that the choice before led to, again and again, and blocks end where other codes serve better.
 */
export function deflateHard(bytes: Uint8Array, effort: Effort): Uint8Array {
  const usual = deflateSync(bytes, { level: 9, memLevel: 9 })
  const told = smallest(bytes, effort)
  if (Math.ceil(told.bits / 8) + headBytes + sumBytes >= usual.length) return usual
  const hard = write(bytes, told)
  return hard.length < usual.length ? hard : usual
}

function smallest(bytes: Uint8Array, { rounds, mostMs }: Effort): Told {
  const end = performance.now() + mostMs
  const matches = findMatches(bytes)
  const tell = (regions: readonly Region[]): Told => {
    const tokens = parse(bytes, matches, regions)
    const blocks = splitIntoBlocks(tokens)
    return { tokens, blocks, bits: blocks.reduce((sum, { form }) => sum + form.bits, 0) }
  }
  let told = tell([{ end: bytes.length, costs: fixedCosts }])
  let best = told
  for (let round = 1; round < rounds && performance.now() < end; round++) {
    const next = tell(told.blocks.map((block) => ({ end: block.end, costs: costsIn(block, told.tokens) })))
    if (next.bits < best.bits) best = next
    if (next.bits === told.bits) break
    told = next
  }
  return best
}

function costsIn({ form, from, to }: Block, tokens: Tokens): Costs {
  return form.kind === 'fixed' ? fixedCosts : costsOf(histogramOf(tokens, from, to))
}

/** Deflate with a window of 32 KB, packed as well as can be. */
const head = [0x78, 0xda]
const [headBytes, sumBytes] = [head.length, 4]
/** Bits that a stored block and the end may take to start at a whole byte. */
const slackBytes = 16

function write(bytes: Uint8Array, { tokens, blocks, bits }: Told): Uint8Array {
  const out = openBits(Math.ceil(bits / 8) + headBytes + sumBytes + slackBytes)
  out.append(Uint8Array.from(head))
  for (const [index, block] of blocks.entries())
    writeBlock(block, tokens, bytes, index === blocks.length - 1, out)
  out.align()
  const sum = adler32(bytes)
  out.append(Uint8Array.of(sum >>> 24, sum >>> 16, sum >>> 8, sum))
  return out.end()
}

/** The checksum of RFC 1950, 8.2. */
function adler32(bytes: Uint8Array): number {
  const base = 65521
  // So many bytes are summed before either sum could pass 2³².
  const stretch = 5552
  let [a, b] = [1, 0]
  for (let from = 0; from < bytes.length; from += stretch) {
    const to = Math.min(bytes.length, from + stretch)
    for (let at = from; at < to; at++) {
      a += bytes[at] ?? 0
      b += a
    }
    a %= base
    b %= base
  }
  return ((b << 16) | a) >>> 0
}
