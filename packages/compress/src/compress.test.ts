import { readdirSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { carried, colourfulness, imageBits, shadesPart, wordsOf } from '../testing/carried.ts'
import { compressAndCheck } from '../testing/checked.ts'
import { compressBytes, compressFile } from '../testing/context.ts'
import { Level } from './levels.ts'

const examples = path.join(import.meta.dirname, '../../../examples')

/** The brochure at each level: it has images of every kind, and is compressed once for all that is asked of it. */
const brochure = new Map<Level, Awaited<ReturnType<typeof compressAndCheck>>>()
const brochureAt = (level: Level) => brochure.get(level) ?? expect.unreachable(`nothing at ${level}`)
beforeAll(async () => {
  const file = path.join(examples, 'brochure.pdf')
  for (const level of Level.options) brochure.set(level, await compressAndCheck(file, level))
})

describe('compress', () => {
  it.each(readdirSync(examples).filter((name) => name.endsWith('.pdf') && name !== 'brochure.pdf'))(
    'makes %s smaller and keeps it intact',
    async (name) => {
      const { gain } = await compressAndCheck(path.join(examples, name), 'medium')
      expect(gain).toBe('smaller')
    },
  )

  it('gives up more look for more size, level by level', () => {
    const results = Level.options.map(brochureAt)
    expect(results.map(({ gain }) => gain)).toEqual(results.map(() => 'smaller'))
    const sizes = results.map(({ bytesAfter }) => bytesAfter)
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
    expect(new Set(sizes).size).toBe(Level.options.length)
  })

  it('takes levels by number, and a resolution and quality of its own', async () => {
    const file = path.join(examples, 'scan-colour.pdf')
    const { result } = await compressFile(file, { level: 1, dpi: 72, quality: 30 })
    expect(result.level).toBe('low')
    expect(result.ratio).toBeLessThan(0.1)
  })

  it('tells what came of images of each kind, and how each page looks', () => {
    const result = brochureAt('high')
    const kinds = result.images.map((each) => each.class)
    expect(kinds).toEqual(expect.arrayContaining(['colour', 'cmyk', 'indexed', 'soft-mask']))
    for (const { count, renewed, kept } of result.images)
      expect(renewed + Object.values(kept).reduce((sum, each) => sum + each, 0)).toBe(count)
    expect(result.look?.pages.map(({ page }) => page)).toEqual(
      Array.from({ length: result.pages }, (_, index) => index + 1),
    )
  })

  it('gives the input back byte for byte when nothing helps', async () => {
    const once = await compressFile(path.join(examples, 'form.pdf'))
    const { input, output, result } = await compressBytes(once.output)
    expect(result).toMatchObject({ gain: 'none', reason: expect.stringContaining('nothing') })
    expect(output.equals(input)).toBe(true)
  })

  it('turns images and contents grey', async () => {
    const { output, input, result } = await compressFile(path.join(examples, 'brochure.pdf'), {
      colours: 'grayscale',
    })
    expect(result.winner).toBe('contents')
    expect(await colourfulness(input)).toBeGreaterThan(20)
    expect(await colourfulness(output)).toBe(0)
    expect(await wordsOf(output)).toEqual(await wordsOf(input))
  })

  it.each(['scan-colour.pdf', 'brochure.pdf', 'handbook.pdf'])('makes %s black and white', async (name) => {
    const { output, input, result } = await compressFile(path.join(examples, name), {
      colours: 'black-white',
    })
    expect(result.ratio).toBeLessThan(0.3)
    expect(await colourfulness(output)).toBe(0)
    expect(await imageBits(output)).toEqual(name === 'handbook.pdf' ? [] : [1])
    expect(await wordsOf(output)).toEqual(await wordsOf(input))
    expect(await carried(output)).toEqual(await carried(input))
    // The dots of photos are grey again where they are drawn in another size.
    if (name !== 'brochure.pdf') expect(await shadesPart(output, 2)).toBeLessThan(0.01)
  })

  it('tells how far it is, never going back within a stage', () => {
    const { told } = brochureAt('medium')
    for (const [stage, steps] of told)
      expect([stage, steps]).toEqual([stage, steps.toSorted((a, b) => a - b)])
    expect([...told.keys()]).toEqual([
      'initialization',
      'analysis',
      'compression',
      'optimization',
      'finalization',
    ])
  })
})
