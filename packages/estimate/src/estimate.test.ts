import { fontsAsUsed } from '@pdf-smaller/compress/fonts-as-used'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import * as fc from '@pdf-smaller/testing/properties'
import { describe, expect, it } from 'vitest'
import { estimateLevels } from './estimate.ts'
import { structureOf } from './structure.ts'

const ofExample = async (name: string) => {
  const structure = await structureOf(
    createReadStream(new URL(`../../../examples/${name}.pdf`, import.meta.url)),
    fontsAsUsed,
  )
  return { bytes: structure.bytes, levels: estimateLevels(structure) }
}

async function* once(bytes: Uint8Array) {
  yield bytes
}

describe('an estimate', () => {
  it('is never more than the file', async () => {
    for (const name of ['bank-statement', 'brochure', 'fax', 'form', 'handbook', 'invoice', 'scan-colour']) {
      const { bytes, levels } = await ofExample(name)
      for (const { least, likely, most } of Object.values(levels)) {
        const sizes = [0, least, likely, most, bytes]
        expect(sizes).toEqual(sizes.toSorted((one, other) => one - other))
        expect(likely).toBeGreaterThan(0)
      }
    }
  })

  it('falls with the level where images are what a file is made of', async () => {
    const { levels, bytes } = await ofExample('scan-colour')
    expect(levels.medium.likely).toBeLessThan(bytes)
    expect(levels.high.likely).toBeLessThan(levels.medium.likely)
    expect(levels.maximum.likely).toBeLessThan(levels.high.likely)
  })

  it('is a size whatever the bytes are', async () => {
    const original = await readFile(new URL('../../../examples/form.pdf', import.meta.url))
    const words = [
      '/Width 99999999999',
      '/Width 0',
      'stream\n',
      'endstream',
      '1 0 obj',
      '/MediaBox [0 0 1e9 -1]',
      '<<',
    ]
    const changes = fc.array(fc.tuple(fc.nat(original.length), fc.constantFrom(...words)), { maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(changes, async (changes) => {
        const bytes = Buffer.from(original)
        for (const [at, word] of changes) bytes.write(word, at, 'latin1')
        for (const { least, likely, most } of Object.values(
          estimateLevels(await structureOf(once(bytes), fontsAsUsed)),
        )) {
          expect([least, likely, most].every(Number.isInteger)).toBe(true)
          expect(least >= 0 && least <= likely && likely <= most && most <= bytes.length).toBe(true)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('is something for a file that is none', async () => {
    const structure = await structureOf(once(Buffer.alloc(0)), fontsAsUsed)
    const nothing = { least: 0, likely: 0, most: 0 }
    expect(estimateLevels(structure)).toEqual({
      low: nothing,
      medium: nothing,
      high: nothing,
      maximum: nothing,
    })
  })
})
