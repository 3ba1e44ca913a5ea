import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { pdfium, poppler } from '../../../../test/fixtures/pdf/drawn.ts'
import { run } from '../../../../test/fixtures/pdf/inspect.ts'
import { engineContext } from '../../../engines/testing/context.ts'
import { catalogue, onePage, RawDocument } from '../../testing/raw-document.ts'
import { inspect } from './inspect.ts'

/** Behind a digit, Poppler takes one byte more. */
const names = ['/Im#ZZ', '/A#', '/B#4 ', '/C##41', '/D#G1', '/#']

/** A page with a black box for each name, side by side, that is drawn by that name. */
function drawnByName(): Buffer {
  const entries = names.map((name, index) => `${name} ${index + 5} 0 R`).join(' ')
  const contents = names.map((name) => `${name} Do`).join('\n')
  const document = new RawDocument()
    .object(1, catalogue)
    .object(2, onePage)
    .object(
      3,
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 120 20]/Contents 4 0 R/Resources<</XObject<<${entries}>>>>>>`,
    )
    .stream(4, '', Buffer.from(contents))
  for (const index of names.keys())
    document.stream(
      index + 5,
      '/Type/XObject/Subtype/Form/BBox[0 0 120 20]',
      Buffer.from(`${index * 20} 0 10 20 re f`),
    )
  return document.table('/Root 1 0 R/Size 11').bytes()
}

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
    const boxes = names.map((_, index) => first.samples[(10 * 120 + index * 20 + 5) * 3])
    expect(boxes, name).toEqual(names.map(() => 0))
    expect(Buffer.from(second.samples).equals(Buffer.from(first.samples)), name).toBe(true)
  }
  expect(await keysIn(after)).toEqual(await keysIn(before))
})
