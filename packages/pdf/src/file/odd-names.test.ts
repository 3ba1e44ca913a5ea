import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { pdfium, poppler } from '@pdf-smaller/testing/pdf/drawn'
import { run } from '@pdf-smaller/testing/pdf/inspect'
import { engineContext } from '@pdf-smaller/engines/testing/context'
import { drawnByName, names, samplesAt } from '../../testing/odd-names.ts'
import { inspect } from './inspect.ts'

type Objects = Record<string, { value?: Record<string, { '/XObject'?: object }> }>

/** The keys of the forms as qpdf reads them. */
async function keysIn(pdf: Buffer): Promise<string[]> {
  const json = await run(pdf, 'qpdf', ['--warning-exit-0', '--json=2', '--json-key=qpdf', '{}'])
  const objects: Objects = JSON.parse(json).qpdf[1]
  return Object.values(objects)
    .flatMap(({ value }) => Object.keys(value?.['/Resources']?.['/XObject'] ?? {}))
    .sort()
}

it('names with a # that means nothing lead where they led, in a dictionary that was changed', async () => {
  await using test = await engineContext()
  const [source, output] = [path.join(test.folder, 'in.pdf'), path.join(test.folder, 'out.pdf')]
  const before = drawnByName()
  await writeFile(source, before)
  const { copy, pageReferences } = await inspect(source, test.context)
  const [page = ''] = pageReferences
  copy.put(page, { value: { ...copy.dictionary(page), '/Rotate': 0 } })
  await copy.write(output, test.context)
  const after = await readFile(output)
  for (const { draw, name } of [poppler, pdfium]) {
    const [first, second] = [await draw(before), await draw(after)]
    const boxes = samplesAt(first.samples)
    expect(boxes, name).toEqual(names.map(() => 0))
    expect(Buffer.from(second.samples).equals(Buffer.from(first.samples)), name).toBe(true)
  }
  expect(await keysIn(after)).toEqual(await keysIn(before))
})
