import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { createDocument } from '../../test/fixtures/pdf/document.ts'
import { amountPages } from '../../test/fixtures/pdf/amounts.ts'
import { bankStatement } from '../../test/fixtures/pdf/bank-statement.ts'
import { invoice } from '../../test/fixtures/pdf/invoice.ts'
import { bell, seeded } from '../../test/fixtures/pdf/random.ts'
import { amountsIn } from './amounts-in.ts'

const execute = promisify(execFile)

/** How a page was scanned: pixels per inch, shades or one bit, degrees askew, and the strength of the scanner's grain. */
export type Scan = { dpi: number; tones: 'gray' | 'bitonal'; askew?: number; grain?: number }

const scans: readonly Scan[] = [
  { dpi: 100, tones: 'gray' },
  { dpi: 150, tones: 'gray' },
  { dpi: 200, tones: 'gray' },
  { dpi: 200, tones: 'bitonal' },
  { dpi: 300, tones: 'gray' },
  { dpi: 150, tones: 'gray', askew: 0.8 },
  { dpi: 200, tones: 'gray', askew: -1.6, grain: 12 },
  { dpi: 300, tones: 'bitonal', askew: 0.5 },
  { dpi: 150, tones: 'gray', grain: 25 },
  { dpi: 200, tones: 'bitonal', askew: -0.7, grain: 20 },
]

/** A page that was printed and scanned, as a document of its own, with the amounts that stand on it. */
export type AmountScan = { title: string; kind: string; scan: Scan; file: string; amounts: string[] }

/** Five scans of each document, so that each way to scan is there for four of them: 40 pages. */
export async function amountScans(folder: string): Promise<AmountScan[]> {
  const sources = { 'bank statement': bankStatement, invoice, ...amountPages }
  const made: AmountScan[] = []
  for (const [index, [kind, make]] of Object.entries(sources).entries()) {
    const source = path.join(folder, `${index}.pdf`)
    await writeFile(source, make())
    const { stdout } = await execute('pdftotext', ['-l', '1', '-layout', source, '-'])
    for (const [at, scan] of scans.entries()) {
      if (at % 2 !== index % 2) continue
      const file = path.join(folder, `${index}-${at}.pdf`)
      await writeFile(file, await scanOf(source, scan, index * 10 + at))
      made.push({ title: `${kind}, ${described(scan)}`, kind, scan, file, amounts: amountsIn(stdout) })
    }
  }
  return made
}

const described = ({ dpi, tones, askew = 0, grain = 0 }: Scan) =>
  [`${dpi} dpi`, tones, askew === 0 ? '' : `${askew}°`, grain === 0 ? '' : 'grain'].filter(Boolean).join(' ')

async function scanOf(
  source: string,
  { dpi, tones, askew = 0, grain = 0 }: Scan,
  seed: number,
): Promise<Buffer> {
  const prefix = `${source}-drawn`
  await execute('pdftoppm', ['-r', String(dpi), '-gray', '-tiff', '-singlefile', source, prefix])
  const { data, info } = await sharp(await readFile(`${prefix}.tif`))
    .rotate(askew, { background: 'white' })
    .blur(0.5)
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const next = seeded(seed)
  const { width, height } = info
  const size = { width: (width * 72) / dpi, height: (height * 72) / dpi }
  const document = createDocument({ title: 'Scan', producer: 'Bench' })
  const shades = data.map((shade) => Math.min(255, Math.max(0, shade + bell(next) * grain)))
  const bits = tones === 'gray' ? 8 : 1
  const picture = sharp(shades, { raw: { width, height, channels: 1 } })
  const samples =
    bits === 8 ? await picture.toColourspace('b-w').jpeg({ quality: 80 }).toBuffer() : packed(shades, width)
  const image = document.writer.addStream(
    {
      Type: 'XObject',
      Subtype: 'Image',
      Width: width,
      Height: height,
      ColorSpace: 'DeviceGray',
      BitsPerComponent: bits,
      ...(bits === 8 ? { Filter: 'DCTDecode' } : {}),
    },
    samples,
    { compress: bits === 1 },
  )
  document.page(size).image(image, { x: 0, y: 0, ...size })
  return document.save()
}

/** Shades as one bit each, lit where they are lighter than print; rows begin at whole bytes. */
function packed(shades: Uint8Array, width: number): Buffer {
  const stride = Math.ceil(width / 8)
  const bits = Buffer.alloc(stride * (shades.length / width))
  for (const [at, shade] of shades.entries()) {
    const byte = Math.floor(at / width) * stride + ((at % width) >> 3)
    if (shade >= 150) bits[byte] = (bits[byte] ?? 0) | (0x80 >> ((at % width) % 8))
  }
  return bits
}
