import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { oddBytes } from '@pdf-smaller/testing/pdf/odd-bytes'
import { difference, drawn } from '../testing/carried.ts'
import { compressAndCheck } from '../testing/checked.ts'
import { compressFile } from '../testing/context.ts'

const faults = path.join(import.meta.dirname, '../../../../shared/faults')
const odd = (existsSync(faults) ? readdirSync(faults) : []).filter((name) =>
  /^(latin1|name-|num-|img-palette|raw-xref)/.test(name),
)

it('keeps names, numbers and strings with unusual bytes', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-odd-'))
  try {
    const file = path.join(folder, 'odd.pdf')
    await writeFile(file, oddBytes())
    const { gain, output } = await compressAndCheck(file, 'medium')
    expect(gain).toBe('smaller')
    const [before, after] = [await drawn(await readFile(file), 1), await drawn(output, 1)]
    expect(difference(before, after)).toBe(0)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

it.each(odd)('keeps %s as it looks', async (name) => {
  await compressAndCheck(path.join(faults, name), 'medium')
})

it.each(
  [
    'pages-count-neg.pdf',
    'raw-count-wrong.pdf',
    'raw-kids-null.pdf',
    'f003-num-bank-statement.pdf',
    'f281-name-form-toc.pdf',
    'f298-block-inv-freefiber.pdf',
    'f024-flip-enc-user-aes256.pdf',
    'nametree-cycle.pdf',
    'outline-cycle.pdf',
    'doc-orphan-signature.pdf',
  ].filter((name) => existsSync(path.join(faults, name))),
)('%s is done, or damaged', async (name) => {
  const ended = await compressFile(path.join(faults, name)).catch((error: unknown) => error)
  expect(ended).toSatisfy(
    (each) =>
      typeof each === 'object' &&
      each !== null &&
      ('result' in each || ('code' in each && each.code === 'damaged_pdf')),
  )
})
