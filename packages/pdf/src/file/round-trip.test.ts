import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { engineContext } from '../../../engines/testing/context.ts'
import { inspect } from './inspect.ts'
import type { PdfObject } from '../objects/pdf-objects.ts'
import { bytesOf } from './working-copy.ts'
import { budgetOf } from './budget.ts'
import { copiedText } from './copied-text.ts'
import { type FileBytes, openFileBytes } from './file-bytes.ts'
import { type ReadDocument, readDocument } from './read-document.ts'
import { openTurns } from '../turns.ts'
import { numberedAnew } from './write-order.ts'

const root = path.join(import.meta.dirname, '../../../../..')
const folders = ['shared/corpus', 'shared/faults'].map((name) => path.join(root, name))
const files = [...folders, path.join(import.meta.dirname, '../../../../examples')].flatMap((folder) =>
  (existsSync(folder) ? readdirSync(folder) : [])
    .filter((name) => name.endsWith('.pdf') && !/^(bad|enc|huge|f0|f2|pages|raw)/.test(name))
    .map((name) => path.join(folder, name)),
)

describe('a document that is read and written', () => {
  it.each(files)('keeps the bytes of every object: %s', async (name) => {
    await using test = await engineContext()
    const output = path.join(test.folder, 'out.pdf')
    const { copy } = await inspect(name, test.context, { signed: true })
    await copy.write(output, test.context)
    const [before, after] = [await openRead(name), await openRead(output)]
    const numbers = await numberedAnew(copy, openTurns())
    expect(after.read.objects.size).toBe(numbers.size)
    const renamed = (reference: string) => `${numbers.get(reference) ?? 'no'} 0 R`
    const written = (reference: string) => (reference === 'no 0 R' ? 'null' : reference)
    for (const [reference, number] of numbers) {
      const [old, own] = [before.read.objects.get(reference), after.read.objects.get(`${number} 0 R`)]
      const kept = tokensOf(before, reference, old, (each) => (numbers.has(each) ? renamed(each) : 'null'))
      expect(tokensOf(after, `${number} 0 R`, own, written)).toBe(kept)
      expect(await dataOf(own)).toEqual(await dataOf(old))
    }
  })
})

type Opened = { file: FileBytes; read: ReadDocument }

async function openRead(name: string): Promise<Opened> {
  const file = openFileBytes(name)
  return { file, read: await readDocument(file, budgetOf(500_000, new AbortController().signal)) }
}

/** The tokens of an object, with the length of a stream as it is. */
function tokensOf(
  { file, read }: Opened,
  reference: string,
  object: PdfObject | undefined,
  renamed: (reference: string) => string,
): string | undefined {
  const place = read.texts.get(reference)
  if (!place || !object) return undefined
  const text = Buffer.isBuffer(place) ? place : file.slice(place.at, place.length)
  return copiedText(text, renamed, 'value' in object ? undefined : object.file.length)
}

const dataOf = async (object: PdfObject | undefined) =>
  object && 'dictionary' in object ? (await bytesOf(object.file)).toString('base64') : undefined
