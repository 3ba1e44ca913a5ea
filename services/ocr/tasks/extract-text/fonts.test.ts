import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createDocument } from '@pdf-smaller/testing/pdf/document'
import { writtenPages } from '@pdf-smaller/testing/pdf/writing-systems'
import { runTask } from '@pdf-smaller/worker/testing/run-task'
import { extractText } from './task.ts'

const invoice = path.join(import.meta.dirname, '../../../../examples/invoice.pdf')

const Font = z.object({ name: z.string(), size: z.number(), bold: z.boolean(), italic: z.boolean() })
const Word = z.object({ text: z.string(), font: z.int().optional() })
const Page = z.object({
  fonts: z.array(Font),
  blocks: z.array(z.object({ lines: z.array(z.object({ words: z.array(Word) })) })),
})
const Json = z.object({ pages: z.array(Page) })

/** The words of each page, with their fonts. */
async function fontsIn(pdf: Buffer) {
  const { outputs } = await runTask(extractText, [{ name: 'doc.pdf', bytes: pdf }], { format: 'json' })
  return Json.parse(JSON.parse(outputs[0]?.bytes.toString() ?? '')).pages.map(({ fonts, blocks }) =>
    blocks
      .flatMap(({ lines }) => lines.flatMap(({ words }) => words))
      .map(({ text, font }) => ({ text, font: font === undefined ? undefined : fonts[font] })),
  )
}

const [regular, bold] = [
  { name: 'Helvetica', size: 12, bold: false, italic: false },
  { name: 'Helvetica-Bold', size: 12, bold: true, italic: false },
]

describe('the fonts of words', () => {
  it('are told of for each of a real page', async () => {
    const [words = []] = await fontsIn(await readFile(invoice))
    expect(words.filter(({ font }) => font === undefined)).toEqual([])
    expect(words.find(({ text }) => text === 'INVOICE')?.font).toEqual({ ...bold, size: 24 })
    expect(words.find(({ text }) => text === 'Weir')?.font).toEqual({ ...regular, size: 8.5 })
  })

  it('differ within a line', async () => {
    const document = createDocument({ title: 'Fonts' })
    const page = document.page()
    page.text({ x: 72, y: 90 }, 'The total is', { font: 'Helvetica', size: 12 })
    page.text({ x: 140, y: 90 }, '12.50 & more', { font: 'Helvetica-Bold', size: 12 })
    page.text({ x: 220, y: 90 }, 'in all', { font: 'Helvetica', size: 12 })
    const [words = []] = await fontsIn(document.save())
    expect(words.map(({ font }) => font)).toEqual([
      regular,
      regular,
      regular,
      bold,
      bold,
      bold,
      regular,
      regular,
    ])
  })

  it('have names without the tag of a subset, and exact sizes', async () => {
    const [words] = await fontsIn(writtenPages([[{ text: 'word', x: 72, y: 90, size: 9.5 }]]))
    expect(words).toEqual([
      { text: 'word', font: { name: 'Sample-BoldItalic', size: 9.5, bold: true, italic: true } },
    ])
  })

  it('are found on pages that are cropped, and turned so that the text stands upright', async () => {
    const document = createDocument({ title: 'Cropped' })
    const matrices = ['1 0 0 1', '0 1 -1 0', '-1 0 0 -1', '0 -1 1 0']
    for (const [quarters, matrix] of matrices.entries()) {
      const page = document.page()
      page.entries['CropBox'] = [60, 50, 500, 800]
      page.entries['Rotate'] = quarters * 90
      page.entries['Resources'] = {
        Font: { R: document.font('Helvetica'), B: document.font('Helvetica-Bold') },
      }
      page.operators(`BT ${matrix} 250 400 Tm /R 12 Tf (upper) Tj 0 -30 Td /B 12 Tf (lower) Tj ET`)
    }
    for (const words of await fontsIn(document.save())) {
      expect(words.find(({ text }) => text === 'upper')?.font).toEqual(regular)
      expect(words.find(({ text }) => text === 'lower')?.font).toEqual(bold)
    }
  })
})
