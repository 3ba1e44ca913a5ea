import type { DamageCode } from '@pdf-smaller/judge/damage'
import type { OtherLevel, Pass, Target } from '../result.ts'
import type { PageRanges } from './page-ranges.ts'
import type { ImageClass, MorePictures, Picture, PictureForm } from './picture.ts'
import type { ImageReason, NoGainReason, Skipped, SkipReason, TargetReason } from './reasons.ts'
import type { Refusal } from './refusal.ts'

/** All that the report says in English; the data of each sentence stand beside it, for who tells it in another language. */

const units = ['B', 'kB', 'MB', 'GB']

/** A size as people read it; powers of 1,000. */
function sizeText(bytes: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, Math.abs(bytes))) / 3))
  const value = bytes / 1000 ** power
  return `${power === 0 ? value : value.toFixed(Math.abs(value) < 10 ? 2 : 1)} ${units[power]}`
}

const percent = (part: number) => `${(part * 100).toFixed(1)} %`

/** `page 3`, `pages 1–4, 7 and 12 more`; empty where they are not known. */
function pagesText({ ranges, more }: PageRanges): string {
  const named = ranges.map(({ first, last }) => (first === last ? `${first}` : `${first}–${last}`)).join(', ')
  const [only] = ranges
  const isOne = ranges.length === 1 && only?.first === only?.last && more === 0
  return `${isOne ? 'page' : 'pages'} ${named}${more > 0 ? ` and ${more} more` : ''}`
}

const onPages = (pages: PageRanges) => (pages.ranges.length > 0 ? ` on ${pagesText(pages)}` : '')

const classes: Record<ImageClass, readonly [one: string, many: string]> = {
  colour: ['A colour picture', 'colour pictures'],
  gray: ['A grey picture', 'grey pictures'],
  indexed: ['A picture with a table of colours', 'pictures with tables of colours'],
  cmyk: ['A picture in the colours of print', 'pictures in the colours of print'],
  bitmap: ['A picture in black and white', 'pictures in black and white'],
  stencil: ['A stencil', 'stencils'],
  'soft-mask': ['A mask', 'masks'],
  other: ['A picture of another kind', 'pictures of other kinds'],
}

const forms: Record<PictureForm, string> = {
  jpeg: 'encoded as JPEG',
  jpeg2000: 'encoded as JPEG 2000',
  jbig2: 'encoded as JBIG2',
  lossless: 'packed anew without any loss',
  layers: 'put in layers of writing and background',
}

export const imageReasons: Record<ImageReason, string> = {
  not_understood: 'what its samples mean is not understood',
  masked_by_colour: 'its samples mask by colour, or are mixed with their mask',
  few_bytes: 'it has less than 600 bytes',
  too_large: 'it is too large to decode',
  colours_by_page: 'its colours depend on the page that shows it',
  colours_unsure: 'its colours would not mean the same in a new form',
  page_would_differ: 'its page would no longer look the same',
  unreadable: 'it cannot be read',
  no_gain: 'no new form is smaller at this level',
}

export function pictureText(line: Omit<Picture, 'text'>): string {
  const { count, pages, form, reason, ppiBefore, ppiAfter, bytesBefore, bytesAfter } = line
  const [one, many] = classes[line.class]
  const which = `${count === 1 ? one : `${count} ${many}`}${onPages(pages)}`
  if (form === undefined)
    return `${which} (${sizeText(bytesBefore)}) left as ${count === 1 ? 'it is' : 'they are'}: ${
      reason === undefined ? '' : `${count === 1 ? '' : 'of each, '}${imageReasons[reason]}`
    }.`
  const isReduced = ppiBefore !== undefined && ppiAfter !== undefined && ppiAfter < ppiBefore
  const largest = count === 1 ? '' : ', the largest'
  const reduced = isReduced ? `${largest} with ${ppiAfter} instead of ${ppiBefore} pixels per inch` : ''
  return `${which} ${forms[form]}${reduced}: ${sizeText(bytesBefore)} → ${sizeText(bytesAfter)}.`
}

export const morePicturesText = ({ count, bytesBefore, bytesAfter }: Omit<MorePictures, 'text'>): string =>
  `${count} more, which are smaller: ${sizeText(bytesBefore)} → ${sizeText(bytesAfter)}.`

const passNames: Readonly<Record<string, string>> = {
  surgical: 'Pictures, fonts and streams packed anew',
  fonts: 'Font programs written anew',
  contents: 'Pages drawn anew',
  gentle: 'Pictures of refused pages encoded more gently',
  structure: 'Objects packed together, streams left as they are',
}

const skipReasons: Record<SkipReason, string> = {
  tagged: 'its tags point into the contents of its pages',
  layered: 'its contents are divided into layers',
  encrypted: 'it is encrypted',
  many_pages: 'it has too many pages',
  fonts_missing: 'fonts are not embedded',
  stencils_grow: 'its stencils would grow',
  contents_small: 'contents and fonts are only a small part of it',
  fonts_small: 'no font program is worth it',
  fonts_as_small: 'no font program became smaller',
  keeps_colours: 'it would keep its colours',
}

export function skipText({ reason, most, names }: Skipped): string {
  if (reason === 'many_pages' && most !== undefined) return `it has more than ${most} pages`
  return `${skipReasons[reason]}${names === undefined ? '' : `: ${names.join(', ')}`}`
}

const damages: Record<DamageCode, string> = {
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

export function refusalText({ reason, pages, measured, limit }: Omit<Refusal, 'text'>): string {
  const found =
    measured === undefined || limit === undefined ? '' : ` (at worst ${measured}, the limit is ${limit})`
  const text = pagesText(pages)
  return `As it came out, ${text.startsWith('pages') ? 'each of ' : ''}${text} ${damages[reason]}${found}.`
}

export function passText(pass: Pass): string {
  const { saved, why, refusals } = pass
  const name = passNames[pass.name] ?? pass.name
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
      return `${name}: failed without harm. ${why ?? ''}`.trimEnd()
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

export const levelText = ({ level, bytes, least, most, ratio }: OtherLevel): string =>
  `The level ${level} would give about ${sizeText(bytes)} (${sizeText(least)} to ${sizeText(most)}), ${percent(ratio)} of the file.`

/** The whole result in a sentence. */
export function summaryText(before: number, after: number, reason: string | undefined): string {
  if (reason !== undefined) return `The file stays as it was, as ${reason}.`
  return `${sizeText(before)} → ${sizeText(after)}, ${percent(1 - after / before)} smaller.`
}
