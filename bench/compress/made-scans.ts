import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { compressFile } from '@pdf-smaller/compress/testing/context'
import { foundAmounts } from '@pdf-smaller/recognition/testing/amounts-in'
import { type Scanner, scanAmounts } from '@pdf-smaller/testing/pdf/scan-amounts'
import { amountsRead, marksLost } from './marks.ts'

/** Black print, coloured words with a red stamp across a line, and print in shades of 40 to 60 %. */
const scans: readonly Scanner[] = [
  { dpi: 100, colours: 'grey', noise: 3, quality: 80 },
  { dpi: 150, colours: 'grey', noise: 4, quality: 75 },
  { dpi: 150, colours: 'colour', noise: 2, quality: 85 },
  { dpi: 300, colours: 'colour', noise: 4, quality: 60 },
  { dpi: 100, colours: 'grey', noise: 3, quality: 80, isFaint: true },
  { dpi: 150, colours: 'grey', noise: 3, quality: 80, isFaint: true },
  { dpi: 150, colours: 'colour', noise: 3, quality: 80, isFaint: true },
  { dpi: 200, colours: 'grey', noise: 3, quality: 80, isFaint: true },
]
const levels = ['medium', 'high', 'maximum'] as const

export type MadeScan = {
  scan: string
  level: string
  bytesBefore: number
  bytesAfter: number
  amounts: number
  amountsLost: number
  marks: number
  marksLost: number
}

const nameOf = ({ dpi, colours, isFaint }: Scanner) => `${dpi} ppi, ${isFaint ? 'faint, ' : ''}${colours}`

/** What made scans lose at each level: amounts that Tesseract reads before and not after, and marks. */
export async function measureMadeScans(): Promise<MadeScan[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-made-'))
  try {
    const rows: MadeScan[] = []
    for (const scanner of scans) {
      const { pdf, printed } = await scanAmounts(scanner)
      const [before, after] = [path.join(folder, 'before.pdf'), path.join(folder, 'after.pdf')]
      await writeFile(before, pdf)
      const read = await amountsRead(before)
      const known = printed.filter((amount) => read.includes(amount))
      for (const level of levels) {
        const { output } = await compressFile(before, { level })
        await writeFile(after, output)
        const { marks, lost } = await marksLost(before, after)
        rows.push({
          scan: nameOf(scanner),
          level,
          bytesBefore: pdf.length,
          bytesAfter: output.length,
          amounts: known.length,
          amountsLost: known.length - foundAmounts(await amountsRead(after), known),
          marks,
          marksLost: lost,
        })
      }
    }
    return rows
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export function madeScanTable(rows: readonly MadeScan[]): string {
  const lines = rows.map((row) =>
    [
      row.scan,
      row.level,
      row.bytesBefore,
      row.bytesAfter,
      `${row.amountsLost} of ${row.amounts}`,
      `${row.marksLost} of ${row.marks}`,
    ].join(' | '),
  )
  const head =
    '| made scan | level | bytes before | after | amounts lost | marks lost |\n|---|---|---|---|---|---|'
  return [head, ...lines.map((line) => `| ${line} |`)].join('\n')
}
