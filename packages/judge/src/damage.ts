import { growing } from '@pdf-smaller/contracts'
import { z } from 'zod'

/** What is wrong with a file beside its original: the whole of it, or how pages look. */
export const DamageCode = growing(
  z.enum([
    'carried_changed',
    'drawn_lost',
    'text_changed',
    'too_slow',
    'undrawable',
    'page_differs',
    'part_differs',
    'marks_gone',
    'contrast_lost',
    'detail_lost',
    'colours_changed',
    'chroma_lost',
    'colours_shifted',
    'vanished',
  ]),
)
export type DamageCode = z.infer<typeof DamageCode>

/** What of a page goes beyond a limit, and by how much. */
export type PageDamage = {
  page: number
  code: DamageCode
  /** What was found, and the limit that it breaks; absent where there is nothing to measure. */
  measured?: number
  limit?: number
  /** The same in words. */
  damage: string
}
