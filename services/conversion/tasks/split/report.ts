import { type Looked, nothingLooked } from '@pdf-smaller/judge/looked'
import { droppedFrom, hasAttachments } from '../../assembly/report.ts'
import { protectionOf } from '../../assembly/protection.ts'
import { signaturesOf } from '../../assembly/signatures.ts'
import type { Source } from '../../assembly/source.ts'
import type { WrittenPart } from './parts.ts'
import type { PartEntry, Result } from './result.ts'

/** What is told of the files, gathered as they are written. */
export type Report = {
  add: (file: string, part: WrittenPart, looked: Looked) => void
  files: () => number
  /** Bytes of all files together. */
  bytes: () => number
  entries: () => readonly PartEntry[]
  result: (source: Source) => Result
}

/** @param mostBytes files larger than that are counted as too large */
export function openReport(mostBytes: number): Report {
  const entries: PartEntry[] = []
  const kept: Result['kept'] = {
    links: { kept: 0, dropped: 0 },
    outline: { kept: 0, dropped: 0 },
    fields: { kept: 0, dropped: 0, renamed: 0 },
    attachments: 0,
    tags: false,
    labels: false,
    layers: false,
  }
  const looked = nothingLooked()
  const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)
  let bytes = 0
  return {
    add: (file, { cut: { pages, title }, bytes: size, kept: own }, seen) => {
      bytes += size
      looked.pages += seen.pages
      looked.carried += seen.carried
      looked.text += seen.text
      looked.look += seen.look
      const [from, to] = [Math.min(...pages), Math.max(...pages)]
      entries.push({
        file,
        from,
        to,
        pages: pages.length,
        bytes: size,
        ...(title === undefined ? {} : { title }),
      })
      kept.links.kept += own.links.kept
      kept.links.dropped += own.links.dropped
      kept.outline.kept += own.outline.kept
      kept.fields.kept += own.fields.kept
      kept.tags ||= own.tags
      kept.labels ||= own.labels
      kept.layers ||= own.layers
    },
    files: () => entries.length,
    bytes: () => bytes,
    entries: () => entries,
    result: (source) => {
      const protection = protectionOf(source.document.encryption)
      return {
        files: entries.length,
        pages: sum(entries.map(({ pages }) => pages)),
        bytes,
        largest: Math.max(...entries.map((entry) => entry.bytes)),
        tooLarge: entries.filter((entry) => entry.bytes > mostBytes).length,
        repaired: source.document.repaired,
        signatures: signaturesOf(source),
        ...(protection ? { protection } : {}),
        kept: withDropped(kept, source),
        looked,
        dropped: [...droppedFrom(source, true), ...(hasAttachments(source) ? ['attached files'] : [])],
      }
    },
  }
}

/** An entry or field that one of the files does not have may be in another, so it counts what none has. */
function withDropped(kept: Result['kept'], { outline, outlineSpans, fields }: Source): Result['kept'] {
  const entries = outline.reduce((sum, item) => sum + (outlineSpans.get(item)?.entries ?? 0), 0)
  const missing = (all: number, those: number) => Math.max(0, all - those)
  return {
    ...kept,
    outline: { ...kept.outline, dropped: missing(entries, kept.outline.kept) },
    fields: { ...kept.fields, dropped: missing(fields.roots.length, kept.fields.kept) },
  }
}
