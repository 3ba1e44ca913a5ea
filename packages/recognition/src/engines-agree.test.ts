import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type EngineContext, type OcrEngine, renderPages, textOfRange } from '@pdf-smaller/engines'
import { recognise } from './recognise.ts'
import sharp from 'sharp'
import { expect, it } from 'vitest'
import { engineContext } from '@pdf-smaller/engines/testing/context'
import { errorRate } from '../testing/error-rate.ts'
import { foundWords } from '../testing/found-words.ts'
import { prose } from '../testing/prose.ts'

const example = (name: string) => path.join(import.meta.dirname, '../../../examples', name)

/** Paper as a scanner sees it: in shades of grey, or black and white. */
type Scan = { dpi: number; tones: 'grey' | 'black and white' }
const grey: Scan = { dpi: 200, tones: 'grey' }
const bitonal: Scan = { dpi: 300, tones: 'black and white' }

async function scanOf(file: string, { dpi, tones }: Scan, context: EngineContext) {
  const prefix = path.join(context.cwd, 'drawn')
  const how = {
    first: 1,
    last: 1,
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
  ['prose', prose([{ subject: 'records', width: 470 }]), grey, 0.01],
  ['prose in black and white', prose([{ subject: 'boxes', width: 470 }]), bitonal, 0.01],
  ['two columns', prose(['shelves', 'labels'].map((subject) => ({ subject, width: 220 }))), grey, 0.01],
  ['an invoice', example('invoice.pdf'), grey, 0.15],
  ['an invoice in black and white', example('invoice.pdf'), bitonal, 0.15],
  ['a bank statement', example('bank-statement.pdf'), grey, 0.15],
] as const)('both engines read %s as well as each other', async (_, source, scan, most) => {
  await using test = await engineContext()
  const file = typeof source === 'string' ? source : path.join(test.folder, 'source.pdf')
  if (typeof source !== 'string') await writeFile(file, source)
  const [truth = ''] = await textOfRange(file, test.context, { first: 1, last: 1 }, { layout: false })
  const image = await scanOf(file, scan, test.context)
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
