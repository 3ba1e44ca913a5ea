import { asString, type ScriptToken, scriptTokens, stringText } from './tokens.ts'

/** What scripts of a part call by other names in the new document. */
export type ScriptNames = {
  /** Fields without a parent. */
  fields: ReadonlyMap<string, string>
  /** Named destinations. */
  destinations: ReadonlyMap<string, string>
  /** Functions and variables of the document's scripts. */
  variables: ReadonlyMap<string, string>
  /** The names of all fields of the part without a parent, as they are now. */
  all: readonly string[]
}

export type RenamedScript = {
  text: string
  /** Whether it names fields in no way that cannot be followed, such as a name that is put together. */
  isSure: boolean
}

/** How methods of Acrobat's JavaScript name fields: one as their first argument, or some in lists. */
const calls = new Map<string, Call>([
  ['getField', 'one'],
  ['removeField', 'one'],
  ['gotoNamedDest', 'destination'],
  ['resetForm', 'reset'],
  ['submitForm', 'list'],
  ['exportAsFDF', 'list'],
  ['exportAsXFDF', 'list'],
  ['exportAsText', 'list'],
  ['AFSimple_Calculate', 'calculation'],
])
type Call = 'one' | 'destination' | 'reset' | 'list' | 'calculation'

/** An open bracket, with the call that it belongs to. */
type Frame = { call: Call | undefined; argument: number; isEmpty: boolean }

/** Longer scripts are told of, not changed. */
const longestScript = 1_000_000

/** A script of a part as it has to read where things have other names. */
export function renamedScript(script: string, names: ScriptNames): RenamedScript {
  if (script.length > longestScript) return { text: script, isSure: false }
  const tokens = scriptTokens(script)
  const frames: Frame[] = []
  const texts: string[] = []
  let isSure = !/\bgetNthFieldName\b/.test(script)
  let before: ScriptToken[] = []
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'space') {
      texts.push(token.text)
      continue
    }
    const frame = frames.at(-1)
    if (/^[)\]}]$/.test(token.text)) {
      if (frame?.call === 'reset' && frame.isEmpty && token.text === ')')
        texts.push(JSON.stringify(names.all))
      frames.pop()
    }
    const told = changed(token, frame, before, tokens, index, names)
    texts.push(told.text)
    isSure &&= told.isSure
    if (frame) noted(token, frame)
    if (/^[([{]$/.test(token.text)) frames.push(opened(token, before, frame))
    before = [...before.slice(-1), token]
  }
  return { text: texts.join(''), isSure }
}

function noted(token: ScriptToken, frame: Frame): void {
  if (token.text === ',') frame.argument++
  frame.isEmpty = false
}

/** Lists within a call belong to it; other calls within it do not. */
function opened({ text }: ScriptToken, before: readonly ScriptToken[], outer: Frame | undefined): Frame {
  const called = text === '(' ? before.at(-1) : undefined
  const isOwn = called?.kind === 'name' && called.text !== 'Array'
  const call = isOwn ? calls.get(called.text) : outer?.call === 'one' ? undefined : outer?.call
  const argument = isOwn ? 0 : (outer?.argument ?? 0)
  return { call, argument, isEmpty: true }
}

function changed(
  token: ScriptToken,
  frame: Frame | undefined,
  before: readonly ScriptToken[],
  tokens: readonly ScriptToken[],
  index: number,
  names: ScriptNames,
): RenamedScript {
  const { kind, text } = token
  const isFirst = frame !== undefined && frame.argument === 0 && frame.isEmpty
  if (kind === 'string') return changedString(text, frame, isFirst, following(tokens, index), names)
  if (frame?.call === 'one' && isFirst && text !== ')') return { text, isSure: names.fields.size === 0 }
  if (kind !== 'name') return { text, isSure: true }
  const [further, last] = [before.at(-2)?.text, before.at(-1)?.text]
  const isMember = last === '.' && further !== 'this'
  const isKey = following(tokens, index) === ':' && (last === '{' || last === ',')
  return { text: isMember || isKey ? text : (names.variables.get(text) ?? text), isSure: true }
}

function changedString(
  literal: string,
  frame: Frame | undefined,
  isFirst: boolean,
  next: string,
  { fields, destinations }: ScriptNames,
): RenamedScript {
  const text = stringText(literal)
  const as = (other: string, isSure = true) => ({
    text: other === text ? literal : asString(other, literal),
    isSure,
  })
  if (!frame) return { text: literal, isSure: fieldCalled(text, fields) === undefined }
  const { call } = frame
  switch (call) {
    case 'one': {
      if (!isFirst) return { text: literal, isSure: true }
      const isWhole = next === ')' || next === ','
      const name = fieldCalled(text, fields, isWhole)
      return as(name ?? text, name !== undefined || isWhole || fields.size === 0)
    }
    case 'destination':
      return as(isFirst ? (destinations.get(text) ?? text) : text)
    case 'calculation':
      // The first argument says what is calculated.
      if (frame.argument === 0) return { text: literal, isSure: true }
      return as(text.replaceAll(/[^,\s][^,]*/g, (each) => renamedField(each, fields)))
    case 'list':
    case 'reset':
      return as(renamedField(text, fields))
    case undefined:
      return { text: literal, isSure: fieldCalled(text, fields) === undefined }
    default:
      return call satisfies never
  }
}

const following = (tokens: readonly ScriptToken[], index: number): string =>
  tokens.slice(index + 1, index + 8).find(({ kind }) => kind !== 'space')?.text ?? ''

/** What a field is called, by its full name as it was. */
export const renamedField = (name: string, fields: ReadonlyMap<string, string>): string =>
  fieldCalled(name, fields) ?? name

/**
 * The new name of a field; undefined when it has none.
 * @param isWhole whether it is the whole name, not the beginning of one
 */
function fieldCalled(name: string, fields: ReadonlyMap<string, string>, isWhole = true): string | undefined {
  const whole = isWhole ? fields.get(name) : undefined
  if (whole !== undefined) return whole
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
    const top = fields.get(name.slice(0, dot))
    if (top !== undefined) return `${top}${name.slice(dot)}`
  }
  return undefined
}

/** The functions and variables that a script of a document declares for all others. */
export function declaredIn(script: string): string[] {
  const declared: string[] = []
  let depth = 0
  let before = ''
  for (const { kind, text } of scriptTokens(script.slice(0, longestScript))) {
    if (kind === 'space') continue
    if (text === '{') depth++
    if (text === '}') depth--
    if (depth === 0 && kind === 'name' && (before === 'function' || before === 'var')) declared.push(text)
    before = text
  }
  return declared
}
