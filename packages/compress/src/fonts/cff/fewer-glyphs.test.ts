import { describe, expect, it } from 'vitest'
import { characterProgram, compactProgram, sawGlyph } from '../../../testing/compact-font.ts'
import { number } from '../../../testing/type-one.ts'
import { withFewerGlyphs } from './fewer-glyphs.ts'
import { glyphNames } from './glyph-names.ts'
import { glyphsOfCharacters, glyphsOfCodes } from './glyphs-shown.ts'
import { isCidKeyed, type Program, readProgram } from './program.ts'

const names = ['A', 'B', 'Aacute', 'acute', 'g7']
const program = (bytes: Uint8Array | undefined): Program => {
  const read = bytes && readProgram(bytes)
  if (!read) throw new Error('no program')
  return read
}
/** The numbers of glyphs that still draw something. */
const drawing = (bytes: Uint8Array | undefined) =>
  program(bytes).glyphs.flatMap(({ length }, glyph) => (length > 1 ? [glyph] : []))

describe('programs in Compact Font Format', () => {
  it('lose the glyphs that are not needed, and subroutines that only those call; numbers and names stay', () => {
    const whole = compactProgram(names)
    const fewer = withFewerGlyphs(whole, () => new Set([2]))
    expect(drawing(whole)).toEqual([1, 2, 3, 4, 5])
    expect(drawing(fewer)).toEqual([2])
    expect(Buffer.from(program(fewer).glyphs[2] ?? [])).toEqual(sawGlyph(1))
    expect(glyphNames(program(fewer))).toEqual(['.notdef', ...names])
    const subroutines = program(fewer).parts[0]?.subroutines.map(({ length }) => length)
    expect(subroutines).toEqual([1, 4, 1, 1])
    expect(program(fewer).parts[0]?.subroutines[1]).toEqual(program(whole).parts[0]?.subroutines[1])
  })

  it('keep what accented glyphs are composed of', () => {
    // An A (65 of the standard encoding) with an acute (194).
    const composed = Buffer.from([...number(10), ...number(0), ...number(65), ...number(194), 14])
    const glyphs = [Buffer.from([14]), ...names.map((_, at) => (at === 2 ? composed : sawGlyph(at)))]
    const fewer = withFewerGlyphs(compactProgram(names, { glyphs }), () => new Set([3]))
    expect(drawing(fewer)).toEqual([1, 3, 4])
  })

  it('number glyphs as characters, each under its own', () => {
    const whole = characterProgram(300)
    expect(isCidKeyed(program(whole))).toBe(true)
    const fewer = withFewerGlyphs(whole, (read) => glyphsOfCharacters(read, new Set([10, 300])))
    expect(drawing(fewer)).toEqual([1, 291])
    expect(program(fewer).charset[291]).toBe(300)
    expect(fewer?.length).toBeLessThan(whole.length / 4)
  })

  it('stay whole where their code calculates, calls what there is not, or has no end', () => {
    const odd = [
      [...number(1), ...number(2), 12, 10, 14],
      [...number(50), 10, 14],
      [...number(-107), 29, 14],
    ]
    for (const code of odd) {
      const bytes = compactProgram(['A'], { glyphs: [Buffer.from([14]), Buffer.from(code)] })
      expect(withFewerGlyphs(bytes, () => new Set([1]))).toBeUndefined()
    }
    const circle = Buffer.from([...number(-107), 10, 11])
    const parts = [{ entries: [], privateEntries: [], subroutines: [circle] }]
    expect(withFewerGlyphs(compactProgram(['A'], { parts }), () => new Set([1]))).toBeUndefined()
  })

  it('stay whole where they are cut off anywhere, or say anything in a byte', () => {
    for (const whole of [compactProgram(names), characterProgram(3)])
      for (let at = 0; at < whole.length; at++) {
        expect(() => withFewerGlyphs(whole.subarray(0, at), () => new Set([1]))).not.toThrow()
        const changed = Uint8Array.from(whole)
        changed[at] = (changed[at] ?? 0) ^ 0xff
        expect(() => withFewerGlyphs(changed, () => new Set([1]))).not.toThrow()
      }
  })
})

describe('glyphs of codes', () => {
  const read = program(compactProgram(names))
  const glyphs = (codes: number[] | undefined, differences: [number, string][] = []) => {
    const found = glyphsOfCodes(read, codes && new Set(codes), new Map(differences))
    return found && [...found].sort((one, other) => one - other)
  }

  it('are those of the usual encodings and of the names that are told', () => {
    expect(glyphs([65])).toEqual([1])
    expect(glyphs([0xc1])).toEqual([3])
    expect(glyphs([7], [[7, 'g7']])).toEqual([5])
    expect(glyphs(undefined)).toEqual([1, 2, 3, 4])
    expect(glyphs(undefined, [[7, 'g7']])).toEqual([1, 2, 3, 4, 5])
  })

  it('are those of other names for the same character, and of the sign that the Macintosh once had', () => {
    const others = program(compactProgram(['uni0041', 'verticalbar', 'overscore', 'currency', 'Euro', 'B']))
    const found = glyphsOfCodes(others, new Set([0x41, 0x7c, 0xaf, 0xdb]), new Map())
    expect(found).toEqual(new Set([1, 2, 3, 4, 5]))
  })

  it('may be any where a name is told that there is not', () => {
    expect(glyphs([1], [[1, 'g8']])).toBeUndefined()
    expect(glyphs([1], [[1, 'space']])).toEqual([])
    expect(glyphs([1], [[1, 'uni0041']])).toEqual([1])
    expect(glyphsOfCodes(program(characterProgram(3)), new Set([65]), new Map())).toBeUndefined()
  })
})
