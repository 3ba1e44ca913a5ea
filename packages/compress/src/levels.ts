import { type LookLimits, lookLimits, lookLimitsAt } from '@pdf-smaller/judge/limits'
import { z } from 'zod'

export const Level = z.enum(['low', 'medium', 'high', 'maximum'])
export type Level = z.infer<typeof Level>

/** How hard streams are packed: as zlib does, or with all the time that it takes. */
export type Packing = 'usual' | 'hardest'

/** Levels by number, as other programs count them: 1 keeps most of the look, 9 least of the size. */
const numbered = ['low', 'low', 'low', 'medium', 'medium', 'high', 'high', 'maximum', 'maximum'] as const
export const LevelNumber = z.int().min(1).max(numbered.length)

export const levelOf = (level: Level | number): Level =>
  typeof level === 'number' ? (numbered[level - 1] ?? 'medium') : level

/** What becomes of colours. */
export const Colours = z.enum(['keep', 'grayscale', 'black-white'])
export type Colours = z.infer<typeof Colours>

/** How much look may be given up for size. */
export type Settings = LookLimits & {
  /** The level or strength that says how much. */
  of: Level | number
  /**
   * What look is worth: to lose one hundredth of an image's structural similarity is a bargain when its size falls by
   * more than this many percent.
   */
  price: number
  /** The structural similarity that an image may lose at most, however good the bargain. */
  mostLost: number
  /** Resolutions that images may be reduced to, pixels per inch as placed on the page; the first is the most they keep. */
  resolutions: readonly [number, ...number[]]
  /** JPEG qualities within which the best bargain is sought, 1 to 100. */
  leastQuality: number
  mostQuality: number
  /** Whether images are encoded as asked for even where that is no bargain. */
  insists: boolean
  /** Whether scanned pages are put in layers of text and background: never, or wherever it is the better bargain. */
  layers: 'never' | 'bargain'
  /** How the paper behind them is kept, and the colours of what is on it: pixels per inch, and JPEG quality. */
  paper: { ppi: number; quality: number }
  ink: { ppi: number; quality: number }
  /** The part of its contrast that a mark must keep where a page is put in layers, 0 to 1. */
  leastKeptInLayers: number
  /** The part of its contrast that a mark must keep in a picture that is packed anew, 0 to 1. */
  leastKept: Kept
  /** Whether fonts keep their hinting, which only coarse screens need. */
  keepHinting: boolean
  /** Whether XMP packets keep what only the programs read that made the document; what they say else always stays. */
  keepXmp: boolean
  /** Whether private data of the programs that made it stay: editing data, thumbnails, idle XMP packets of its parts. */
  keepPrivateData: boolean
  packing: Packing
}

/** The part of its contrast that a mark must keep where it is put in another layer. */
export const keptInLayers = 0.5

/** What a mark must keep in a fine picture, and in a coarse one: a letter of few pixels reads as another sooner. */
type Kept = { fine: number; coarse: number }
/** Packing a picture blurs a faint mark, but never takes it away. */
const keptUsually: Kept = { fine: 0.35, coarse: 0.35 }
/** Of made scans no amount was lost any more at these, where most of the look is given up. */
const keptOfLittle: Kept = { fine: keptInLayers, coarse: 0.75 }

const usual = {
  mostQuality: 95,
  colours: 'keep',
  insists: false,
  layers: 'never',
  paper: { ppi: 100, quality: 45 },
  ink: { ppi: 60, quality: 72 },
  leastKeptInLayers: keptInLayers,
  leastKept: keptUsually,
  keepHinting: false,
  keepXmp: true,
  keepPrivateData: false,
  packing: 'usual',
} as const

/** The levels in one table. */
// prettier-ignore
export const levels: Record<Level, Settings> = {
  low: { ...usual, of: 'low', ...lookLimits.low, price: 40, mostLost: 0.03, resolutions: [300, 200, 150], leastQuality: 50, keepHinting: true },
  medium: { ...usual, of: 'medium', ...lookLimits.medium, price: 20, mostLost: 0.06, resolutions: [300, 200, 150], leastQuality: 30, layers: 'bargain' },
  high: { ...usual, of: 'high', ...lookLimits.high, price: 12, mostLost: 0.12, resolutions: [200, 150, 110], leastQuality: 25, layers: 'bargain', paper: { ppi: 85, quality: 35 }, ink: { ppi: 40, quality: 65 }, leastKept: keptOfLittle, keepXmp: false },
  maximum: { ...usual, of: 'maximum', ...lookLimits.maximum, price: 7, mostLost: 0.2, resolutions: [200, 150, 110], leastQuality: 20, layers: 'bargain', paper: { ppi: 70, quality: 28 }, ink: { ppi: 25, quality: 60 }, leastKept: keptOfLittle, keepXmp: false, packing: 'hardest' },
}

