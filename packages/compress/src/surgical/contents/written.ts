/** Contents that are being written, a character for each byte. */
export type Written = {
  /** An operator with its operands as they stand. */
  add: (code: string, operator: string) => void
  /** An operator behind its operands, with no more space between them than is needed. */
  addTokens: (operands: readonly string[], operator: string) => void
  end: () => Buffer
}

/** What is closed at once has drawn nothing. */
const opened: Readonly<Record<string, string>> = { Q: 'q', ET: 'BT' }
const delimiters = '()<>[]{}/%'

export function openWritten(): Written {
  const written: string[] = []
  const add = (code: string, operator: string) => {
    if (code === operator && operator in opened && written.at(-1) === opened[operator]) written.pop()
    else written.push(code)
  }
  return {
    add,
    addTokens: (operands, operator) => add(joined([...operands, operator]), operator),
    // One character between all that there is packs better than two.
    end: () => Buffer.from(written.join(' '), 'latin1'),
  }
}

function joined(tokens: readonly string[]): string {
  let code = ''
  for (const token of tokens) {
    const isApart =
      code === '' || delimiters.includes(token[0] ?? '') || delimiters.includes(code.at(-1) ?? '')
    code += isApart ? token : ` ${token}`
  }
  return code
}
