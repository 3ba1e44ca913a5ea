import type { NewObjects } from '@pdf-smaller/pdf'
import { frameOf, pageSizeOf } from '@pdf-smaller/pdf/page-frame'
import type { ExtraPages } from '../../assembly/assemble.ts'
import type { Extract } from '../../assembly/extracted.ts'
import type { Part } from '../../assembly/source.ts'
import { contentsPages, contentsPagesFor, type Line } from './contents-page.ts'
import { newPage, type PageSize } from './new-page.ts'
import type { Options } from './options.ts'
import { titleOf } from './order.ts'

const usualSize: PageSize = { width: 595, height: 842, unit: 1 }

/** Where the parts begin, from page 1, and where blank pages stand. */
export type Layout = { front: number; starts: number[]; blankBehind: boolean[]; blankInFront: boolean }

/** Decides on pages besides those of the parts; for printing on both sides each part begins on a page with an odd number. */
export function layoutOf(parts: readonly Part[], { contents, duplex }: Options): Layout {
  const own = contents ? contentsPagesFor(parts.length, sizeBeside(parts[0], 0)) : 0
  const blankInFront = duplex && own % 2 === 1
  const front = own + Number(blankInFront)
  const [starts, blankBehind]: [number[], boolean[]] = [[], []]
  let next = front + 1
  for (const [index, { pages }] of parts.entries()) {
    starts.push(next)
    const blank = duplex && pages.length % 2 === 1 && index < parts.length - 1
    blankBehind.push(blank)
    next += pages.length + Number(blank)
  }
  return { front, starts, blankBehind, blankInFront }
}

/** Adds a table of contents and blank pages as they are laid out. */
export function addExtraPages(
  target: NewObjects,
  tree: string,
  extracts: readonly Extract[],
  { starts, blankBehind, blankInFront, front }: Layout,
): ExtraPages {
  const size = sizeBeside(extracts[0]?.part, 0)
  const lines = extracts.map(({ part, pages: [first = ''] }, index): Line => ({
    title: titleOf(part),
    page: starts[index] ?? 1,
    target: first,
  }))
  const pages = front > 0 ? contentsPages(lines, size, target, tree) : []
  const blank = (size: PageSize) => target.add({ value: { ...newPage(size, tree), '/Resources': {} } })
  return {
    front: [...pages, ...(blankInFront ? [blank(size)] : [])],
    behind: extracts.map(({ part }, index) => (blankBehind[index] ? blank(sizeBeside(part, -1)) : undefined)),
  }
}

/** The size of a part's page, by its index. */
function sizeBeside(part: Part | undefined, index: number): PageSize {
  const { copy, pageReferences } = part?.source.document ?? {}
  const page = pageReferences?.[(part?.pages.at(index) ?? 1) - 1]
  if (!copy || !page) return usualSize
  return { ...pageSizeOf(copy, page), unit: frameOf(copy, page).unit }
}
