import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { carried, colourfulness, difference, drawn, wordsOf } from '../../testing/carried.ts'
import { compressBytes, compressFile } from '../../testing/context.ts'
import { Result } from './result.ts'

const root = path.join(import.meta.dirname, '../../../..')
const examples = path.join(root, 'examples')
const corpus = path.join(root, '../shared/corpus')
const levels = ['low', 'medium', 'high', 'maximum'] as const

/** Real documents of every kind that a level must neither enlarge nor damage; files made to harm are tested elsewhere. */
export const corpusFiles = (existsSync(corpus) ? readdirSync(corpus) : [])
  .filter((name) => /^(scan|mixed|text|image|form|inv|bank|huge).*\.pdf$|^enc-owner/.test(name))
  .map((name) => path.join(corpus, name))

/** Compresses a file and looks at the result with other eyes than the judge's. */
async function compressAndCheck(file: string, level: (typeof levels)[number]) {
  const { input, output, result, outputs } = await compressFile(file, { level })
  expect(Result.parse(result)).toEqual(result)
  expect(output.length).toBeLessThanOrEqual(input.length)
  expect(result).toMatchObject({ bytesBefore: input.length, bytesAfter: output.length, level })
  expect(outputs[0]?.name).toBe(path.basename(file))
  if (result.gain === 'none') expect(output.equals(input)).toBe(true)
  else await expectIntact(input, output)
  return { ...result, output }
}

async function expectIntact(input: Buffer, output: Buffer) {
  const [before, after] = await Promise.all([carried(input), carried(output)])
  expect(after).toEqual(before)
  const [words, wordsAfter] = await Promise.all([wordsOf(input), wordsOf(output)])
  expect(wordsAfter.length).toBe(words.length)
  const changed = words.filter((word, index) => wordsAfter[index] !== word).length
  expect(changed / Math.max(1, words.length)).toBeLessThan(0.005)
  const [look, lookAfter] = await Promise.all([drawn(input, 3), drawn(output, 3)])
  expect(difference(look, lookAfter)).toBeLessThan(4)
}

describe('compress', () => {
  it.each(readdirSync(examples).filter((name) => name.endsWith('.pdf')))(
    'makes %s smaller and keeps it intact',
    async (name) => {
      const { gain } = await compressAndCheck(path.join(examples, name), 'medium')
      expect(gain).toBe('smaller')
    },
  )

  it('gives up more look for more size, level by level', async () => {
    const file = path.join(examples, 'brochure.pdf')
    const sizes = []
    for (const level of levels) sizes.push((await compressAndCheck(file, level)).bytesAfter)
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
    expect(new Set(sizes).size).toBe(levels.length)
  })

  it('takes levels by number, and a resolution and quality of its own', async () => {
    const file = path.join(examples, 'scan-colour.pdf')
    const { result } = await compressFile(file, { level: 1, dpi: 72, quality: 30 })
    expect(result.level).toBe('low')
    expect(result.ratio).toBeLessThan(0.1)
  })

  it('finds the strength that just reaches a size', async () => {
    const file = path.join(examples, 'brochure.pdf')
    const { input, output, result, told } = await compressFile(file, { targetBytes: 350_000 })
    expect(output.length).toBeLessThanOrEqual(350_000)
    expect(output.length).toBeGreaterThan(175_000)
    expect(result.target).toMatchObject({ bytes: 350_000, outcome: 'reached' })
    const steps = told.get('compression') ?? []
    expect(steps).toEqual(steps.toSorted((a, b) => a - b))
    await expectIntact(input, output)
  })

  it('gives the smallest where no strength reaches the size, and says so', async () => {
    const { input, output, result } = await compressFile(path.join(examples, 'form.pdf'), {
      targetBytes: 1000,
    })
    expect(result.target).toMatchObject({ bytes: 1000, outcome: 'target_not_reached' })
    expect(output.length).toBeGreaterThan(1000)
    expect(output.length).toBeLessThan(input.length)
    await expectIntact(input, output)
  })

  it('gives a file back that is not larger than the size asked for', async () => {
    const file = path.join(examples, 'form.pdf')
    const { input, output, result } = await compressFile(file, { targetBytes: 10_000_000 })
    expect(output.equals(input)).toBe(true)
    expect(result).toMatchObject({ gain: 'none', target: { outcome: 'reached', runs: 0 } })
  })

  it('tells what came of images of each kind, and how each page looks', async () => {
    const { result } = await compressFile(path.join(examples, 'brochure.pdf'), { level: 'high' })
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
      grayscale: true,
    })
    expect(result.winner).toBe('contents')
    expect(await colourfulness(input)).toBeGreaterThan(20)
    expect(await colourfulness(output)).toBe(0)
    expect(await wordsOf(output)).toEqual(await wordsOf(input))
  })

  it('tells how far it is, never going back within a stage', async () => {
    const { told } = await compressFile(path.join(examples, 'brochure.pdf'))
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

  it.runIf(corpusFiles.length > 0).each(corpusFiles.map((file) => [path.basename(file), file]))(
    'keeps %s intact',
    async (_, file) => {
      await compressAndCheck(file, 'medium')
    },
  )
})
