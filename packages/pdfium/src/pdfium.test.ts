import { truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { DrawingLimits, EngineContext, EngineUsage } from '@pdf-smaller/engines'
import type { Pixels } from '@pdf-smaller/pictures/pixels'
import { describe, expect, it } from 'vitest'
import { createDocument } from '@pdf-smaller/testing/pdf/document'
import { contentBomb, textPages, truncated } from '@pdf-smaller/testing/pdf/odd-files'
import { text as literalText } from '@pdf-smaller/testing/pdf/values'
import { engineContext } from '@pdf-smaller/engines/testing/context'
import { run } from '@pdf-smaller/engines/run'
import { openPdfium, type PdfiumDocument } from './index.ts'

const limits: DrawingLimits = { memoryBytes: 256 * 2 ** 20, mostPixels: 1e6, ms: 20_000 }
const small = { scale: { longestSide: 200 }, withoutAnnotations: false }

/** Opens documents in a folder of their own, and says what was taken. */
async function opened(pdfs: readonly Buffer[], more: Partial<EngineContext> = {}) {
  const taken: EngineUsage[] = []
  const onExit = (usage: EngineUsage) => void taken.push(usage)
  const test = await engineContext({ drawing: limits, onExit, ...more })
  const documents: PdfiumDocument[] = []
  for (const [index, pdf] of pdfs.entries()) {
    const file = path.join(test.folder, `${index}.pdf`)
    await writeFile(file, pdf)
    documents.push(openPdfium(file, test.context))
  }
  return {
    ...test,
    documents,
    taken,
    [Symbol.asyncDispose]: async () => {
      for (const document of documents) document.close()
      await test[Symbol.asyncDispose]()
    },
  }
}

const pixel = ({ samples, width }: Pixels, x: number, y: number) => [
  ...samples.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
]

/** A page of 200 × 100 points: red on the left, with a green note of 20 points on top at the right. */
function redPage(entries: Record<string, number[] | number> = {}): Buffer {
  const document = createDocument({ title: 'Red' })
  const page = document.page({ width: 200, height: 100 })
  page.rect({ x: 0, y: 0, width: 100, height: 100 }, { fill: '#ff0000' })
  const { writer } = document
  const green = writer.addStream(
    { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 20, 20] },
    '0 1 0 rg 0 0 20 20 re f',
  )
  const note = { Type: 'Annot', Subtype: 'Stamp', F: 4, Rect: [180, 80, 200, 100], AP: { N: green } }
  page.annotate(writer.add(note))
  Object.assign(page.entries, entries)
  return document.save()
}

/** Forms within forms: 10 to the power of so many are drawn. */
function nestedForms(levels: number): Buffer {
  const document = createDocument({ title: 'Nested' })
  const { writer } = document
  const box = { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 500, 500] }
  let form = writer.addStream(box, '0 0 400 400 re f')
  for (let level = 1; level < levels; level++)
    form = writer.addStream({ ...box, Resources: { XObject: { F: form } } }, '/F Do '.repeat(10))
  const page = document.page()
  page.entries['Resources'] = { XObject: { F: form } }
  page.operators('/F Do '.repeat(10))
  return document.save()
}

/** A shading that calculates each pixel in many steps: it takes long (14 s), but hardly any memory. */
function slowShading(): Buffer {
  const document = createDocument({ title: 'Slow' })
  const page = document.page({ width: 200, height: 200 })
  const calculation = { FunctionType: 4, Domain: [0, 200, 0, 200], Range: [0, 1] }
  const steps = document.writer.addStream(calculation, `{ ${'sin '.repeat(50_000)} exch pop }`)
  const shading = { ShadingType: 1, ColorSpace: 'DeviceGray', Domain: [0, 200, 0, 200], Function: steps }
  page.entries['Resources'] = { Shading: { S: shading } }
  page.operators('/S sh')
  return document.save()
}

