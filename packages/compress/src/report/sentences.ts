import type { OtherLevel, Pass, Target } from '../result.ts'
import { damages, foundText } from './damages.ts'
import { pagesText, percent, sizeText } from './figures.ts'
import type { NoGainReason, Skipped, SkipReason, TargetReason } from './reasons.ts'
import type { Refusal } from './refusal.ts'

/** What the report says of a document in English; the data of each sentence stand beside it, for who tells it in another language. */

const passNames: Readonly<Record<string, string>> = {
  surgical: 'Pictures, fonts and streams packed anew',
  fonts: 'Font programs written anew',
  contents: 'Pages drawn anew',
  gentle: 'Pictures of refused pages encoded more gently',
  structure: 'Objects packed together, streams left as they are',
}

const skipReasons: Record<SkipReason, string> = {
  tagged: 'its tags, by which it is read aloud, point into the contents of its pages',
  layered: 'its contents are divided into layers',
  encrypted: 'it is encrypted',
  many_pages: 'it has too many pages',
  fonts_missing: 'fonts are not embedded',
  stencils_grow: 'its pictures of one colour would become larger',
  contents_small: 'contents and fonts are only a small part of it',
  fonts_small: 'its fonts are too small to gain by it, or of another kind',
  fonts_as_small: 'no font program became smaller',
  keeps_colours: 'its colours would stay, which were to go',
}

export function skipText({ reason, most, names }: Skipped): string {
  if (reason === 'many_pages' && most !== undefined) return `it has more than ${most} pages`
  return `${skipReasons[reason]}${names === undefined ? '' : `: ${names.join(', ')}`}`
}

export function refusalText({ reason, pages, measured, limit }: Omit<Refusal, 'text'>): string {
  const found = foundText({ reason, measured, limit })
  const text = pagesText(pages)
  const isMany = text.startsWith('pages')
  const worst = found && ` (${isMany ? 'at worst ' : ''}${found})`
  return `As it came out, ${isMany ? 'each of ' : ''}${text} ${damages[reason]}${worst}.`
}

/** @param turn the how manieth time it was tried, from 1 */
export function passText(pass: Pass, turn = 1): string {
  const { saved, why, refusals } = pass
  const name = `${passNames[pass.name] ?? pass.name}${turn === 1 ? '' : `, attempt ${turn}`}`
  switch (pass.outcome) {
    case 'won':
      return `${name}: taken, saves ${sizeText(saved ?? 0)}.`
    case 'kept':
      return (saved ?? 0) > 0
        ? `${name}: not taken, as another result is smaller; it would save ${sizeText(saved ?? 0)}.`
        : `${name}: not taken, as the file would be no smaller.`
    case 'rejected':
      return `${name}: refused. ${refusals?.map(({ text }) => text).join(' ') ?? `The judge says: ${why}.`}`
    case 'failed':
      return `${name}: failed, without harm to the result. ${why ?? ''}`.trimEnd()
    case 'skipped':
      return `${name}: not tried, as ${why ?? 'there was no need'}.`
  }
  return pass.outcome satisfies never
}

export const noGainReasons: Record<NoGainReason, string> = {
  fits_already: 'it is not larger than the target',
  damaged: 'every smaller result was damaged',
  nothing_helps: 'nothing that this level may do makes the file smaller',
}

const targetReasons: Record<TargetReason, string> = {
  fits_already: 'The file is not larger than that, and is given back as it was.',
  close: 'This is the best look that was found for that size.',
  gentlest_is_smaller: 'Hardly anything is lost at this size; a larger file would look no better.',
  nothing_between: 'Nothing was found between this size and the one asked for that looks better.',
  finer_refused: 'What would come nearer was refused, as parts of pages would differ.',
  smallest_is_larger: 'Nothing smaller was found that still shows all that is to be read.',
  smaller_refused: 'What would be smaller was refused, as parts of pages would differ.',
}

export function targetText({ bytes, reason }: Target, bytesAfter: number): string {
  const size = `${sizeText(bytes)} asked for, ${sizeText(bytesAfter)} given.`
  return reason === undefined ? size : `${size} ${targetReasons[reason]}`
}

/** @param own what the level of the job has given, bytes */
export function levelText({ level, bytes, least, most, ratio }: OtherLevel, own: number): string {
  if (Math.abs(bytes - own) < own * hardly)
    return `The level ${level} would give about the same${rangeText(least, most, own)}.`
  const size = `The level ${level} would give about ${sizeText(bytes)}`
  return `${size}${rangeText(least, most, bytes)}, ${percent(ratio)} of the file.`
}

/** By less, nobody would take another level. */
const hardly = 0.01
/** Less than this part of what is likely only says that nobody knows how small it gets. */
const leastSaid = 0.1

function rangeText(least: number, most: number, likely: number): string {
  if (most - least < likely * hardly) return ''
  if (least < likely * leastSaid) return ` (${sizeText(most)} at most)`
  return ` (${sizeText(least)} to ${sizeText(most)})`
}

/** The whole result in a sentence. */
export function summaryText(before: number, after: number, reason: string | undefined): string {
  if (reason !== undefined) return `The file stays as it was, as ${reason}.`
  return `${sizeText(before)} → ${sizeText(after)}, ${percent(1 - after / before)} smaller.`
}
