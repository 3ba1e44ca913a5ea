import { type Operand, type Operation, operationsIn, serialise, bytesOfString } from '@pdf-smaller/pdf'

/** What text a content stream shows. */
export type ShownText = {
  /** Bytes of strings that are seen. */
  visible: number
  /** Bytes of strings that are not (text rendering mode 3), as OCR layers have them. */
  invisible: number
  /** Those of them that text which is seen goes on from, so that it would move without them. */
  bound: number
  /** Forms and images, by the names that it draws them by, and whether text is unseen at that place. */
  drawn: { name: string; unseen: boolean }[]
  /** Whether it could be read to its end. */
  isWhole: boolean
}

/** A stretch of contents, and what takes its place. */
type Cut = { start: number; end: number; by: string }
type Operator = Extract<Operation, { kind: 'operator' }>

const showing = new Set(['Tj', 'TJ', "'", '"'])
/** Begin at a place of their own, wherever text has come to (ISO 32000-1, 9.4.2). */
const placing = new Set(['BT', 'Td', 'TD', 'Tm', 'T*', "'", '"'])
const invisible = 3

/**
 * Looks through a content stream (ISO 32000-1, 7.8.2, 9.3.6).
 * @param unseen whether text is in rendering mode 3 where it begins
 */
export function shownText(contents: Buffer, unseen = false): ShownText & { without: () => Buffer } {
  const [cuts, saved]: [Cut[], boolean[]] = [[], []]
  const drawn = new Map<string, { name: string; unseen: boolean }>()
  const shown: ShownText = { visible: 0, invisible: 0, bound: 0, drawn: [], isWhole: true }
  let isUnseen = unseen
  /** What was shown unseen since text was last given a place. */
  let run: { cut: Cut; bytes: number }[] = []
  const end = () => {
    cuts.push(...run.map(({ cut }) => cut))
    run = []
  }
  for (const operation of operationsIn(contents)) {
    if (operation.kind === 'unknown') shown.isWhole = false
    if (operation.kind !== 'operator') continue
    const { operator, operands } = operation
    const last = operands.at(-1)
    if (operator === 'q') saved.push(isUnseen)
    else if (operator === 'Q') isUnseen = saved.pop() ?? isUnseen
    else if (operator === 'Tr') isUnseen = last?.kind === 'number' && last.value === invisible
    else if (operator === 'Do' && last?.kind === 'name')
      drawn.set(`${last.name} ${isUnseen}`, { name: last.name, unseen: isUnseen })
    if (placing.has(operator)) end()
    if (!showing.has(operator)) continue
    const bytes = bytesShown(contents, operands)
    if (isUnseen) {
      shown.invisible += bytes
      run.push({ cut: cutOf(operation), bytes })
    } else if (bytes > 0) {
      shown.visible += bytes
      for (const each of run) shown.bound += each.bytes
      run = []
    }
  }
  end()
  return { ...shown, drawn: [...drawn.values()], without: () => without(contents, cuts) }
}

const bytesShown = (contents: Buffer, operands: readonly Operand[]): number =>
  operands
    .flatMap((each) => (each.kind === 'items' ? each.items : [each]))
    .reduce((sum, each) => sum + (each.kind === 'string' ? bytesOfString(contents, each).length : 0), 0)

/** What an operator does besides showing text stays: the next line, and spacing. */
function cutOf({ operator, operands, start, end }: Operator): Cut {
  if (operator === "'") return { start, end, by: ' T*' }
  if (operator !== '"') return { start, end, by: '' }
  const [word = '0', character = '0'] = operands.map((each) =>
    serialise(each.kind === 'number' ? each.value : 0),
  )
  return { start, end, by: ` ${word} Tw ${character} Tc T*` }
}

function without(contents: Buffer, cuts: readonly Cut[]): Buffer {
  const kept: Buffer[] = []
  let at = 0
  for (const { start, end, by } of cuts) {
    kept.push(contents.subarray(at, start), Buffer.from(by, 'latin1'))
    at = end
  }
  return Buffer.concat([...kept, contents.subarray(at)])
}
