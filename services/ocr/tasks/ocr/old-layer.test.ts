import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { deflateSync } from 'node:zlib'
import { inspect } from '@pdf-smaller/pdf'
import { describe, expect, it } from 'vitest'
import { toLzw } from '@pdf-smaller/compress/testing/lzw'
import { engineContext } from '@pdf-smaller/engines/testing/context'
import { toAscii85, toAsciiHex, toPngRows, toRunLengths } from '@pdf-smaller/pdf/testing/packings'
import { runTask } from '@pdf-smaller/worker/testing/run-task'
import { qpdfCheck, run } from '@pdf-smaller/testing/pdf/inspect'
import { type MadePage, madeDocument } from '../../testing/made-document.ts'
import { oldLayers } from './old-layer.ts'
import { ocr } from './task.ts'

/** What is seen of each page: a bar, and a number that does not make it a page with text of its own. */
const seen = 'q 0 0 1 rg 20 20 60 10 re f Q BT /F 9 Tf 150 180 Td (7) Tj ET '
const layer = 'BT 3 Tr /F 12 Tf 20 100 Td (OLD words of) Tj 0 -20 Td [(a sc) -20 <616e>] TJ ET '
const both = Buffer.from(seen + layer)
const paragraph = 'Received in March and typed here. '.repeat(6)
const flate = (bytes: Uint8Array) => deflateSync(bytes)
const middle = both.indexOf('of) Tj') + 'of)'.length

const pages: Record<string, MadePage> = {
  plain: { contents: [{ data: both }] },
  '[ASCII85, Flate]': {
    contents: [{ data: toAscii85(flate(both)), entries: '/Filter[/ASCII85Decode/FlateDecode]' }],
  },
  '[A85, Fl] by their short names': {
    contents: [{ data: toAscii85(flate(both)), entries: '/Filter[/A85/Fl]' }],
  },
  '[ASCIIHex, LZW]': {
    contents: [{ data: toAsciiHex(toLzw(both)), entries: '/Filter[/ASCIIHexDecode/LZWDecode]' }],
  },
  'LZW that grows late': {
    contents: [{ data: toLzw(both, 0), entries: '/Filter/LZWDecode/DecodeParms<</EarlyChange 0>>' }],
  },
  'run lengths': { contents: [{ data: toRunLengths(both), entries: '/Filter[/RunLengthDecode]' }] },
  'Flate over Flate': {
    contents: [{ data: flate(flate(both)), entries: '/Filter[/FlateDecode/FlateDecode]' }],
  },
  'Flate with a predictor': {
    contents: [
      {
        data: flate(toPngRows(both, 10)),
        entries: '/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 10>>',
      },
    ],
  },
  'streams that end within an operation': {
    contents: [
      { data: flate(both.subarray(0, middle)), entries: '/Filter/FlateDecode' },
      { data: both.subarray(middle) },
    ],
  },
  'a form': { contents: [{ data: Buffer.from(`${seen}/A Do`) }], forms: { A: { data: layer } } },
  'a form within a form': {
    contents: [{ data: Buffer.from(`${seen}/A Do`) }],
    forms: { A: { data: 'q /B Do Q', own: ['B'] }, B: { data: layer, own: [] } },
  },
  'a form within one without resources': {
    contents: [{ data: Buffer.from(`${seen}/A Do`) }],
    forms: { A: { data: '/B Do' }, B: { data: layer } },
  },
  'a form that the page hides': {
    contents: [{ data: Buffer.from(`${seen} 3 Tr /A Do`) }],
    forms: { A: { data: layer.replace('3 Tr', '') } },
  },
  'a form that draws itself': {
    contents: [{ data: Buffer.from(`${seen}/A Do`) }],
    forms: { A: { data: `${layer}/A Do`, own: ['A'] } },
  },
}

const kept: Record<string, [MadePage, string]> = {
  'text that is seen beside it': [
    { contents: [{ data: `${both.toString()} BT 0 Tr /F 9 Tf 20 60 Td (${paragraph}) Tj ET` }] },
    'text that is seen stands beside it',
  ],
  'text that is seen behind it': [
    { contents: [{ data: `${seen} BT 3 Tr /F 9 Tf 20 60 Td (OLD words of a scan) Tj 0 Tr (8) Tj ET` }] },
    'text that is seen goes on from it',
  ],
  'contents that are broken in the middle': [
    { contents: [{ data: `${both.toString()} ] ${layer}` }] },
    'its contents can be read in part only',
  ],
  'a filter with parameters that readers differ on': [
    {
      contents: [{ data: flate(both), entries: '/Filter[/FlateDecode]/DecodeParms<</Predictor 1>>' }],
    },
    'its contents cannot be unpacked',
  ],
  'a form that is drawn seen, too': [
    {
      contents: [{ data: `${seen} /A Do 3 Tr /A Do` }],
      forms: { A: { data: 'BT /F 9 Tf 9 9 Td (OLD text) Tj ET' } },
    },
    'a form with it is drawn with text that is seen, too',
  ],
}

