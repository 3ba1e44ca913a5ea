import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { qpdfCheck, run } from '@pdf-smaller/testing/pdf/inspect'
import { runTask } from '@pdf-smaller/worker/testing/run-task'
import { distance, scanned, wordsOf } from '@pdf-smaller/recognition/testing/scanned'
import { ocr } from './task.ts'

const fax = path.join(import.meta.dirname, '../../../../examples/fax.pdf')

async function cleaned(bytes: Buffer, options: object) {
  const { outputs } = await runTask(ocr, [{ name: 'doc.pdf', bytes }], options)
  const pdf = outputs[0]?.bytes ?? Buffer.alloc(0)
  await qpdfCheck(pdf)
  return pdf
}

const imagesOf = (pdf: Buffer) => run(pdf, 'pdfimages', ['-list', '{}'])
const bytesOfImages = (pdf: Buffer) => run(pdf, 'sh', ['-c', 'pdfimages -all "$0" i && sha1sum i-*', '{}'])

it('cleans pages only for reading, and keeps what they show', async () => {
  const before = await scanned([{}])
  const pdf = await cleaned(before, { clean: 'recognition' })
  expect(await bytesOfImages(pdf)).toBe(await bytesOfImages(before))
})

it('shows the cleaned page in colours, straight, with its words where they were', async () => {
  const upright = await wordsOf(await cleaned(await scanned([{}]), {}))
  const pdf = await cleaned(await scanned([{ askew: 2 }]), { clean: 'final', deskew: true })
  expect(await imagesOf(pdf)).toMatch(/rgb +3 +8 +jpeg/)
  expect(distance(await wordsOf(pdf), upright).away).toBeLessThan(1.5)
})

it('shows the cleaned page in black and white where it was that', async () => {
  const pdf = await cleaned(await readFile(fax), { clean: 'final', pages: '1' })
  expect(await imagesOf(pdf)).toMatch(/1 +0 image +\d+ +\d+ +gray +1 +1 +image/)
})
