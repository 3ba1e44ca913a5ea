import { describe, expect, it } from 'vitest'
import { nameOf, writtenName } from './names.ts'
import { numberOf, writtenNumber } from './numbers.ts'
import { parseValue } from './parse.ts'
import { serialise } from './serialise.ts'

const anything = { reference: () => {}, count: () => {} }
const parsed = (text: string) => parseValue(Buffer.from(text, 'latin1'), 0, anything)?.value

describe('numbers', () => {
  it.each([
    ['612.', 612],
    ['+17', 17],
    ['--5', -5],
    ['.5', 0.5],
    ['-.0000005', -0.0000005],
    ['4.-3', 4.3],
    ['1.2.3', 1.2],
    ['-', 0],
    ['.', 0],
    ['-0', 0],
    ['007', 7],
    ['99999999999999999999', 1e20],
    ['9'.repeat(400), 3.403e38],
    ['0.1234567890123456789', 0.12345678901234568],
  ])('reads %s as %d', (token, value) => {
    expect(parsed(token)).toBe(value)
    expect(numberOf(token)).toBe(value)
  })

  it.each([
    [-0.0000005, '-0.0000005'],
    [1e-7, '0.0000001'],
    [1e-20, '0'],
    [1e21, '1000000000000000000000'],
    [3.403e38, '340'],
    [595.2756, '595.2756'],
    [Infinity, '0'],
  ])('writes %d without an exponent', (value, token) => {
    expect(writtenNumber(value)).toMatch(/^-?\d+(\.\d+)?$/)
    expect(writtenNumber(value).startsWith(token)).toBe(true)
  })
})

describe('names', () => {
  it.each([
    ['/AB', '/AB'],
    ['/A#42', '/AB'],
    ['/a#20b', '/a b'],
    ['/\u00e4', '/\u00e4'],
    ['/#e4', '/\u00e4'],
    ['/', '/'],
  ])('reads %s as %s', (token, name) => {
    expect(parsed(token)).toBe(name)
    expect(nameOf(writtenName(name))).toBe(name)
  })

  it.each(['/Im#ZZ', '/A#', '/A#4', '/A##41', '/#4#41\u00e4', '/#'])(
    'keeps %s as it is written, apart from any other',
    (token) => {
      const name = nameOf(token)
      expect(writtenName(name).trimEnd()).toBe(token)
      expect(name).not.toBe(nameOf(token.replaceAll('#', '#23')))
    },
  )
})

describe('strings', () => {
  it.each([
    ['(a(b)c)', 'a(b)c'],
    [String.raw`(\n\r\t\b\f\(\)\\\x)`, '\n\r\t\b\f()\\x'],
    [String.raw`(\101\1012\7\400)`, 'AA2\x07\0'],
    ['(a\\\nb\\\r\nc)', 'abc'],
    ['(a\r\nb\rc)', 'a\nb\nc'],
    ['<48 65 6c6C 6f>', 'Hello'],
    ['<4>', '@'],
    ['<>', ''],
    ['(\u00ef\u00bb\u00bfx)', '\u00ef\u00bb\u00bfx'],
  ])('reads %j byte for byte', (token, bytes) => {
    expect(parsed(token)).toBe(`b:${Buffer.from(bytes, 'latin1').toString('hex')}`)
  })
})

describe('values', () => {
  it.each([
    ['<</A 1/B[1 0 R 2(x)]/C<</D true>>>>', { '/A': 1, '/B': ['1 0 R', 2, 'b:78'], '/C': { '/D': true } }],
    ['<</A null/B 1 /A#42 2 /AB 3>>', { '/B': 1, '/AB': 3 }],
    ['<</A 1 2 /B 3>>', { '/A': 1, '/B': 3 }],
    ['<</__proto__ 1>>', { '/__proto__': 1 }],
    ['5 0 R', '5 0 R'],
    ['0 0 R', null],
    ['[/A/B<41>]% comment\n', ['/A', '/B', 'b:41']],
    ['true', true],
    ['', null],
  ])('reads %s', (text, value) => {
    expect(parsed(text)).toEqual(value)
    expect(parsed(serialise(value))).toEqual(value)
  })

  it('tells which word follows, and where a value stands', () => {
    const text = ' [1 2]\nendobj'
    expect(parseValue(Buffer.from(text), 0, anything)).toMatchObject({
      start: 1,
      end: 6,
      word: 'endobj',
      wordEnd: text.length,
    })
  })

  it.each(['[1', '<</A', '(a', '<4142', '[(a]'])('wants more bytes for %s', (text) => {
    expect(parsed(text)).toBeUndefined()
  })

  it.each([']', '[>>', '<<]', '1 R', '[/A 0 R]', '[endobj', ')', '{', '['.repeat(100_000)])(
    'takes %.20s for damage',
    (text) => {
      expect(() => parsed(text)).toThrow(expect.objectContaining({ code: 'damaged_pdf' }))
    },
  )
})

it.each([
  ['1.2.3 <</A(x)>>', '1.2.3'],
  ['/A [1 2', undefined],
  ['7 0 R <</A 1>>', '7 0 R'],
  ['7 <<>> [1]', '7'],
  ['<</A[1 2]>> 5', '<</A[1 2]>>'],
])('of several values in %s takes the first, and its text', (text, first) => {
  const value = parseValue(Buffer.from(text, 'latin1'), 0, anything)
  expect(value && text.slice(value.start, value.end)).toBe(first)
})
