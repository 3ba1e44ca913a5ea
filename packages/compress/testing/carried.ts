import { run } from '@pdf-smaller/testing/pdf/inspect'

/** What a document carries, asked from tools that have no part in compressing or judging it. */
export type Carried = Record<
  'boxes' | 'structure' | 'destinations' | 'addresses' | 'attachments' | 'outline' | 'fields' | 'protection',
  unknown
>

/** Reads what must survive; two documents that carry the same have equal answers. */
export async function carried(pdf: Buffer): Promise<Carried> {
  const [boxes, structure, destinations, addresses, attachments, json] = await Promise.all([
    run(pdf, 'pdfinfo', ['-box', '-l', '100000', '{}']),
    run(pdf, 'pdfinfo', ['-struct', '{}']),
    run(pdf, 'pdfinfo', ['-dests', '{}']),
    run(pdf, 'pdfinfo', ['-url', '{}']),
    run(pdf, 'pdfdetach', ['-list', '{}']),
    run(pdf, 'qpdf', ['--warning-exit-0', '--json=2', '--json-key=outlines', '--json-key=acroform', '{}']),
  ])
  const { outlines, acroform } = JSON.parse(json)
  return {
    boxes: boxes
      .split('\n')
      .filter((row) => /^(Pages|Page +\d|Tagged|Form|Title|Author|Subject|Keywords|JavaScript)/.test(row)),
    // Attributes come in any order, and numbers of objects change.
    structure: structure.split('\n').filter((row) => !/^\s+(\/|Object )/.test(row)),
    destinations,
    addresses,
    attachments,
    outline: titlesOf(outlines),
    fields: acroform.fields
      .map((field: Record<string, unknown>) => [field['fullname'], field['fieldtype'], field['pageposfrom1']])
      .sort(),
    protection: boxes.split('\n').find((row) => row.startsWith('Encrypted')),
  }
}

function titlesOf(outlines: { title: string; destpageposfrom1: number; kids: [] }[]): unknown[] {
  return outlines.map(({ title, destpageposfrom1, kids }) => [title, destpageposfrom1, titlesOf(kids)])
}

/** The words of a document, in the order in which a reader reads them. */
export async function wordsOf(pdf: Buffer): Promise<string[]> {
  return (await run(pdf, 'pdftotext', ['-enc', 'UTF-8', '{}', '-'])).split(/\s+/).filter(Boolean)
}

/** Pages in small, in grey: enough to see that nothing is missing or moved. */
export async function drawn(pdf: Buffer, lastPage: number): Promise<Buffer> {
  const script = 'pdftoppm -gray -r 40 -l "$1" "$0"'
  return Buffer.from(await run(pdf, 'sh', ['-c', `${script} | base64 -w0`, '{}', String(lastPage)]), 'base64')
}

/** The mean difference of two drawings, in levels of 255. */
export function difference(a: Buffer, b: Buffer): number {
  if (a.length !== b.length) return 255
  let sum = 0
  for (const [at, value] of a.entries()) sum += Math.abs(value - (b[at] ?? 0))
  return sum / a.length
}

/** The largest difference between the channels of any pixel on the first page, 0 to 255. */
export async function colourfulness(pdf: Buffer): Promise<number> {
  const script = 'pdftoppm -r 20 -singlefile "$0" | base64 -w0'
  const ppm = Buffer.from(await run(pdf, 'sh', ['-c', script, '{}']), 'base64')
  const samples = ppm.subarray(ppm.indexOf('255\n') + 4)
  let most = 0
  for (let at = 0; at + 2 < samples.length; at += 3) {
    const pixel = [...samples.subarray(at, at + 3)]
    most = Math.max(most, Math.max(...pixel) - Math.min(...pixel))
  }
  return most
}

/** The part of the pixels of a page that are neither black nor white, drawn with hard edges at 300 pixels per inch. */
export async function shadesPart(pdf: Buffer, page: number): Promise<number> {
  const script = 'pdftoppm -gray -aa no -aaVector no -r 300 -f "$1" -singlefile "$0" | base64 -w0'
  const pgm = Buffer.from(await run(pdf, 'sh', ['-c', script, '{}', String(page)]), 'base64')
  const samples = pgm.subarray(pgm.indexOf('255\n') + 4)
  return samples.filter((value) => value > 15 && value < 240).length / samples.length
}

/** How many bits each sample of the images has, smallest first. */
export async function imageBits(pdf: Buffer): Promise<number[]> {
  const rows = (await run(pdf, 'pdfimages', ['-list', '{}'])).trim().split('\n').slice(2)
  return [...new Set(rows.map((row) => Number(row.trim().split(/\s+/)[7])))].sort((x, y) => x - y)
}
