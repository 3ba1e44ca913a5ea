import { describe, expect, it } from 'vitest'
import { rewritten } from './rewritten.ts'

const short = (contents: string, scale = 1): string | undefined =>
  rewritten(Buffer.from(contents, 'latin1'), scale)?.contents.toString('latin1')

describe('contents in their shortest form', () => {
  it('round coordinates to what is not seen at the scale at which they are drawn', () => {
    expect(short('0.123456 -0.123456 m +10.00 20. l S')).toBe('.123 -.123 m 10 20 l S')
    expect(short('100 0 0 100 0 0 cm 0.123456 1.5000004 m S')).toBe('100 0 0 100 0 0 cm .12346 1.5 m S')
    expect(short('.01 0 0 .01 0 0 cm 123.456 7.5 m S')).toBe('.01 0 0 .01 0 0 cm 123.5 7.5 m S')
    expect(short('q .01 0 0 .01 0 0 cm Q 123.45678 7.5 m S')).toContain('123.457 7.5 m')
  })

  it('keep every digit where the scale is not known, or what is multiplied later', () => {
    expect(short('0.123456789 -0.50 m S', Infinity)).toBe('.123456789 -.5 m S')
    expect(short('0 0 0 0 0 0 cm 0.123456789 1 m S')).toContain('.123456789 1 m')
    expect(short('0.0012345 w /F1 0.00012345 Tf')).toBe('.0012345 w /F1 .00012345 Tf')
    expect(short('0.0001 0 0 0.00012345 50000.12345 0 cm')).toBe('.0001 0 0 .00012345 50000.1235 0 cm')
  })

  it('keep in place what has coordinates from afar', () => {
    const factor = 0.0283464566929134
    const map = short(`${factor} 0 0 ${factor} -130393.7007874 -141732.28346457 cm 4600000.5 5000000.5 m S`)
    const [a = 0, , , , e = 0, , x = 0] = (map ?? '').split(/[ cm]+/).map(Number)
    expect(Math.abs(a * x + e - (factor * 4600000.5 - 130393.7007874))).toBeLessThan(0.001)
  })

  it('keep rectangles that are hardly seen, and drop what a sine leaves behind', () => {
    expect(short('10 20 100 0.0002 re f')).toBe('10 20 100 .0002 re f')
    expect(short('1 0.00000000000000012 -0.00000000000000012 1 5 5 cm')).toBe('1 0 0 1 5 5 cm')
  })

  it('make up for what lines and distances within them were rounded by', () => {
    const lines = 'BT 1 0 0 1 0 0 Tm ' + '0.3334 -10.0004 Td (a)Tj '.repeat(9) + 'ET'
    const moved = [...(short(lines) ?? '').matchAll(/([\d.]+) -([\d.]+) Td/g)]
    expect(moved.reduce((sum, [, x]) => sum + Number(x), 0)).toBeCloseTo(3.0006, 3)
    expect(moved.reduce((sum, [, , y]) => sum + Number(y), 0)).toBeCloseTo(90.0036, 3)
    const text = short('BT /F 10 Tf [' + '(a)33.33334 '.repeat(30) + ']TJ ET') ?? ''
    expect(text).not.toContain('33.333')
    expect([...text.matchAll(/\)([\d.]+)/g)].reduce((sum, [, x]) => sum + Number(x), 0)).toBeCloseTo(1000, 1)
  })

  it('say the same in strings', () => {
    expect(short('[<414243>-20.0(a\\(b\\)\\\\)]TJ <0d0A28> Tj')).toBe(
      '[(ABC)-20(a\\(b\\)\\\\)]TJ (\\r\n\\()Tj',
    )
    expect(short('(\\101\\102 \\053) Tj (no\\\nbreak) Tj')).toBe('(AB +)Tj (nobreak)Tj')
  })

  it('leave out what changes nothing', () => {
    expect(short('1 w 1 w 0 g 0 g 0 G q Q q BT ET Q 1 0 0 1 0 0 cm 1 w 2 2 m S')).toBe('1 w 0 g 0 G 2 2 m S')
    expect(short('q 1 w 1 0 0 rg Q 1 w 1 0 0 rg')).toBe('q 1 w 1 0 0 rg Q 1 w 1 0 0 rg')
    expect(short('1 w /G gs 1 w /A cs 1 scn /A cs 1 scn /B cs 1 scn')).toBe(
      '1 w /G gs 1 w /A cs 1 scn /A cs 1 scn /B cs 1 scn',
    )
    expect(short('3 TL 1 2 TD 3 TL 1 Tw 2 3 (a)" 1 Tw')).toBe('3 TL 1 2 TD 3 TL 1 Tw 2 3(a)" 1 Tw')
  })

  it('keep marks, comments within, unknown operators and inline images', () => {
    const kept =
      '/Span <</MCID 3/Alt (x  y)>> BDC EMC 1.50 foo BI /W 1 /H 1 /BPC 8 /CS /G ID \u00a0 EI [1.50 2] 0.0 d'
    expect(short(`${kept} 1.50 0 m`)).toBe(`${kept} 1.5 0 m`)
  })

  it('are not made of what cannot be read to its end, or nests without end', () => {
    expect(short('1 0 m (not closed')).toBeUndefined()
    expect(short('1 0 m ] 2 0 l')).toBeUndefined()
    expect(short('q '.repeat(5000))).toBeUndefined()
  })

  it('take numbers that no reader knows for what they are: words', () => {
    expect(short('1e400 0 m 1--2 0 m 99999999999999999999.5 0 m')).toContain('1e400')
    expect(short('Q Q 1 0 m')).toBe('Q Q 1 0 m')
  })

  it('tell at which scale they draw what they name', () => {
    const { drawn } = rewritten(Buffer.from('/A Do q 3 0 0 2 0 0 cm /A Do /B Do Q'), 1) ?? {}
    expect([...(drawn ?? [])]).toEqual([
      ['/A', 3],
      ['/B', 3],
    ])
  })
})
