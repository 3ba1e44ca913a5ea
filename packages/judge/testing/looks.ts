import path from 'node:path'
import { writeFile } from 'node:fs/promises'
import { engineContext } from '../../engines/testing/context.ts'
import { drawnPage } from '../src/assembled/page-pictures.ts'
import { compared, lookDamage } from '../src/look/compare.ts'
import { type LookLimits, lookLimits } from '../src/look/limits.ts'

export type LookLevel = keyof typeof lookLimits
type Say = (level: LookLevel, colours?: LookLimits['colours']) => string | undefined

/** The levels of compressing. */
export const levels = ['low', 'medium', 'high', 'maximum'] as const

/** Draws the first pages of two documents; what comes back says what the judge thinks of the second at a level. */
export async function lookVerdicts(before: Uint8Array, after: Uint8Array): Promise<Say> {
  await using test = await engineContext()
  const draw = async (pdf: Uint8Array, name: string) => {
    const file = path.join(test.folder, name)
    await writeFile(file, pdf)
    const how = { file, page: 1, timeoutMs: 30_000, withoutAnnotations: false }
    const drawn = await drawnPage(how, test.context)
    if (!drawn) throw new Error(`${name} could not be drawn`)
    return drawn
  }
  const [had, has] = [await draw(before, 'before.pdf'), await draw(after, 'after.pdf')]
  return (level, colours = 'keep') =>
    lookDamage(1, compared(had, has, 11.7, colours), { ...lookLimits[level], colours })
}
