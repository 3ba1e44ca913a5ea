import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { amountPages } from '@pdf-smaller/testing/pdf/amounts'
import { bankStatement } from '@pdf-smaller/testing/pdf/bank-statement'
import { createDocument } from '@pdf-smaller/testing/pdf/document'
import { invoice } from '@pdf-smaller/testing/pdf/invoice'
import { addScan, type Scan } from '@pdf-smaller/testing/pdf/scan'
import { amountsIn } from '@pdf-smaller/recognition/testing/amounts-in'

const execute = promisify(execFile)

/** The ways to scan that are looked at. */
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
const scansOfEach = 5

/** A page that was printed and scanned, and the amounts that stand on it. */
export type AmountPage = { title: string; amounts: string[] }

/** Scans of documents of the project itself, five of each, so that each way to scan is there for four of them: 40 pages. */
export async function amountScans(folder: string): Promise<{ file: string; pages: AmountPage[] }> {
  const sources = { 'bank statement': bankStatement, invoice, ...amountPages }
  const document = createDocument({ title: 'Amounts', producer: 'Bench' })
  const pages: AmountPage[] = []
  for (const [index, [kind, make]] of Object.entries(sources).entries()) {
    const source = path.join(folder, 'source.pdf')
    await writeFile(source, make())
    const { stdout } = await execute('pdftotext', ['-l', '1', '-layout', source, '-'])
    for (let turn = 0; turn < scansOfEach; turn++) {
      const scan = scans[(index * scansOfEach + turn * 3) % scans.length] ?? { dpi: 200, tones: 'gray' }
      const drawn = path.join(folder, 'drawn')
      const size = ['-r', String(scan.dpi), '-gray', '-tiff', '-singlefile']
      await execute('pdftoppm', [...size, source, drawn])
      await addScan(document, sharp(await readFile(`${drawn}.tif`)), scan)
      pages.push({ title: `${kind}, ${described(scan)}`, amounts: amountsIn(stdout) })
    }
  }
  const file = path.join(folder, 'amounts.pdf')
  await writeFile(file, document.save())
  return { file, pages }
}

const described = ({ dpi, tones, askew = 0, grain = 0 }: Scan) =>
  [`${dpi} dpi`, tones, askew === 0 ? '' : `askew by ${askew}°`, grain === 0 ? '' : 'grainy']
    .filter((each) => each !== '')
    .join(', ')
