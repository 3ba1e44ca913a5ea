import { formats, t } from '../../../texts/index.ts'
import type { ReportTexts } from '../../../texts/report/words.ts'
import { wordFor } from '../../../texts/word-for.ts'
import type { AtLevel, Found, Page, Pages, Pass, Picture, RefusedForm, Told } from './told.ts'

/** What the report says, in the language of the page. Names that are not known are told as they are. */

/** The report in some sentences: what was taken, what was refused, and why there is no more. */
export function leadOf({ passes = [], noGain, target }: Told, words: ReportTexts): string {
  const won = passes.find(({ outcome }) => outcome === 'won')
  const refused = passes.filter(({ outcome }) => outcome === 'rejected').length
  const saved = formats.value.bytes(Math.max(0, won?.saved ?? 0))
  return [
    won ? (ownOf(words.taken, won.name) ?? words.takenOther)(saved) : undefined,
    noGain === undefined ? undefined : ownOf(words.noGain, noGain),
    refused > 0 ? words.refusedAttempts(refused) : undefined,
    target?.reason === undefined || noGain === target.reason ? undefined : ownOf(words.target, target.reason),
  ]
    .filter(Boolean)
    .join(' ')
}

const ownOf = <T>(words: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(words, name) ? words[name] : undefined

export const levelName = (level: string): string => wordFor(t.value.task.levels, level)

/** Why a pass came out as it did. */
export function whyOf({ outcome, saved = 0, why, reason, refusals = [] }: Pass, words: ReportTexts): string {
  if (outcome === 'won') return words.becameTaken
  if (outcome === 'kept') return saved > 0 ? words.beaten : words.noSmaller
  const each = refusals.map((one) => `${pagesText(one.pages, words)}: ${foundText(one, words)}`)
  if (each.length > 0) return `${each.join('; ')}.`
  return reason === undefined ? (why ?? '') : wordFor({ ...words.skips, ...words.damages }, reason)
}

/** `Pages 1–4, 7, +12`; empty where none are known. */
export function pagesText({ ranges, more }: Pages, words: ReportTexts): string {
  const [only] = ranges
  if (!only) return ''
  if (ranges.length === 1 && more === 0 && only.first === only.last) return words.page(only.first)
  const named = ranges.map(({ first, last }) => (first === last ? String(first) : `${first}–${last}`))
  return words.pages([...named, ...(more > 0 ? [`+${more}`] : [])].join(', '))
}

const measures: Readonly<Record<string, keyof ReportTexts['measured']>> = {
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

/** What was wrong, and by how much. */
function foundText({ reason, measured, limit }: Found, words: ReportTexts): string {
  const what = wordFor(words.damages, reason)
  const measure = ownOf(measures, reason)
  if (measured === undefined || limit === undefined || measure === undefined) return what
  const figure =
    measure === 'marks' || measure === 'shades'
      ? (value: number) => formats.value.number(Math.round(value))
      : share
  return `${what} (${words.measured[measure](figure(measured), figure(limit))})`
}

/** With a decimal, as what breaks a limit by little would seem to keep to it. */
const share = (part: number) => `${formats.value.number(Math.round(part * 1000) / 10)} %`

/** What became of a picture. */
export function becameText(picture: Picture, words: ReportTexts): string {
  const { count, form, reason, ppiBefore, ppiAfter, lost = 0, encodedAs } = picture
  if (form === undefined) return reason === undefined ? words.stayed : wordFor(words.keeps, reason)
  const isReduced = ppiBefore !== undefined && ppiAfter !== undefined && ppiAfter < ppiBefore
  const details = [
    ...(isReduced ? [words.ppi(ppiBefore, ppiAfter)] : []),
    ...(encodedAs === undefined ? [] : [words.encodedAs(levelName(encodedAs))]),
    ...(lost < leastTold ? [] : [words.differs(share(lost))]),
  ].join(', ')
  const now = words.renewed(wordFor(words.forms, form))
  if (details === '') return `${now}.`
  return count === 1 ? `${now}, ${details}.` : `${now}. ${words.largest}${details}.`
}

/** What is less rounds to nothing. */
const leastTold = 0.0005

/** The forms of a picture that were refused; empty where there are none. */
export function refusedText({ refused = [] }: Picture, words: ReportTexts): string {
  return refused.length === 0
    ? ''
    : `${words.notTaken}${refused.map((each) => formText(each, words)).join('; ')}.`
}

function formText({ form, ppi, bytes, page, ...found }: RefusedForm, words: ReportTexts): string {
  const how = [
    wordFor(words.forms, form),
    ...(ppi === undefined ? [] : [words.atPpi(ppi)]),
    ...(page === undefined ? [] : [words.onPage(page)]),
  ].join(' ')
  return words.notTakenForm(formats.value.bytes(bytes), how, foundText(found, words))
}

/** What the levels try with a picture; empty where that is not told. */
export function levelsText({ form, atLevels }: Picture, words: ReportTexts): string {
  const levels = atLevels?.levels ?? []
  if (levels.length === 0) return ''
  if (levels.every(({ does }) => does === 'own' || does === 'same'))
    return form === undefined ? words.noLevel : words.every
  const rules = Map.groupBy(levels, (each) => ruleText(each, words))
  const told = [...rules].map(
    ([rule, alike]) => `${alike.map((each) => nameOf(each, words)).join(', ')} ${rule}`,
  )
  const isOfLook = levels.some(({ mostLost }) => mostLost !== undefined)
  return `${isOfLook ? words.levelsLose : words.levels}${told.join('; ')}.`
}

const nameOf = ({ level, does }: AtLevel, words: ReportTexts) =>
  does === 'own' ? words.thisJob(levelName(level)) : levelName(level)

function ruleText({ mostLost, mostPpi, paperPpi }: AtLevel, words: ReportTexts): string {
  const rules = [
    ...(mostLost === undefined ? [] : [share(mostLost)]),
    ...(mostPpi === undefined ? [] : [words.mostPpi(mostPpi)]),
    ...(paperPpi === undefined ? [] : [words.inLayers(paperPpi)]),
  ]
  return rules.length > 0 ? rules.join(', ') : words.allPixels
}

/** How a page looks now, and what of it was refused. */
export function pageText({ pictures, ssim, refused = [] }: Page, words: ReportTexts): string {
  const looks = [
    ...(pictures === 0 ? [] : [words.onPagePictures(pictures)]),
    ...(ssim === undefined ? [] : [looksText(ssim, words)]),
  ].join(', ')
  const why = refused.map((reason) => wordFor(words.damages, reason)).join(', ')
  return [...(looks ? [`${capital(looks)}.`] : []), ...(why ? [words.attemptRefused(why)] : [])].join(' ')
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

function looksText(ssim: number, words: ReportTexts): string {
  if (ssim >= 1) return words.looksSame
  return 1 - ssim < leastTold ? words.looksNearlySame : words.alike(share(ssim))
}
