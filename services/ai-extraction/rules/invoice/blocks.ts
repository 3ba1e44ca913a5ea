import { boxAround, type Box } from '../../layout/boxes.ts'
import { letterSize, type Cell } from '../../layout/cells.ts'
import type { Layout } from '../../layout/layout.ts'

/** Cells that stand under each other with a common edge: an address, a column of a footer, a letterhead. */
export type Block = { page: number; cells: Cell[]; box: Box }

/** The blocks of all pages, from top to bottom. `isOut` leaves lines out, such as those of the table. */
export function blocksOf(layout: Layout, isOut: (line: number) => boolean): Block[] {
  const blocks: Block[] = []
  layout.cells.forEach((cells, line) => {
    if (isOut(line)) return
    for (const cell of cells) {
      const block = blocks.slice(-16).findLast((block) => continues(block, cell))
      if (!block) blocks.push({ page: cell.page, cells: [cell], box: cell.box })
      else {
        block.cells.push(cell)
        block.box = boxAround([block.box, cell.box])
      }
    }
  })
  return blocks
}

/** A cell goes on with a block where it follows closely and shares its left edge, right edge or middle. */
function continues(block: Block, { page, box, words }: Cell): boolean {
  const last = block.cells.at(-1)
  if (!last || last.page !== page) return false
  // Boxes of some fonts are lower than what is set in them.
  const height = Math.max(last.box.b - last.box.t, box.b - box.t, 0.9 * letterSize(words))
  const gap = box.t - last.box.b
  if (gap < -0.5 * height || gap > 0.6 * height) return false
  const aligned = (edge: (box: Box) => number) => Math.abs(edge(last.box) - edge(box)) < 0.5 * height
  const overlaps = Math.min(last.box.r, box.r) > Math.max(last.box.l, box.l)
  return (
    overlaps && (aligned((box) => box.l) || aligned((box) => box.r) || aligned((box) => (box.l + box.r) / 2))
  )
}
