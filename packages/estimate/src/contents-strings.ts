const deepestNesting = 64

const code = (character: string) => character.charCodeAt(0)
const [slash, open, close, less, greater, percent, backslash] = ['/', '(', ')', '<', '>', '%', '\\'].map(code)
const isRegular = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte > 32 && !'()<>[]{}/%'.includes(String.fromCharCode(byte)) ? 1 : 0,
)

/**
 * The strings in contents, with the font that is set for each (ISO 32000-1, 9.3 and 9.4); those of property lists and of
 * inline images aside. What cannot be read is passed over.
 */
export function* stringsIn(contents: Buffer): Generator<{ font: string; bytes: Uint8Array }> {
  const saved: string[] = []
  let [font, name, depth] = ['', '', 0]
  for (let at = 0; at < contents.length;) {
    const byte = contents[at] ?? 0
    if (isRegular[byte]) {
      const end = endOfRegular(contents, at)
      const length = end - at
      if (length === 1 && byte === code('q') && saved.length < deepestNesting) saved.push(font)
      else if (length === 1 && byte === code('Q')) font = saved.pop() ?? font
      else if (length === 2) {
        const second = contents[at + 1]
        if (byte === code('T') && second === code('f')) font = name
        else if (byte === code('I') && second === code('D')) {
          at = endOfImage(contents, end)
          continue
        }
      }
      at = end
    } else if (byte === slash) {
      const end = endOfRegular(contents, at + 1)
      name = contents.toString('latin1', at + 1, end)
      at = end
    } else if (byte === open) {
      const literal = literalAt(contents, at + 1)
      if (depth === 0) yield { font, bytes: literal.bytes }
      at = literal.end
    } else if (byte === less) {
      if (contents[at + 1] === less) {
        depth++
        at += 2
        continue
      }
      const end = contents.indexOf('>', at)
      if (end < 0) return
      if (depth === 0) yield { font, bytes: hexBytes(contents.toString('latin1', at + 1, end)) }
      at = end + 1
    } else if (byte === greater && contents[at + 1] === greater) {
      depth = Math.max(0, depth - 1)
      at += 2
    } else if (byte === percent) {
      while (at < contents.length && contents[at] !== 10 && contents[at] !== 13) at++
    } else at++
  }
}

function endOfRegular(contents: Buffer, at: number): number {
  let end = at
  while (end < contents.length && isRegular[contents[end] ?? 0]) end++
  return end
}

function endOfImage(contents: Buffer, from: number): number {
  for (let at = contents.indexOf('EI', from); at >= 0; at = contents.indexOf('EI', at + 2)) {
    if ((contents[at - 1] ?? 0) <= 32 && !isRegular[contents[at + 2] ?? 0]) return at + 2
  }
  return contents.length
}

function hexBytes(text: string): Uint8Array {
  const digits = text.replaceAll(/[^\dA-Fa-f]/g, '')
  return Buffer.from(digits.length % 2 ? `${digits}0` : digits, 'hex')
}

const escapes: Record<string, number> = { n: 10, r: 13, t: 9, b: 8, f: 12 }

/** A literal string from behind its parenthesis (ISO 32000-1, 7.3.4.2), and where it ends. */
function literalAt(contents: Buffer, from: number): { bytes: Uint8Array; end: number } {
  let [depth, at] = [1, from]
  let isPlain = true
  for (; at < contents.length; at++) {
    const byte = contents[at]
    if (byte === backslash) {
      isPlain = false
      at++
    } else if (byte === open) depth++
    else if (byte === close && --depth === 0) break
  }
  const raw = contents.subarray(from, at)
  return { bytes: isPlain ? raw : unescaped(raw), end: at + 1 }
}

function unescaped(raw: Buffer): Uint8Array {
  const bytes: number[] = []
  for (let at = 0; at < raw.length; at++) {
    const byte = raw[at] ?? 0
    if (byte !== backslash) {
      bytes.push(byte)
      continue
    }
    const octal = /^[0-7]{1,3}/.exec(raw.toString('latin1', at + 1, at + 4))?.[0]
    if (octal) {
      bytes.push(Number.parseInt(octal, 8) & 255)
      at += octal.length
      continue
    }
    const next = raw[++at] ?? 0
    if (next === 13 && raw[at + 1] === 10) at++
    if (next !== 13 && next !== 10) bytes.push(escapes[String.fromCharCode(next)] ?? next)
  }
  return Uint8Array.from(bytes)
}
