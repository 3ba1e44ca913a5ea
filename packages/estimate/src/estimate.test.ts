import { createReadStream } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { estimateLevels } from './estimate.ts'
import { structureOf } from './structure.ts'

const ofExample = async (name: string) => {
  const structure = await structureOf(
    createReadStream(new URL(`../../../examples/${name}.pdf`, import.meta.url)),
  )
  return { bytes: structure.bytes, levels: estimateLevels(structure) }
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

  it('is something for a file that is none', async () => {
    async function* nothing() {}
    const structure = await structureOf(nothing())
    expect(estimateLevels(structure)).toEqual({ low: 0, medium: 0, high: 0, maximum: 0 })
  })
})
