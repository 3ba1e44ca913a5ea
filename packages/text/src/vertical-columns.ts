import {
  type Box,
  boxAround,
  type PlacedBlock,
  type PlacedLine,
  type PlacedPage,
  type PlacedWord,
} from './placed-text.ts'

/** Scripts that are written in columns, too. */
export const columnar = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Bopomofo}]/u

/** Columns of one band are less far above each other, in widths of a column. */
const widestGap = 2
/** Columns of one block are less far beside each other, in their widths. */
const widestLeading = 1.3

/**
 * Puts columns in the order in which they are read: from the right, each from its top, band by band. Poppler takes the
 * lower parts of columns first.
 */
export function inColumns(page: PlacedPage): PlacedPage {
  const words = page.blocks.flat(2)
  if (!words.some(isVertical)) return page
  const inText = words.filter((word) => isVertical(word) || isSingle(word))
  if (inText.length * 2 < words.filter(({ text }) => columnar.test(text)).length) return page
  const columns = new Set(inText)
  const others = page.blocks
    .map((block) => block.map((line) => line.filter((word) => !columns.has(word))).filter(isFilled))
    .filter(isFilled)
  return { ...page, blocks: [...others, ...bandsOf(inText).flatMap(columnsOf)] }
}

const isFilled = (list: readonly unknown[]) => list.length > 0
const widthOf = ({ box: [left, , right] }: PlacedWord) => right - left

function isVertical({ text, box: [left, top, right, bottom] }: PlacedWord): boolean {
  return columnar.test(text) && Array.from(text).length > 1 && bottom - top > (right - left) * 1.5
}

/** What stands alone may belong to a column. */
const isSingle = ({ text }: PlacedWord) => columnar.test(text) && Array.from(text).length === 1

/** Words of the page in bands, one below the other. */
function bandsOf(words: readonly PlacedWord[]): PlacedWord[][] {
  const bands: PlacedWord[][] = []
  let bottom = -Infinity
  for (const word of [...words].sort(({ box: one }, { box: other }) => one[1] - other[1])) {
    if (word.box[1] > bottom + widthOf(word) * widestGap) bands.push([])
    bands.at(-1)?.push(word)
    bottom = Math.max(bottom, word.box[3])
  }
  return bands
}

/** The columns of a band, from the right; those that stand apart are of another block. */
function columnsOf(words: readonly PlacedWord[]): PlacedBlock[] {
  const columns: { box: Box; words: PlacedLine }[] = []
  for (const word of [...words].sort(({ box: one }, { box: other }) => other[2] - one[2])) {
    const last = columns.at(-1)
    const middle = (word.box[0] + word.box[2]) / 2
    if (last && middle > last.box[0]) {
      last.words.push(word)
      last.box = boxAround([last, word])
    } else columns.push({ box: word.box, words: [word] })
  }
  const blocks: PlacedBlock[] = []
  for (const [index, column] of columns.entries()) {
    const before = columns[index - 1]?.box
    const line = column.words.sort(({ box: one }, { box: other }) => one[1] - other[1])
    const [left, , right] = column.box
    if (before && before[0] - right < (right - left) * widestLeading) blocks.at(-1)?.push(line)
    else blocks.push([line])
  }
  return blocks
}
