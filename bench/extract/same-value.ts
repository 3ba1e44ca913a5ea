/** Letters and digits alone, without accents and case: what is left when print and spacing differ. */
export function bare(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
}

/** Whether two decimals are the same number: `3` and `3.0000`. */
export function sameDecimal(one: string, other: string): boolean {
  return canonical(one) === canonical(other)
}

function canonical(decimal: string): string {
  const match = /^(-?)0*(\d+)(?:\.(\d*?)0*)?$/.exec(decimal.replace(/^\+/, ''))
  if (!match) return decimal
  const [, sign = '', whole = '', rest = ''] = match
  const digits = rest === '' ? whole : `${whole}.${rest}`
  return digits === '0' ? '0' : `${sign}${digits}`
}

/** Identifiers are the same but for blanks, dots and the like. */
export function sameIdentifier(one: string, other: string): boolean {
  return one.toUpperCase().replaceAll(/[\s.]/g, '') === other.toUpperCase().replaceAll(/[\s.]/g, '')
}

/** A date without a year, `--05-01`, is that day of any year. */
export function sameDate(expected: string, found: string): boolean {
  return expected.startsWith('--') ? found.slice(4) === expected.slice(1) : found === expected
}

/** Names have to be the same but for accents, case, spaces, and a letter in ten that a scan may have cost. */
export function sameName(expected: string, found: string): boolean {
  return likeness(bare(expected), bare(found)) >= 0.9
}

/**
 * Descriptions have to be mostly equal: one in four letters may differ, and further lines of an item may be there or not,
 * so long as what is missing is no more than half.
 */
export function sameDescription(expected: string, found: string): boolean {
  const [left, right] = [bare(expected), bare(found)]
  if (left === '' || right === '') return left === right
  if (likeness(left, right) >= 0.75) return true
  const isWhole =
    right.length <= left.length * 4 &&
    (right.includes(left) || likeness(left, right.slice(0, left.length)) >= 0.9)
  const isHalf = right.length * 2 >= left.length && likeness(left.slice(0, right.length), right) >= 0.9
  return isWhole || isHalf
}

/** 1 for the same, 0 for nothing in common: the edits between them (Levenshtein) over the longer one's length. */
export function likeness(one: string, other: string): number {
  const longest = Math.max(one.length, other.length)
  return longest === 0 ? 1 : 1 - edits(one, other) / longest
}

function edits(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let row = 0; row < one.length; row++) {
    const next = [row + 1]
    for (let column = 0; column < other.length; column++)
      next.push(
        Math.min(
          (above[column] ?? 0) + (one[row] === other[column] ? 0 : 1),
          (above[column + 1] ?? 0) + 1,
          (next[column] ?? 0) + 1,
        ),
      )
    above = next
  }
  return above[other.length] ?? 0
}
