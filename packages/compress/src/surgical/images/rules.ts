import type { PdfObjects } from '@pdf-smaller/pdf'
import { type Level, levels, type Settings } from '../../levels.ts'
import type { LevelRule, LevelRules } from '../../report/at-levels.ts'
import { bitmapPpi } from './bilevel.ts'
import { firstScale } from './choose.ts'
import type { Image } from './examine.ts'
import { isScannedPage } from './layers/scanned-page.ts'
import type { Place } from './places.ts'
import { lasting } from './reader/facts.ts'

/** As what an image is encoded: that decides which of a level's settings count for it. */
type Handled = 'stencil' | 'bitmap' | 'inks' | 'pixels' | 'scanned-page'

/** What each level tries with an image, by its settings alone. */
export function rulesFor(image: Image, copy: PdfObjects): LevelRules {
  const { place } = image
  const handled = handledAs(image, copy)
  const ruleOf = (level: Level) => ruleFor(handled, place, levels[level])
  return { low: ruleOf('low'), medium: ruleOf('medium'), high: ruleOf('high'), maximum: ruleOf('maximum') }
}

function handledAs({ stream, facts: { bits, space }, place }: Image, copy: PdfObjects): Handled {
  if (bits === 1) return space.kind === 'stencil' ? 'stencil' : 'bitmap'
  if (space.kind === 'direct' && space.components === 4) return 'inks'
  const shape = { ...lasting(stream.dictionary), '/ColorSpace': stream.dictionary['/ColorSpace'] }
  return isScannedPage(shape, copy, place) ? 'scanned-page' : 'pixels'
}

function ruleFor(handled: Handled, place: Place, settings: Settings): LevelRule {
  if (handled === 'stencil') return {}
  if (handled === 'bitmap') return most(bitmapPpi(place, settings))
  const { mostLost, layers, paper, resolutions } = settings
  // Where it is seen how large, nothing is known of its pixels per inch.
  const isReduced = place.ppi !== undefined && handled !== 'inks' && firstScale(place.ppi, resolutions) < 1
  const isLayered = handled === 'scanned-page' && layers === 'bargain'
  return {
    mostLost,
    ...most(isReduced ? resolutions[0] : undefined),
    ...(isLayered ? { paperPpi: paper.ppi } : {}),
  }
}

const most = (ppi: number | undefined): LevelRule => (ppi === undefined ? {} : { mostPpi: ppi })
