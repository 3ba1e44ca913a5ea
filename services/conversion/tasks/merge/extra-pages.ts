import { boxOf, inherited, type NewObjects } from '@pdf-smaller/pdf'
import type { ExtraPages } from '../../assembly/assemble.ts'
import type { Extract } from '../../assembly/extract.ts'
import type { Part } from '../../assembly/source.ts'
import { contentsPages, contentsPagesFor, type Line } from './contents-page.ts'
import type { Options } from './options.ts'
import { titleOf } from './order.ts'

/** The size of a page as it is shown, points. */
export type PageSize = { width: number; height: number }

const usualSize = { width: 595, height: 842 }

/** Where the parts begin, from page 1, and where blank pages stand. */
export type Layout = { front: number; starts: number[]; blankBehind: boolean[]; blankInFront: boolean }

/** Decides on pages besides those of the parts; for printing on both sides each part begins on a page with an odd number. */
export function layoutOf(parts: readonly Part[], { contents, duplex }: Options): Layout {
  const own = contents ? contentsPagesFor(parts.length, sizeOf(parts[0], 0)) : 0
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
  const size = sizeOf(extracts[0]?.part, 0)
  const lines = extracts.map(({ part, pages: [first = ''] }, index): Line => ({
    title: titleOf(part),
    page: starts[index] ?? 1,
    target: first,
  }))
  const pages = front > 0 ? contentsPages(lines, size, target, tree) : []
  const blank = ({ width, height }: PageSize) =>
    target.add({
      value: { '/Type': '/Page', '/Parent': tree, '/MediaBox': [0, 0, width, height], '/Resources': {} },
    })
  return {
    front: [...pages, ...(blankInFront ? [blank(size)] : [])],
    behind: extracts.map(({ part }, index) => (blankBehind[index] ? blank(sizeOf(part, -1)) : undefined)),
  }
}

/** The size of a part's page, by its index. */
function sizeOf(part: Part | undefined, index: number): PageSize {
  const { copy, pageReferences } = part?.source.document ?? {}
  const page = pageReferences?.[(part?.pages.at(index) ?? 1) - 1]
  if (!copy || !page) return usualSize
  const boxes = ['/CropBox', '/MediaBox'].map((key) => boxOf(copy, page, key))
  const [left = 0, bottom = 0, right = 0, top = 0] = boxes.find((box) => box.length === 4) ?? []
  const [width, height] = [Math.abs(right - left), Math.abs(top - bottom)]
  if (width === 0 || height === 0) return usualSize
  const isTurned = copy.number(inherited(copy, page, '/Rotate')) % 180 !== 0
  return isTurned ? { width: height, height: width } : { width, height }
}
