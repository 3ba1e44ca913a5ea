import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { engineContext } from '@pdf-smaller/engines/testing/context'
import { readPdf } from '@pdf-smaller/pdf'
import { textPages } from '@pdf-smaller/testing/pdf/odd-files'
import { createWriter } from '@pdf-smaller/testing/pdf/writer'
import { expect, it } from 'vitest'
import { lookLimits } from './limits.ts'
import { openLook } from './look.ts'
import { openShown } from './shown.ts'

const limits = { ...lookLimits.low, colours: 'keep' } as const

type Drawn = { shade?: number; box?: number; link?: number; spare?: number }

/** Two pages that show the same form; what is asked for is of the second. */
function twoPages({ shade = 0, box = 200, link = 0, spare = 0 }: Drawn = {}): Buffer {
  const writer = createWriter()
  for (let object = 0; object < spare; object++) writer.add([object])
  const [root, tree, first] = [writer.reserve(), writer.reserve(), writer.reserve()]
  const grey = { Type: 'XObject', Subtype: 'Image', Width: 1, Height: 1, ColorSpace: 'DeviceGray' }
  const page = (at: number, height: number, left: number) => {
    const I = writer.addStream({ ...grey, BitsPerComponent: 8 }, Buffer.from([at]), { compress: false })
    const form = { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 1, 1], Resources: { XObject: { I } } }
    const F = writer.addStream(form, '/I Do')
    const Annots = [{ Type: 'Annot', Subtype: 'Link', Rect: [0, 0, 9, 9], Dest: [first, 'XYZ', left, 0, 0] }]
    const own = { Type: 'Page', Parent: tree, MediaBox: [0, 0, 200, height], Annots }
    return { ...own, Contents: writer.addStream({}, '/F Do'), Resources: { XObject: { F } } }
  }
  writer.set(first, page(9, 200, 0))
  writer.set(tree, { Type: 'Pages', Count: 2, Kids: [first, writer.add(page(shade, box, link))] })
  writer.set(root, { Type: 'Catalog', Pages: tree })
  return writer.save({ Root: root })
}

async function digestsOf(pdf: Buffer): Promise<string[]> {
  await using test = await engineContext()
  const file = path.join(test.folder, 'a.pdf')
  await writeFile(file, pdf)
  const shown = openShown(await readPdf(file, test.context))
  return [await shown(1), await shown(2)]
}

it('tells a page that draws something else, however deep it stands, and no other', async () => {
  const [first, second] = await digestsOf(twoPages())
  for (const changed of [{ shade: 1 }, { box: 201 }, { link: 3 }]) {
    const [same, other] = await digestsOf(twoPages(changed))
    expect(same).toBe(first)
    expect(other).not.toBe(second)
  }
  expect(await digestsOf(twoPages({ spare: 5 }))).toEqual([first, second])
})

it('draws a page once that draws the same in the next candidate, and weighs what it came to anew', async () => {
  await using test = await engineContext()
  const write = async (name: string, words: string) => {
    const file = path.join(test.folder, name)
    await writeFile(file, textPages([[words]]))
    return file
  }
  const look = openLook(await write('before.pdf', 'one line'), () => 11, test.context)
  const candidate = await write('after.pdf', 'another line')
  const shown = async () => 'the same'
  const { damages } = await look(candidate, [1], limits, shown)
  expect(damages).toMatchObject([{ page: 1, measured: expect.any(Number) }])
  const gone = path.join(test.folder, 'gone.pdf')
  expect((await look(gone, [1], limits, shown)).damages).toEqual(damages)
  const lenient = { ...limits, leastTile: 0, leastSimilarity: 0, leastContrast: 0, leastDetail: 0 }
  const seen = await look(gone, [1], { ...lenient, mostLostMarks: 1, mostColour: 255 }, shown)
  expect(seen.look?.pagesCompared).toBe(1)
})
