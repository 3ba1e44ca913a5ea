import type { Library } from './library.ts'

/** A word of a page with its box on the page as it is shown, in points from its upper left corner. */
export type PdfWord = { text: string; box: [left: number, top: number, right: number, bottom: number] }

/** What a page says, and how large it is as it is shown, in points. */
export type PdfWords = { width: number; height: number; words: PdfWord[] }

/** A page that says more is a table of thousands of rows, or made to fill memory: what is beyond is left out. */
const [mostLetters, mostWords, longestWord] = [200_000, 20_000, 200]

type Box = PdfWord['box']

/**
 * The words of a page in the order of its contents. Letters belong to one word as long as no space and no gap of more than
 * half their size is between them, whichever way they run.
 * @param page as PDFium has loaded it
 */
export function pageWords(library: Library, page: number): PdfWords {
  const { call } = library
  const [width, height] = [call.FPDF_GetPageWidthF(page), call.FPDF_GetPageHeightF(page)]
  const text = call.FPDFText_LoadPage(page)
  if (text === 0) return { width, height, words: [] }
  const place = openPlace(library, page, width, height)
  try {
    const letters = Math.min(call.FPDFText_CountChars(text), mostLetters)
    const gathered = gatherWords()
    for (let index = 0; index < letters && !gathered.isFull(); index++) {
      const letter = call.FPDFText_GetUnicode(text, index)
      const isSpace = letter <= 0x20 || letter > 0x10ffff || /\s/u.test(String.fromCodePoint(letter))
      const box = isSpace ? undefined : place.of(text, index)
      if (box) gathered.add(String.fromCodePoint(letter), box)
      else gathered.endWord()
    }
    return { width, height, words: gathered.words() }
  } finally {
    place.close()
    call.FPDFText_ClosePage(text)
  }
}

/** Puts letters together. */
function gatherWords() {
  const words: PdfWord[] = []
  let last: Box | undefined
  return {
    add: (letter: string, box: Box) => {
      const word = words.at(-1)
      const goesOn = word && last && word.text.length < longestWord && isBeside(last, box)
      last = box
      if (!goesOn) return void words.push({ text: letter, box: [...box] })
      word.text += letter
      word.box = around(word.box, box)
    },
    endWord: () => (last = undefined),
    isFull: () => words.length >= mostWords,
    words: () => words,
  }
}

function isBeside(one: Box, other: Box): boolean {
  const across = Math.max(0, other[0] - one[2], one[0] - other[2])
  const down = Math.max(0, other[1] - one[3], one[1] - other[3])
  const size = Math.max(one[3] - one[1], other[3] - other[1], one[2] - one[0], other[2] - other[0])
  return Math.max(across, down) <= size / 2
}

const around = (one: Box, other: Box): Box => [
  Math.min(one[0], other[0]),
  Math.min(one[1], other[1]),
  Math.max(one[2], other[2]),
  Math.max(one[3], other[3]),
]

/** Finds where letters stand on the page as it is shown: turned, cut to its crop box, with the origin at the top. */
function openPlace({ call, memory, allocate, free }: Library, page: number, width: number, height: number) {
  const at = allocate(16)
  // PDFium gives whole pixels: of such a page each is a hundredth of a point, unless the page is huge.
  const scale = Math.min(100, 1e6 / Math.max(width, height, 1))
  const [across, down] = [Math.round(width * scale), Math.round(height * scale)]
  const shown = (x: number, y: number): [number, number] | undefined => {
    if (!call.FPDF_PageToDevice(page, 0, 0, across, down, 0, x, y, at, at + 4)) return undefined
    const view = new DataView(memory().buffer, at, 8)
    return [view.getInt32(0, true) / scale, view.getInt32(4, true) / scale]
  }
  return {
    of: (text: number, index: number): Box | undefined => {
      // As tall as its line and as wide as it moves on: letters that are not drawn, as those of OCR, have no outline.
      if (!call.FPDFText_GetLooseCharBox(text, index, at)) return undefined
      const view = new DataView(memory().buffer, at, 16)
      const [left, top, right, bottom] = [0, 4, 8, 12].map((offset) => view.getFloat32(offset, true))
      const [one, other] = [shown(left ?? 0, top ?? 0), shown(right ?? 0, bottom ?? 0)]
      return one && other ? around([...one, ...one], [...other, ...other]) : undefined
    },
    close: () => free(at),
  }
}
