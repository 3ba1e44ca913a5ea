import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fixed } from './changes.ts'

/** Three pages with some of everything, in the text form of qpdf; report.py has made it. */
export const report = () => readFile(path.join(import.meta.dirname, 'report.pdf'))

/** A document by hand: its objects from 1 on, each as text; the first is the catalogue. */
function byHand(objects: readonly string[]): Buffer {
  const numbered = objects.map((text, index) => `${index + 1} 0 obj\n${text}\nendobj\n\n`)
  return fixed(
    `%PDF-1.7\n%QDF-1.0\n\n${numbered.join('')}xref\n0 1\ntrailer <<\n  /Root 1 0 R\n  /Size 1\n>>\nstartxref\n0\n%%EOF\n`,
  )
}

const dictionary = (entries: string) => `<<\n${entries}\n>>`
const stream = (entries: string, number: number, data: string) => [
  `<<\n${entries}\n  /Length ${number + 1} 0 R\n>>\nstream\n${data}\nendstream`,
  String(data.length + 1),
]

const helvetica = dictionary('/Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding')

/** How many objects each page of the long document takes, behind the first three. */
const perPage = 6
const pageObject = (page: number) => 4 + (page - 1) * perPage
export const longPages = 300

/** Three hundred pages: a sentence with numbers, a form with a sign, and a link to the following page on each. */
export function long(): Buffer {
  const numbers = Array.from({ length: longPages }, (_, index) => index + 1)
  const kids = numbers.map((page) => `${pageObject(page)} 0 R`).join(' ')
  const page = (number: number) => {
    const own = pageObject(number)
    const following = pageObject(Math.min(number + 1, longPages))
    const text = `BT /F1 9 Tf 10 40 Td (Page ${number} of the long report, sum ${number * 7}.50) Tj ET\nq 1 0 0 1 170 10 cm /Sign Do Q`
    return [
      dictionary(
        `/Type /Page /Parent 2 0 R /Contents ${own + 1} 0 R /Annots [ ${own + 5} 0 R ]\n` +
          `/Resources << /Font << /F1 3 0 R >> /XObject << /Sign ${own + 3} 0 R >> >>`,
      ),
      ...stream('', own + 1, text),
      ...stream('/Type /XObject /Subtype /Form /BBox [ 0 0 20 20 ]', own + 3, `0 0.3 0.8 rg 0 0 20 20 re f 1 1 0 rg ${number % 15} 5 5 5 re f`),
      dictionary(`/Type /Annot /Subtype /Link /F 4 /Border [ 0 0 0 ] /Rect [ 10 10 60 20 ] /Dest [ ${following} 0 R /Fit ]`),
    ]
  } // prettier-ignore
  return byHand([
    dictionary('/Type /Catalog /Pages 2 0 R'),
    dictionary(`/Type /Pages /Count ${longPages} /MediaBox [ 0 0 200 60 ] /Kids [ ${kids} ]`),
    helvetica,
    ...numbers.flatMap(page),
  ])
}

/** A page with so many numbers that a few words more or less are not many: a price list. */
export function prices(): Buffer {
  const rows = Array.from({ length: 60 }, (_, row) =>
    Array.from({ length: 12 }, (__, column) => ((row * 37 + column * 101) % 997) / 10 + 100).map((each) => each.toFixed(2)).join(' '),
  ) // prettier-ignore
  const text = rows.map((row, index) => `BT /F1 7 Tf 10 ${500 - index * 8} Td (${row}) Tj ET`).join('\n')
  return byHand([
    dictionary('/Type /Catalog /Pages 2 0 R'),
    dictionary('/Type /Pages /Count 1 /MediaBox [ 0 0 400 520 ] /Kids [ 3 0 R ]'),
    dictionary('/Type /Page /Parent 2 0 R /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >>'),
    helvetica,
    ...stream('', 5, text),
  ])
}

/** The report, locked so that it opens for everybody and may not be printed. */
export const locked = ['--encrypt', '', 'owner', '256', '--print=none', '--', 'IN'] as const
