import { bytesOfString, type Operand, operationsIn } from '@pdf-smaller/pdf'

/** Gets each string that is shown, and the name of the font that was set for it; undefined where these contents have set none. */
export type ShowText = (font: string | undefined, text: Uint8Array) => void

/** No contents of use nest deeper. */
const mostLevels = 1000
/** Operators that show their last operand (ISO 32000-1, table 109). */
const showing = new Set(['Tj', 'TJ', "'", '"'])

/**
 * Tells the strings that contents show, whether anybody sees them or not: in layers that are hidden, under other things, beside the page.
 * @returns whether they could be read to their end
 */
export function tellTexts(contents: Uint8Array, show: ShowText): boolean {
  const saved: (string | undefined)[] = []
  let font: string | undefined
  for (const operation of operationsIn(contents)) {
    if (operation.kind === 'unknown' || saved.length > mostLevels) return false
    if (operation.kind !== 'operator') break
    const { operator, operands } = operation
    if (operator === 'q') saved.push(font)
    // One too many changes nothing.
    else if (operator === 'Q') font = saved.length > 0 ? saved.pop() : font
    else if (operator === 'Tf') font = nameAmong(operands)
    else if (showing.has(operator)) for (const text of stringsIn(operands, contents)) show(font, text)
  }
  return true
}

/** The names of the fonts that contents set, whatever they show. */
export function fontsSet(contents: Uint8Array): string[] {
  const operators = [...operationsIn(contents)].filter((each) => each.kind === 'operator')
  const set = operators.filter(({ operator }) => operator === 'Tf')
  return set.flatMap(({ operands }) => nameAmong(operands) ?? [])
}

const nameAmong = (operands: readonly Operand[]) => operands.find((each) => each.kind === 'name')?.name

function stringsIn(operands: readonly Operand[], contents: Uint8Array): Uint8Array[] {
  return operands.flatMap((each) => {
    if (each.kind === 'string') return [bytesOfString(contents, each)]
    return each.kind === 'items' ? stringsIn(each.items, contents) : []
  })
}
