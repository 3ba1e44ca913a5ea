import { expect, it } from 'vitest'
import { imageOf } from './images.ts'
import { openSampleTrial } from './sample-trial.ts'
import { jpegHead } from './jpeg-head.ts'

const segment = (marker: number, data: Buffer) =>
  Buffer.concat([Buffer.from([0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 255]), data])
const note = segment(0xe1, Buffer.alloc(5000, 'x'))
/** A table of tens, which is quality 91 by its mean. */
const table = segment(0xdb, Buffer.from([0, ...Array.from({ length: 64 }, () => 10)]))
const frame = segment(0xc2, Buffer.from([8, 0, 30, 0, 40, 1, 1, 0x11, 0]))
const jpeg = Buffer.concat([
  Buffer.from([0xff, 0xd8]),
  note,
  table,
  frame,
  segment(0xda, Buffer.alloc(6)),
  Buffer.alloc(900),
])

it('the head of a JPEG tells pixels, quality and notes', () => {
  const { size, quality, notes } = jpegHead(jpeg)
  expect([size, Math.round(quality ?? 0), notes]).toEqual([{ width: 40, height: 30 }, 91, 5004])
})

it('what is cut off or no JPEG tells nothing', () => {
  expect(jpegHead(Buffer.alloc(0))).toEqual({ size: undefined, quality: undefined, notes: 0 })
  expect(jpegHead(Buffer.from('no picture at all'))).toMatchObject({ quality: undefined })
})

it('what is wrapped around a JPEG, and notes in it, are no part of the picture', () => {
  const hex = Buffer.from(jpeg.toString('hex'), 'latin1')
  const dictionary = '/Subtype /Image /Filter [/ASCIIHexDecode /DCTDecode]'
  const { bytes, packedBytes, pixels } = imageOf(
    { number: 1, text: dictionary },
    { bytes: hex.length, head: hex, checksum: 0 },
    openSampleTrial(),
  )
  expect([bytes, packedBytes, pixels]).toEqual([hex.length, jpeg.length - 5004, 1200])
})

it('a wrapping of five characters for four bytes is undone', () => {
  const digits = 'zzz87cUR\nD]i,"Ebo80~>'
  const head = Buffer.from(digits)
  const { packedBytes } = imageOf(
    { number: 1, text: '/Subtype /Image /Filter [/A85 /DCTDecode]' },
    { bytes: head.length, head, checksum: 0 },
    openSampleTrial(),
  )
  // Three groups of zeros, and three of letters ("Hello World!").
  expect(Math.round(packedBytes)).toBe(24)
})