const textOf = (pdf: Buffer) => run(pdf, 'pdftotext', ['{}', '-'])
const looksOf = (pdf: Buffer) =>
  run(pdf, 'sh', ['-c', 'pdftoppm -r 40 "$0" page && sha1sum $(ls page-* | sort -V) | cut -d" " -f1', '{}'])

/** A document without the old layers of some of its pages. */
async function without(pdf: Buffer, wanted: readonly number[]) {
  await using test = await engineContext()
  const [source, output] = [path.join(test.folder, 'in.pdf'), path.join(test.folder, 'out.pdf')]
  await writeFile(source, pdf)
  const document = await inspect(source, test.context)
  const texts = (await textOf(pdf)).split('\f')
  const { removable, kept } = await oldLayers(document, wanted, texts, test.context.signal)
  for (const each of removable.values()) await each.remove()
  await document.copy.write(output, test.context)
  return { removed: [...removable.keys()], kept, bytes: await readFile(output) }
}

describe('the text of an earlier recognition', () => {
  it('is found and taken away however it is packed, and nothing else', async () => {
    const made = Object.values(pages)
    const pdf = madeDocument(made)
    const numbers = made.map((_, index) => index + 1)
    expect((await textOf(pdf)).match(/OLD/g)?.length).toBeGreaterThanOrEqual(made.length)
    const { removed, kept, bytes } = await without(pdf, numbers)
    expect(kept).toEqual([])
    expect(removed.map((page) => Object.keys(pages)[page - 1])).toEqual(Object.keys(pages))
    await qpdfCheck(bytes)
    expect((await textOf(bytes)).split(/\s+/).filter(Boolean)).toEqual(made.map(() => '7'))
    expect(await looksOf(bytes)).toBe(await looksOf(pdf))
  })

  it('stays on pages that are not asked for, and share their forms with those that are', async () => {
    const page = pages['a form within a form'] ?? { contents: [] }
    const pdf = madeDocument([page, { ...page, sharesForms: true }])
    const { bytes } = await without(pdf, [2])
    const [first, second] = (await textOf(bytes)).split('\f')
    expect(first).toContain('OLD words')
    expect(second?.trim()).toBe('7')
    expect(await looksOf(bytes)).toBe(await looksOf(pdf))
  })

  it.each(Object.entries(kept))('is told of where it stays: %s', async (_, [page, why]) => {
    const pdf = madeDocument([page])
    expect(await without(pdf, [1])).toMatchObject({ removed: [], kept: [{ page: 1, why }] })
  })

  it('is nothing that a page without any has', async () => {
    const pdf = madeDocument([
      { contents: [{ data: `${seen} BT /F 9 Tf 9 9 Td (Typed by a program) Tj ET` }] },
    ])
    expect(await without(pdf, [1])).toMatchObject({ removed: [], kept: [] })
  })
})

const fault = path.join(import.meta.dirname, '../../../../../shared/faults/redo-a85-old-layer.pdf')

describe('ocr in mode redo', () => {
  it('tells what became of old layers', async () => {
    const [told] = Object.values(kept)
    const bytes = madeDocument([pages['[ASCII85, Flate]'], told?.[0]].flatMap((page) => page ?? []))
    const { result, outputs } = await runTask(ocr, [{ name: 'a.pdf', bytes }], { mode: 'redo' })
    const why = 'text that is seen stands beside it'
    expect(result).toMatchObject({ untouched: 1, oldLayers: { replaced: 1, kept: [{ page: 2, why }] } })
    const texts = (await textOf(outputs[0]?.bytes ?? Buffer.alloc(0))).split('\f')
    expect(texts[0]).not.toContain('OLD')
    expect(texts[1]).toContain('OLD')
  })

  it.runIf(existsSync(fault))('replaces a layer packed as ReportLab does', async () => {
    const bytes = await readFile(fault)
    const { result, outputs } = await runTask(ocr, [{ name: 'a.pdf', bytes }], { mode: 'redo' })
    expect(result).toMatchObject({ untouched: 0, oldLayers: { replaced: 1, kept: [] } })
    expect(await textOf(outputs[0]?.bytes ?? Buffer.alloc(0))).not.toContain('OLD')
  })
})
