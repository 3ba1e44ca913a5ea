import { standardEncoding } from '../../drawn-anew/standard-encoding.ts'
import { openCalls } from './called.ts'
import { type Program, readProgram } from './program.ts'
import { glyphNames } from './glyph-names.ts'
import { writtenProgram } from './written.ts'

/** A glyph that draws nothing, and a subroutine that does nothing (Adobe Technical Note 5177, appendix A). */
const [empty, idle] = [Uint8Array.of(14), Uint8Array.of(11)]

/** Tells the glyphs of a program that are needed; undefined where it may be any. */
export type ChooseGlyphs = (program: Program) => ReadonlySet<number> | undefined

/**
 * A program in Compact Font Format in which glyphs that are not needed draw nothing, and subroutines that only those called do
 * nothing; all keep their numbers, names and codes.
 * @returns undefined where nothing can be left out: the program is broken, or of a kind of its own
 */
export function withFewerGlyphs(bytes: Uint8Array, choose: ChooseGlyphs): Buffer | undefined {
  try {
    const program = readProgram(bytes)
    const chosen = program && choose(program)
    return chosen && writtenProgram(reduced(program, chosen))
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function reduced(program: Program, chosen: ReadonlySet<number>): Program {
  const { glyphs, globalSubroutines: global, parts, selected } = program
  const steps = { done: 0 }
  const calls = parts.map(({ subroutines }) => openCalls({ local: subroutines, global }, steps))
  const needed = new Set([0, ...chosen])
  const accents = accentsOf(program)
  // What is added meanwhile comes by as well.
  for (const glyph of needed) {
    const own = calls[selected?.partOf(glyph) ?? 0]
    const code = glyphs[glyph]
    if (!code) continue
    if (!own) throw new RangeError('a glyph belongs to no part')
    own.follow(code)
    for (const each of own.called.accents) needed.add(accents(each))
  }
  const globals = new Set(calls.flatMap(({ called }) => [...called.global]))
  return {
    ...program,
    glyphs: glyphs.map((code, glyph) => (needed.has(glyph) ? code : empty)),
    globalSubroutines: withoutIdle(global, globals),
    parts: parts.map((part, index) => ({
      ...part,
      subroutines: withoutIdle(part.subroutines, calls[index]?.called.local ?? new Set()),
    })),
  }
}

const withoutIdle = (subroutines: readonly Uint8Array[], called: ReadonlySet<number>) =>
  subroutines.map((code, number) => (called.has(number) ? code : idle))

/** The glyphs of which accented ones are composed, by their codes (Technical Note 5177, 4.4: endchar). */
function accentsOf(program: Program): (code: number) => number {
  const names = glyphNames(program)
  const standard = standardEncoding()
  return (code) => {
    const name = standard.get(code)
    return name === undefined ? 0 : Math.max(0, names.indexOf(name.slice(1)))
  }
}
