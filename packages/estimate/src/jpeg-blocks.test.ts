import { createReadStream } from 'node:fs'
import * as fc from '@pdf-smaller/testing/properties'
import { expect, it } from 'vitest'
import { jpegBlocks } from './jpeg-blocks.ts'
import { structureOf } from './structure.ts'

const imagesOf = async (name: string) =>
  (await structureOf(createReadStream(new URL(`../../../examples/${name}.pdf`, import.meta.url)))).images

/** A JPEG of gray: one table of steps, codes of two bits for a difference of 0 and of 1, and one for the end of a block. */
function grayJpeg(data: readonly number[]): Buffer {
  const segment = (marker: number, ...bytes: number[]) => [0xff, marker, 0, bytes.length + 2, ...bytes]
  const counts = (length: number, count: number) =>
    Array.from({ length: 16 }, (_, at) => (at + 1 === length ? count : 0))
  return Buffer.from([
    0xff,
    0xd8,
    ...segment(0xdb, 0, ...Array.from({ length: 64 }, () => 8)),
    ...segment(0xc0, 8, 0, 64, 0, 64, 1, 1, 0x11, 0),
    ...segment(0xc4, 0x00, ...counts(2, 2), 0, 1),
    ...segment(0xc4, 0x10, ...counts(2, 2), 0, 1),
    ...segment(0xda, 1, 1, 0, 0, 63, 0),
    ...data,
  ])
}

it('tells clean paper from what is drawn on it', () => {
  // Each byte: two blocks, of no difference and nothing else.
  const clean = jpegBlocks(grayJpeg(Array.from({ length: 100 }, () => 0)))
  expect(clean).toMatchObject({ blocks: 200, flat: 1, ground: 1, details: 0, coarser: 1 })
  // A block of no difference, one detail of 1, and its end.
  const bits = '0001100'.repeat(8 * 20)
  const drawn = jpegBlocks(grayJpeg(bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? []))
  expect(drawn).toMatchObject({ flat: 0, details: 1 })
  expect(drawn?.coarser).toBeLessThanOrEqual(1)
})

it('reads those of a scan and of pictures', async () => {
  for (const name of ['scan-colour', 'brochure']) {
    const shown = (await imagesOf(name)).flatMap((image) => (image.class === 'jpeg' ? [image.shown] : []))
    expect(shown.length).toBeGreaterThan(0)
    for (const blocks of shown) expect(blocks?.blocks).toBeGreaterThan(64)
  }
})

it('gives up on what is no such JPEG, whatever it is', () => {
  const original = grayJpeg(Array.from({ length: 300 }, (_, at) => (at * 37) % 255))
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(original.length - 1), fc.nat(255)), { maxLength: 8 }), (changes) => {
      const bytes = Buffer.from(original)
      for (const [at, value] of changes) bytes[at] = value
      const { flat = 0, ground = 0, coarser = 0 } = jpegBlocks(bytes) ?? {}
      for (const share of [flat, ground, coarser]) expect(share >= 0 && share <= 1).toBe(true)
    }),
    { numRuns: 500 },
  )
  expect(jpegBlocks(Buffer.alloc(0))).toBeUndefined()
})
