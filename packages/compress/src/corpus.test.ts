import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { run } from '@pdf-smaller/testing/pdf/inspect'
import { describe, expect, it } from 'vitest'
import { compressAndCheck, expectIntact } from '../testing/checked.ts'
import { compressBytes } from '../testing/context.ts'
import { Level } from './levels.ts'

const corpus = path.join(import.meta.dirname, '../../../../shared/corpus')

/** Real documents of every kind that no level may enlarge or damage; files made to harm are tested elsewhere. */
const files = (existsSync(corpus) ? readdirSync(corpus) : []).filter((name) =>
  /^(scan|mixed|text|image|form|inv|bank|huge).*\.pdf$|^enc-owner/.test(name),
)
/** Of which some pages do. */
const long = 'huge-own-10000p.pdf'
/** One of each kind: a scan of many colours, a drawing in two, tagged text. */
const atAllLevels = ['scan-rot-mismatch.pdf', 'mixed-indirect-rot.pdf', 'text-tagged.pdf']

// Every other one, at one level, which goes round; `npm run bench:compress` looks at all files at all levels.
describe('a real document', () => {
  const levels = Level.options
  const chosen = files
    .filter((name) => !atAllLevels.includes(name))
    .filter((_, index) => index % 2 === 0)
    .map((name, index) => ({ name, level: levels[(index + 1) % levels.length] ?? 'medium' }))
    .filter(({ name }) => name !== long)
  it.runIf(files.length > 0).each(chosen)('stays intact: $name at $level', async ({ name, level }) => {
    await compressAndCheck(path.join(corpus, name), level)
  })

  it.runIf(files.length > 0).each(atAllLevels)(
    'stays intact and is no larger at a stronger level: %s',
    async (name) => {
      const sizes: number[] = []
      for (const level of levels)
        sizes.push((await compressAndCheck(path.join(corpus, name), level)).bytesAfter)
      expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
    },
  )

  it.runIf(files.includes(long))('stays intact: the first 1,200 pages of a long one', async () => {
    const taken = await run(await readFile(path.join(corpus, long)), 'sh', [
      '-c',
      'qpdf "$0" --pages . 1-1200 -- - | base64 -w0',
      '{}',
    ])
    const { input, output, result } = await compressBytes(Buffer.from(taken, 'base64'))
    expect(result).toMatchObject({ gain: 'smaller', pages: 1200 })
    await expectIntact(input, output)
  })
})
