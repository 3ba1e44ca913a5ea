import type { Box, ReadLine, ReadPage } from '@pdf-smaller/text'
import { expect, it } from 'vitest'
import { joinedReadings } from './joined-readings.ts'

const word = (text: string, left: number, top: number, confidence = 95) => ({
  text,
  box: [left, top, left + text.length * 6, top + 10] satisfies Box,
  confidence,
})

function line(...words: ReturnType<typeof word>[]): ReadLine {
  const [first, last] = [words[0]?.box, words.at(-1)?.box]
  const box: Box = [first?.[0] ?? 0, first?.[1] ?? 0, last?.[2] ?? 0, last?.[3] ?? 0]
  return { box, angle: 0, baseline: { slope: 0, above: 2 }, height: 10, words }
}

const page = (...paragraphs: ReadLine[][]): ReadPage => ({ width: 600, height: 800, paragraphs })
const textsOf = ({ paragraphs }: ReadPage) =>
  paragraphs.map((lines) => lines.map(({ words }) => words.map(({ text }) => text).join(' ')))
const join = (first: ReadPage, second: ReadPage) =>
  joinedReadings(
    first,
    second,
    new Set(
      first.paragraphs.flat().flatMap(({ words }) => words.filter(({ confidence }) => confidence < 70)),
    ),
  )

it('takes a doubtful word from the reading that is surer of it', () => {
  const first = page([
    line(word('Rent', 50, 100), word('PPS', 400, 100, 3), word('12.50', 500, 100, 60)),
    line(word('Sure', 50, 120), word('9.99', 400, 120)),
  ])
  const second = page([
    line(word('22.57', 396, 100, 91), word('1250', 500, 100, 40)),
    line(word('9.90', 400, 120, 99)),
  ])
  expect(textsOf(join(first, second))).toEqual([['Rent 22.57 12.50', 'Sure 9.99']])
})

it('puts what stands where nothing was read behind what stands above it', () => {
  const left = [[line(word('One', 50, 100))], [line(word('Two', 50, 200))], [line(word('Three', 50, 300))]]
  const found = [line(word('1.00', 400, 100)), line(word('2.00', 400, 200))]
  expect(textsOf(join(page(...left), page(found)))).toEqual([['One'], ['Two'], ['Three'], ['1.00', '2.00']])
  const between = page([line(word('between', 52, 250))])
  expect(textsOf(join(page(...left), between))).toEqual([['One'], ['Two'], ['between'], ['Three']])
})

it('takes nothing that is unsure or is no word', () => {
  const first = page([line(word('One', 50, 100))])
  const second = page([line(word('xq', 400, 100, 20), word('~|', 440, 100, 99))])
  expect(join(first, second)).toEqual(first)
})
