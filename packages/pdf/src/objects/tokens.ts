import { isRegularByte, isSpaceByte } from './characters.ts'

/** What a token is; `end` stands for the end of the bytes, `cut` for a token that the bytes end within. */
export type TokenKind =
  | 'number'
  | 'name'
  | 'string'
  | 'hex'
  | '['
  | ']'
  | '<<'
  | '>>'
  | 'word'
  | 'bad'
  | 'end'
  | 'cut'

const [percent, slash, lineFeed, carriageReturn, backslash] = [0x25, 0x2f, 10, 13, 0x5c]
const [openParenthesis, closeParenthesis, less, greater] = [0x28, 0x29, 0x3c, 0x3e]

/**
 * Reads bytes of a document token after token (ISO 32000-1, 7.2 and 7.3), without a copy of them: `start` and `end` are
 * the place of the last one.
 */
export class Tokens {
  start = 0
  end: number
  readonly bytes: Buffer

  constructor(bytes: Buffer, from = 0) {
    this.bytes = bytes
    this.end = from
  }

  /** The text of the last token, a character for each byte. */
  text(): string {
    return this.bytes.toString('latin1', this.start, this.end)
  }

  next(): TokenKind {
    const { bytes } = this
    const start = this.afterSpace(this.end)
    this.start = start
    if (start >= bytes.length) return this.endAt(bytes.length, 'end')
    const byte = bytes[start] ?? 0
    if (byte === slash) return this.endAt(this.afterRegular(start + 1), 'name')
    if (isRegularByte(byte)) {
      const end = this.afterRegular(start)
      return this.endAt(end, this.isNumber(start, end) ? 'number' : 'word')
    }
    switch (byte) {
      case openParenthesis:
        return this.string(start)
      case less:
        return bytes[start + 1] === less ? this.endAt(start + 2, '<<') : this.hexString(start)
      case greater:
        return bytes[start + 1] === greater ? this.endAt(start + 2, '>>') : this.endAt(start + 1, 'bad')
      case 0x5b:
        return this.endAt(start + 1, '[')
      case 0x5d:
        return this.endAt(start + 1, ']')
      default:
        return this.endAt(start + 1, 'bad')
    }
  }

  private endAt(end: number, kind: TokenKind): TokenKind {
    this.end = end
    return kind
  }

  private afterSpace(from: number): number {
    const { bytes } = this
    let at = from
    for (; at < bytes.length; at++) {
      if (bytes[at] === percent)
        while (at < bytes.length && bytes[at] !== lineFeed && bytes[at] !== carriageReturn) at++
      else if (!isSpaceByte(bytes[at])) break
    }
    return Math.min(at, bytes.length)
  }

  private afterRegular(from: number): number {
    const { bytes } = this
    let at = from
    while (at < bytes.length && isRegularByte(bytes[at] ?? 0)) at++
    return at
  }

  /** Digits with signs and points anywhere, as viewers take them. */
  private isNumber(start: number, end: number): boolean {
    for (let at = start; at < end; at++) {
      const byte = this.bytes[at] ?? 0
      const isDigit = byte >= 0x30 && byte <= 0x39
      if (!isDigit && byte !== 0x2b && byte !== 0x2d && byte !== 0x2e) return false
    }
    return true
  }

  private string(start: number): TokenKind {
    const end = endOfLiteral(this.bytes, start)
    return end === undefined ? this.endAt(this.bytes.length, 'cut') : this.endAt(end, 'string')
  }

  private hexString(start: number): TokenKind {
    const close = this.bytes.indexOf(greater, start)
    return close < 0 ? this.endAt(this.bytes.length, 'cut') : this.endAt(close + 1, 'hex')
  }
}

/** Where a string in parentheses ends; they may stand in it in pairs, and any byte after a backslash. */
export function endOfLiteral(bytes: Uint8Array, start: number): number | undefined {
  let depth = 0
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === backslash) at++
    else if (byte === openParenthesis) depth++
    else if (byte === closeParenthesis && --depth === 0) return at + 1
  }
  return undefined
}
