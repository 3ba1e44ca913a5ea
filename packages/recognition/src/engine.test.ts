import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { OcrEngine } from '@pdf-smaller/engines'
import { describe, expect, it } from 'vitest'
import { engineContext } from '@pdf-smaller/engines/testing/context'
import { scanned } from '../testing/scanned.ts'
import { chooseEngine, fasterOf } from './engine.ts'
import { readPage } from './read-page.ts'

describe('of two engines', () => {
  it.each([
    ['the faster one', { native: 900, javascript: 700 }, 'javascript'],
    ['the other one when that is faster', { native: 700, javascript: 900 }, 'native'],
    ['the native one of two alike', { native: 800, javascript: 800 }, 'native'],
    ['the one that can read', { native: Infinity, javascript: 5000 }, 'javascript'],
    ['neither when neither can', { native: Infinity, javascript: Infinity }, undefined],
  ] as const)('it is %s', (_, timings, expected) => {
    expect(fasterOf(timings)).toBe(expected)
  })
})

it('measures them once, in the first long job, and takes the one that read a page of it sooner', async () => {
  await using test = await engineContext()
  const file = path.join(test.folder, 'scan.pdf')
  await writeFile(file, await scanned([{}]))
  const asked: OcrEngine[] = []
  // The one that is taken without measuring has a page to read, the other one answers at once.
  const read = async (engine: OcrEngine) => {
    asked.push(engine)
    if (engine === 'javascript') return { kind: 'read' as const }
    return readPage(file, 1, test.context, { engine, languages: ['eng'], dpi: 200, leastDpi: 200 })
  }
  const job = (pages: number) =>
    chooseEngine({ engine: 'auto', languages: ['eng'], pages, read }, test.context)

  expect(await job(19)).toBe('native')
  expect(asked).toEqual([])
  expect(await job(20)).toBe('javascript')
  expect(asked).toEqual(['javascript', 'native', 'javascript'])
  expect(await job(1)).toBe('javascript')
  expect(asked).toHaveLength(3)
})
