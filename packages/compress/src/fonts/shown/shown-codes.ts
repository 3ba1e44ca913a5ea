import {
  contentsOf,
  type Dictionary,
  isDictionary,
  isReference,
  openTurns,
  type Owner,
  ownersIn,
  pageOwner,
  type PdfObjects,
  reachedFrom,
  type WorkingCopy,
} from '@pdf-smaller/pdf'
import { type Codes, openCodes } from './codes.ts'
import { tellTexts } from './texts.ts'

/** What is read of contents for this, bytes. */
const mostBytesInAll = 192 * 1024 * 1024

/** Tells the codes that a document shows with a font; undefined where it may be any. */
export type ShownCodes = (font: Dictionary) => ReadonlySet<number> | undefined

/**
 * Reads all contents of a document, of its pages and of all that is no page, for the codes that they show with each font. Fonts that
 * something may be filled in with can be asked for any.
 * @returns undefined where it cannot be told: contents that cannot be read to their end, or fonts that are set in other ways
 */
export async function shownCodes(
  copy: WorkingCopy,
  pageReferences: readonly string[],
  signal: AbortSignal,
): Promise<ShownCodes | undefined> {
  const codes = openCodes(copy)
  const pause = openTurns(signal)
  const fonts = fontsByName(copy)
  if (!fonts) return undefined
  let left = mostBytesInAll
  for (const owner of allOwners(copy, pageReferences)) {
    await pause()
    const own = copy.dictionary(copy.dictionary(owner.resources)['/Font'])
    // Each glyph begins with the state of its text.
    for (const streams of owner.kind === 'font' ? owner.streams.map((each) => [each]) : [owner.streams]) {
      const contents = await contentsOf({ streams }, copy)
      left -= contents?.length ?? 0
      const isRead =
        contents &&
        left >= 0 &&
        tellTexts(contents, (name, text) => {
          for (const font of meant(name, own, fonts, copy)) codes.add(font, text)
        })
      if (!isRead) return undefined
    }
  }
  for (const font of toFillIn(copy)) codes.addAny(font)
  return codes.of
}

type FontsByName = ReadonlyMap<string, ReadonlySet<Dictionary>>

/** The fonts that a name may mean: that of the resources at hand, else those that others have under the name, or all. */
function meant(
  name: string | undefined,
  own: Dictionary,
  fonts: FontsByName,
  copy: WorkingCopy,
): Iterable<Dictionary> {
  const font = name === undefined ? undefined : copy.resolve(own[name])
  if (isDictionary(font)) return [font]
  return (
    (name === undefined ? undefined : fonts.get(name)) ??
    new Set([...fonts.values()].flatMap((each) => [...each]))
  )
}

/** All fonts that resources name; undefined where a state of graphics sets one without a name. */
function fontsByName(copy: WorkingCopy): FontsByName | undefined {
  const found = new Map<string, Set<Dictionary>>()
  for (const each of everything(copy)) {
    const { '/Font': fonts, '/Type': type } = each
    if (fonts === undefined) continue
    const value = copy.resolve(fonts)
    if (Array.isArray(value) || type === '/ExtGState') return undefined
    for (const [name, font] of Object.entries(isDictionary(value) ? value : {})) {
      const own = copy.resolve(font)
      if (!isDictionary(own)) continue
      found.set(name, (found.get(name) ?? new Set()).add(own))
    }
  }
  return found
}

function* everything(copy: WorkingCopy): Generator<Dictionary> {
  for (const each of reachedFrom(copy, [copy.trailer])) if ('dictionary' in each) yield each.dictionary
}

/** All that has contents: pages, templates of pages, and what they draw. */
function* allOwners(copy: WorkingCopy, pageReferences: readonly string[]): Generator<Owner> {
  yield* ownersIn(copy, pageReferences)
  const pages = new Set(pageReferences)
  for (const [reference, { '/Contents': contents, '/Type': type }] of copy.dictionaries())
    if (!pages.has(reference) && (type === '/Page' || type === '/Template' || hasStreams(contents, copy)))
      yield pageOwner(reference, copy)
}

/** Annotations and signatures have texts under the same key. */
const hasStreams = (contents: unknown, copy: PdfObjects) =>
  (isReference(contents) && typeof copy.resolve(contents) !== 'string') || Array.isArray(contents)

/** The fonts that fields and annotations are filled in with: those of the form, and of the appearances of what can be. */
function toFillIn(copy: WorkingCopy): Set<Dictionary> {
  const roots: unknown[] = []
  for (const each of everything(copy)) {
    roots.push(each['/DR'])
    const { '/Subtype': kind, '/DA': appearance, '/AP': appearances } = each
    if (kind === '/Widget' || appearance !== undefined) roots.push(...resourcesOf(appearances, copy))
  }
  const found = new Set<Dictionary>()
  for (const root of roots)
    for (const font of Object.values(copy.dictionary(copy.dictionary(root)['/Font']))) {
      const own = copy.resolve(font)
      if (isDictionary(own)) found.add(own)
    }
  return found
}

function resourcesOf(appearances: unknown, copy: WorkingCopy): unknown[] {
  const states = Object.values(copy.dictionary(appearances)).flatMap((each) => [
    copy.dictionary(each),
    ...Object.values(copy.dictionary(each)).map(copy.dictionary),
  ])
  return states.map((each) => each['/Resources'])
}

export type { Codes }
