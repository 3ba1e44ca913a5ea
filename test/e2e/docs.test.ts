import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { referenceDocuments } from '../../scripts/docs/documents.ts'
import { type RunningSystem, startSystemProcess } from '@pdf-smaller/testing/system'

let system: RunningSystem
beforeAll(async () => {
  system = await startSystemProcess()
})
afterAll(() => system.close())

it('the reference documents say what the code does; `npm run docs` writes them anew', async () => {
  for (const [name, text] of await referenceDocuments(system.url)) {
    expect(await readFile(new URL(`../../docs/${name}`, import.meta.url), 'utf8'), name).toBe(text)
  }
})
