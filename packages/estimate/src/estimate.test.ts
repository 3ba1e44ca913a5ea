import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { estimateLevels } from './estimate.ts'
import { structureOf } from './structure.ts'

const ofExample = async (name: string) => {
  const structure = await structureOf(
    createReadStream(new URL(`../../../examples/${name}.pdf`, import.meta.url)),
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
      for (const size of Object.values(levels)) {
        expect(size).toBeGreaterThan(0)
        expect(size).toBeLessThanOrEqual(bytes)
      }
    }
  })

  it('falls with the level where images are what a file is made of', async () => {
    const { levels, bytes } = await ofExample('scan-colour')
    expect(levels.medium).toBeLessThan(bytes)
    expect(levels.high).toBeLessThan(levels.medium)
    expect(levels.maximum).toBeLessThan(levels.high)
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
        for (const size of Object.values(estimateLevels(await structureOf(once(bytes)))))
          expect(Number.isInteger(size) && size >= 0 && size <= bytes.length).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  it('is something for a file that is none', async () => {
    const structure = await structureOf(once(Buffer.alloc(0)))
    expect(estimateLevels(structure)).toEqual({ low: 0, medium: 0, high: 0, maximum: 0 })
  })
})
