import { formReasons, foundText } from './damages.ts'
import { pagesText, percent, sizeText } from './figures.ts'
import type { PageRanges } from './page-ranges.ts'
import type { ToldPage } from './page.ts'
import type {
  ImageClass,
  MorePictures,
  Picture,
  PictureAtLevel,
  PictureForm,
  RefusedForm,
} from './picture.ts'
import type { ImageReason } from './reasons.ts'

/** What the report says of pictures and pages in English. */

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
  fits_as_it_is: 'there is room for it as it is',
}

export function pictureText(line: Omit<Picture, 'text'>): string {
  const { count, pages, form, reason, ppiBefore, ppiAfter, bytesBefore, bytesAfter, lost = 0 } = line
  const [one, many] = classes[line.class]
  const which = `${count === 1 ? one : `${count} ${many}`}${onPages(pages)}`
  if (form === undefined)
    return `${which} (${sizeText(bytesBefore)}) left as ${count === 1 ? 'it is' : 'they are'}: ${
      reason === undefined ? '' : `${count === 1 ? '' : 'of each, '}${imageReasons[reason]}`
    }.${refusedText(line)}`
  const isReduced = ppiBefore !== undefined && ppiAfter !== undefined && ppiAfter < ppiBefore
  const largest = count === 1 ? '' : ', the largest'
  const reduced = isReduced ? `${largest} with ${ppiAfter} instead of ${ppiBefore} pixels per inch` : ''
  const as = line.encodedAs ? `${reduced ? '' : largest} as at the level ${line.encodedAs}` : ''
  const differs =
    lost < leastTold ? '' : `; ${count === 1 ? 'it' : 'the largest'} differs by ${percent(lost)}`
  const sizes = `${sizeText(bytesBefore)} → ${sizeText(bytesAfter)}`
  return `${which} ${forms[form]}${reduced}${as}: ${sizes}${differs}.${refusedText(line)}`
}

/** What is less rounds to nothing. */
const leastTold = 0.0005

const formNames: Record<PictureForm, string> = {
  jpeg: 'as JPEG',
  jpeg2000: 'as JPEG 2000',
  jbig2: 'as JBIG2',
  lossless: 'without any loss',
  layers: 'in layers',
}

function refusedText({ refused = [], count }: Pick<Picture, 'refused' | 'count'>): string {
  if (refused.length === 0) return ''
  return ` Not taken${count === 1 ? '' : ', of the largest'}: ${refused.map(refusedFormText).join('; ')}.`
}

function refusedFormText({ form, ppi, bytes, page, ...found }: RefusedForm): string {
  const measured = foundText(found)
  const where = page === undefined ? '' : ` on page ${page}`
  const size = `${sizeText(bytes)} ${formNames[form]}${ppi === undefined ? '' : ` with ${ppi} pixels per inch`}`
  return `${size}, as${where} ${formReasons[found.reason]}${measured && ` (${measured})`}`
}

/** What each level may do with a picture; that of the job is marked. */
export function atLevelsText(levels: readonly PictureAtLevel[], isKept: boolean): string {
  if (levels.every(({ does }) => does !== 'tries'))
    return isKept ? 'No level does more with it.' : 'Every level makes the same of it.'
  const isOfPixels = levels.every(({ mostLost }) => mostLost === undefined)
  const alike = Map.groupBy(levels, ruleText)
  const rules = [...alike].map(([rule, each]) => `${each.map(nameOf).join(', ')} ${rule}`)
  return `${isOfPixels ? 'Tried by level' : 'What it may lose by level'}: ${rules.join('; ')}.`
}

const nameOf = ({ level, does }: PictureAtLevel) => (does === 'own' ? `${level} (this job)` : level)

function ruleText({ mostLost, mostPpi, paperPpi }: PictureAtLevel): string {
  const rules = [
    ...(mostLost === undefined ? [] : [`up to ${Math.round(mostLost * 100)} %`]),
    ...(mostPpi === undefined ? [] : [`at most ${mostPpi} pixels per inch at first`]),
    ...(paperPpi === undefined ? [] : [`or layers on a background of ${paperPpi}`]),
  ]
  return rules.length > 0 ? rules.join(', ') : 'all its pixels'
}

/** `page 3: 2 pictures, 1.41 MB → 155.5 kB; it looks 97.3 % alike.` */
export function pageText({
  page,
  pictures,
  bytesBefore,
  bytesAfter,
  ssim,
  refused = [],
}: Omit<ToldPage, 'text'>): string {
  const parts = [
    ...(pictures === 0
      ? []
      : [
          `${pictures === 1 ? '1 picture' : `${pictures} pictures`}, ${
            bytesAfter === bytesBefore
              ? `${sizeText(bytesBefore)} as before`
              : `${sizeText(bytesBefore)} → ${sizeText(bytesAfter)}`
          }`,
        ]),
    ...(ssim === undefined ? [] : [alikeText(ssim)]),
    ...(refused.length === 0
      ? []
      : [`an attempt was refused, as ${refused.map((reason) => formReasons[reason]).join(', ')}`]),
  ]
  return `Page ${page}: ${parts.join('; ')}.`
}

function alikeText(ssim: number): string {
  if (ssim >= 1) return 'it looks as it did'
  return 1 - ssim < leastTold ? 'it looks all but as it did' : `it looks ${percent(ssim)} alike`
}

export const morePicturesText = ({ count, bytesBefore, bytesAfter }: Omit<MorePictures, 'text'>): string =>
  `${count} more, which are smaller: ${sizeText(bytesBefore)} → ${sizeText(bytesAfter)}.`
