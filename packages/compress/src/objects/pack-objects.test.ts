import { copyFile, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { readObjects, rewrite, run } from '@pdf-smaller/engines'
import { describe, expect, it } from 'vitest'
import { encrypted } from '../../../../test/fixtures/pdf/encrypted.ts'
import { manyPages, textPages } from '../../../../test/fixtures/pdf/odd-files.ts'
import { openContext } from '../../testing/context.ts'
import { packObjects } from './pack-objects.ts'

const examples = path.join(import.meta.dirname, '../../../../examples')

/** A folder with a file as qpdf writes it, removed at the end. */
async function openWritten(bytes: Uint8Array) {
  const test = await openContext([{ name: 'a.pdf', bytes }])
  const { engine, inputs } = test.context
  const file = path.join(engine.cwd, 'written.pdf')
  await rewrite(inputs[0]?.path ?? '', file, engine)
  return { ...test, engine, file }
}

describe('packObjects', () => {
  it.each([
    ['the handbook', () => readFile(path.join(examples, 'handbook.pdf'))],
    ['a form', () => readFile(path.join(examples, 'form.pdf'))],
    ['more objects than a byte counts', async () => manyPages(600)],
  ])('makes %s smaller, and every object stays as it is', async (_, make) => {
    await using written = await openWritten(await make())
    const { file, engine } = written
    const [before, { size }] = [await objectsOf(file, engine), await stat(file)]
    expect(before.length).toBeGreaterThan(10)
    await packObjects(file, 'hardest', engine)
    expect((await stat(file)).size).toBeLessThan(size)
    expect(await objectsOf(file, engine)).toEqual(before)
    await run('qpdf', ['--check', file], engine)
  })

  it('takes fewer bytes the harder it packs', async () => {
    await using written = await openWritten(await readFile(path.join(examples, 'handbook.pdf')))
    const { file, engine } = written
    const other = `${file}.other`
    await copyFile(file, other)
    await packObjects(file, 'usual', engine)
    await packObjects(other, 'hardest', engine)
    expect((await stat(other)).size).toBeLessThan((await stat(file)).size)
  })

  it.each([
    ['nothing', async () => Buffer.alloc(0)],
    ['no PDF', async () => Buffer.from('startxref\n5\n%%EOF\n')],
    ['a file with a table of places', async () => textPages([['text']])],
  ])('leaves %s as it is', async (_, make) => {
    await using test = await openContext([])
    const { engine } = test.context
    const file = path.join(engine.cwd, 'other.pdf')
    const bytes = Buffer.from(await make())
    await writeFile(file, bytes)
    await packObjects(file, 'usual', engine)
    expect((await readFile(file)).equals(bytes)).toBe(true)
  })

  it('leaves an encrypted file as it is', async () => {
    await using written = await openWritten(await encrypted(textPages([['text']]), { user: '', owner: 'o' }))
    const { file, engine } = written
    const bytes = await readFile(file)
    await packObjects(file, 'usual', engine)
    expect((await readFile(file)).equals(bytes)).toBe(true)
  })
})

/** All objects as text, but those that hold others or tell their places, and what tells where these stand. */
async function objectsOf(file: string, engine: Parameters<typeof readObjects>[1]): Promise<string[]> {
  const { qpdf } = await readObjects(file, engine, {})
  return Object.entries(qpdf[1])
    .map((object) => JSON.stringify(object))
    .filter((text) => !/"trailer"|"\/ObjStm"|"\/XRef"|^\["obj:\d+ 0 R",null/.test(text))
}
