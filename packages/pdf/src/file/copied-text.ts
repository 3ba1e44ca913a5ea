import { isRegularByte } from '../objects/characters.ts'
import { apart } from '../objects/names.ts'
import { Tokens, type TokenKind } from '../objects/tokens.ts'

/**
 * The text of a value as it stands in a file, token for token, with other references and without needless white space
 * and comments.
 * @param renamed the reference that takes the place of another; undefined where it leads nowhere
 * @param length what a dictionary's entry /Length is to be
 * @returns a character for each byte; undefined where the length cannot be put in
 */
export function copiedText(
  text: Buffer,
  renamed: (reference: string) => string | undefined,
  length?: number,
): string | undefined {
  const tokens = new Tokens(text)
  const written = new Written()
  let [depth, lengths] = [0, 0]
  const isLengthKey = (kind: TokenKind) =>
    length !== undefined && kind === 'name' && depth === 1 && tokens.text() === '/Length'
  for (let kind = tokens.next(); kind !== 'end'; kind = tokens.next()) {
    if (kind === 'cut') return undefined
    if (kind === '[' || kind === '<<') depth++
    else if (kind === ']' || kind === '>>') depth--
    if (isLengthKey(kind)) {
      written.add('/Length')
      const before = tokens.end
      const value = tokens.next()
      if (value === 'number') {
        skipReference(tokens)
        written.add(String(length))
        lengths++
      } else tokens.end = before
    } else if (kind === 'word' && tokens.text() === 'R') written.reference(renamed)
    else written.add(kind === 'name' ? apart(tokens.text()) : tokens.text())
  }
  return length === undefined || lengths === 1 ? written.text() : undefined
}

/** The rest of a reference, of which the first number is read. */
function skipReference(tokens: Tokens): void {
  const before = tokens.end
  if (tokens.next() === 'number' && tokens.next() === 'word' && tokens.text() === 'R') return
  tokens.end = before
}

/** Tokens one after the other, with a blank where two of them would become one. */
class Written {
  private readonly tokens: string[] = []

  add(token: string): void {
    this.tokens.push(token)
  }

  /** Makes the last two tokens a reference. */
  reference(renamed: (reference: string) => string | undefined): void {
    const generation = this.tokens.pop()
    const number = this.tokens.pop()
    this.tokens.push(renamed(`${Number(number)} ${Number(generation)} R`) ?? 'null')
  }

  text(): string {
    const { tokens } = this
    return tokens
      .map((token, index) => (needsBlank(tokens[index - 1] ?? '', token) ? ` ${token}` : token))
      .join('')
  }
}

const isRegular = (text: string, at: number) => isRegularByte(text.charCodeAt(at) & 255)

/** A name of no characters, too, would swallow what follows it. */
const needsBlank = (before: string, token: string): boolean =>
  before !== '' && isRegular(token, 0) && (isRegular(before, before.length - 1) || before.endsWith('/'))
