import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { renderPages, textOfRange } from '@pdf-smaller/engines'
import sharp, { type Sharp } from 'sharp'
import { expect, it } from 'vitest'
import { engineContext } from '@pdf-smaller/engines/testing/context'
import { runTask } from '@pdf-smaller/worker/testing/run-task'
import { amountPages } from '@pdf-smaller/testing/pdf/amounts'
import { createDocument } from '@pdf-smaller/testing/pdf/document'
import { run } from '@pdf-smaller/testing/pdf/inspect'
import { addScan, type Scan } from '@pdf-smaller/testing/pdf/scan'
import { amountsIn, foundAmounts } from '@pdf-smaller/recognition/testing/amounts-in'
import { ocr } from './task.ts'

const [width, rows] = [595, 9]
const height = 80 + rows * 16

/** The first rows of a table of nine columns: as a picture, and the amounts in it. */
async function smallPrint(dpi: number): Promise<{ picture: Sharp; amounts: string[] }> {
  await using test = await engineContext()
  const file = path.join(test.folder, 'source.pdf')
  await writeFile(file, amountPages['small print in nine columns']?.() ?? '')
  const page = { first: 1, last: 1 }
  const [text = ''] = await textOfRange(file, test.context, page, { layout: true })
  const [drawn] = await renderPages(file, path.join(test.folder, 'page'), test.context, {
    ...page,
    scale: { dpi },
    colours: 'grayscale',
    as: { format: 'tiff' },
    timeoutMs: 30_000,
  })
  const pixels = (points: number) => Math.round((points * dpi) / 72)
  const picture = await sharp(drawn?.file)
    .extract({ left: 0, top: 0, width: pixels(width), height: pixels(height) })
    .png()
    .toBuffer()
  return { picture: sharp(picture), amounts: amountsIn(text).slice(0, rows * 9) }
}

async function read(picture: Sharp, scan: Scan) {
  const document = createDocument({ title: 'Scan' })
  await addScan(document, picture, scan)
  const { result, outputs } = await runTask(ocr, [{ name: 'scan.pdf', bytes: document.save() }], {
    hocr: true,
  })
  const [pdf, hocr] = outputs
  if (!pdf || !hocr) throw new Error('there is no output')
  const amounts = amountsIn(await run(pdf.bytes, 'pdftotext', ['-layout', '{}', '-']))
  return { result, amounts, inHocr: amountsIn(hocr.bytes.toString()) }
}

// The engine alone leaves out two of the columns of this one.
it('reads print again that was taken for something else, and tells of none that is unread', async () => {
  const { picture, amounts } = await smallPrint(300)
  expect(amounts).toHaveLength(81)
  const found = await read(picture, { dpi: 300, tones: 'gray', askew: 0.5 })
  expect(foundAmounts(found.amounts, amounts)).toBeGreaterThanOrEqual(79)
  expect(foundAmounts(found.inHocr, amounts)).toBeGreaterThanOrEqual(79)
  expect(found.result.recognition.unread).toEqual([])
})

it('tells how much of the print of a page nobody read', async () => {
  const dpi = 150
  const { picture } = await smallPrint(dpi)
  const stamp = await picture
    .clone()
    .extract({ left: 80, top: 150, width: 500, height: 120 })
    .rotate(30, { background: 'white' })
    .png()
    .toBuffer()
  const { width: across, height: down } = await picture.metadata()
  const stamped = picture
    .extend({ bottom: 500, background: 'white' })
    .composite([{ input: stamp, left: Math.round(across / 3), top: down + 40 }])
  const { result } = await read(sharp(await stamped.png().toBuffer()), { dpi, tones: 'gray' })
  const [unread] = result.recognition.unread
  expect(unread?.page).toBe(1)
  expect(unread?.percent).toBeGreaterThan(1)
  expect(unread?.percent).toBeLessThan(20)
})
