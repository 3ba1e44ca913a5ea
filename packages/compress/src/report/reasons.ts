import { growing } from '@pdf-smaller/contracts'
import { DamageCode } from '@pdf-smaller/judge/damage'
import { z } from 'zod'

/** Why an image stays as it is. */
export const ImageReason = growing(
  z.enum([
    'not_understood',
    'masked_by_colour',
    'few_bytes',
    'too_large',
    'colours_by_page',
    'colours_unsure',
    'page_would_differ',
    'unreadable',
    'no_gain',
    'fits_as_it_is',
  ]),
)
export type ImageReason = z.infer<typeof ImageReason>

/** Why a pass was not tried, or made nothing. */
export const SkipReason = growing(
  z.enum([
    'tagged',
    'layered',
    'encrypted',
    'many_pages',
    'fonts_missing',
    'stencils_grow',
    'contents_small',
    'fonts_small',
    'fonts_as_small',
    'keeps_colours',
  ]),
)
export type SkipReason = z.infer<typeof SkipReason>

/** Why a pass failed without doing harm. */
export const FailReason = growing(z.enum(['engine_failed', 'engine_timeout', 'out_of_memory']))
export type FailReason = z.infer<typeof FailReason>

/** Why a form of a picture was not taken: it lost too much of its look by itself, or its page was refused. */
export const FormReason = growing(z.enum(['look_lost', ...DamageCode.options]))
export type FormReason = z.infer<typeof FormReason>

/** Why what a pass made, or was to make, was not taken. */
export const PassReason = growing(
  z.enum([...SkipReason.options, ...FailReason.options, ...DamageCode.options]),
)
export type PassReason = z.infer<typeof PassReason>

/** Why the file is given back as it was. */
export const NoGainReason = growing(z.enum(['fits_already', 'damaged', 'nothing_helps']))
export type NoGainReason = z.infer<typeof NoGainReason>

/** How it is that a size was reached as it was, or was not. */
export const TargetReason = growing(
  z.enum([
    'fits_already',
    'close',
    'gentlest_is_smaller',
    'nothing_between',
    'finer_refused',
    'smallest_is_larger',
    'smaller_refused',
  ]),
)
export type TargetReason = z.infer<typeof TargetReason>

/** What a pass was not tried for, and what belongs to it. */
export type Skipped = {
  reason: SkipReason
  /** The most of what is counted that it would have been tried with. */
  most?: number
  /** What is missing. */
  names?: readonly string[]
}
