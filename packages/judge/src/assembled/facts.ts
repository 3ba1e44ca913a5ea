import { type DocumentFacts, documentFactsOf } from '../facts/document-facts.ts'
import { type PageFacts, pageFactsOf } from '../facts/page-facts.ts'
import type { Asked, Origin, SourceDocument } from './asked.ts'
import { lostAnnotations } from './lost-annotations.ts'
import { type Shown, shownBy } from './shown.ts'

/** What a document carries: each of its pages when it is asked for, and the whole. */
export type Facts = { page: (page: number) => PageFacts; whole: DocumentFacts }

export function factsOf({ objects, pages }: Pick<SourceDocument, 'objects' | 'pages'>): Facts {
  return { page: pageFactsOf(objects, pages), whole: documentFactsOf(objects, pages) }
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
export function factsDamage(
  asked: Asked,
  pages: number,
  result: Facts,
  sourceFacts: (document: SourceDocument) => Facts,
): { damage?: string; found: Found } {
  const found = { ...nothingFound(), pages }
  if (pages !== asked.pages.length)
    return { damage: `it has ${pages} pages in place of ${asked.pages.length}`, found }
  const damages: string[] = []
  const shown = shownBy(asked)
  for (const [index, origin] of asked.pages.entries()) {
    if (!origin) continue
    const had = sourceFacts(origin.part.document).page(origin.page)
    const has = result.page(index + 1)
    damages.push(...pageDamage(index, origin, had, has, asked, shown))
    const kept = linksOf(has)
    found.links.kept += kept
    found.links.dropped += Math.max(0, linksOf(had) - kept)
  }
  damages.push(...wholeDamage(asked, result.whole, sourceFacts, shown, found))
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

/** Outlines are followed so far down; both sides may be cut off below, each at its own level. */
const levelsCompared = 16

function wholeDamage(
  asked: Asked,
  has: DocumentFacts,
  sourceFacts: (document: SourceDocument) => Facts,
  shown: Shown,
  found: Found,
): string[] {
  const sources = asked.parts.map(({ document }) => sourceFacts(document).whole)
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
  const files = asked.attachments ? sum(({ attachments }) => attachments.length) : 0
  return [
    ...(has.attachments.length < files
      ? [`${files - has.attachments.length} attached files are missing`]
      : []),
    ...(asked.belongings && isOutlineLost(asked, has, sourceFacts, shown)
      ? ['entries of the outline are missing, or lead elsewhere']
      : []),
  ]
}

/** Whether fewer entries lead to any page than in its source. */
function isOutlineLost(
  asked: Asked,
  has: DocumentFacts,
  sourceFacts: (document: SourceDocument) => Facts,
  shown: Shown,
): boolean {
  const leading = new Map(asked.parts.map((part) => [part, new Map<number, number>()]))
  const count = ({ part, page }: Origin, by: number) => {
    const own = leading.get(part)
    own?.set(page, (own.get(page) ?? 0) + by)
  }
  for (const { page = 0 } of has.outline) {
    const origin = asked.pages[page - 1]
    if (origin) count(origin, 1)
  }
  for (const part of asked.parts) {
    for (const { page, level } of sourceFacts(part.document).whole.outline) {
      if (page !== undefined && level < levelsCompared && shown(part, page)) count({ part, page }, -1)
    }
  }
  return [...leading.values()].some((own) => [...own.values()].some((rest) => rest < 0))
}
