import type { PdfObjects } from '@pdf-smaller/pdf'
import { openDigests } from '../facts/digests.ts'
import { type DocumentFacts, documentFactsOf, type OutlineFact } from '../facts/document-facts.ts'
import { drawnDigest } from '../facts/drawn.ts'
import { lostName } from '../facts/lost-names.ts'
import { type PageFacts, pageFactsOf } from '../facts/page-facts.ts'
import type { Asked, Origin, SourceDocument } from './asked.ts'
import { foreignDamage, type Holdings, holdingsOf } from './foreign.ts'
import { lostAnnotations } from './lost-annotations.ts'
import { type Shown, shownBy } from './shown.ts'

/** What a document carries: each of its pages when it is asked for, and the whole. */
export type Facts = {
  objects: PdfObjects
  /** The reference of each page, in order. */
  pages: readonly string[]
  page: (page: number) => Promise<PageFacts>
  whole: () => Promise<DocumentFacts>
  holdings: () => Holdings
  /** A digest of what a page draws, from 1. */
  drawn: (page: number) => Promise<string>
}

export function openFacts({ objects, pages }: Pick<SourceDocument, 'objects' | 'pages'>): Facts {
  const digestOf = openDigests(objects)
  let whole: Promise<DocumentFacts> | undefined
  let holdings: Holdings | undefined
  return {
    objects,
    pages,
    page: pageFactsOf(objects, pages, digestOf),
    whole: () => (whole ??= documentFactsOf(objects, pages, digestOf)),
    drawn: (page) => drawnDigest(pages[page - 1] ?? '', objects, digestOf),
    holdings: () => (holdings ??= holdingsOf(objects, pages)),
  }
}

const counts = () => ({ kept: 0, dropped: 0 })

/** What of the sources was found in the new document. */
export type Found = ReturnType<typeof nothingFound>

const nothingFound = () => ({
  pages: 0,
  links: counts(),
  outline: counts(),
  fields: counts(),
  attachments: 0,
  tags: false,
  labels: false,
  layers: false,
})

/**
 * Compares what a new document carries with what it was asked to.
 * @param sourceFacts those of a source
 * @returns the damage in words, and what was found
 */
export async function factsDamage(
  asked: Asked,
  result: Facts,
  sourceFacts: (document: SourceDocument) => Facts,
): Promise<{ damage?: string; found: Found }> {
  const pages = result.pages.length
  const found = { ...nothingFound(), pages }
  if (pages !== asked.pages.length)
    return { damage: `it has ${pages} pages in place of ${asked.pages.length}`, found }
  const holdings = asked.parts.map(({ document }) => sourceFacts(document).holdings())
  const damages = foreignDamage(asked, result.holdings(), holdings)
  const shown = shownBy(asked)
  for (const [index, origin] of asked.pages.entries()) {
    if (!origin) continue
    const had = await sourceFacts(origin.part.document).page(origin.page)
    const has = await result.page(index + 1)
    damages.push(...pageDamage(index, origin, had, has, asked, shown))
    if (!origin.change) damages.push(...(await drawnDamage(index, had, has, result)))
    const kept = linksOf(has)
    found.links.kept += kept
    found.links.dropped += Math.max(0, linksOf(had) - kept)
  }
  const sources: DocumentFacts[] = []
  for (const { document } of asked.parts) sources.push(await sourceFacts(document).whole())
  damages.push(...wholeDamage(asked, await result.whole(), sources, shown, found))
  const [damage] = damages
  return damage === undefined ? { found } : { damage, found }
}

const linksOf = ({ annotations }: PageFacts) => annotations.filter(({ kind }) => kind === '/Link').length

