import { truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { engineContext } from '@pdf-smaller/engines/testing/context'
import { grownBy } from '../../testing/memory.ts'
import { aPage, catalogue, onePage, RawDocument } from '../../testing/raw-document.ts'
import { inspect } from './inspect.ts'

/** Bytes of its one stream. */
const long = 256 * 1024 * 1024

/** A document that ends in a long stream, of which the zeros take no room on the disk. */
async function withLongStream(file: string): Promise<void> {
  const start = new RawDocument().object(1, catalogue).object(2, onePage).object(3, aPage)
  const at = start.size
  start.add(`4 0 obj\n<</Length ${long}>>\nstream\n`)
  await writeFile(file, start.bytes())
  await truncate(file, start.size + long)
  start.offsets.set(4, at)
  const rest = new RawDocument('')
  for (const [number, offset] of start.offsets) rest.offsets.set(number, offset)
  rest.size = start.size + long
  rest.add('\nendstream\nendobj\n').table('/Root 1 0 R/Size 5')
  await writeFile(file, rest.bytes(), { flag: 'a' })
}

it('takes memory for the structure of a document, and not for its streams', async () => {
  await using test = await engineContext()
  const file = path.join(test.folder, 'long.pdf')
  await withLongStream(file)
  const copy = async () => {
    const { copy, pages, repairs } = await inspect(file, test.context)
    await copy.write('/dev/null', test.context)
    return { pages, repairs }
  }
  expect(await copy()).toEqual({ pages: 1, repairs: [] })
  expect(await grownBy(copy)).toBeLessThan(32 * 1024 * 1024)
})
