import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { engineContext } from '@pdf-smaller/engines/testing/context'
import { differencesOf } from '../../testing/round-trip.ts'
import { openWorkingCopy } from './working-copy.ts'
import { openDocument } from './open-document.ts'

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
    const opened = await openDocument(name, test.context)
    await openWorkingCopy(opened, undefined).write(output, test.context)
    const { objects, differences } = await differencesOf(opened, await openDocument(output, test.context))
    expect(objects).toBeGreaterThan(0)
    expect(differences).toEqual([])
  })
})
