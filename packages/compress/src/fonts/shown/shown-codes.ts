import {
  contentsOf,
  type Dictionary,
  isDictionary,
  isReference,
  openTurns,
  type Owner,
  ownersIn,
  pageOwner,
  reachedFrom,
  stringBytes,
  type WorkingCopy,
} from '@pdf-smaller/pdf'
import { addText, noTexts, openCodes, type Texts } from './codes.ts'
import { fontsSet, tellTexts } from './texts.ts'

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
  const fonts = fontsByName(copy)
  if (!fonts) return undefined
  const codes = openCodes(copy)
  const elsewhere = new Map<string | undefined, Texts>()
  const pause = openTurns(signal)
  let left = mostBytesInAll
  for (const owner of allOwners(copy, pageReferences)) {
    const own = copy.dictionary(copy.dictionary(owner.resources)['/Font'])
    // Each glyph begins with the state of its text.
    for (const streams of owner.kind === 'font' ? owner.streams.map((each) => [each]) : [owner.streams]) {
      await pause()
      const contents = await contentsOf({ streams }, copy)
      left -= contents?.length ?? 0
      const texts = contents && left >= 0 ? textsIn(contents) : undefined
      if (!texts) return undefined
      for (const [name, said] of texts) {
        const font = name === undefined ? undefined : copy.resolve(own[name])
        if (isDictionary(font)) codes.add(font, said)
        else elsewhere.set(name, together(elsewhere.get(name), said))
      }
    }
  }
  // A font that resources name, and nothing shows, is asked for nothing.
  for (const font of allOf(fonts)) codes.add(font, noTexts())
  // What the resources at hand do not have, readers look for in others.
  for (const [name, said] of elsewhere)
    for (const font of (name === undefined ? undefined : fonts.get(name)) ?? allOf(fonts))
      codes.add(font, said)
  for (const font of toFillIn(copy, fonts)) codes.addAny(font)
  return codes.of
}

/** What contents say with each font, by its name; undefined where they cannot be read to their end. */
function textsIn(contents: Uint8Array): Map<string | undefined, Texts> | undefined {
  const texts = new Map<string | undefined, Texts>()
  const isWhole = tellTexts(contents, (font, text) => {
    const own = texts.get(font) ?? noTexts()
    texts.set(font, own)
    addText(own, text)
  })
  return isWhole ? texts : undefined
}

const together = (one: Texts = noTexts(), other: Texts): Texts => ({
  bytes: new Set([...one.bytes, ...other.bytes]),
  pairs: new Set([...one.pairs, ...other.pairs]),
})

type FontsByName = ReadonlyMap<string, ReadonlySet<Dictionary>>

const allOf = (fonts: FontsByName) => new Set([...fonts.values()].flatMap((each) => [...each]))

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
const hasStreams = (contents: unknown, copy: WorkingCopy) =>
  (isReference(contents) && typeof copy.resolve(contents) !== 'string') || Array.isArray(contents)

/** The fonts that fields and annotations are filled in with: those of the form, those named that it does not have, and of the appearances of what can be. */
function toFillIn(copy: WorkingCopy, fonts: FontsByName): Set<Dictionary> {
  const ofForm = new Map<string, unknown>()
  const ofAppearances: unknown[] = []
  const named = new Set<string>()
  for (const each of everything(copy)) {
    for (const [name, font] of fontsOf(each['/DR'], copy)) ofForm.set(name, font)
    const { '/Subtype': kind, '/DA': appearance, '/AP': appearances } = each
    if (kind === '/Widget' || appearance !== undefined) ofAppearances.push(...resourcesOf(appearances, copy))
    for (const name of fontsSet(stringBytes(copy.resolve(appearance)) ?? nothing)) named.add(name)
  }
  const elsewhere = [...named]
    .filter((name) => !ofForm.has(name))
    .flatMap((name) => [...(fonts.get(name) ?? [])])
  const drawn = ofAppearances.flatMap((each) => fontsOf(each, copy).map(([, font]) => font))
  return new Set([...ofForm.values(), ...drawn, ...elsewhere].map(copy.resolve).filter(isDictionary))
}

const nothing = new Uint8Array()

const fontsOf = (resources: unknown, copy: WorkingCopy) =>
  Object.entries(copy.dictionary(copy.dictionary(resources)['/Font']))

function resourcesOf(appearances: unknown, copy: WorkingCopy): unknown[] {
  const states = Object.values(copy.dictionary(appearances)).flatMap((each) => [
    copy.dictionary(each),
    ...Object.values(copy.dictionary(each)).map(copy.dictionary),
  ])
  return states.map((each) => each['/Resources'])
}