describe('PDFium in a thread', () => {
  it('draws pages as they are seen: cut, turned, with their notes or without', async () => {
    const turned = redPage({ CropBox: [50, 0, 150, 100], Rotate: 90 })
    await using test = await opened([redPage(), turned])
    const [plain, other] = test.documents
    const drawn = await plain?.draw(1, small)
    expect(drawn).toMatchObject({ width: 200, height: 100, channels: 3 })
    const at = (picture: Pixels | undefined, x: number, y: number) => picture && pixel(picture, x, y)
    expect([at(drawn, 50, 50), at(drawn, 150, 50), at(drawn, 190, 10)]).toEqual([
      [255, 0, 0],
      [255, 255, 255],
      [0, 255, 0],
    ])
    const bare = await plain?.draw(1, { ...small, withoutAnnotations: true })
    expect(at(bare, 190, 10)).toEqual([255, 255, 255])
    const cut = await other?.draw(1, { ...small, scale: { dpi: 144 } })
    expect(cut).toMatchObject({ width: 200, height: 200 })
    expect([at(cut, 100, 50), at(cut, 100, 150)]).toEqual([
      [255, 0, 0],
      [255, 255, 255],
    ])
  })

  it('draws the fields of a form as they are filled in', async () => {
    const document = createDocument({ title: 'A field' })
    const { writer, catalog } = document
    const box = { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 100, 50] }
    const blue = writer.addStream(box, '0 0 1 rg 0 0 100 50 re f')
    const widget = {
      Type: 'Annot',
      Subtype: 'Widget',
      FT: 'Tx',
      F: 4,
      Rect: [0, 0, 100, 50],
      AP: { N: blue },
    }
    const field = writer.add({ ...widget, T: literalText('name'), V: literalText('Ada') })
    document.page({ width: 200, height: 100 }).annotate(field)
    catalog['AcroForm'] = { Fields: [field] }
    await using test = await opened([document.save()])
    const colours = [false, true].map(async (withoutAnnotations) => {
      const drawn = await test.documents[0]?.draw(1, { ...small, withoutAnnotations })
      return drawn && pixel(drawn, 50, 75)
    })
    expect(await Promise.all(colours)).toEqual([
      [0, 0, 255],
      [255, 255, 255],
    ])
  })

  it('reads the text of pages', async () => {
    await using test = await opened([textPages([['first line', 'second line'], [], ['über 5 €']])])
    const [document] = test.documents
    expect(await document?.pages()).toBe(3)
    expect(await document?.texts([3, 1, 2])).toEqual(['über 5 €', 'first line\r\nsecond line', ''])
  })

  it('opens what is protected from changes, and tells of what is locked', async () => {
    await using test = await opened([textPages([['locked']])])
    const [user, owner] = ['user', 'owner'].map((name) => path.join(test.folder, `${name}-locked.pdf`))
    const lock = async (own: string, to = '') =>
      run(
        'qpdf',
        ['--encrypt', own, 'secret', '256', '--', path.join(test.folder, '0.pdf'), to],
        test.context,
      )
    await lock('', owner)
    await lock('word', user)
    expect(await openPdfium(owner ?? '', test.context).texts([1])).toEqual(['locked'])
    await expect(openPdfium(user ?? '', test.context).pages()).rejects.toMatchObject({
      code: 'engine_failed',
      why: expect.stringContaining('password'),
    })
  })

  it('tells of what it cannot open or load', async () => {
    const pdf = textPages([['one']])
    await using test = await opened([truncated(pdf, 0.3), pdf])
    const [cutOff, sound] = test.documents
    await expect(cutOff?.pages()).rejects.toMatchObject({ code: 'engine_failed' })
    await expect(sound?.draw(2, small)).rejects.toMatchObject({ code: 'engine_failed', why: /page 2/ })
    await truncate(path.join(test.folder, '0.pdf'), 2 ** 31)
    await expect(cutOff?.pages()).rejects.toMatchObject({ why: expect.stringContaining('bytes') })
  })
})

describe('what goes beyond the limits', () => {
  it('is told as what it is, and the next order is worked on as usual', async () => {
    await using test = await opened([contentBomb(400), textPages([['sound']]), slowShading()])
    const [bomb, sound, slow] = test.documents
    await expect(bomb?.draw(1, small)).rejects.toMatchObject({ code: 'out_of_memory' })
    expect(await sound?.texts([1])).toEqual(['sound'])
    await expect(sound?.draw(1, { ...small, scale: { longestSide: 2000 } })).rejects.toMatchObject({
      code: 'too_many_pixels',
    })
    await expect(slow?.draw(1, small, 300)).rejects.toMatchObject({ code: 'engine_timeout' })
    expect(await sound?.draw(1, small)).toMatchObject({ height: 200 })
    expect(Math.max(...test.taken.map(({ peakBytes }) => peakBytes))).toBeLessThanOrEqual(limits.memoryBytes)
  })

  it('ends with the job', async () => {
    const job = new AbortController()
    await using test = await opened([nestedForms(9)], { signal: job.signal })
    const drawing = test.documents[0]?.draw(1, small)
    job.abort(new Error('cancelled'))
    await expect(drawing).rejects.toThrow('cancelled')
  })

  it('does not gather: memory is flat over many documents', async () => {
    const pdf = textPages([Array.from({ length: 40 }, () => 'a line of text')])
    await using test = await opened(Array.from({ length: 60 }, () => pdf))
    for (const document of test.documents) await document.draw(1, small)
    const memory = test.taken.map(({ peakBytes }) => peakBytes)
    expect(memory.at(-1)).toBe(memory[20])
  })
})
