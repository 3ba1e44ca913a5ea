import type { Tone } from './ground.ts'
import { initialState, type Side, type State } from './state.ts'

/** The graphics state as content goes on, and the tones that are to be set in it. */
export type Tones = {
  state: () => State
  change: (state: State) => void
  save: () => void
  restore: () => void
  /** The code that sets the tone of one side; empty where it is set already. */
  codeFor: (side: Side, toneFor: (lightness: number) => Tone) => Uint8Array
}

const nothing = new Uint8Array()

export function openTones(isForm: boolean): Tones {
  let state = initialState(isForm)
  const saved: State[] = []
  return {
    state: () => state,
    change: (next) => void (state = next),
    save: () => void saved.push(state),
    restore: () => void (state = saved.pop() ?? state),
    codeFor: (side, toneFor) => {
      const { paint, written } = state[side]
      if (paint.kind === 'inherited') return nothing
      const operator = side === 'fill' ? 'g' : 'G'
      const code = paint.kind === 'pattern' ? paint.code : `${toneFor(paint.lightness)} ${operator}`
      if (code === written) return nothing
      state = { ...state, [side]: { ...state[side], written: code } }
      return Buffer.from(`\n${code}\n`, 'latin1')
    },
  }
}
