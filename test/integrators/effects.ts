import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs'
import { z } from 'zod'

/** What an outcome has caused in the books of a program, kept together with the event that it came from. */
export const Effect = z.object({
  /** Where the way by which it came tells it; webhooks do not. */
  source: z.string().optional(),
  id: z.string(),
  sequence: z.int().positive(),
  job: z.string(),
})
export type Effect = z.infer<typeof Effect>

/** All effects of a file that is only ever added to. What stands behind its last whole line was never finished. */
export function readEffects(file: string): { effects: Effect[]; bytes: number } {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  const effects = whole.split('\n').flatMap((line) => (line ? [Effect.parse(JSON.parse(line))] : []))
  return { effects, bytes: Buffer.byteLength(whole) }
}

/**
 * The books of one program, which alone writes them.
 * @param moment called before an effect, when half of it is written, and behind it
 */
export function openEffects(file: string, moment: () => void) {
  const { effects, bytes } = readEffects(file)
  if (existsSync(file)) truncateSync(file, bytes)
  const nameOf = ({ source = '', id }: Pick<Effect, 'source' | 'id'>) => `${source} ${id}`
  const names = new Set(effects.map(nameOf))
  let last = effects.at(-1)
  return {
    last: () => last,
    has: (event: Pick<Effect, 'source' | 'id'>) => names.has(nameOf(event)),
    add: (effect: Effect) => {
      const line = `${JSON.stringify(effect)}\n`
      moment()
      appendFileSync(file, line.slice(0, 40))
      moment()
      appendFileSync(file, line.slice(40))
      names.add(nameOf(effect))
      last = effect
      moment()
    },
  }
}
