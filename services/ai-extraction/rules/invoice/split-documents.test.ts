import { expect, it } from 'vitest'
import { splitDocuments } from './split-documents.ts'
import type { PageWords, Word } from '../../reading/page-words.ts'

/** A page with a title, a number beside its label, and lines below. */
function page(number: number, title: string, invoiceNumber: string | undefined): PageWords {
  const words: Word[] = []
  const put = (text: string, left: number, top: number, size: number) => {
    let l = left
    for (const part of text.split(' ')) {
      const r = l + part.length * size * 0.55
      words.push({ text: part, box: { l, t: top, r, b: top + size }, confidence: 1, source: 'text' })
      l = r + size * 0.3
    }
  }
  put(title, 50, 60, 22)
  if (invoiceNumber !== undefined) put(`Invoice number: ${invoiceNumber}`, 50, 110, 10)
  for (let line = 0; line < 12; line++) put(`${line + 1} Thing 2 5.00 10.00`, 50, 200 + line * 20, 10)
  return { number, width: 595, height: 842, words }
}
const numbersOf = (parts: readonly (readonly PageWords[])[]) =>
  parts.map((part) => part.map(({ number }) => number))

it('begins a document where a page has a title and another number', () => {
  const pages = [
    page(1, 'INVOICE', 'A-1001'),
    page(2, 'INVOICE', 'A-1001'),
    page(3, 'INVOICE', 'A-1002'),
    page(4, 'Continued', undefined),
    page(5, 'INVOICE', 'A-1003'),
  ]
  expect(numbersOf(splitDocuments(pages))).toEqual([[1, 2], [3, 4], [5]])
})

it('leaves a document of many pages, and one without numbers, whole', () => {
  const same = Array.from({ length: 4 }, (_, index) => page(index + 1, 'INVOICE', 'A-7'))
  expect(numbersOf(splitDocuments(same))).toEqual([[1, 2, 3, 4]])
  const none = Array.from({ length: 3 }, (_, index) => page(index + 1, 'Report', undefined))
  expect(numbersOf(splitDocuments(none))).toEqual([[1, 2, 3]])
})
