import { hasLeftward, type ReadLine, type ReadPage } from '@pdf-smaller/text'

/** Half an em, as wide as all glyphs of the font of the layers are. */
export const glyphWidth = 0.5

type Word = ReadLine['words'][number]

/** Scripts that have no spaces between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/**
 * The operators that write the words of a page where they stand, unseen (text rendering mode 3, ISO 32000-1, 9.3.6); the
 * origin is the lower left corner of the page. Each word is stretched to its width and stands on the line of its letters.
 * @param font its name among the resources
 */
export function textLayer({ height, paragraphs }: ReadPage, font: string): Buffer {
  const lines = paragraphs.flat().map((line) => lineText(line, height, font))
  return Buffer.from(`BT 3 Tr\n${lines.join('')}ET\n`, 'latin1')
}

/** The first word says where the line begins and how it is turned; one that is turned as that only how far on it is. */
function lineText(line: ReadLine, pageHeight: number, font: string): string {
  const size = short(line.height)
  let pen: Pen | undefined
  const words = line.words.map((word, index) => {
    const { x, y, axis, length } = placeOf(word, line, pageHeight)
    const isTurnedAlike = pen && axis.every((value, at) => value === pen?.axis[at])
    const start: string = pen && isTurnedAlike ? moved(pen, x, y) : (pen = penAt(x, y, axis)).start
    const stretch = Math.round((100 * length) / (word.text.length * glyphWidth * size))
    return `${start} ${stretch} Tz${literal(word.text + spaceBetween(word, line.words[index + 1]))}Tj\n`
  })
  return `${font} ${size} Tf\n${words.join('')}`
}

/** The first numbers of a text matrix: which way a line runs, and which way is up. */
type Axis = readonly [alongX: number, alongY: number, upX: number, upY: number]
/** Where text begins, as the rounded numbers that were written come to. */
type Pen = { along: number; up: number; axis: Axis; start: string }

const alongOf = (x: number, y: number, [alongX, alongY]: Axis) => x * alongX + y * alongY
const upOf = (x: number, y: number, [, , upX, upY]: Axis) => x * upX + y * upY

function penAt(x: number, y: number, axis: Axis): Pen {
  const [left, bottom] = [short(x), short(y)]
  const start = `${axis.join(' ')} ${left} ${bottom} Tm`
  return { along: alongOf(left, bottom, axis), up: upOf(left, bottom, axis), axis, start }
}

function moved(pen: Pen, x: number, y: number): string {
  const [along, up] = [short(alongOf(x, y, pen.axis) - pen.along), short(upOf(x, y, pen.axis) - pen.up)]
  pen.along += along
  pen.up += up
  return `${along} ${up} Td`
}

/** Where a word begins, which way it runs, and how long it is. */
function placeOf(word: Word, line: ReadLine, pageHeight: number) {
  const [left, top, right, bottom] = word.box
  const angle = isColumn(word, line) ? 270 : line.angle
  const slope = angle === 0 ? line.baseline.slope : 0
  const isLeftward = hasLeftward(word.text)
  const [x, y] = {
    0: isLeftward ? [right, baselineAt(right, line)] : [left, baselineAt(left, line)],
    90: [right, isLeftward ? top : bottom],
    180: [isLeftward ? left : right, top],
    270: [left, isLeftward ? bottom : top],
  }[angle] satisfies number[]
  const turn = Math.atan(slope) + (angle * Math.PI) / 180
  const [cosine, sine] = [Math.cos(turn), Math.sin(turn)]
  // Text that runs to the left is mirrored, so that its letters follow each other as they are read.
  const along = isLeftward ? [-cosine, -sine] : [cosine, sine]
  const [alongX = 0, alongY = 0, upX = 0, upY = 0] = [...along, -sine, cosine].map(ratio)
  const axis: Axis = [alongX, alongY, upX, upY]
  const length = angle % 180 === 0 ? (right - left) * Math.hypot(1, slope) : bottom - top
  return { x: x ?? 0, y: pageHeight - (y ?? 0), axis, length }
}

/** Letters that stand below each other are a line that runs down. */
function isColumn({ text, box: [left, top, right, bottom] }: Word, { angle }: ReadLine): boolean {
  return angle === 0 && text.length > 1 && unspaced.test(text) && bottom - top > 2 * (right - left)
}

const baselineAt = (x: number, { box: [left, , , bottom], baseline: { slope, above } }: ReadLine): number =>
  bottom - above - slope * (x - left)

/** Programs that take the text out see where a word ends. */
const spaceBetween = (word: Word, next: Word | undefined): string =>
  next === undefined || (unspaced.test(word.text) && unspaced.test(next.text)) ? '' : ' '

/** A string of two bytes for a character, as UTF-16 has them and the font takes them. */
function literal(text: string): string {
  const bytes = Buffer.from(text, 'utf16le').swap16().toString('latin1')
  return `(${bytes.replaceAll(/[()\\]/g, String.raw`\$&`).replaceAll('\r', String.raw`\r`)})`
}

/** Tenths of a point are finer than anything that is selected; the turn of a line reaches over a whole page. */
const short = (value: number) => Math.round(value * 10) / 10 + 0
const ratio = (value: number) => Math.round(value * 1e4) / 1e4 + 0
