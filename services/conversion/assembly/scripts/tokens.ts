export type ScriptToken = {
  kind: 'space' | 'string' | 'name' | 'pattern' | 'other'
  text: string
}

/** White space and comments, strings, names, numbers, and anything else a character at a time (ECMA-262, 12). */
const token = new RegExp(
  [
    String.raw`(?<space>\s+|\/\/[^\n\r]*|\/\*[^]*?(?:\*\/|$))`,
    String.raw`(?<string>"[^"\\\n\r]*(?:\\[^][^"\\\n\r]*)*"?|'[^'\\\n\r]*(?:\\[^][^'\\\n\r]*)*'?)`,
    String.raw`(?<name>[\p{L}_$][\p{L}\p{N}_$]*)`,
    String.raw`\d[\p{L}\p{N}_.]*`,
    '[^]',
  ].join('|'),
  'uy',
)

const pattern = /\/(?:[^/\\\n\r[]|\\.|\[(?:[^\]\\\n\r]|\\.)*\])+\/[a-z]*/uy
/** What a division cannot follow; so a slash behind it begins a pattern. */
const beforePattern = /^(?:[(,=:[!&|?{};+\-*%<>~^]|return|typeof|case|in)?$/

/** The tokens of a script, as far as they are to be told apart here; their texts together are the script. */
export function scriptTokens(script: string): ScriptToken[] {
  const tokens: ScriptToken[] = []
  let before = ''
  for (let at = 0; at < script.length;) {
    const isPattern = script[at] === '/' && beforePattern.test(before) && matchAt(pattern, script, at)
    const found = matchAt(token, script, at)
    const { space, string, name } = found?.groups ?? {}
    const isComment = space !== undefined
    const next: ScriptToken =
      isPattern && !isComment
        ? { kind: 'pattern', text: isPattern[0] }
        : { kind: kindOf(space, string, name), text: found?.[0] ?? script.slice(at) }
    tokens.push(next)
    if (next.kind !== 'space') before = next.text
    at += next.text.length
  }
  return tokens
}

function matchAt(expression: RegExp, script: string, at: number): RegExpExecArray | null {
  expression.lastIndex = at
  return expression.exec(script)
}

function kindOf(
  space: string | undefined,
  string: string | undefined,
  name: string | undefined,
): ScriptToken['kind'] {
  if (space !== undefined) return 'space'
  if (string !== undefined) return 'string'
  return name === undefined ? 'other' : 'name'
}

const escapes = new Map(Object.entries({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', 0: '\0' }))

/** What a string between quotes says. */
export const stringText = (literal: string): string =>
  literal
    .slice(1, literal.length > 1 && literal.endsWith(literal.charAt(0)) ? -1 : undefined)
    .replaceAll(/\\(?:u([\da-fA-F]{4})|x([\da-fA-F]{2})|([^]))/g, (_, ...groups: (string | undefined)[]) => {
      const [four, two, one = ''] = groups
      const code = four ?? two
      return code ? String.fromCharCode(Number.parseInt(code, 16)) : (escapes.get(one) ?? one)
    })

/** A text as a string between the quotes of another. */
export function asString(text: string, { [0]: quote }: string): string {
  const escaped = JSON.stringify(text)
  return quote === "'" ? `'${escaped.slice(1, -1).replaceAll("'", String.raw`\'`)}'` : escaped
}
