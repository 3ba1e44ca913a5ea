import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { runTask } from '@pdf-smaller/worker/testing/run-task'
import { qpdfCheck } from '@pdf-smaller/testing/pdf/inspect'
import { oddBytes } from '@pdf-smaller/testing/pdf/odd-bytes'
import { looksOf } from '../testing/look.ts'
import { unzip } from '../testing/unzip.ts'
import { merge } from '../tasks/merge/task.ts'
import { split } from '../tasks/split/task.ts'

const faults = path.join(import.meta.dirname, '../../../../shared/faults')
const odd = [
  'latin1.pdf',
  'name-hash.pdf',
  'name-resource-ascii.pdf',
  'name-resource-latin1.pdf',
  'num-mediabox-trailing-dot.pdf',
  'num-plus.pdf',
  'num-trailing-dot.pdf',
  'img-palette-bom-ef-bb-bf.pdf',
  'raw-xref-from-1.pdf',
].filter((name) => existsSync(path.join(faults, name)))

const documents: [string, () => Promise<Buffer>][] = [
  ['one page of all of them', async () => oddBytes()],
  ...odd.map((name): [string, () => Promise<Buffer>] => [name, () => readFile(path.join(faults, name))]),
]

describe.each(documents)('names, numbers and strings of %s', (_, make) => {
  it('stay what they are when it is merged and split', async () => {
    const pdf = await make()
    const looks = await looksOf(pdf)
    const twice = await runTask(merge, [
      { name: 'a.pdf', bytes: pdf },
      { name: 'b.pdf', bytes: pdf },
    ])
    const merged = twice.outputs[0]?.bytes ?? Buffer.alloc(0)
    await qpdfCheck(merged)
    expect(await looksOf(merged)).toEqual([...looks, ...looks])
    const { outputs } = await runTask(split, [{ name: 'twice.pdf', bytes: merged }])
    const files = await unzip(outputs[0]?.bytes ?? Buffer.alloc(0))
    const parts = [...files].filter(([name]) => name.endsWith('.pdf')).map(([, bytes]) => bytes)
    expect(await Promise.all(parts.map(looksOf))).toEqual([...looks, ...looks].map((look) => [look]))
  })
})
