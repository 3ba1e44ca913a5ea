import type { DamageCode } from '@pdf-smaller/judge/damage'
import { percent } from './figures.ts'
import type { FormReason } from './reasons.ts'

/** What is wrong with a page beside its original, said of it. */
export const damages: Record<DamageCode, string> = {
  carried_changed: 'has lost or changed what the document carries',
  drawn_lost: 'has lost what it draws',
  text_changed: 'has another text',
  too_slow: 'takes too long to draw and compare',
  undrawable: 'can no longer be drawn',
  page_differs: 'looks different',
  part_differs: 'looks different in a part',
  marks_gone: 'has lost marks',
  contrast_lost: 'has lost in a part what it showed',
  detail_lost: 'has become flat in a part',
  colours_changed: 'has other colours in a part',
  chroma_lost: 'has lost its colour in a part',
  colours_shifted: 'has shifted colours',
  vanished: 'no longer shows something',
}

/** Why a form of a picture was not taken, said after `as`. */
export const formReasons: Record<FormReason, string> = {
  look_lost: 'the picture lost too much of its look',
  carried_changed: 'something that the document carries was lost',
  drawn_lost: 'something that is drawn was lost',
  text_changed: 'the text was another',
  too_slow: 'it takes too long to draw and compare',
  undrawable: 'it could not be drawn',
  page_differs: 'it looked different',
  part_differs: 'a part looked different',
  marks_gone: 'marks were gone',
  contrast_lost: 'a part no longer showed what it did',
  detail_lost: 'a part had become flat',
  colours_changed: 'a part had other colours',
  chroma_lost: 'a part had lost its colour',
  colours_shifted: 'colours had shifted',
  vanished: 'something was no longer to be seen',
}

/** In what a finding is measured: as a likeness, of which 1 is all, or a loss, of 1; in marks; in shades of 255. */
const measures: Partial<Record<FormReason, 'likeness' | 'loss' | 'marks' | 'shades'>> = {
  look_lost: 'loss',
  page_differs: 'likeness',
  part_differs: 'likeness',
  marks_gone: 'marks',
  contrast_lost: 'likeness',
  detail_lost: 'likeness',
  colours_changed: 'shades',
  chroma_lost: 'likeness',
  colours_shifted: 'shades',
  vanished: 'loss',
}

export type Found = { reason: FormReason; measured?: number | undefined; limit?: number | undefined }

/** What was measured, and what it would have had to keep to; empty where nothing was. */
export function foundText({ reason, measured, limit }: Found): string {
  const measure = measures[reason]
  if (measured === undefined || limit === undefined || measure === undefined) return ''
  switch (measure) {
    case 'likeness':
      return `${percent(measured)} alike where at least ${percent(limit)} are asked for`
    case 'loss':
      return `${percent(measured)} where at most ${percent(limit)} may be lost`
    case 'marks':
      return limit === 0
        ? `${measured} of them, and none may be`
        : `${measured} of them, and at most ${Math.floor(limit)} may be`
    case 'shades':
      return `by ${Math.round(measured)} of 255 shades where at most ${Math.round(limit)} may be`
  }
  return measure satisfies never
}
