import { expect, it } from 'vitest'
import { copiedText } from './copied-text.ts'

const renamed = (reference: string) => ({ '3 0 R': '7 0 R', '4 1 R': '8 0 R' })[reference]
const copied = (text: string, length?: number) => copiedText(Buffer.from(text, 'latin1'), renamed, length)

it.each([
  ['<< /A 612. /B +17 /C -.0000005 >>', '<</A 612./B +17/C -.0000005>>'],
  ['[ 3 0 R 4 1 R 9 0 R ]', '[7 0 R 8 0 R null]'],
  ['<</#41#e4 (a\\(b)/B<4 1>>>', '<</#41#e4(a\\(b)/B<4 1>>>'],
  ['<</A#4 /B/C#4 1>>', '<</A#4  /B/C#4  1>>'],
  ['[/A % comment 3 0 R\n /B]', '[/A/B]'],
  ['[/ /A 1 / 2 true(x)null]', '[//A 1/ 2 true(x)null]'],
  ['(\u00ef\u00bb\u00bf)', '(\u00ef\u00bb\u00bf)'],
])('keeps the tokens of %s', (text, copy) => {
  expect(copied(text)).toBe(copy)
})

it.each([
  ['<</Length 5/A 1>>', '<</Length 12/A 1>>'],
  ['<</Length 3 0 R/A 1>>', '<</Length 12/A 1>>'],
  ['<</Length 3 /X/Y>>', '<</Length 12/X/Y>>'],
  ['<</A<</Length 9>>/Length 5>>', '<</A<</Length 9>>/Length 12>>'],
])('puts another length into %s', (text, copy) => {
  expect(copied(text, 12)).toBe(copy)
})

it.each(['<</A 1>>', '<</Length /A>>', '<</Length 1/Length 2>>'])('cannot put a length into %s', (text) => {
  expect(copied(text, 12)).toBeUndefined()
})
