import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openPdfium } from '@pdf-smaller/pdfium'
import { engineContext } from '@pdf-smaller/engines/testing/context'
import { compared, lookDamage } from '../src/look/compare.ts'
import { type LookLimits, lookLimits } from '../src/look/limits.ts'
import { drawnPair } from '../src/look/pairs.ts'

export type LookLevel = keyof typeof lookLimits
type Say = (level: LookLevel, colours?: LookLimits['colours']) => string | undefined

/** The levels of compressing. */
export const levels = ['low', 'medium', 'high', 'maximum'] as const

/** Draws the first pages of two documents; what comes back says what the judge thinks of the second at a level. */
export async function lookVerdicts(before: Uint8Array, after: Uint8Array): Promise<Say> {
  await using test = await engineContext()
  const drawable = async (pdf: Uint8Array, name: string) => {
    const path = join(test.folder, name)
    await writeFile(path, pdf)
    return { path, pdfium: openPdfium(path, test.context) }
  }
  const [had, has] = [await drawable(before, 'before.pdf'), await drawable(after, 'after.pdf')]
  const drawn = await drawnPair(had, has, { before: 1, after: 1 }, test.context)
  if ('damage' in drawn) throw new Error(drawn.damage)
  return (level, colours = 'keep') =>
    lookDamage(1, compared(drawn.before, drawn.after, 11.7, colours), { ...lookLimits[level], colours })
      ?.damage
}
