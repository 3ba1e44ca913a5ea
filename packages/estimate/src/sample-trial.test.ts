import { deflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { openSampleTrial } from './sample-trial.ts'

const [width, height] = [128, 128]

/** Bits per pixel that gray samples would take. */
function bitsOf(at: (x: number, y: number) => number, entries = '', wrap = (rows: Buffer) => rows) {
  const samples = Buffer.from(
    Array.from({ length: width * height }, (_, index) => at(index % width, Math.floor(index / width)) & 255),
  )
  const head = deflateSync(wrap(samples))
  const dictionary = `/BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /FlateDecode ${entries}`
  return openSampleTrial().bitsOf({ dictionary, width, height, bytes: head.length, head })
}

const slope = (x: number, y: number) => x + y
const grain = (x: number, y: number) => (x * 7919 + y * 104_729 + x * y * 31) % 251

it('what changes slowly takes few bits, and grain many', () => {
  expect(bitsOf(slope)).toBeLessThan(0.5)
  expect(bitsOf(grain)).toBeGreaterThan(3)
})

it('what predictors have changed is changed back', () => {
  const differences = (samples: Buffer) =>
    Buffer.concat(
      Array.from({ length: height }, (_, y) => {
        const row = samples.subarray(y * width, (y + 1) * width)
        return Buffer.from([1, ...row.map((value, x) => value - (row[x - 1] ?? 0))])
      }),
    )
  const entries = `/DecodeParms << /Predictor 15 /Columns ${width} >>`
  expect(bitsOf(grain, entries, differences)).toBeCloseTo(bitsOf(grain) ?? 0, 9)
})

it('is not told of what cannot be read', () => {
  const trial = openSampleTrial()
  const image = { width: 9, height: 9, bytes: 99, head: Buffer.alloc(99, 7) }
  for (const dictionary of [
    '/BitsPerComponent 8 /Filter /FlateDecode',
    '/BitsPerComponent 4',
    '/Filter /Other',
  ])
    expect(trial.bitsOf({ dictionary, ...image })).toBeUndefined()
})
