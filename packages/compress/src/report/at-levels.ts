import { isDeepStrictEqual } from 'node:util'
import { Level } from '../levels.ts'
import type { PictureAtLevel } from './picture.ts'
import type { ImageReason } from './reasons.ts'

/** What a level tries with an image. */
export type LevelRule = Omit<PictureAtLevel, 'level' | 'does'>
export type LevelRules = Record<Level, LevelRule>

/** What keeps an image as it is at every level. */
const atEveryLevel: ReadonlySet<ImageReason> = new Set([
  'not_understood',
  'masked_by_colour',
  'few_bytes',
  'too_large',
  'colours_by_page',
  'colours_unsure',
  'unreadable',
])

/** What became of an image, as far as it tells what other levels make of it. */
type Became = { kept?: ImageReason; ppiAfter?: number | undefined; refused?: readonly unknown[] }

/** What each level tries with an image, that of the job as well; undefined where that is not known. */
export function atLevels(
  own: Level,
  rules: LevelRules | undefined,
  became: Became,
): PictureAtLevel[] | undefined {
  const doesAt = (level: Level, isSame: boolean) =>
    level === own ? ('own' as const) : isSame ? ('same' as const) : ('tries' as const)
  if (became.kept && atEveryLevel.has(became.kept))
    return Level.options.map((level) => ({ level, does: doesAt(level, true) }))
  if (!rules) return undefined
  const isAsRuled = isAsFor(rules[own], became)
  return Level.options.map((level) => {
    const isSame = isAsRuled && isDeepStrictEqual(rules[level], rules[own])
    return { level, does: doesAt(level, isSame), ...rules[level] }
  })
}

/** What was refused at this level may be borne at another. */
const isAsFor = ({ mostPpi }: LevelRule, { ppiAfter = Infinity, refused = [] }: Became) =>
  refused.length === 0 && (mostPpi === undefined || ppiAfter < mostPpi * slightlyMore)

/** Pixels are whole: an image may have hardly more of them than was asked for. */
const slightlyMore = 1.02
