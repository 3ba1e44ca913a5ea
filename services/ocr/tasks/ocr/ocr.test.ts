import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { FinishedParts } from '@pdf-smaller/task'
import type { PlacedPage } from '@pdf-smaller/text'
import { describe, expect, it } from 'vitest'
import { encrypted } from '@pdf-smaller/testing/pdf/encrypted'
import { qpdfCheck, run } from '@pdf-smaller/testing/pdf/inspect'
import { hugePage, manyPages, truncated } from '@pdf-smaller/testing/pdf/odd-files'
import { signedLooking } from '@pdf-smaller/testing/pdf/signed'
import { runTask } from '@pdf-smaller/worker/testing/run-task'
import { errorRate } from '@pdf-smaller/recognition/testing/error-rate'
import {
  distance,
  scanned,
  slipSize,
  truth,
  type Variant,
  wordsOf,
} from '@pdf-smaller/recognition/testing/scanned'
import { ocr } from './task.ts'

const corpus = path.join(import.meta.dirname, '../../../../../shared/corpus')
const sample = (name: string) => readFile(path.join(corpus, name))

type Limits = Parameters<typeof runTask>[3]

async function searchable(bytes: Buffer, options: object = {}, limits?: Limits) {
  const { result, outputs } = await runTask(ocr, [{ name: 'doc.pdf', bytes }], options, limits)
  const [pdf, sidecar] = outputs
  if (!pdf) throw new Error('there is no output')
  return { result, pdf: pdf.bytes, outputs, sidecar: sidecar?.bytes.toString() ?? '' }
}

const textOf = ({ blocks }: PlacedPage) =>
  blocks
    .flat(2)
    .map(({ text }) => text)
    .join(' ')

/** What each page looks like, equal for pages that look the same to the last pixel. */
const looksOf = (pdf: Buffer) =>
  run(pdf, 'sh', ['-c', 'pdftoppm -r 40 "$0" page && sha1sum $(ls page-* | sort -V) | cut -d" " -f1', '{}'])

describe('the layer of text', () => {
  const { width, height } = slipSize
  const beside = (w: number, h: number) => [0, 0, w + 100, h + 90]
  const cropped = { MediaBox: beside(width, height), CropBox: [40, 30, 40 + width, 30 + height] }
  const cropLying = {
    MediaBox: beside(height, width),
    CropBox: [40, 30, 40 + height, 30 + width],
    Rotate: 90,
  }
  const variants: Record<string, Variant> = {
    'turned by 90°': { turned: 270, entries: { Rotate: 90 } },
    'turned by 180°': { turned: 180, entries: { Rotate: 180 } },
    'turned by -90°': { turned: 90, entries: { Rotate: -90 } },
    cropped: { left: 40, bottom: 30, entries: { ...cropped, TrimBox: [60, 60, 300, 200] } },
    'cropped and turned': { left: 40, bottom: 30, turned: 270, entries: cropLying },
    'away from the origin': {
      left: -100,
      bottom: -50,
      entries: { MediaBox: [-100, -50, width - 100, height - 50] },
    },
    'in larger units': { entries: { UserUnit: 2 } },
  }

  it('lies over the words that are seen, on pages of all kinds, and changes nothing of that', async () => {
    const before = await scanned([{}, ...Object.values(variants)])
    const { pdf } = await searchable(before)
    await qpdfCheck(pdf)
    expect(await looksOf(pdf)).toBe(await looksOf(before))
    const upright = await wordsOf(pdf)
    expect(distance(upright, await truth()).found).toBeGreaterThan(0.95)
    expect(distance(upright, await truth()).away).toBeLessThan(4)
    for (const [index, name] of Object.keys(variants).entries()) {
      const { found, away } = distance(await wordsOf(pdf, index + 2), upright)
      expect(found, name).toBeGreaterThan(0.95)
      expect(away, name).toBeLessThan(1.2)
    }
  })
})