/** What images lose at most at the strengths 0 and 1. */
const [leastLoss, mostLoss] = [0.0005, 0.5]
/** The resolution that images keep at the strength 0, and the least there is, pixels per inch. */
const [finest, coarsest] = [4800, 60]
/** At this strength nothing but the loss bounds resolution and quality. */
const freeStrength = 0.6
const [finestQuality, coarsestQuality] = [90, 10]
/** From here on layers may take the place of pictures, and half a mark's contrast is not enough for a letter of few pixels. */
const strong = 0.6

/**
 * Settings for any strength from 0 (hardly any loss) to 1 (whatever can be given up): every image becomes as small as
 * it can without losing more than a bound, which grows with the strength by an even factor. A price, as the levels have
 * it, would jump over the middle of an image's sizes. The gentler the strength, the more pixels and quality are kept
 * besides: what nobody sees on a page may be seen when it is enlarged.
 */
export function settingsAt(strength: number): Settings {
  const mostLost = leastLoss * (mostLoss / leastLoss) ** strength
  const freedom = Math.min(1, strength / freeStrength)
  const least = finest * (coarsest / finest) ** freedom
  return {
    ...usual,
    of: strength,
    ...lookLimitsAt(strength, mostLost),
    price: 0.5,
    mostLost,
    resolutions: [4 * least, 2.8 * least, 2 * least, 1.4 * least, least],
    leastQuality: Math.round(finestQuality + (coarsestQuality - finestQuality) * freedom),
    layers: strength < strong ? 'never' : 'bargain',
    leastKept: strength < strong ? keptUsually : keptOfLittle,
  }
}

/** What is asked for in place of the level's own values. */
export type Wishes = {
  dpi?: number | undefined
  quality?: number | undefined
  colours?: Colours
  keepMetadata?: boolean | undefined
}

/** Who asks for a resolution or quality has decided how it is to look; what remains is to see that nothing is missing. */
const asAsked = {
  insists: true,
  layers: 'never',
  ...lookLimits.asAsked,
} as const

/** The settings of a level or strength, with what is asked for in place of its own. */
export function settingsOf(level: Level | number, { dpi, quality, colours, keepMetadata }: Wishes): Settings {
  const usual = typeof level === 'number' ? settingsAt(level) : levels[level]
  return {
    ...usual,
    ...(dpi === undefined ? {} : { resolutions: [dpi], ...asAsked }),
    ...(quality === undefined ? {} : { leastQuality: quality, mostQuality: quality, ...asAsked }),
    colours: colours ?? usual.colours,
    keepXmp: keepMetadata ?? usual.keepXmp,
    keepPrivateData: keepMetadata ?? usual.keepPrivateData,
  }
}

/** With a strength lower by so much, an image may lose a quarter. */
const gentlerStep = 0.25

/**
 * The settings of the next gentler level or strength, for an image of which the settings lose too much; what has nothing
 * to do with its look stays as it is. Undefined where there are none, or where the look was asked for.
 */
export function gentler(settings: Settings): Settings | undefined {
  const { insists, colours, keepHinting, keepXmp, keepPrivateData, packing } = settings
  const next = insists ? undefined : gentlerLook(settings.of)
  if (!next) return undefined
  const mostLost = Math.min(next.mostLost, settings.mostLost)
  return { ...next, mostLost, colours, keepHinting, keepXmp, keepPrivateData, packing }
}

function gentlerLook(of: Settings['of']): Settings | undefined {
  if (typeof of === 'number') return of < gentlerStep ? undefined : settingsAt(of - gentlerStep)
  const level = Level.options[Level.options.indexOf(of) - 1]
  return level && levels[level]
}

/** What a mark must keep in layers of which the judge has missed some, at the first turn and the next: more of them become ink, or stand over it as they were. */
const keptInCloserLayers = [0.6, 0.75] as const
/** Of what tiles may change by, as the part and the whole do not go together exactly. */
const closerColour = 0.9

/**
 * The settings for a page in layers that went too far: layers that keep more of its marks and colours.
 * @param turn how often it went too far before
 * @param times how many times as much was lost as may be
 * @param mostLost what it may lose in all
 */
export const closerLayers = (settings: Settings, turn: 0 | 1, times: number, mostLost: number): Settings => ({
  ...settings,
  mostLost: Math.min(settings.mostLost, mostLost),
  mostColour: (settings.mostColour / times) * closerColour ** (turn + 1),
  leastKeptInLayers: keptInCloserLayers[turn],
})

/** The settings for an image that may lose no more than a bound; layers lose more of a page than any other encoding. */
export const within = (settings: Settings, mostLost: number): Settings => ({
  ...settings,
  layers: 'never',
  mostLost: Math.min(settings.mostLost, mostLost),
})
