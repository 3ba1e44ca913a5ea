import type { Box, ReadLine } from '@pdf-smaller/text'
import { describe, expect, it } from 'vitest'
import { textLayer } from './text-layer.ts'

const line = (words: [string, Box][], more: Partial<ReadLine> = {}): ReadLine => ({
  box: [100, 90, 300, 110],
  angle: 0,
  baseline: { slope: 0, above: 4 },
  height: 12,
  words: words.map(([text, box]) => ({ text, box, confidence: 90 })),
  ...more,
})

const layer = (...lines: ReadLine[]) =>
  textLayer({ width: 600, height: 800, paragraphs: [lines] }, '/F')
    .toString('latin1')
    .replaceAll('\0', '')

describe('textLayer', () => {
  it('stands words on the line of their letters, and stretches them to their width', () => {
    const words: [string, Box][] = [
      ['ab', [100, 90, 130, 106]],
      ['(c', [140, 90, 146, 110]],
    ]
    expect(layer(line(words))).toBe(
      'BT 3 Tr\n/F 12 Tf\n1 0 0 1 100 694 Tm 250 Tz(ab )Tj\n40 0 Td 50 Tz(\\(c)Tj\nET\n',
    )
  })

  it('follows a line that rises', () => {
    const words: [string, Box][] = [
      ['ab', [100, 90, 130, 106]],
      ['cd', [200, 80, 230, 96]],
    ]
    const text = layer(line(words, { baseline: { slope: 0.1, above: 4 } }))
    expect(text).toContain('0.995 0.0995 -0.0995 0.995 100 694 Tm')
    // A hundred points to the right, and ten up.
    expect(text).toMatch(/100\.5 0 Td/)
  })

  it.each([
    [90, '0 1 -1 0 120 600 Tm'],
    [180, '-1 0 0 -1 120 650 Tm'],
    [270, '0 -1 1 0 100 650 Tm'],
  ] as const)('turns with a line that is turned by %i°', (angle, start) => {
    expect(layer(line([['ab', [100, 150, 120, 200]]], { angle }))).toContain(start)
  })

  it('mirrors words that are read from right to left, so that their letters come in their order', () => {
    const words: [string, Box][] = [
      ['אב', [200, 90, 230, 106]],
      ['12', [100, 90, 130, 106]],
    ]
    const text = layer(line(words))
    expect(text).toContain('-1 0 0 1 230 694 Tm')
    expect(text).toContain('1 0 0 1 100 694 Tm')
  })

  it('runs down with letters that stand below each other, and puts no spaces where the script has none', () => {
    const text = layer(
      line([
        ['日本', [100, 90, 120, 150]],
        ['語', [100, 150, 120, 180]],
      ]),
    )
    expect(text).toContain('0 -1 1 0 100 710 Tm')
    expect(text).not.toMatch(/ \)Tj/)
  })
})
