import { createReadStream } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import { JobFailure, type PageWords } from '@pdf-smaller/contracts'
import { readHocr } from '@pdf-smaller/text'
import type { Pages } from './pages.ts'

const pageMark = "<div class='ocr_page'"
/** Characters of one page; a page of text has some hundred thousand. */
const longestPage = 8 * 2 ** 20

/** The pages that were read, with their words and how surely each was read. Their numbers are those of the document. */
export function hocrPages(file: string): Pages {
  const draw = () =>
    Promise.reject(new JobFailure('no_pages', 'it holds words alone; name the document for its pictures'))
  return {
    look: async () => {
      let last = 0
      for await (const page of pagesIn(file)) last = Math.max(last, numberOf(page))
      return { pages: last, sizes: [] }
    },
    draw,
    words: async (asked) => {
      for await (const page of pagesIn(file)) if (numberOf(page) === asked) return wordsIn(page)
      throw new JobFailure('no_such_page', `page ${asked} was not read`)
    },
  }
}

function wordsIn(text: string): PageWords {
  const page = readHocr(text)
  if (!page) throw new JobFailure('no_pages', 'it is no hOCR')
  const words = page.paragraphs.flat().flatMap((line) => line.words)
  return {
    width: Math.max(1, page.width),
    height: Math.max(1, page.height),
    words: words.slice(0, 20_000).map(({ text, box, confidence }) => ({
      text: text.slice(0, 500),
      box: [...box],
      confidence: Math.min(100, Math.max(0, confidence)),
    })),
  }
}

/** `ppageno` counts from 0. */
const numberOf = (page: string) => Number(/ppageno (\d{1,9})/.exec(page.slice(0, 1000))?.[1] ?? -1) + 1

/** Piece by piece: one of a thousand pages would fill the memory. @throws JobFailure too_large */
async function* pagesIn(file: string): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8')
  let text = ''
  for await (const chunk of createReadStream(file, { highWaterMark: 2 ** 20 })) {
    text += decoder.write(chunk)
    for (let next = nextPage(text); next > 0; next = nextPage(text)) {
      const page = text.slice(0, next)
      if (page.startsWith(pageMark)) yield page
      text = text.slice(next)
    }
    if (text.length > longestPage) throw new JobFailure('too_large', 'a page of the hOCR')
  }
  if (text.startsWith(pageMark)) yield text
}

/** Where the next page begins, beyond the start. */
const nextPage = (text: string) => text.indexOf(pageMark, 1)