describe('ocr', () => {
  it('reads scans, and leaves pages that have text as they are', async () => {
    const { result, pdf, sidecar, outputs } = await searchable(await sample('mixed-own-2text-2scan.pdf'), {
      sidecar: true,
      hocr: true,
    })
    expect(result).toMatchObject({
      pages: 4,
      untouched: 2,
      recognition: { pages: 2, lowConfidence: [], failed: [] },
    })
    expect(result.archived).toBeUndefined()
    expect(sidecar.split('\f')).toHaveLength(4)
    expect(outputs.map(({ name }) => name)).toEqual(['doc.pdf', 'doc.txt', 'doc.hocr'])
    const hocr = outputs[2]?.bytes.toString() ?? ''
    const ids = [...hocr.matchAll(/ id='([^']+)'/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter((id) => id?.startsWith('page_'))).toHaveLength(2)
    expect(hocr).not.toContain('read-')
    const text = await run(pdf, 'pdftotext', ['{}', '-'])
    for (const page of text.split('\f').slice(0, 4)) expect(page.length).toBeGreaterThan(200)
  })

  it('goes on with the pages that another attempt has not read yet', async () => {
    const store = new Map<string, Buffer>()
    const kept: string[] = []
    const parts: FinishedParts = {
      restore: async (name, file) => {
        const there = store.get(name)
        if (there) await writeFile(file, there)
        return there !== undefined
      },
      keep: async (name, file) => {
        kept.push(name)
        store.set(name, await readFile(file))
      },
    }
    const pdf = await scanned([{}, {}])
    const first = await searchable(pdf, { sidecar: true }, { parts })
    expect(kept.splice(0).sort()).toEqual(['page-1.json', 'page-2.json'])
    store.delete('page-2.json')
    const second = await searchable(pdf, { sidecar: true }, { parts })
    expect(kept).toEqual(['page-2.json'])
    // How much of a result is looked at goes by the time that the task took.
    expect({ ...second.result, looked: first.result.looked }).toEqual(first.result)
    expect(second.sidecar).toBe(first.sidecar)
    expect(distance(await wordsOf(second.pdf), await wordsOf(first.pdf))).toEqual({ found: 1, away: 0 })
  })

  it('replaces the text of an earlier recognition, and no other, when it is told to', async () => {
    const first = await searchable(await scanned([{}]))
    const again = await searchable(first.pdf)
    expect(again.result.recognition.pages).toBe(0)
    const second = await searchable(first.pdf, { mode: 'redo' })
    await qpdfCheck(second.pdf)
    expect(second.result.recognition.pages).toBe(1)
    expect(await wordsOf(second.pdf)).toEqual(await wordsOf(first.pdf))
    const own = await searchable(await sample('text-own-twocol-3p.pdf'), { mode: 'redo' })
    expect(own.result.untouched).toBe(3)
  })

  it('reads nearly every letter of a clean scan, and as well with the engine that comes along', async () => {
    const before = await scanned([{}])
    const printed = textOf(await truth())
    const [own, other] = [
      await searchable(before, { sidecar: true, engine: 'javascript' }),
      await searchable(before, { sidecar: true, engine: 'native' }),
    ]
    expect([own.result.engine, other.result.engine]).toEqual(['javascript', 'native'])
    const [ownErrors, errors] = [errorRate(own.sidecar, printed), errorRate(other.sidecar, printed)]
    expect(errors).toBeLessThan(0.02)
    expect(Math.abs(ownErrors - errors)).toBeLessThan(0.01)
    expect(distance(await wordsOf(own.pdf), await wordsOf(other.pdf)).away).toBeLessThan(2)
  })

  it('turns pages upright, and only those', async () => {
    const before = await scanned([{}, { turned: 90 }, { turned: 180 }])
    const { result, pdf } = await searchable(before, { rotate: true })
    expect(result.turned).toEqual([2, 3])
    expect(distance(await wordsOf(pdf), await truth()).away).toBeLessThan(4)
  })

  it('makes pictures of pages that have text when it is forced to', async () => {
    const { result, pdf } = await searchable(manyPages(1), { mode: 'force' })
    expect(result).toMatchObject({ mode: 'force', untouched: 0, recognition: { pages: 1 } })
    await qpdfCheck(pdf)
    expect(await run(pdf, 'pdfimages', ['-list', '{}'])).toMatch(/jpeg/)
  })

  it('makes the result smaller when it is told to, with its text where it was', async () => {
    const before = await scanned([{}])
    const [plain, optimised] = [
      await searchable(before),
      await searchable(before, { optimise: 'medium', sidecar: true }),
    ]
    await qpdfCheck(optimised.pdf)
    expect(optimised.pdf.length).toBeLessThan(plain.pdf.length * 0.7)
    expect(optimised.result.optimised).toMatchObject({
      level: 'medium',
      bytesBefore: plain.pdf.length,
      bytesAfter: optimised.pdf.length,
      gain: 'smaller',
    })
    expect(optimised.outputs).toHaveLength(2)
    expect(distance(await wordsOf(optimised.pdf), await wordsOf(plain.pdf))).toEqual({ found: 1, away: 0 })
  })

  it('leaves a document without a page to read as it is', async () => {
    const before = await sample('text-own-twocol-3p.pdf')
    const { result, pdf } = await searchable(before)
    expect(pdf.equals(before)).toBe(true)
    expect(result).toMatchObject({ untouched: 3, recognition: { pages: 0 } })
  })
})

describe('pages that are no good', () => {
  it('are told of, and keep no other from being read', async () => {
    const { result, pdf } = await searchable(await scanned([{}, { broken: 'blank' }, { broken: 'picture' }]))
    expect(result.recognition).toMatchObject({ pages: 3, blank: [2, 3], failed: [] })
    expect((await wordsOf(pdf)).blocks.length).toBeGreaterThan(5)
  })
})

it('names a page that the engine cannot read, and reads the others', async () => {
  const large = { entries: { MediaBox: [0, 0, 2384, 3370] } }
  const { result } = await searchable(await scanned([{}, large, {}]), {}, { memoryBytes: 150 * 2 ** 20 })
  expect(result).toMatchObject({ untouched: 1, recognition: { pages: 2, lowConfidence: [] } })
  expect(result.recognition.failed).toEqual([{ page: 2, why: expect.stringContaining('tesseract') }])
})

describe('files that are no good', () => {
  it.each([
    ['locked', () => encrypted(manyPages(1), { user: 'secret', owner: 'owner' }), {}, 'encrypted_pdf'],
    ['cut off', () => truncated(manyPages(40), 0.02), {}, 'damaged_pdf'],
    ['empty', () => Buffer.alloc(0), {}, 'empty_file'],
    ['signed', signedLooking, {}, 'signed_pdf'],
    ['tagged', () => sample('text-tagged.pdf'), {}, 'tagged_pdf'],
    ['far too large', hugePage, {}, 'too_many_pixels'],
    ['in an unknown language', () => manyPages(2), { languages: ['tlh'] }, 'unknown_language'],
  ])('refuses one that is %s', async (_, bytes, options, code) => {
    await expect(searchable(await bytes(), options)).rejects.toMatchObject({ code })
  })

  it('takes signed and tagged ones when it is told to', async () => {
    await expect(searchable(signedLooking(), { signed: 'break' })).resolves.toBeDefined()
    await expect(searchable(await sample('text-tagged.pdf'), { tagged: 'take' })).resolves.toBeDefined()
  })
})
