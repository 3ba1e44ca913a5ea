import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { expectIntact } from '../../testing/checked.ts'
import { compressBytes, compressFile } from '../../testing/context.ts'
import { flate, image, pageWith, samples } from '../../testing/image-page.ts'
import { closeEnough } from './next-strength.ts'

const form = path.join(import.meta.dirname, '../../../../examples/form.pdf')
const onePicture = () => pageWith(() => flate(image('DeviceRGB', 8, samples(3, 8))))

/** So much work a target may take: documents written and judged, and images encoded once more. */
const most = { runs: 4, measured: 5 }

describe('a size that is asked for', () => {
  it('is reached from below, with no less look than a level that fits', async () => {
    const pdf = await onePicture()
    const maximum = await compressBytes(pdf, { level: 'maximum' })
    const target = Math.ceil(maximum.output.length * 1.3)
    const { input, output, result, told } = await compressBytes(pdf, { targetBytes: target })
    expect(result.target).toMatchObject({ bytes: target, outcome: 'reached' })
    expect(output.length).toBeLessThanOrEqual(target)
    // A picture of a few kilobytes has sizes only here and there; where none is near, the report says so.
    const isClose = output.length >= target * closeEnough
    expect(result.target?.reason).toBe(isClose ? 'close' : 'nothing_between')
    expect(output.length).toBeGreaterThan(target * 0.75)
    expect(result.look?.ssim).toBeGreaterThanOrEqual(maximum.result.look?.ssim ?? 1)
    expect(result.target?.runs).toBeLessThanOrEqual(most.runs)
    expect(result.target?.measured).toBeLessThanOrEqual(most.measured)
    const steps = told.get('compression') ?? []
    expect(steps).toEqual(steps.toSorted((a, b) => a - b))
    await expectIntact(input, output)
  })

  it('is met by the gentlest means where there is room for almost all of it', async () => {
    const pdf = await onePicture()
    const { output, result } = await compressBytes(pdf, { targetBytes: Math.floor(pdf.length * 0.8) })
    expect(result.target?.outcome).toBe('reached')
    expect(output.length).toBeGreaterThan(pdf.length * 0.25)
    expect(result.look?.ssim ?? 1).toBeGreaterThan(0.99)
    expect(result.target?.text).toContain('asked for')
  })

  it('is told to be out of reach where the smallest is larger', async () => {
    const { input, output, result } = await compressFile(form, { targetBytes: 1000 })
    expect(result.target).toMatchObject({ bytes: 1000, outcome: 'target_not_reached' })
    expect(result.target?.reason).toBe('smallest_is_larger')
    expect(output.length).toBeGreaterThan(1000)
    expect(output.length).toBeLessThan(input.length)
    await expectIntact(input, output)
  })

  it('gives a file back that is not larger', async () => {
    const { input, output, result } = await compressFile(form, { targetBytes: 10_000_000 })
    expect(output.equals(input)).toBe(true)
    expect(result).toMatchObject({
      gain: 'none',
      noGain: 'fits_already',
      target: { outcome: 'reached', runs: 0 },
    })
  })
})
