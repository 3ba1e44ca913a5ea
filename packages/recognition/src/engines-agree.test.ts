import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type EngineContext, type OcrEngine, renderPages, textOfRange } from '@pdf-smaller/engines'
import { recognise } from './recognise.ts'
import sharp from 'sharp'
import { expect, it } from 'vitest'
import { engineContext } from '@pdf-smaller/engines/testing/context'
import { paragraph } from '@pdf-smaller/testing/pdf/canvas'
import { createDocument } from '@pdf-smaller/testing/pdf/document'
import { paragraphsOf } from '@pdf-smaller/testing/pdf/handbook-text'
import { errorRate } from '../testing/error-rate.ts'
import { foundWords } from '../testing/found-words.ts'

const example = (name: string) => path.join(import.meta.dirname, '../../../examples', name)

/** Paper as a scanner sees it: in shades of grey, or black and white. */
type Scan = { dpi: number; tones: 'grey' | 'black and white' }
const grey: Scan = { dpi: 200, tones: 'grey' }
const bitonal: Scan = { dpi: 300, tones: 'black and white' }

function twoColumns(): Buffer {
  const document = createDocument({ title: 'Two columns' })
  const page = document.page()
  for (const [index, subject] of ['shelves', 'labels'].entries()) {
    const { value } = paragraphsOf({ title: '', subject }, index).next()
    const style = { font: 'Times-Roman', size: 11, leading: 14, width: 220 } as const
    paragraph(page, { x: 60 + index * 250, y: 90 }, value, style)
  }
  return document.save()
}

async function scanOf(file: string, page: number, { dpi, tones }: Scan, context: EngineContext) {
  const prefix = path.join(context.cwd, 'drawn')
  const how = {
    first: page,
    last: page,
    scale: { dpi },
    colours: 'grayscale',
    as: { format: 'tiff' },
  } as const
  const [drawn] = await renderPages(file, prefix, context, { ...how, timeoutMs: 60_000 })
  const soft = sharp(drawn?.file ?? '').blur(0.7)
  const seen = tones === 'grey' ? soft : soft.threshold(150)
  const image = path.join(context.cwd, 'scan.tif')
  await seen.toColourspace('b-w').tiff({ compression: 'none' }).toFile(image)
  return image
}

// Engines take the cells of a table in another order than the file has them, so words count there.
it.each([
  ['prose', example('handbook.pdf'), 8, grey, 0.01],
  ['prose in black and white', example('handbook.pdf'), 12, bitonal, 0.01],
  ['two columns', twoColumns(), 1, grey, 0.01],
  ['an invoice', example('invoice.pdf'), 1, grey, 0.15],
  ['an invoice in black and white', example('invoice.pdf'), 1, bitonal, 0.15],
  ['a bank statement', example('bank-statement.pdf'), 1, grey, 0.15],
] as const)('both engines read %s as well as each other', async (_, source, page, scan, most) => {
  await using test = await engineContext()
  const file = typeof source === 'string' ? source : path.join(test.folder, 'source.pdf')
  if (typeof source !== 'string') await writeFile(file, source)
  const [truth = ''] = await textOfRange(file, test.context, { first: page, last: page }, { layout: false })
  const image = await scanOf(file, page, scan, test.context)
  const read = async (engine: OcrEngine) => {
    const options = { languages: ['eng'], dpi: scan.dpi, segmentation: 'automatic' } as const
    const { text } = await recognise(engine, image, test.context, { ...options, timeoutMs: 60_000 })
    return text
  }
  const [native, javascript] = await Promise.all([read('native'), read('javascript')])
  const errors = [errorRate(native, truth), errorRate(javascript, truth)] as const
  expect(Math.max(...errors)).toBeLessThan(most)
  expect(Math.abs(errors[0] - errors[1])).toBeLessThan(0.01)
  expect(errorRate(javascript, native)).toBeLessThan(0.01)
  for (const text of [native, javascript]) expect(foundWords(text, truth)).toBeGreaterThan(0.98)
})
