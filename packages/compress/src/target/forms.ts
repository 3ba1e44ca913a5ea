import { lookLimits } from '@pdf-smaller/judge/limits'
import { levels, type Settings, settingsOf } from '../levels.ts'
import type { CompressContext } from '../options.ts'
import type { ImageOutcome } from '../surgical/images/tally.ts'
import { type Choice, type Form, planned } from './plan.ts'

/** How an image is encoded; undefined for as it is. */
export type How = Settings | undefined

/** However little of a page an image covers, its look counts for so much. */
const leastWeight = 0.02

/** The forms of the images of a document that are known by now. */
export type KnownForms = {
  add: (outcomes: readonly ImageOutcome[], settings: Settings) => void
  /** Forgets the forms on these pages that lose as much as the planned ones, or more. */
  forbid: (pages: ReadonlySet<number>, plan: Plan) => void
  within: (bytes: number) => Plan
}

/** How each image is to be encoded, and what all of them take then. */
export type Plan = {
  how: ReadonlyMap<string, How>
  lost: ReadonlyMap<string, number>
  bytes: number
  /** Whether no image has a form that loses less. */
  isGentlest: boolean
}

type Known = Choice<How> & { forms: Form<How>[]; pages: Iterable<number> }

/** @param mayStay whether images may stay as they are */
export function openForms(mayStay: boolean): KnownForms {
  const images = new Map<string, Known>()
  return {
    add: (outcomes, settings) => {
      for (const outcome of outcomes) {
        const { reference, before, pages, coverage } = outcome
        const known = images.get(reference) ?? {
          weight: Math.max(leastWeight, coverage) * Math.max(1, [...pages].length),
          forms: mayStay ? [{ bytes: before, lost: 0, is: undefined }] : [],
          pages,
        }
        images.set(reference, known)
        const [bytes, lost] = 'kept' in outcome ? [before, 0] : [outcome.after, outcome.lost ?? 0]
        known.forms.push({ bytes, lost, is: settings })
      }
    },
    forbid: (pages, { lost }) => {
      for (const [reference, image] of images) {
        if (![...image.pages].some((page) => pages.has(page))) continue
        const rest = image.forms.filter((form) => form.lost < (lost.get(reference) ?? 0))
        if (rest.length > 0) image.forms = rest
      }
    },
    within: (bytes) => {
      const all = [...images]
      const plan = planned(
        all.map(([, image]) => image),
        bytes,
      )
      const entries = all.flatMap(([reference, { forms }], index) => {
        const form = plan[index]
        const least = Math.min(...forms.map(({ lost }) => lost))
        return form ? [{ reference, form, isGentlest: form.lost <= least }] : []
      })
      return {
        how: new Map(entries.map(({ reference, form }) => [reference, form.is])),
        lost: new Map(entries.map(({ reference, form }) => [reference, form.lost])),
        bytes: plan.reduce((sum, form) => sum + form.bytes, 0),
        isGentlest: entries.every(({ isGentlest }) => isGentlest),
      }
    },
  }
}

/**
 * The settings of a level or strength in the search for a size: what is no matter of look is alike in all of them, so that
 * forms can be taken from any.
 */
export function settingsFor(of: Parameters<typeof settingsOf>[0], { options }: CompressContext): Settings {
  const keepXmp = options.keepMetadata ?? true
  return { ...settingsOf(of, options), keepHinting: false, keepXmp, packing: 'usual' }
}

/**
 * The settings of a plan as a whole: those of the image that loses most. Its judge bears what it does at the strongest level:
 * a size was asked for, and what looks best of what fits is taken, so it has to see only that nothing is missing.
 */
export function boundOf({ how }: Plan, otherwise: Settings): Settings {
  const used = [...how.values()].filter((settings) => settings !== undefined)
  const most = used.reduce(
    (most, each) => (each.mostLost > most.mostLost ? each : most),
    used[0] ?? otherwise,
  )
  return most.mostLost > levels.maximum.mostLost ? most : { ...most, ...lookLimits.maximum }
}
