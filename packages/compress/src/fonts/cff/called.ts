import { viewOf } from '@pdf-smaller/pdf/sfnt'
import { shortNumberAt } from './parts.ts'

/** What glyphs are drawn with beside their own code: subroutines, and other glyphs by their codes in the standard encoding. */
export type Called = { local: Set<number>; global: Set<number>; accents: Set<number> }

export type Subroutines = { local: readonly Uint8Array[]; global: readonly Uint8Array[] }

/** Subroutines call others so deep (Adobe Technical Note 5177, appendix B), and no program of use has code of so many steps. */
const [deepest, mostSteps] = [10, 5_000_000]

/** Counts the steps of all that is followed of a program. */
export type Steps = { done: number }

/** Type 2 operators (Technical Note 5177, appendix A). */
const [hstem, vstem, callLocal, back, escape, endChar, hstemMasked, hintMask, counterMask, vstemMasked] = [
  1, 3, 10, 11, 12, 14, 18, 19, 20, 23,
]
const callGlobal = 29
/** Curves that may be flat; all other operators of two bytes calculate. */
const flexes = new Set([34, 35, 36, 37])

/**
 * Follows the code of glyphs.
 * @throws RangeError where it is broken, or calculates what it calls
 */
export function openCalls({ local, global }: Subroutines, steps: Steps) {
  const called: Called = { local: new Set(), global: new Set(), accents: new Set() }
  return {
    called,
    follow: (glyph: Uint8Array): void => {
      const stack: number[] = []
      let hints = 0
      const takeHints = () => {
        hints += stack.length >> 1
        stack.length = 0
      }
      const call = (subroutines: readonly Uint8Array[], seen: Set<number>, depth: number) => {
        const number = (stack.pop() ?? Number.NaN) + biasOf(subroutines.length)
        const code = subroutines[number]
        if (!code || depth >= deepest) throw new RangeError('there is no such subroutine')
        seen.add(number)
        return run(code, depth + 1)
      }
      /** @returns whether the glyph has ended */
      const run = (code: Uint8Array, depth: number): boolean => {
        const view = viewOf(code)
        for (let at = 0; at < code.length;) {
          if (++steps.done > mostSteps) throw new RangeError('there is no end to its glyphs')
          const byte = view.getUint8(at)
          if (byte === 28 || byte >= 32) {
            const read = operandAt(view, at, byte)
            stack.push(read.value)
            at = read.end
            continue
          }
          at++
          if (byte === callLocal || byte === callGlobal) {
            const isLocal = byte === callLocal
            if (call(isLocal ? local : global, isLocal ? called.local : called.global, depth)) return true
          } else if (byte === back) return false
          else if (byte === endChar) {
            if (stack.length >= 4) for (const each of stack.slice(-2)) called.accents.add(each)
            return true
          } else if (byte === hintMask || byte === counterMask) {
            takeHints()
            at += (hints + 7) >> 3
          } else if (byte === hstem || byte === vstem || byte === hstemMasked || byte === vstemMasked)
            takeHints()
          else if (byte === escape && !flexes.has(view.getUint8(at++)))
            throw new RangeError('its glyphs calculate')
          else stack.length = 0
        }
        return false
      }
      run(glyph, 0)
    },
  }
}

/** What is added to the number of a subroutine (Technical Note 5177, 4.7). */
const biasOf = (count: number) => (count < 1240 ? 107 : count < 33_900 ? 1131 : 32_768)

function operandAt(view: DataView, at: number, first: number): { value: number; end: number } {
  if (first === 255) return { value: view.getInt32(at + 1) / 65_536, end: at + 5 }
  return shortNumberAt(view, at, first)
}
