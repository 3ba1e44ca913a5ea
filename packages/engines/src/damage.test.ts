import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { withBrokenNames, withEndlessCharacterMap, withWrongCount } from '@pdf-smaller/testing/pdf/damaged'
import { textPages } from '@pdf-smaller/testing/pdf/odd-files'
import { engineContext, type TestContext } from '../testing/context.ts'
import { damageBehind } from './damage.ts'
import { textOfPages } from './pdftotext.ts'
import { run } from './run.ts'

async function damageOf(pdf: Buffer, fail: (file: string, test: TestContext) => Promise<unknown>) {
  await using test = await engineContext()
  const file = path.join(test.folder, 'in.pdf')
  await writeFile(file, pdf)
  const error = await fail(file, test).then(
    () => undefined,
    (failure: unknown) => failure,
  )
  expect(error).toBeDefined()
  return await damageBehind(error, [{ path: file, name: 'a.pdf' }], test.context)
}

const read = (file: string, { context }: TestContext) => textOfPages(file, context, 1)
const shell =
  (script: string) =>
  (file: string, { context }: TestContext) =>
    run('sh', ['-c', script, 'sh', file], context)
const sound = textPages([['sound']])

it.each([
  ['what qpdf finds fault with', withBrokenNames(), 'unknown token'],
  ['a page count that no viewer takes', withWrongCount(), 'pdftotext exited with code 99'],
  ['a character map that uses itself', withEndlessCharacterMap(), 'pdftotext was ended by SIGSEGV'],
])('an engine that fails on a damaged file is told from chance at once: %s', async (_, pdf, why) => {
  expect(await damageOf(pdf, read)).toContain(why)
})

it.each([
  ['that is right the second time', shell('[ -f once ] || { : > once; exit 1; }')],
  ['that says something else the second time', shell('date +%N >&2; exit 1')],
  ['that was not given the file', (_: string, { context }: TestContext) => run('false', [], context)],
])('an engine %s has not failed because of it', async (_, fail) => {
  expect(await damageOf(sound, fail)).toBeUndefined()
})

it('does not look any further once the attempt is to end', async () => {
  await using test = await engineContext({ signal: AbortSignal.abort('ended') })
  const self = { path: import.meta.filename, name: 'this' }
  await expect(damageBehind(new Error('x'), [self], test.context)).rejects.toBe('ended')
})
