/** Bytes to be sent, both ends included. */
export type Range = { start: number; end: number }

/**
 * The one range that a Range header asks for (RFC 9110, section 14); undefined means the whole file: without a header,
 * and for several ranges or other units, which a server may ignore. `unsatisfiable` where the file has no such bytes.
 */
export function rangeOf(header: string | undefined, size: number): Range | undefined | 'unsatisfiable' {
  const given = /^bytes=(\d*)-(\d*)$/.exec(header?.replaceAll(' ', '') ?? '')
  if (!given) return undefined
  const [, first = '', last = ''] = given
  if (first === '' && last === '') return undefined
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 }
  }
  const start = Number(first)
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (last !== '' && Number(last) < start) return undefined
  return start >= size ? 'unsatisfiable' : { start, end }
}