function pageDamage(
  index: number,
  { change }: Origin,
  had: PageFacts,
  has: PageFacts,
  asked: Asked,
  shown: Shown,
): string[] {
  const page = `page ${index + 1}`
  const frame = { ...had.frame, rotate: (had.frame.rotate + (change?.turn ?? 0)) % 360 }
  if (JSON.stringify(frame) !== JSON.stringify(has.frame)) return [`${page} has other boxes, or is turned`]
  if (!asked.belongings) return []
  if (had.label !== undefined && had.label !== has.label) return [`${page} is numbered otherwise`]
  const lost = lostAnnotations(index, had.annotations, has.annotations, asked, shown)
  return lost === undefined ? [] : [`${page} has lost ${lost}`]
}

/** A page whose contents draw something that it does not lead to. */
async function drawnDamage(index: number, had: PageFacts, has: PageFacts, { objects, pages }: Facts) {
  const page = index + 1
  const shownBefore = new Set(had.layers)
  if (has.layers.some((layer) => !shownBefore.has(layer)))
    return [`the layers of page ${page} are shown otherwise`]
  const name = await lostName(had.named, has.named, pages[index] ?? '', objects)
  return name === undefined ? [] : [`page ${page} has lost what it draws (${name})`]
}

/** Outlines are followed so far down; both sides may be cut off below, each at its own level. */
const levelsCompared = 16

function wholeDamage(
  asked: Asked,
  has: DocumentFacts,
  sources: readonly DocumentFacts[],
  shown: Shown,
  found: Found,
): string[] {
  const sum = (count: (facts: DocumentFacts) => number) =>
    sources.reduce((total, facts) => total + count(facts), 0)
  const drop = (all: number, kept: number) => ({ kept, dropped: Math.max(0, all - kept) })
  found.outline = drop(
    sum(({ outline }) => outline.length),
    Math.max(0, has.outline.length - asked.addedEntries),
  )
  found.fields = drop(
    sum(({ fields }) => fields),
    has.fields,
  )
  found.attachments = has.attachments.length
  found.tags = has.tagged
  found.labels = has.labelled
  found.layers = has.layers > 0
  const files = asked.attachments ? lostFiles(sources, has) : 0
  return [
    ...(files > 0 ? [`${files} attached files are missing, or are others`] : []),
    ...(asked.belongings && isOutlineLost(asked, has, sources, shown)
      ? ['entries of the outline are missing, or lead elsewhere']
      : []),
  ]
}

/** How many of the files attached to the sources are not there, by their bytes: of two of a name one gets another. */
function lostFiles(sources: readonly DocumentFacts[], has: DocumentFacts): number {
  const there = Map.groupBy(has.attachments, ({ bytes }) => bytes)
  const wanted = Map.groupBy(
    sources.flatMap(({ attachments }) => attachments),
    ({ bytes }) => bytes,
  )
  return Array.from(wanted, ([bytes, all]) =>
    Math.max(0, all.length - (there.get(bytes)?.length ?? 0)),
  ).reduce((sum, lost) => sum + lost, 0)
}

/** Whether fewer entries of a title lead to any place than in its source. */
function isOutlineLost(
  asked: Asked,
  has: DocumentFacts,
  sources: readonly DocumentFacts[],
  shown: Shown,
): boolean {
  const leading = new Map(asked.parts.map((part) => [part, new Map<string, number>()]))
  const count = ({ part, page }: Origin, { title, view }: OutlineFact, by: number) => {
    const own = leading.get(part)
    const key = JSON.stringify([page, title, shown.isAnyMoved ? '' : view])
    own?.set(key, (own.get(key) ?? 0) + by)
  }
  for (const entry of has.outline) {
    const origin = asked.pages[(entry.page ?? 0) - 1]
    if (origin) count(origin, entry, 1)
  }
  for (const [index, part] of asked.parts.entries()) {
    for (const entry of sources[index]?.outline ?? []) {
      const { page, level } = entry
      if (page !== undefined && level < levelsCompared && shown.page(part, page))
        count({ part, page }, entry, -1)
    }
  }
  return [...leading.values()].some((own) => [...own.values()].some((rest) => rest < 0))
}
