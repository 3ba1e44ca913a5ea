import { expect, it } from 'vitest'
import { createDocument } from '@pdf-smaller/testing/pdf/document'
import { run } from '@pdf-smaller/testing/pdf/inspect'
import { runTask } from '@pdf-smaller/worker/testing/run-task'
import { scanned, type Variant } from '@pdf-smaller/recognition/testing/scanned'
import { extractText } from '../extract-text/task.ts'
import { ocr } from './task.ts'

const printed = 'Delivered to the harbour'

/** A small page that is scanned again and again; the line stands below the middle. */
function letter(): Buffer {
  const document = createDocument({ title: 'Letter' })
  document.page({ width: 300, height: 150 }).text({ x: 40, y: 90 }, printed, { font: 'Helvetica', size: 16 })
  return document.save()
}

const at = (x: number, y: number, text: string, size = 12) => `BT /T ${size} Tf ${x} ${y} Td (${text}) Tj ET`

const header = 'Case 1:20-cv-01234 Document 12 Filed 01/02/20'
const scans: readonly (Variant & { own: string; is: string })[] = [
  { is: 'a page number', own: 'Page 7', typed: at(240, 10, 'Page 7') },
  { is: 'a header', own: header, typed: at(20, 130, header, 10) },
  { is: 'a stamp on its side', own: 'PAID 2026', typed: 'BT /T 12 Tf 0 1 -1 0 20 20 Tm (PAID 2026) Tj ET' },
  { is: 'an invisible number', own: '4711', typed: `3 Tr ${at(200, 10, '4711')} 0 Tr` },
  {
    is: 'a header on a page that is turned',
    own: header,
    turned: 270,
    typed: `BT /T 10 Tf 0 1 -1 0 20 20 Tm (${header}) Tj ET`,
    entries: { Rotate: 90 },
  },
]
const words = (text: string) => text.split(/\s+/).filter(Boolean).sort()

it('reads scans with stamps on them, and says what was typed there once', async () => {
  const { outputs, result } = await runTask(
    ocr,
    [{ name: 'scan.pdf', bytes: await scanned(scans, letter()) }],
    { sidecar: true },
  )
  expect(result.recognition.pages).toBe(scans.length)
  const [pdf, sidecar] = outputs.map(({ bytes }) => bytes)
  const texts = (await run(pdf ?? Buffer.alloc(0), 'pdftotext', ['{}', '-'])).split('\f')
  const beside = sidecar?.toString().split('\f') ?? []
  for (const [index, { is, own }] of scans.entries()) {
    expect(words(texts[index] ?? ''), is).toEqual(words(`${printed} ${own}`))
    expect(words(beside[index] ?? ''), is).toEqual(words(`${printed} ${own}`))
  }
  // What stands above all else is read first.
  expect(beside[1]?.trim()).toBe(`${header}\n\n${printed}`)
})

it('reads scans that have fields on them, and leaves what stands in these to them', async () => {
  const filled = ['Johanna Margarethe Lindqvist', 'Westhaven 4711']
  for (const mode of ['skip', 'redo'] as const) {
    const bytes = await scanned([{ filled }], letter())
    const { outputs, result } = await runTask(ocr, [{ name: 'scan.pdf', bytes }], { mode })
    expect(result.recognition.pages, mode).toBe(1)
    const text = await run(outputs[0]?.bytes ?? Buffer.alloc(0), 'pdftotext', ['{}', '-'])
    expect(words(text), mode).toEqual(words(`${printed} ${filled.join(' ')}`))
  }
})

it('replaces an earlier recognition below a stamp, which stays there once', async () => {
  const [first] = scans
  const scan = await scanned(first ? [first] : [], letter())
  const once = await runTask(ocr, [{ name: 'scan.pdf', bytes: scan }])
  const bytes = once.outputs[0]?.bytes ?? Buffer.alloc(0)
  const left = await runTask(ocr, [{ name: 'doc.pdf', bytes }])
  expect(left.result.untouched).toBe(1)
  const again = await runTask(ocr, [{ name: 'doc.pdf', bytes }], { mode: 'redo' })
  expect(again.result.recognition.pages).toBe(1)
  const text = await run(again.outputs[0]?.bytes ?? Buffer.alloc(0), 'pdftotext', ['{}', '-'])
  expect(words(text)).toEqual(words(`${printed} Page 7`))
})

it('reads a scan whose only text lies where nobody sees it', async () => {
  const cropped = { entries: { MediaBox: [0, 0, 300, 190], CropBox: [0, 0, 300, 150] } }
  const typed = at(20, 165, 'Job 4711 cyan magenta yellow black')
  const bytes = await scanned([{ ...cropped, typed }], letter())
  const { result } = await runTask(ocr, [{ name: 'scan.pdf', bytes }])
  expect(result.recognition.pages).toBe(1)
})

it('leaves pages that have a picture and a text of their own as they are', async () => {
  const text = Array.from({ length: 8 }, (_, index) =>
    at(10, 10 + index * 12, 'Words of a page with a picture'),
  )
  const bytes = await scanned([{ typed: text.join(' ') }], letter())
  const { result } = await runTask(ocr, [{ name: 'scan.pdf', bytes }])
  expect(result.untouched).toBe(1)
})

it('extracts what was scanned, too, where a stamp is all that was typed', async () => {
  const bytes = await scanned(scans.slice(1, 2), letter())
  const { outputs, result } = await runTask(extractText, [{ name: 'scan.pdf', bytes }], {
    ocr: 'pages-without-text',
  })
  expect(result.recognition.pages).toBe(1)
  expect(outputs[0]?.bytes.toString()).toContain(printed)
})
