import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { checkPdfA } from '@pdf-smaller/pdfa'
import { qpdfCheck, run } from '@pdf-smaller/testing/pdf/inspect'
import { engineContext } from '@pdf-smaller/engines/testing/context'
import { runTask } from '@pdf-smaller/worker/testing/run-task'
import { distance, scanned, truth, wordsOf } from '@pdf-smaller/recognition/testing/scanned'
import { ocr } from './task.ts'

const examples = path.join(import.meta.dirname, '../../../../examples')

const corpus = path.join(import.meta.dirname, '../../../../../shared/corpus')
const sample = (name: string) => readFile(path.join(corpus, name))

async function archived(bytes: Buffer, options: object = {}) {
  const { result, outputs, stages } = await runTask(ocr, [{ name: 'doc.pdf', bytes }], {
    output: 'pdfa-2',
    ...options,
  })
  const [pdf] = outputs
  if (!pdf) throw new Error('there is no output')
  return { archived: result.archived, result, pdf: pdf.bytes, stages }
}

async function findingsOf(pdf: Buffer) {
  await using test = await engineContext()
  const file = path.join(test.folder, 'out.pdf')
  await writeFile(file, pdf)
  return await checkPdfA(file, test.context)
}

/** The hash of each image as it is packed. */
const imagesOf = (pdf: Buffer) =>
  run(pdf, 'sh', ['-c', 'pdfimages -all "$0" image && sha256sum image-* | cut -d" " -f1 | sort', '{}'])

it('makes a scan searchable and fit for archives, with its images bit for bit', async () => {
  const before = await scanned([{}, {}])
  const { archived: told, pdf, stages } = await archived(before)
  expect(told).toMatchObject({ standard: 'PDF/A-2b', by: 'objects', why: [] })
  expect(await findingsOf(pdf)).toEqual([])
  expect(stages).toContain('archiving')
  await qpdfCheck(pdf)
  expect(await imagesOf(pdf)).toBe(await imagesOf(before))
  expect(distance(await wordsOf(pdf), await truth()).found).toBeGreaterThan(0.95)
})

it('does so, too, with what was made smaller', async () => {
  const { archived: told, pdf } = await archived(await scanned([{}]), { optimise: 'medium' })
  expect(told).toMatchObject({ by: 'objects' })
  expect(await findingsOf(pdf)).toEqual([])
  expect(distance(await wordsOf(pdf), await truth()).found).toBeGreaterThan(0.95)
})

it('does so where no page has to be read, and says what may be lost by drawing anew', async () => {
  const { archived: told, pdf, result } = await archived(await readFile(path.join(examples, 'invoice.pdf')))
  expect(result.recognition.pages).toBe(0)
  expect(told).toMatchObject({ standard: 'PDF/A-2b', by: 'ghostscript' })
  expect(told?.why.join()).toContain('Helvetica')
  expect(await findingsOf(pdf)).toEqual([])
})

it('keeps the text that was read where other pages have to be drawn anew', async () => {
  const { archived: told, pdf, result } = await archived(await sample('mixed-own-2text-2scan.pdf'))
  expect(result.recognition.pages).toBe(2)
  expect(told).toMatchObject({ by: 'ghostscript' })
  const text = await run(pdf, 'pdftotext', ['{}', '-'])
  for (const page of text.split('\f').slice(0, 4)) expect(page.length).toBeGreaterThan(200)
})
