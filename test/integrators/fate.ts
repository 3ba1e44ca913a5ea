import { z } from 'zod'

const Fate = z.object({
  /** The moment at which it dies, counted from 1; 0 for never. */
  FATE_MOMENT: z.coerce.number().int().nonnegative(),
  /** How many turns of the event loop later that is. */
  FATE_TURNS: z.coerce.number().int().nonnegative(),
})

/** Ends this process as `kill -9` does, at the moment that it was started for. @returns to be called at each moment */
export function openFate(): () => void {
  const { FATE_MOMENT, FATE_TURNS } = Fate.parse(process.env)
  let left = FATE_MOMENT
  return () => {
    left -= 1
    if (left === 0) die(FATE_TURNS)
  }
}

function die(turns: number): void {
  if (turns === 0) process.kill(process.pid, 'SIGKILL')
  else setImmediate(die, turns - 1)
}
